"""Say what this machine lacks, and the one line that brings it. Standard library only."""

from __future__ import annotations

import importlib.util
import shutil
import sys

OLDEST_PYTHON = (3, 11)


def missing(need: str) -> list[tuple[str, str]]:
    """List (what is missing, Debian package) for one of: venv, test."""
    found: list[tuple[str, str]] = []
    if importlib.util.find_spec("ensurepip") is None:
        found.append(("Python's venv module", "python3-venv"))
    if need == "test" and shutil.which("chromium") is None:
        found.append(("a browser (chromium) for the browser tests", "chromium"))
    return found


def main() -> int:
    """Print one sentence for each missing piece; exit 1 if there is any."""
    if sys.version_info < OLDEST_PYTHON:
        here = ".".join(map(str, sys.version_info[:2]))
        print(f"Campfire needs Python 3.11 or newer; this is {here}.", file=sys.stderr)
        return 1
    lacking = missing(sys.argv[1] if len(sys.argv) > 1 else "venv")
    for what, _ in lacking:
        print(f"Campfire needs {what}, which is not on this machine.", file=sys.stderr)
    if lacking:
        packages = " ".join(package for _, package in lacking)
        print(f"This line brings it:\n    sudo apt-get install -y {packages}", file=sys.stderr)
    return 1 if lacking else 0


if __name__ == "__main__":
    raise SystemExit(main())
