"""Signed-in browsers: each is a row that its owner can see and end."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from webapp import limits
from webapp.errors import NotFound
from webapp.models import SignInSession, User, utc_now

DEVICE = 200


def hash_token(token: str) -> str:
    """Give what is stored of a token: enough to know it again, not to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def start_session(session: Session, user: User, *, device: str = "") -> str:
    """Sign a browser in; the token is told once, to that browser."""
    now = utc_now()
    session.execute(
        delete(SignInSession).where(
            SignInSession.user_id == user.id,
            or_(SignInSession.expires_at < now, SignInSession.ended_at.is_not(None)),
        )
    )
    token = secrets.token_urlsafe(32)
    session.add(
        SignInSession(
            user=user,
            token_hash=hash_token(token),
            device=device[:DEVICE],
            expires_at=now + timedelta(days=limits.SESSION_DAYS),
        )
    )
    session.flush()
    return token


def find_session(session: Session, token: str) -> SignInSession | None:
    """Give the signed-in browser that holds a token, while it lasts."""
    found = session.scalar(
        select(SignInSession).where(
            SignInSession.token_hash == hash_token(token),
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > utc_now(),
        )
    )
    return found if found is not None and found.user.erased_at is None else None


def list_sessions(session: Session, user: User) -> list[SignInSession]:
    """Give the browsers in which someone is signed in, newest first."""
    return list(
        session.scalars(
            select(SignInSession)
            .where(
                SignInSession.user_id == user.id,
                SignInSession.ended_at.is_(None),
                SignInSession.expires_at > utc_now(),
            )
            .order_by(SignInSession.id.desc())
        )
    )


def end_session(session: Session, user: User, session_id: int) -> None:
    """Sign one of someone's own browsers out."""
    found = session.get(SignInSession, session_id)
    if found is None or found.user_id != user.id or found.ended_at is not None:
        raise NotFound("session_unknown")
    found.ended_at = utc_now()
    session.flush()


def end_token(session: Session, token: str) -> None:
    """Sign the browser out that holds a token, if it is signed in."""
    session.execute(
        update(SignInSession)
        .where(SignInSession.token_hash == hash_token(token), SignInSession.ended_at.is_(None))
        .values(ended_at=utc_now())
    )


def end_sessions(session: Session, user: User, *, but: int | None = None) -> None:
    """Sign all of someone's browsers out, but for the one they sit at."""
    session.execute(
        update(SignInSession)
        .where(
            SignInSession.user_id == user.id,
            SignInSession.ended_at.is_(None),
            SignInSession.id != (but or 0),
        )
        .values(ended_at=utc_now())
    )
