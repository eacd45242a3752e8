from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_edition
from webapp.enums import TermKind
from webapp.services import suggestions, terms


@pytest.mark.parametrize(
    ("text", "kind", "keys"),
    [
        ("She cut eleven films and loves a rough cut.", TermKind.STAGE, ["stage.rough-cut"]),
        ("Помогает с монтажом и питчингом.", TermKind.NEED, ["need.editing", "need.pitching"]),
        ("An active person. A documentarian's friend.", TermKind.NEED, []),
        ("", TermKind.NEED, []),
    ],
)
def test_terms_are_read_out_of_a_text_whatever_their_endings(
    session: Session, text: str, kind: TermKind, keys: list[str]
) -> None:
    known = terms.terms_by_key(session, make_edition(session, with_terms=True))
    assert suggestions.suggest_terms(text, known)[kind] == keys


def test_a_term_that_is_no_longer_offered_is_not_suggested(session: Session) -> None:
    known = terms.terms_by_key(session, make_edition(session, with_terms=True))
    known["stage.rough-cut"].is_offered = False
    assert suggestions.suggest_terms("A rough cut.", known)[TermKind.STAGE] == []


def test_languages_are_read_out_of_a_text() -> None:
    said = "Speaks English; говорит по-кыргызски и на русском языке."
    assert set(suggestions.suggest_languages(said)) == {"en", "ky", "ru"}
    assert suggestions.suggest_languages("Nothing of the kind.") == []
