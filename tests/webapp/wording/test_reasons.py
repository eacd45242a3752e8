"""Reasons as each reader is told them, also those that were stored long ago."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from webapp.wording.reasons import AGAINST, PRIVATE, TO_MENTOR, WORDED, word_pair, word_reason
from webapp.wording.reasons import word_reasons_for as sentences

QUOTES = {"ours": "черновой монтаж", "theirs": "rough cuts"}
STORED: dict[str, dict[str, Any]] = {
    "need_met": {"need": "need.editing", "rank": 1, "source": "bio"},
    "first_need_unmet": {"need": "need.editing"},
    "no_need_met": {"needs": ["need.editing"]},
    "text_shared": {"words": ["harbour", "ferryman"]},
    "concept_shared": {"concept": "stage.rough-cut", **QUOTES},
    "concept_near": {"from": "problem.unclear-ending", "to": "craft.editor", **QUOTES},
    "text_near": QUOTES,
    "form_shared": {"terms": ["form.short"]},
    "genre_shared": {"terms": ["genre.drama"]},
    "stage_shared": {"terms": ["stage.rough-cut"], "near": ["stage.fine-cut"]},
    "language_shared": {"language": "ky", "level": "B2"},
    "craft_shared": {"terms": ["craft.editor"]},
    "territory_shared": {"terms": ["country.kg"]},
    "wished": {"by_project": 1, "by_mentor": 0},
    "met_before": {},
    "no_shared_language": {"project": ["ky"], "mentor": ["en"]},
    "project_too_thin": {"missing": []},
    "mentor_too_thin": {"missing": []},
}


@pytest.fixture(autouse=True)
def in_a_page(app: Flask):  # type: ignore[no-untyped-def]
    with app.test_request_context():
        yield


def stored(code: str) -> dict[str, Any]:
    return {"code": code, "weight": 0.1, "params": STORED[code], "places": []}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (
            "concept_shared",
            "Both speak of one thing, Rough cut: “черновой монтаж” – “rough cuts”.",
        ),
        (
            "concept_near",
            "“черновой монтаж” and “rough cuts” lie close together: Ending, Editor.",
        ),
        ("text_near", "“черновой монтаж” comes close to “rough cuts”."),
        ("text_shared", "The same words on both sides: “harbour”, “ferryman”."),
        ("need_met", "Editing & rough cut: needed most, and part of what Greta does."),
    ],
)
def test_what_both_wrote_is_quoted(code: str, words: str) -> None:
    with force_locale("en"):
        assert word_reason(stored(code), {}, mentor="Greta") == words


def test_every_reason_is_worded_for_every_reader_in_both_languages() -> None:
    assert set(STORED) == set(WORDED) == set(TO_MENTOR)
    for language, quote in (("en", "“черновой монтаж”"), ("ru", "«черновой монтаж»")):
        with force_locale(language):
            for code, params in STORED.items():
                for to_mentor in (False, True):
                    said = word_reason(stored(code), {}, mentor="Greta", to_mentor=to_mentor)
                    assert said.endswith(".")
                    assert (quote in said) == ("ours" in params)


def test_a_mentor_reads_of_you() -> None:
    with force_locale("en"):
        told = sentences(
            [stored(code) for code in STORED if code not in AGAINST],
            {},
            mentor="Greta",
            to_mentor=True,
        )
    assert "Greta" not in " ".join(told)
    assert told[0] == "Editing & rough cut: needed most, and part of what you do."
    assert "Your “rough cuts” comes close to “черновой монтаж” in the film." in told


@pytest.mark.parametrize(
    ("by_project", "by_mentor", "told"),
    [
        (2, 0, "A wish of the film’s people: Greta is number 2 on their list."),
        (0, 1, "A wish of Greta: this film is number 1 on the list."),
        (1, 3, "A wish of both sides: the film’s people and Greta."),
    ],
)
def test_a_wish_is_told_to_organizers_alone(by_project: int, by_mentor: int, told: str) -> None:
    params = {"by_project": by_project, "by_mentor": by_mentor}
    wish = {"code": "wished", "weight": 0.9, "params": params, "places": []}
    with force_locale("en"):
        others = sentences([wish, stored("met_before")], {}, mentor="Greta")
        assert others == ["Somebody of the team knows Greta from an earlier year."]
        assert sentences([wish], {}, mentor="Greta", to_mentor=True) == []
        assert word_pair([wish], {}, mentor="Greta") == ""
        assert word_pair([wish], {}, mentor="Greta", to_mentor=True) == ""
        assert word_pair([wish], {}, mentor="Greta", to_organizers=True) == told
        assert sentences([wish], {}, mentor="Greta", to_organizers=True) == [told]
        assert PRIVATE.isdisjoint(AGAINST)


def test_what_nobody_words_is_passed_over() -> None:
    unknown = {"code": "of_another_time", "weight": 0.1, "params": {}, "places": []}
    assert word_pair([unknown], {}, mentor="Greta") == ""
