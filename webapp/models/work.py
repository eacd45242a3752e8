"""Work in the background, letters on their way, and meetings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp import limits
from webapp.enums import (
    JobKind,
    JobState,
    LetterKind,
    LetterState,
    MeetingState,
    ReleaseState,
)
from webapp.models.base import Base, Versioned, enum_column, utc_now
from webapp.models.people import User


class Job(Base):
    """A piece of work: written with its cause, polled by the worker."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state", "state", "run_after"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[JobKind] = mapped_column(enum_column(JobKind))
    subject_id: Mapped[int | None]
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"))
    state: Mapped[JobState] = mapped_column(enum_column(JobState), default=JobState.QUEUED)
    n_done: Mapped[int] = mapped_column(default=0)
    n_total: Mapped[int] = mapped_column(default=0)
    step: Mapped[str] = mapped_column(String(60), default="")
    owner: Mapped[str] = mapped_column(String(100), default="")
    heartbeat_at: Mapped[datetime | None]
    n_tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[dict[str, Any] | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    run_after: Mapped[datetime] = mapped_column(default=utc_now)
    finished_at: Mapped[datetime | None]


class TextVector(Base):
    """What a sentence encoder made of a text somebody wrote for an edition.

    The text itself is not kept, only a hash of it. A vector goes with the last
    profile that says the text.
    """

    __tablename__ = "text_vector"

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    encoder: Mapped[str] = mapped_column(String(100))
    # Four bytes a number, little-endian.
    vector: Mapped[bytes]
    made_at: Mapped[datetime] = mapped_column(default=utc_now)


class Release(Versioned, Base):
    """The moment people are told: letters are drafted, read, then sent off."""

    __tablename__ = "release"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[ReleaseState] = mapped_column(
        enum_column(ReleaseState), default=ReleaseState.DRAFT
    )
    # The plan's revision the letters were written for.
    plan_revision: Mapped[int] = mapped_column(default=0)
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    opened_at: Mapped[datetime] = mapped_column(default=utc_now)
    released_at: Mapped[datetime | None]

    letters: Mapped[list[Letter]] = relationship(back_populates="release", order_by="Letter.id")


class Letter(Versioned, Base):
    """One letter to one person, readable and editable before it goes."""

    __tablename__ = "letter"
    __table_args__ = (Index("ix_letter_state", "state", "next_try_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int | None] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), index=True
    )
    release_id: Mapped[int | None] = mapped_column(
        ForeignKey("release.id", ondelete="CASCADE"), index=True
    )
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    kind: Mapped[LetterKind] = mapped_column(enum_column(LetterKind))
    language: Mapped[str] = mapped_column(String(8), default="en")
    # Empty: nobody gave an address; the letter is text to paste.
    address: Mapped[str] = mapped_column(String(limits.EMAIL), default="")
    subject: Mapped[str] = mapped_column(String(limits.SHORT_TEXT))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[LetterState] = mapped_column(enum_column(LetterState), default=LetterState.HELD)
    message_id: Mapped[str] = mapped_column(String(255), unique=True)
    n_tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    sent_at: Mapped[datetime | None]

    release: Mapped[Release | None] = relationship(back_populates="letters")
    user: Mapped[User | None] = relationship()


class Room(Base):
    """A room or a table; a line to those who are away is a room too."""

    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("edition_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(limits.NAME))
    is_online: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class Meeting(Versioned, Base):
    """A session of the timetable: one or several projects, one or several mentors."""

    __tablename__ = "meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), index=True
    )
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id", ondelete="SET NULL"))
    interpreter_id: Mapped[int | None] = mapped_column(
        ForeignKey("participation.id", ondelete="SET NULL")
    )
    kind: Mapped[str] = mapped_column(String(40), default="one_to_one")
    state: Mapped[MeetingState] = mapped_column(
        enum_column(MeetingState), default=MeetingState.PLANNED
    )
    is_kept: Mapped[bool] = mapped_column(default=False)
    local_start: Mapped[str] = mapped_column(String(19))
    local_end: Mapped[str] = mapped_column(String(19))
    timezone: Mapped[str] = mapped_column(String(64))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(Text, default="")


class MeetingProject(Base):
    """A project that takes part in a session."""

    __tablename__ = "meeting_project"

    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True
    )
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), primary_key=True
    )


class MeetingMentor(Base):
    """A mentor who takes part in a session."""

    __tablename__ = "meeting_mentor"

    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True
    )
    mentor_id: Mapped[int] = mapped_column(
        ForeignKey("participation.id", ondelete="CASCADE"), primary_key=True
    )
