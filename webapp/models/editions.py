"""Labs, their editions, and the lists an edition keeps."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp import limits
from webapp.enums import EditionState, ProgramRole, TermKind
from webapp.models.base import Base, Versioned, enum_column, utc_now
from webapp.models.people import User


class Program(Versioned, Base):
    """A lab or a camp, over the years."""

    __tablename__ = "program"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(limits.NAME))
    created_at: Mapped[datetime] = mapped_column(default=utc_now)

    members: Mapped[list[ProgramMember]] = relationship(
        back_populates="program", cascade="all, delete-orphan", passive_deletes=True
    )
    editions: Mapped[list[Edition]] = relationship(
        back_populates="program",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Edition.id.desc()",
    )


class ProgramMember(Base):
    """Someone who works for a lab. The last owner cannot leave."""

    __tablename__ = "program_member"
    __table_args__ = (UniqueConstraint("program_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    role: Mapped[ProgramRole] = mapped_column(enum_column(ProgramRole))
    joined_at: Mapped[datetime] = mapped_column(default=utc_now)

    program: Mapped[Program] = relationship(back_populates="members")
    user: Mapped[User] = relationship()


class Edition(Versioned, Base):
    """One year's run of a lab: its dates, its rules, its words."""

    __tablename__ = "edition"

    id: Mapped[int] = mapped_column(primary_key=True)
    program_id: Mapped[int] = mapped_column(
        ForeignKey("program.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(limits.NAME))
    state: Mapped[EditionState] = mapped_column(
        enum_column(EditionState), default=EditionState.PREPARING
    )
    place: Mapped[str] = mapped_column(String(limits.SHORT_TEXT), default="")
    timezone: Mapped[str] = mapped_column(String(64), default="UTC")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    # Letters and pages in these, the first when nothing better is known.
    languages: Mapped[list[str]] = mapped_column(default=list)
    has_selection: Mapped[bool] = mapped_column(default=True)
    demand_low: Mapped[int] = mapped_column(default=1)
    demand_high: Mapped[int] = mapped_column(default=1)
    load_low: Mapped[int] = mapped_column(default=0)
    load_high: Mapped[int | None]
    weights: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # {code: {language: words}}: an edition's own words on screen.
    words: Mapped[dict[str, Any]] = mapped_column(default=dict)
    contact: Mapped[str] = mapped_column(String(limits.SHORT_TEXT), default="")
    cloned_from_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id"))
    created_at: Mapped[datetime] = mapped_column(default=utc_now)

    program: Mapped[Program] = relationship(back_populates="editions")
    terms: Mapped[list[Term]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Term.position"
    )


class Term(Base):
    """One entry of an edition's lists, seeded from the matcher's vocabulary.

    ``key`` is what profiles store: the concept's id, or an id of its own.
    """

    __tablename__ = "term"
    __table_args__ = (UniqueConstraint("edition_id", "kind", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"))
    kind: Mapped[TermKind] = mapped_column(enum_column(TermKind))
    key: Mapped[str] = mapped_column(String(100))
    concept_id: Mapped[str | None] = mapped_column(String(100))
    labels: Mapped[dict[str, Any]] = mapped_column(default=dict)
    position: Mapped[int] = mapped_column(default=0)
    is_offered: Mapped[bool] = mapped_column(default=True)


class Activity(Base):
    """Who did what and when, outside the plan. Ids only, no personal text."""

    __tablename__ = "activity"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int | None] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), index=True
    )
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=utc_now)
    verb: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(60), default="")
    subject_id: Mapped[int | None]
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)

    actor: Mapped[User | None] = relationship()


class FormNonce(Base):
    """A form that was already posted: the second post finds this row."""

    __tablename__ = "form_nonce"

    nonce: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    spent_at: Mapped[datetime] = mapped_column(default=utc_now)


class Consent(Base):
    """What a person agreed to for one edition, and when."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text, default="")
    given_at: Mapped[datetime] = mapped_column(default=utc_now)
    withdrawn_at: Mapped[datetime | None]
