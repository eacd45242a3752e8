"""Where there is no wheel of the encoder, its own tests cannot run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def in_a_process(tmp_path: Path) -> Callable[..., str]:
    """Run lines of Python in a process of its own, with a cache folder of its own."""

    def run(script: str, *first_on_path: Path) -> str:
        places = [*map(str, first_on_path), str(ROOT)]
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", script],
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(places),
                "XDG_CACHE_HOME": str(tmp_path / "cache"),
            },
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"{done.returncode}: {done.stderr}"
        return done.stdout.strip()

    return run
