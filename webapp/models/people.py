"""Persons, and how they get in. A person is not a login."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp import limits
from webapp.enums import InvitationRole, LinkPurpose
from webapp.models.base import Base, Versioned, enum_column, utc_now


class User(Versioned, Base):
    """A person. E-mail and password are optional: many never sign in."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(limits.NAME))
    other_spellings: Mapped[list[str]] = mapped_column(default=list)
    name_outside: Mapped[str] = mapped_column(String(limits.NAME), default="")
    # Folded for searching: SQLite cannot fold Cyrillic.
    name_folded: Mapped[str] = mapped_column(String(limits.NAME * 2), default="", index=True)
    email: Mapped[str | None] = mapped_column(String(limits.EMAIL), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(255))
    # Changes with the password: links and sessions made before die with it.
    stamp: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(8), default="")
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    erased_at: Mapped[datetime | None]

    # What a page asks of whoever reads it; nobody at all says False.
    is_authenticated: ClassVar[bool] = True


class SignInSession(Base):
    """One signed-in browser: listed and ended by its owner."""

    __tablename__ = "sign_in_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined")


class SignInFailure(Base):
    """Failed tries for one address, known or not: the lock-out's memory."""

    __tablename__ = "sign_in_failure"

    address_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    n_tries: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime] = mapped_column(default=utc_now)


class PersonalLink(Base):
    """A link that stands for one person and one purpose; listable, revocable."""

    __tablename__ = "personal_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"))
    purpose: Mapped[LinkPurpose] = mapped_column(enum_column(LinkPurpose))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_stamp: Mapped[str] = mapped_column(String(64))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    expires_at: Mapped[datetime]
    spent_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(foreign_keys=[user_id])


class Invitation(Base):
    """An open door: whoever holds the link joins as what it says."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"))
    edition_id: Mapped[int | None] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[InvitationRole] = mapped_column(enum_column(InvitationRole))
    name: Mapped[str] = mapped_column(String(limits.NAME), default="")
    email: Mapped[str] = mapped_column(String(limits.EMAIL), default="")
    # Set when the organizer has already filled in for this person.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    expires_at: Mapped[datetime]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    accepted_by: Mapped[User | None] = relationship(foreign_keys=[accepted_by_id])
