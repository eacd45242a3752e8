"""The command among small files, run in this process."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.command.program import main
from tests.matcher.command.asking import FILES, Ask, Told


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Ask the command in a folder with a few matrices."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def asked(*arguments: str) -> Told:
        code = main(list(arguments))
        captured = capsys.readouterr()
        return Told(code, captured.out, captured.err)

    return asked
