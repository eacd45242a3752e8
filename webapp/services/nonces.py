"""A form counts once, however often it is sent."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp.errors import InvalidValue, NotPossible
from webapp.models import FormNonce, User, utc_now

KEPT = timedelta(days=7)
LONGEST = 64


def spend_nonce(session: Session, nonce: str | None, user: User | None) -> None:
    """Use up a form's nonce; the second post of the same form is refused."""
    if not nonce or len(nonce) > LONGEST:
        raise InvalidValue("form_incomplete", field="nonce")
    session.execute(delete(FormNonce).where(FormNonce.spent_at < utc_now() - KEPT))
    try:
        with session.begin_nested():
            session.add(FormNonce(nonce=nonce, user_id=user.id if user else None))
    except IntegrityError as error:
        raise NotPossible("already_done") from error
