from __future__ import annotations

import pytest

from webapp.errors import InvalidValue
from webapp.limits import TextLimit
from webapp.services.texts import check_texts, clean_line, clean_lines, clean_text


def test_control_characters_go_and_lines_stay() -> None:
    assert clean_text("a\x00b\x07\r\nc\rd\u2028e\tf\ud800") == "ab\nc\nd\ne\tf"


def test_emoji_and_right_to_left_stay_as_written() -> None:
    family = "👩‍👧 שלום \u200fمرحبا"
    assert clean_text(family) == family


def test_two_ways_of_storing_a_letter_become_one() -> None:
    assert clean_text("и\u0306") == "й"


def test_a_line_is_one_line() -> None:
    assert clean_line("  two\n  words ") == "two words"
    assert clean_lines(["a", " ", "b", "a "]) == ["a", "b"]


def test_a_text_is_measured_after_cleaning() -> None:
    limits = {"title": TextLimit(3)}
    assert check_texts({"title": " abc\x00 ", "other": "x"}, limits) == {"title": "abc"}
    with pytest.raises(InvalidValue) as caught:
        check_texts({"title": "abcd"}, limits)
    assert (caught.value.code, caught.value.field, dict(caught.value.params)) == (
        "too_long",
        "title",
        {"length": 4, "limit": 3},
    )


def test_what_is_no_text_counts_as_none() -> None:
    assert check_texts({"title": None}, {"title": TextLimit(3)}) == {"title": ""}
