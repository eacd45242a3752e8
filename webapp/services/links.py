"""Personal links: each stands for one person and one purpose, and is a row."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from webapp.enums import LinkPurpose
from webapp.errors import NotFound, NotPossible
from webapp.models import Edition, PersonalLink, User, utc_now
from webapp.services.sessions import hash_token


def make_link(
    session: Session,
    user: User,
    purpose: LinkPurpose,
    *,
    edition: Edition | None = None,
    actor: User | None = None,
    hours: int,
) -> tuple[PersonalLink, str]:
    """Make a link that is good for some hours; its token is told only now."""
    token = secrets.token_urlsafe(32)
    link = PersonalLink(
        user=user,
        edition_id=edition.id if edition else None,
        purpose=purpose,
        token_hash=hash_token(token),
        user_stamp=user.stamp,
        created_by_id=actor.id if actor else None,
        expires_at=utc_now() + timedelta(hours=hours),
    )
    session.add(link)
    session.flush()
    return link, token


def open_link(session: Session, token: str, purpose: LinkPurpose) -> PersonalLink:
    """Give the link behind a token while it is good. Looking spends nothing."""
    link = session.scalar(
        select(PersonalLink).where(
            PersonalLink.token_hash == hash_token(token), PersonalLink.purpose == purpose
        )
    )
    if link is None:
        raise NotFound("link_unknown")
    if link.spent_at is not None:
        raise NotPossible("link_spent")
    ended = (
        link.revoked_at is not None
        or link.expires_at <= utc_now()
        or link.user_stamp != link.user.stamp
        or link.user.erased_at is not None
    )
    if ended:
        raise NotPossible("link_ended")
    return link


def spend_link(session: Session, link: PersonalLink) -> None:
    """Use a link up; of two that try at once, one is refused."""
    spent = session.execute(
        update(PersonalLink)
        .where(PersonalLink.id == link.id, PersonalLink.spent_at.is_(None))
        .values(spent_at=utc_now())
    )
    assert isinstance(spent, CursorResult)
    if spent.rowcount != 1:
        raise NotPossible("link_spent")


def revoke_link(session: Session, link: PersonalLink) -> None:
    """Take a link back."""
    link.revoked_at = utc_now()
    session.flush()


def count_recent_links(
    session: Session, user: User, purpose: LinkPurpose, *, within: timedelta
) -> int:
    """Count the links of a kind that were made for somebody a short while ago."""
    query = (
        select(func.count())
        .select_from(PersonalLink)
        .where(
            PersonalLink.user_id == user.id,
            PersonalLink.purpose == purpose,
            PersonalLink.created_at > utc_now() - within,
        )
    )
    return session.scalar(query) or 0
