"""Folding: two ways of typing a word become one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.folding import fold


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Қырғызстан", "кыргызстан"),
        ("өңдөө", "ондоо"),
        ("ұлы дала үні", "улы дала уни"),
        ("әке", "аке"),
        ("іздеу", "издеу"),
        ("Һөөлөн", "хоолон"),
        ("съёмка", "съемка"),
        ("ҷашнвора", "чашнвора"),
        ("тоҷикӣ ҳуҷҷатӣ", "точики хуччати"),
        ("ўзбек", "узбек"),
        ("хаҥалас", "ханалас"),
        ("Türkiye Şehir", "turkiye sehir"),
        ("İstanbul", "istanbul"),
        ("ЗАМО́К", "замок"),
        ("STRASSE", "straße"),
        ("ﬁlm", "film"),
        ("rough\u200b cut", "rough cut"),
    ],
)
def test_letters_people_leave_out_are_alike(written: str, typed: str) -> None:
    assert fold(written) == fold(typed)


@pytest.mark.parametrize("apostrophe", "'’‘‛`´ʻʼʽʹ′＇")
def test_every_apostrophe_is_alike(apostrophe: str) -> None:
    assert fold(f"o{apostrophe}zbek tili") == "ozbek tili"


@pytest.mark.parametrize(
    "written",
    [
        "story & script",
        "Story&Script",
        "story/script",
        "story_script",
        "story-script",
        "story – script",
        "  story \t\n script ",
        "story\u00a0script",
    ],
)
def test_separators_are_one_space(written: str) -> None:
    assert fold(written) == "story script"


def test_decomposed_letters_equal_composed_ones() -> None:
    written = "йёӣўüç"
    assert fold(unicodedata.normalize("NFD", written)) == fold(written) == "йеиуuc"


def test_different_words_stay_different() -> None:
    assert fold("кит") != fold("кот")
    assert fold("мой") != fold("мои")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_never_matters(text: str) -> None:
    assert fold(text.casefold()) == fold(text)
