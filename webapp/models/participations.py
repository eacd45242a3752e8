"""Taking part in one edition: profile, loads, days and language for that year."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp import limits
from webapp.enums import AvailabilityKind, ParticipationRole, ProfileSubject
from webapp.models.base import Base, Versioned, enum_column, utc_now
from webapp.models.editions import Edition
from webapp.models.people import User


class Participation(Versioned, Base):
    """A person in an edition as filmmaker, mentor or guest.

    Terms are keys of the edition's lists, or the person's own words where no
    key fits. ``languages`` holds ``{"code": …, "level": …}``.
    """

    __tablename__ = "participation"
    __table_args__ = (UniqueConstraint("edition_id", "user_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    role: Mapped[ParticipationRole] = mapped_column(enum_column(ParticipationRole))
    # The id this person has in files: stable, short, unique in the edition.
    code: Mapped[str] = mapped_column(String(40), default="")
    language: Mapped[str] = mapped_column(String(8), default="")

    bio: Mapped[str] = mapped_column(Text, default="")
    offers_text: Mapped[str] = mapped_column(Text, default="")
    expertise: Mapped[list[str]] = mapped_column(default=list)
    offers: Mapped[list[str]] = mapped_column(default=list)
    credits: Mapped[list[str]] = mapped_column(default=list)
    forms: Mapped[list[str]] = mapped_column(default=list)
    genres: Mapped[list[str]] = mapped_column(default=list)
    stages: Mapped[list[str]] = mapped_column(default=list)
    languages: Mapped[list[Any]] = mapped_column(default=list)
    countries: Mapped[list[str]] = mapped_column(default=list)
    place: Mapped[str] = mapped_column(String(limits.SHORT_TEXT), default="")
    company: Mapped[str] = mapped_column(String(limits.SHORT_TEXT), default="")

    # None: the edition's own numbers hold.
    load_low: Mapped[int | None]
    load_high: Mapped[int | None]
    whole_camp: Mapped[bool] = mapped_column(default=True)
    # With whom not, and why, as told; an organizer makes standings of it.
    keep_apart_note: Mapped[str] = mapped_column(Text, default="")

    filled_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    # When the person themself looked at it and said "right".
    checked_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=utc_now)

    edition: Mapped[Edition] = relationship()
    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="joined", innerjoin=True)
    filled_in_by: Mapped[User | None] = relationship(foreign_keys=[filled_in_by_id])
    availability: Mapped[list[Availability]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Availability.starts_at"
    )


class Availability(Base):
    """A stretch in which someone can meet: local time and zone, UTC derived."""

    __tablename__ = "availability"

    id: Mapped[int] = mapped_column(primary_key=True)
    participation_id: Mapped[int] = mapped_column(
        ForeignKey("participation.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[AvailabilityKind] = mapped_column(enum_column(AvailabilityKind))
    # ISO wall-clock times without a zone, as the person said them.
    local_start: Mapped[str] = mapped_column(String(19))
    local_end: Mapped[str] = mapped_column(String(19))
    timezone: Mapped[str] = mapped_column(String(64))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class ProfileVersion(Base):
    """A profile as it stood: what a run saw can be asked about, and erased."""

    __tablename__ = "profile_version"
    __table_args__ = (Index("ix_profile_version_subject", "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"))
    subject: Mapped[ProfileSubject] = mapped_column(enum_column(ProfileSubject))
    subject_id: Mapped[int]
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    saved_at: Mapped[datetime] = mapped_column(default=utc_now)
    erased_at: Mapped[datetime | None]
