"""Films in the making, their teams and their files."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp import limits
from webapp.enums import ProjectState, SelectionVerdict, UploadKind
from webapp.models.base import Base, Versioned, enum_column, utc_now
from webapp.models.editions import Edition
from webapp.models.people import User


class Project(Versioned, Base):
    """A project as its filmmaker tells it, and the organizers' own reading."""

    __tablename__ = "project"
    __table_args__ = (UniqueConstraint("edition_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), index=True
    )
    # The id this project has in files: stable, short, unique in the edition.
    code: Mapped[str] = mapped_column(String(40))
    state: Mapped[ProjectState] = mapped_column(
        enum_column(ProjectState), default=ProjectState.DRAFT
    )

    title: Mapped[str] = mapped_column(String(limits.TITLE), default="")
    title_original: Mapped[str] = mapped_column(String(limits.TITLE), default="")
    title_outside: Mapped[str] = mapped_column(String(limits.TITLE), default="")
    title_folded: Mapped[str] = mapped_column(String(limits.TITLE * 3), default="")
    logline: Mapped[str] = mapped_column(Text, default="")
    pasted: Mapped[str] = mapped_column(Text, default="")
    difficulties: Mapped[str] = mapped_column(Text, default="")
    synopsis: Mapped[str] = mapped_column(Text, default="")
    statement: Mapped[str] = mapped_column(Text, default="")
    goals: Mapped[str] = mapped_column(Text, default="")
    # The organizers' own reading; never shown to filmmaker or mentor.
    reading: Mapped[str] = mapped_column(Text, default="")

    needs: Mapped[list[str]] = mapped_column(default=list)
    needs_ordered: Mapped[bool] = mapped_column(default=True)
    forms: Mapped[list[str]] = mapped_column(default=list)
    genres: Mapped[list[str]] = mapped_column(default=list)
    stages: Mapped[list[str]] = mapped_column(default=list)
    languages: Mapped[list[Any]] = mapped_column(default=list)
    countries: Mapped[list[str]] = mapped_column(default=list)
    place: Mapped[str] = mapped_column(String(limits.SHORT_TEXT), default="")
    company: Mapped[str] = mapped_column(String(limits.SHORT_TEXT), default="")
    # None: the edition's own numbers hold.
    demand_low: Mapped[int | None]
    demand_high: Mapped[int | None]
    # With whom not, and why, as told; an organizer makes standings of it.
    keep_apart_note: Mapped[str] = mapped_column(Text, default="")

    filled_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    checked_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    returned_note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=utc_now)

    edition: Mapped[Edition] = relationship()
    filled_in_by: Mapped[User | None] = relationship()
    members: Mapped[list[ProjectMember]] = relationship(
        back_populates="project",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="ProjectMember.position, ProjectMember.id",
    )
    uploads: Mapped[list[Upload]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Upload.id"
    )


class ProjectMember(Base):
    """One of a film's team, with an account or without."""

    __tablename__ = "project_member"
    __table_args__ = (UniqueConstraint("project_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(limits.NAME))
    role: Mapped[str] = mapped_column(String(limits.NAME), default="")
    position: Mapped[int] = mapped_column(default=0)
    # Told at release and may edit; a credited name alone may not.
    is_contact: Mapped[bool] = mapped_column(default=False)

    project: Mapped[Project] = relationship(back_populates="members")
    user: Mapped[User | None] = relationship(lazy="joined")


class Upload(Base):
    """A file of a project, stored under a random name."""

    __tablename__ = "upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[UploadKind] = mapped_column(enum_column(UploadKind))
    file_name: Mapped[str] = mapped_column(String(255))
    stored_name: Mapped[str] = mapped_column(String(64), unique=True)
    n_bytes: Mapped[int]
    n_pages: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    uploaded_at: Mapped[datetime] = mapped_column(default=utc_now)


class SelectionNote(Versioned, Base):
    """A reader's yes, maybe or no on a project, and why."""

    __tablename__ = "selection_note"
    __table_args__ = (UniqueConstraint("project_id", "reader_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    reader_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    verdict: Mapped[SelectionVerdict | None] = mapped_column(enum_column(SelectionVerdict))
    note: Mapped[str] = mapped_column(Text, default="")
    noted_at: Mapped[datetime] = mapped_column(default=utc_now)

    reader: Mapped[User] = relationship()
