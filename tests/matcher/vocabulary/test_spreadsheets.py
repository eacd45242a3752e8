"""A slip in a spreadsheet is named with its file, row and column, and its remedy."""

from pathlib import Path

import pytest

from matcher.errors import MatcherError
from matcher.vocabulary import LANGUAGES
from matcher.vocabulary.concept import LISTS, SPOKEN
from matcher.vocabulary.spreadsheets import read_concepts, read_vocabulary

HEADER = "id,en,ru,kk,ky,uz,uz_Cyrl,tg,near,in_100"
SEA = "place.sea,Sea; seas*; by the sea,Море; морск*,Теңіз,Деңиз,Dengiz,Денгиз,Баҳр,,3"


def error_of(text: str) -> str:
    with pytest.raises(MatcherError) as caught:
        list(read_concepts("place", "places.csv", text))
    return str(caught.value)


def test_a_row_is_a_label_then_words_then_beginnings() -> None:
    ((row, sea),) = read_concepts("place", "places.csv", f"{HEADER}\n{SEA}")
    assert row == 2
    assert sea.labels["ky"] == "Деңиз"
    assert sea.aliases == ("by the sea",)
    assert sea.beginnings == (("en", "seas*"), ("ru", "морск*"))
    assert sea.in_100 == 3.0


@pytest.mark.parametrize(
    ("was", "becomes", "sentence"),
    [
        (
            "seas*",
            "sea*",
            "“places.csv”, row 2, column en: “sea*” begins too many words: write at least 4 "
            "letters before the “*”, or the whole word.",
        ),
        (
            "морск*",
            "м* берег",
            "“places.csv”, row 2, column ru: “м* берег” begins too many words: write at least 2 "
            "letters before the “*”, or the whole word.",
        ),
        (
            ",Теңіз,",
            ",,",
            "“places.csv”, row 2, column kk: the label is missing: write a whole word or phrase "
            "first, then its aliases behind “;”.",
        ),
        (
            "Деңиз",
            "деңиз*",
            "“places.csv”, row 2, column ky: the label is missing: write a whole word or phrase "
            "first, then its aliases behind “;”.",
        ),
        (
            "place.sea",
            "sea",
            "“places.csv”, row 2, column id: “sea” is no id of this list: begin it with "
            "“place.” and a name of its own.",
        ),
        (
            ",,3",
            ",,many",
            "“places.csv”, row 2, column in_100: “many” is no share of 100 texts: write a number "
            "above 0 and up to 100, or leave the cell empty.",
        ),
    ],
)
def test_a_slip_is_named(was: str, becomes: str, sentence: str) -> None:
    assert error_of(f"{HEADER}\n{SEA.replace(was, becomes)}") == sentence


def test_a_lacking_column_is_named() -> None:
    assert error_of("id,en\nplace.sea,Sea").startswith("“places.csv” has no column “ru”")


def _folder(at: Path, **files: str) -> Path:
    for name in (*LISTS.values(), *SPOKEN.values()):
        (at / name).write_text(files.get(name.removesuffix(".csv"), HEADER), encoding="utf-8")
    return at


def test_an_id_given_twice_and_an_unknown_neighbour_are_named(tmp_path: Path) -> None:
    twice = _folder(tmp_path, places=f"{HEADER}\n{SEA}\n{SEA}")
    with pytest.raises(MatcherError) as caught:
        read_vocabulary(twice)
    assert str(caught.value) == (
        "“places.csv”, row 3, column id: “place.sea” stands in “places.csv”, row 2 already: "
        "give each concept an id of its own."
    )
    lake = SEA.replace("place.sea", "place.lake").replace(",,3", ",place.see,3")
    with pytest.raises(MatcherError) as caught:
        read_vocabulary(_folder(tmp_path, places=f"{HEADER}\n{SEA}\n{lake}"))
    assert str(caught.value) == (
        "“places.csv”, row 3, column near: there is no concept “place.see”: did you mean "
        "“place.sea”?"
    )


def test_a_folder_without_slips_is_read(tmp_path: Path) -> None:
    (sea,) = read_vocabulary(_folder(tmp_path, places=f"{HEADER}\n{SEA}"))
    assert list(sea.labels) == list(LANGUAGES)
