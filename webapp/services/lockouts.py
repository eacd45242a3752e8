"""After too many wrong passwords an address waits, whether anybody has it or not."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from webapp import limits
from webapp.errors import TooMany
from webapp.models import SignInFailure, utc_now
from webapp.services.accounts import normalise_email
from webapp.services.sessions import hash_token

PAUSE = timedelta(minutes=limits.LOCKOUT_MINUTES)


def check_open(session: Session, email: str) -> None:
    """Refuse an address that has to wait."""
    failure = session.get(SignInFailure, _hash(email))
    if (
        failure is not None
        and failure.n_tries >= limits.LOCKOUT_TRIES
        and failure.last_at > utc_now() - PAUSE
    ):
        raise TooMany("sign_in_locked", minutes=limits.LOCKOUT_MINUTES)


def note_failure(session: Session, email: str) -> None:
    """Count a wrong password; old ones are forgiven."""
    now = utc_now()
    session.execute(delete(SignInFailure).where(SignInFailure.last_at <= now - PAUSE))
    key = _hash(email)
    failure = session.get(SignInFailure, key, with_for_update=True, populate_existing=True)
    if failure is None:
        failure = SignInFailure(address_hash=key, n_tries=0)
        session.add(failure)
    failure.n_tries += 1
    failure.last_at = now
    session.flush()


def forgive(session: Session, email: str) -> None:
    """Forget an address's wrong passwords: the right one came, or a letter was answered."""
    session.execute(delete(SignInFailure).where(SignInFailure.address_hash == _hash(email)))


def _hash(email: str) -> str:
    return hash_token(normalise_email(email))
