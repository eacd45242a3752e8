from pathlib import Path

import pytest

from matcher.errors import MatcherError
from matcher.files.weights import read_weights


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("w.csv", "feature,weight\nneeds,5\ngenre,0\nwords,1.5\n"),
        ("w.csv", "feature;weight;why\nneeds;5;\ngenre;0;never\nwords;1,5;\n"),
        ("w.json", '{"needs": 5, "genre": 0, "words": 1.5}'),
    ],
)
def test_weights_are_read_from_csv_and_json(tmp_path: Path, name: str, text: str) -> None:
    assert read_weights(_file(tmp_path, name, text)) == {"needs": 5.0, "genre": 0.0, "words": 1.5}


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        (
            "w.csv",
            "feature,weight\nneeds,5\nneeds,4\n",
            "“w.csv”, row 3, column feature: the weight of “needs” stands in two rows: leave one.",
        ),
        (
            "w.csv",
            "feature,weight\nneeds,much\n",
            "The weight of “needs” is much: give a number of 0 or more.",
        ),
        (
            "w.csv",
            "feature,weight\nneeds,nan\n",
            "The weight of “needs” is nan: give a number of 0 or more.",
        ),
        (
            "w.csv",
            "feature,weight\nneds,1\n",
            "There is no feature “neds” to weigh: did you mean “needs”?",
        ),
        (
            "w.json",
            "[1, 2]",
            '“w.json” holds no weights as JSON: write an object such as {"needs": 4, "genre": 0}.',
        ),
        (
            "w.json",
            "[" * 100_000,
            '“w.json” holds no weights as JSON: write an object such as {"needs": 4, "genre": 0}.',
        ),
        (
            "w.json",
            '{"needs": [1]}',
            "The weight of “needs” is [1]: give a number of 0 or more.",
        ),
    ],
)
def test_weights_that_cannot_be_used_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, sentence: str
) -> None:
    _file(tmp_path, name, text)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(MatcherError) as raised:
        read_weights(name)
    assert str(raised.value) == sentence
