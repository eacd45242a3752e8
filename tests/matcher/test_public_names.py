"""What ``import matcher`` offers, and what it costs."""

import subprocess
import sys

import pytest

import matcher


def test_every_public_name_is_there() -> None:
    fetched = {name: getattr(matcher, name) for name in matcher.__all__}
    assert [name for name, value in fetched.items() if value.__name__ != name] == []


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="'matcher' has no attribute 'score'"):
        _ = matcher.score


def test_reading_words_loads_no_solver() -> None:
    code = (
        "import sys; from matcher import Vocabulary; Vocabulary.load();"
        "print(sorted({'ortools', 'scipy', 'sklearn', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
