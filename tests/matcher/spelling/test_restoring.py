"""Kazakh and Kyrgyz typed without their own letters are written out again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.texts import load_half
from matcher.spelling import restored
from matcher.spelling.clues import TYPED_INSTEAD, clues_of, doubtful_letters
from matcher.spelling.restoring import restored_word

CAPITALS = str.maketrans("ӘҒҚҢӨҰҮҺІ", "АГКНОУУХИ")


def plainly(text: str) -> str:
    return text.translate(TYPED_INSTEAD).translate(CAPITALS)


@pytest.mark.parametrize(
    "text",
    [
        "Менің кейіпкерім не қалайтынын білмеймін, бірақ онымен қала бергім келеді.",
        "Дыбыс режиссёрін іздеп жүрмін, ӨЗІМНІҢ дауысым қайда екенін естімеймін.",
        "Монтажды эмне үчүн бүтүрө албайм, жардам керек.",
        "Көчөдөгү үндөрдү кантип жазып алууну билбейм.",
    ],
)
def test_what_was_typed_plainly_reads_as_it_is_spelled(text: str) -> None:
    assert restored(plainly(text)) == text


@pytest.mark.parametrize(("language", "least"), [("kk", 0.95), ("ky", 0.96)])
def test_most_words_of_texts_that_it_has_not_learned_from_are_right(
    language: str, least: float
) -> None:
    said = [project.difficulties for project in load_half("choosing").needs(language)]
    pairs = [
        pair
        for text in said
        for pair in zip(restored(plainly(text)).split(), text.split(), strict=True)
    ]
    assert sum(found == right for found, right in pairs) / len(pairs) >= least


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Мой герой не знает, чего хочет, и я тоже.",
        "My hero does not know what he wants.",
        "Кейіпкерім не қалайтынын өзі де білмейді, мен де.",
        "Чөйчөк түбүндө эмне бар экенин билбейм.",
        "12 000 🎬 \x00",
    ],
)
def test_what_is_spelled_right_or_in_another_language_stays(text: str) -> None:
    assert restored(text) == text


def test_a_word_that_has_its_letters_is_left_alone() -> None:
    # The name is spelled by no rule, and its writer could type ң.
    text = "Менин досум Оңгор деген, бирак мен аны билбейм, эмне кылсам болот экен, айтып бер."
    assert "Оңгор" in restored(text)


def test_letters_before_it_settle_a_letter() -> None:
    assert restored_word("тушунук", "ky") == "түшүнүк"
    assert "dү" in clues_of("тушунук", 3, "түш")
    assert doubtful_letters("kk") == frozenset("агкноуих")


@given(st.text(alphabet=st.sampled_from("абгкнохуиыме ӘңҮі\x00🎬ﷺab.,жәнебул"), max_size=300))
def test_no_text_loses_a_letter(text: str) -> None:
    assert plainly(restored(text)) == plainly(text)
