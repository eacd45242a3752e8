from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_edition
from webapp import limits
from webapp.enums import TermKind
from webapp.errors import InvalidValue
from webapp.models import Edition
from webapp.services import terms


@pytest.fixture
def edition(session: Session) -> Edition:
    return make_edition(session, with_terms=True)


def test_an_edition_gets_every_list_in_order(session: Session, edition: Edition) -> None:
    stages = [term.key for term in terms.list_terms(session, edition, TermKind.STAGE)]
    assert stages[0] == "stage.idea"
    assert stages.index("stage.assembly") < stages.index("stage.rough-cut")
    kinds = {term.kind for term in terms.terms_by_key(session, edition).values()}
    assert kinds == set(TermKind)


def test_what_is_no_longer_offered_keeps_its_label(session: Session, edition: Edition) -> None:
    by_key = terms.terms_by_key(session, edition)
    by_key["need.editing"].is_offered = False
    offered = [term.key for term in terms.list_terms(session, edition, TermKind.NEED)]
    assert "need.editing" not in offered
    assert terms.label(by_key, "need.editing", "en") == "Editing & rough cut"


def test_a_label_falls_back_to_russian_then_english_then_the_words(
    session: Session, edition: Edition
) -> None:
    by_key = terms.terms_by_key(session, edition)
    by_key["need.career"].labels = {"en": "Career", "ru": "Карьера"}
    by_key["need.legal-rights"].labels = {"en": "Rights"}
    by_key["need.ethics"].labels = {}
    assert terms.labels(
        by_key, ["need.career", "need.legal-rights", "need.ethics", "чай"], "ky"
    ) == ["Карьера", "Rights", "need.ethics", "чай"]
    assert terms.label(by_key, "country.kg", "en") == "Kyrgyzstan"


def test_typed_words_become_the_editions_terms(session: Session, edition: Edition) -> None:
    by_key = terms.terms_by_key(session, edition)
    typed = ["монтаж", "need.story-script", "ROUGH-CUT", "how to live", "editor"]
    assert terms.check_terms(by_key, typed, TermKind.NEED, TermKind.CRAFT, field="expertise") == [
        "need.editing",
        "need.story-script",
        "how to live",
        "craft.editor",
    ]


def test_an_editions_own_label_is_recognised(session: Session, edition: Edition) -> None:
    by_key = terms.terms_by_key(session, edition)
    by_key["need.career"].labels = {"en": "What comes next"}
    assert terms.check_terms(by_key, ["what comes NEXT"], TermKind.NEED, field="needs") == [
        "need.career"
    ]


def test_too_many_and_too_long_are_named(session: Session, edition: Edition) -> None:
    by_key = terms.terms_by_key(session, edition)
    with pytest.raises(InvalidValue) as caught:
        terms.check_terms(by_key, "abcdef", TermKind.NEED, field="needs", limit=5)
    assert (caught.value.code, dict(caught.value.params)) == (
        "too_many_entries",
        {"count": 6, "limit": 5},
    )
    with pytest.raises(InvalidValue) as caught:
        terms.check_terms(by_key, ["x" * 301], TermKind.NEED, field="needs")
    assert (caught.value.code, caught.value.params["limit"]) == ("too_long", limits.CREDIT)


def test_languages_are_known_once_with_the_level_that_was_said() -> None:
    rows = [
        {"code": "ky", "level": "native"},
        {"code": "Russian", "level": None},
        {"code": "ru", "level": "C1"},
        {"code": "  ", "level": "A1"},
        {"code": "Шор тили", "level": None},
    ]
    assert terms.check_languages(rows) == [
        {"code": "ky", "level": "native"},
        {"code": "ru", "level": "C1"},
        {"code": "Шор тили", "level": None},
    ]
    with pytest.raises(InvalidValue) as caught:
        terms.check_languages([{"code": "ky", "level": "fine"}])
    assert caught.value.code == "unknown_level"


def test_countries_are_recognised_and_others_kept() -> None:
    assert terms.check_countries(["Кыргызстан", "kyrgyzstan", "Atlantis", ""]) == [
        "country.kg",
        "Atlantis",
    ]
