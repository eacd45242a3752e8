"""The page on the plan tells what the matcher answers."""

from __future__ import annotations

import doctest
import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"


def test_its_examples_are_true() -> None:
    page = str(ROOT / "docs" / "assignment.md")
    done = doctest.testfile(page, module_relative=False, encoding="utf-8")
    assert done.attempted > 15
    assert done.failed == 0


def test_its_pictures_are_those_that_the_answers_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = importlib.util.spec_from_file_location(
        "assignment_pictures", ROOT / "tools" / "assignment_pictures.py"
    )
    assert spec is not None
    assert spec.loader is not None
    drawing = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(drawing)
    monkeypatch.setattr(drawing, "FOLDER", tmp_path)
    drawing.main()
    drawn = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.svg")}
    assert drawn == {path.name: path.read_text(encoding="utf-8") for path in PICTURES.glob("*.svg")}
    assert len(drawn) == 4
