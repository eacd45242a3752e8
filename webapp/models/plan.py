"""The plan: standings, runs, proposals, matches, and every line that changed it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from webapp.enums import (
    ChangeSource,
    ConflictStrength,
    DeclineReach,
    LineAspect,
    MatchState,
    ProposalState,
    RunState,
    StandingKind,
    StandingSide,
)
from webapp.models.base import Base, Versioned, enum_column, utc_now
from webapp.models.participations import Participation
from webapp.models.people import User
from webapp.models.projects import Project

NOT_ENDED = text("ended_at IS NULL")
NOT_LIFTED = text("lifted_at IS NULL")


class Plan(Base):
    """One row an edition: locked first by whoever changes the plan."""

    __tablename__ = "plan"

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True
    )
    revision: Mapped[int] = mapped_column(default=0)
    n_lines: Mapped[int] = mapped_column(default=0)


class PairStanding(Base):
    """What stands for or between a pair, proposed or not; it outlives runs.

    ``mentor_id`` is the mentor's participation. ``strength`` belongs to
    conflicts, ``rank`` to wishes, ``reach`` to past declines.
    """

    __tablename__ = "pair_standing"
    __table_args__ = (
        Index("ix_pair_standing_pair", "project_id", "mentor_id"),
        Index(
            "uq_pair_standing_open",
            "project_id",
            "mentor_id",
            "kind",
            "side",
            unique=True,
            sqlite_where=NOT_LIFTED,
            postgresql_where=NOT_LIFTED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), index=True
    )
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    mentor_id: Mapped[int] = mapped_column(ForeignKey("participation.id", ondelete="CASCADE"))
    kind: Mapped[StandingKind] = mapped_column(enum_column(StandingKind))
    side: Mapped[StandingSide] = mapped_column(enum_column(StandingSide))
    strength: Mapped[ConflictStrength | None] = mapped_column(enum_column(ConflictStrength))
    conflict_kind: Mapped[str] = mapped_column(String(100), default="")
    rank: Mapped[int | None]
    reach: Mapped[DeclineReach | None] = mapped_column(enum_column(DeclineReach))
    note: Mapped[str] = mapped_column(Text, default="")
    declared_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    declared_at: Mapped[datetime] = mapped_column(default=utc_now)
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    lifted_at: Mapped[datetime | None]

    declared_by: Mapped[User | None] = relationship(foreign_keys=[declared_by_id])


class Run(Versioned, Base):
    """One working of the model: settings and versions in, a draft plan out."""

    __tablename__ = "run"
    __table_args__ = (UniqueConstraint("edition_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[RunState] = mapped_column(enum_column(RunState), default=RunState.QUEUED)
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    seed: Mapped[int] = mapped_column(default=0)
    versions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # The plan's revision that the draft was worked out against.
    plan_revision: Mapped[int] = mapped_column(default=0)
    project_ids: Mapped[list[Any]] = mapped_column(default=list)
    mentor_ids: Mapped[list[Any]] = mapped_column(default=list)
    # Numbers of the draft: pairs, total, who is short, who fares worst.
    summary: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # Features of all pairs (npz): unchosen pairs can be asked about later.
    features: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    error: Mapped[dict[str, Any] | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    finished_at: Mapped[datetime | None]

    created_by: Mapped[User | None] = relationship()
    lines: Mapped[list[RunLine]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="RunLine.id"
    )


class RunLine(Base):
    """A line of a draft plan: {pair, before, after}, not yet part of the plan."""

    __tablename__ = "run_line"
    __table_args__ = (UniqueConstraint("run_id", "project_id", "mentor_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"))
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    mentor_id: Mapped[int] = mapped_column(ForeignKey("participation.id", ondelete="CASCADE"))
    before: Mapped[str] = mapped_column(String(32))
    after: Mapped[str] = mapped_column(String(32))
    affinity: Mapped[float]
    # The part of the weights that was known of the pair, 0..1.
    known_share: Mapped[float] = mapped_column(default=1.0)
    rank: Mapped[int] = mapped_column(default=0)
    reasons: Mapped[list[Any]] = mapped_column(default=list)
    applied_at: Mapped[datetime | None]


class PlanChange(Base):
    """Lines that were applied as one unit: who, when, and by what."""

    __tablename__ = "plan_change"
    __table_args__ = (UniqueConstraint("edition_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"))
    revision: Mapped[int]
    source: Mapped[ChangeSource] = mapped_column(enum_column(ChangeSource))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id", ondelete="SET NULL"))
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("plan_change.id"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=utc_now)

    actor: Mapped[User | None] = relationship()
    lines: Mapped[list[PlanLine]] = relationship(order_by="PlanLine.number", passive_deletes=True)


class PlanLine(Base):
    """One line of the plan's history: ids and places, no personal text."""

    __tablename__ = "plan_line"
    __table_args__ = (UniqueConstraint("edition_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"))
    number: Mapped[int]
    change_id: Mapped[int] = mapped_column(
        ForeignKey("plan_change.id", ondelete="CASCADE"), index=True
    )
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    mentor_id: Mapped[int] = mapped_column(ForeignKey("participation.id", ondelete="CASCADE"))
    aspect: Mapped[LineAspect] = mapped_column(enum_column(LineAspect))
    before: Mapped[str] = mapped_column(String(32))
    after: Mapped[str] = mapped_column(String(32))


class Proposal(Versioned, Base):
    """An offered pair: one row a pair while it is offered."""

    __tablename__ = "proposal"
    __table_args__ = (UniqueConstraint("project_id", "mentor_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), index=True
    )
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    mentor_id: Mapped[int] = mapped_column(
        ForeignKey("participation.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[ProposalState] = mapped_column(enum_column(ProposalState))
    # None: paired by hand.
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id", ondelete="SET NULL"))
    affinity: Mapped[float | None]
    known_share: Mapped[float] = mapped_column(default=1.0)
    rank: Mapped[int] = mapped_column(default=0)
    reasons: Mapped[list[Any]] = mapped_column(default=list)
    set_aside_reason: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[datetime] = mapped_column(default=utc_now)

    project: Mapped[Project] = relationship()
    mentor: Mapped[Participation] = relationship()


class Match(Versioned, Base):
    """A confirmed pair, on one of the mentor's seats. Ended rows stay."""

    __tablename__ = "match"
    __table_args__ = (
        CheckConstraint("seat >= 1", name="seat_from_one"),
        Index(
            "uq_match_seat",
            "mentor_id",
            "seat",
            unique=True,
            sqlite_where=NOT_ENDED,
            postgresql_where=NOT_ENDED,
        ),
        Index(
            "uq_match_pair",
            "project_id",
            "mentor_id",
            unique=True,
            sqlite_where=NOT_ENDED,
            postgresql_where=NOT_ENDED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), index=True
    )
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    mentor_id: Mapped[int] = mapped_column(ForeignKey("participation.id", ondelete="CASCADE"))
    seat: Mapped[int]
    state: Mapped[MatchState] = mapped_column(enum_column(MatchState), default=MatchState.CONFIRMED)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    confirmed_at: Mapped[datetime] = mapped_column(default=utc_now)
    released_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    decline_reach: Mapped[DeclineReach | None] = mapped_column(enum_column(DeclineReach))
    decline_reason: Mapped[str] = mapped_column(Text, default="")
    ended_at: Mapped[datetime | None]

    project: Mapped[Project] = relationship()
    mentor: Mapped[Participation] = relationship()
