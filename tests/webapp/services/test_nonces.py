from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_user
from webapp.errors import InvalidValue, NotPossible
from webapp.models import FormNonce, User, utc_now
from webapp.services.nonces import spend_nonce


def test_a_form_counts_once_and_a_refusal_drops_nothing_else(session: Session) -> None:
    user = make_user(session)
    spend_nonce(session, "n1", user)
    made = make_user(session, "Kept")
    with pytest.raises(NotPossible) as refused:
        spend_nonce(session, "n1", user)
    assert refused.value.code == "already_done"
    session.commit()
    assert session.get(User, made.id) is not None


@pytest.mark.parametrize("nonce", [None, "", "x" * 65])
def test_a_form_without_its_number_is_refused(session: Session, nonce: str | None) -> None:
    with pytest.raises(InvalidValue) as refused:
        spend_nonce(session, nonce, None)
    assert refused.value.code == "form_incomplete"


def test_old_numbers_are_forgotten(session: Session) -> None:
    session.add(FormNonce(nonce="old", spent_at=utc_now() - timedelta(days=8)))
    session.flush()
    spend_nonce(session, "new", None)
    assert session.scalars(select(FormNonce.nonce)).all() == ["new"]
