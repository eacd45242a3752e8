from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import limits
from webapp.errors import TooMany
from webapp.models import SignInFailure, utc_now
from webapp.services import lockouts

ADDRESS = "aida@example.org"


def test_the_last_allowed_try_is_still_open(session: Session) -> None:
    for _ in range(limits.LOCKOUT_TRIES):
        lockouts.check_open(session, ADDRESS)
        lockouts.note_failure(session, ADDRESS)
    with pytest.raises(TooMany) as refused:
        lockouts.check_open(session, " AIDA@example.org ")
    assert refused.value.params == {"minutes": limits.LOCKOUT_MINUTES}
    lockouts.check_open(session, "other@example.org")


def test_a_pause_forgives_and_old_rows_go(session: Session) -> None:
    for _ in range(limits.LOCKOUT_TRIES):
        lockouts.note_failure(session, ADDRESS)
    failure = session.scalars(select(SignInFailure)).one()
    failure.last_at = utc_now() - timedelta(minutes=limits.LOCKOUT_MINUTES)
    session.flush()
    lockouts.check_open(session, ADDRESS)
    lockouts.note_failure(session, "other@example.org")
    assert [row.n_tries for row in session.scalars(select(SignInFailure))] == [1]


def test_the_address_itself_is_not_kept(session: Session) -> None:
    lockouts.note_failure(session, ADDRESS)
    assert ADDRESS not in session.scalars(select(SignInFailure.address_hash)).one()
    lockouts.forgive(session, ADDRESS)
    assert session.scalars(select(SignInFailure)).all() == []
