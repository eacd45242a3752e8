"""What stands for or between a pair: conflicts, vetoes, wishes, declines."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp import limits
from webapp.enums import (
    ConflictStrength,
    DeclineReach,
    ParticipationRole,
    StandingKind,
    StandingSide,
)
from webapp.errors import InvalidValue, NotFound, NotPossible
from webapp.models import (
    Edition,
    Match,
    PairStanding,
    Participation,
    Project,
    ProjectMember,
    User,
    utc_now,
)
from webapp.services import editions

Pair = tuple[int, int]


def declare_conflict(
    session: Session,
    edition: Edition,
    project: Project,
    mentor: Participation,
    *,
    strength: ConflictStrength,
    side: StandingSide,
    actor: User,
    conflict_kind: str = "",
    note: str = "",
) -> PairStanding:
    """Say that a pair must not, or had better not, be put together.

    Said again for the same pair, it replaces what the same side said before.

    Raises
    ------
    NotPossible
        The pair is kept: a lock against a ``never`` contradicts itself.
    """
    editions.check_open(edition)
    if len(note) > limits.NOTE:
        raise InvalidValue("text_too_long", field="note", length=len(note), most=limits.NOTE)
    if strength is ConflictStrength.NEVER and _is_kept(session, project, mentor):
        raise NotPossible("conflict_on_kept_pair", project=project.title, mentor=mentor.user.name)
    standing = _open_standing(session, project, mentor, StandingKind.CONFLICT, side)
    if standing is None:
        standing = PairStanding(
            edition_id=edition.id,
            project_id=project.id,
            mentor_id=mentor.id,
            kind=StandingKind.CONFLICT,
            side=side,
        )
        session.add(standing)
    standing.strength = strength
    standing.conflict_kind = conflict_kind
    standing.note = note.strip()
    standing.declared_by_id = actor.id
    standing.declared_at = utc_now()
    session.flush()
    return standing


def declare_veto(
    session: Session,
    edition: Edition,
    project: Project,
    mentor: Participation,
    *,
    side: StandingSide,
    actor: User,
) -> PairStanding:
    """Keep a private "rather not": no reason asked, never shown to the other side."""
    editions.check_open(edition)
    standing = _open_standing(session, project, mentor, StandingKind.VETO, side)
    if standing is None:
        standing = PairStanding(
            edition_id=edition.id,
            project_id=project.id,
            mentor_id=mentor.id,
            kind=StandingKind.VETO,
            side=side,
            declared_by_id=actor.id,
        )
        session.add(standing)
        session.flush()
    return standing


def get_standing(session: Session, edition: Edition, standing_id: int) -> PairStanding:
    """Give a standing of this edition, or say that there is none."""
    standing = session.get(PairStanding, standing_id)
    if standing is None or standing.edition_id != edition.id:
        raise NotFound("no_such_conflict")
    return standing


def lift_standing(session: Session, standing: PairStanding, *, actor: User) -> None:
    """Take a standing back; the row stays, ended."""
    if standing.lifted_at is None:
        standing.lifted_at = utc_now()
        standing.lifted_by_id = actor.id
        session.flush()


def list_standings(
    session: Session, edition: Edition, kinds: Iterable[StandingKind] | None = None
) -> list[PairStanding]:
    """List what stands today, newest first."""
    statement = select(PairStanding).where(
        PairStanding.edition_id == edition.id, PairStanding.lifted_at.is_(None)
    )
    if kinds is not None:
        statement = statement.where(PairStanding.kind.in_(list(kinds)))
    return list(session.scalars(statement.order_by(PairStanding.id.desc())))


def list_with_speakers(
    session: Session, edition: Edition, kinds: Iterable[StandingKind]
) -> list[PairStanding]:
    """List what stands today with who said so, newest first."""
    statement = (
        select(PairStanding)
        .where(
            PairStanding.edition_id == edition.id,
            PairStanding.lifted_at.is_(None),
            PairStanding.kind.in_(list(kinds)),
        )
        .order_by(PairStanding.id.desc())
        .options(selectinload(PairStanding.declared_by))
    )
    return list(session.scalars(statement))


def forbidden_pairs(
    session: Session, edition: Edition, *, without: Collection[StandingKind] = ()
) -> set[Pair]:
    """Give the (project, mentor) ids that must not be proposed.

    ``never`` conflicts, vetoes, the organizers' *not together*, declines as far
    as they reach, and a mentor's own projects.
    """
    forbidden = own_projects(session, edition)
    for row in list_standings(session, edition):
        if row.kind in without:
            continue
        if (
            row.kind in {StandingKind.FORBID, StandingKind.VETO, StandingKind.PAST_DECLINE}
            or row.strength is ConflictStrength.NEVER
        ):
            forbidden.add((row.project_id, row.mentor_id))
    return forbidden | _declined_for_the_year(session, edition)


def own_projects(session: Session, edition: Edition) -> set[Pair]:
    """Give the automatic conflicts: a mentor who also works on a film here."""
    rows = session.execute(
        select(Project.id, Participation.id)
        .join(ProjectMember, ProjectMember.project_id == Project.id)
        .join(Participation, Participation.user_id == ProjectMember.user_id)
        .where(
            Project.edition_id == edition.id,
            Participation.edition_id == edition.id,
            Participation.role == ParticipationRole.MENTOR,
        )
    )
    return {(project_id, mentor_id) for project_id, mentor_id in rows}


def _declined_for_the_year(session: Session, edition: Edition) -> set[Pair]:
    """A mentor who said "not this year" is out of every pair."""
    mentors = session.scalars(
        select(Match.mentor_id).where(
            Match.edition_id == edition.id,
            Match.decline_reach == DeclineReach.NOT_THIS_YEAR,
        )
    ).all()
    if not mentors:
        return set()
    projects = session.scalars(select(Project.id).where(Project.edition_id == edition.id)).all()
    return {(project, mentor) for project in projects for mentor in mentors}


def _is_kept(session: Session, project: Project, mentor: Participation) -> bool:
    standing = _open_standing(session, project, mentor, StandingKind.LOCK, StandingSide.ORGANIZER)
    return standing is not None


def _open_standing(
    session: Session,
    project: Project,
    mentor: Participation,
    kind: StandingKind,
    side: StandingSide,
) -> PairStanding | None:
    return session.scalar(
        select(PairStanding).where(
            PairStanding.project_id == project.id,
            PairStanding.mentor_id == mentor.id,
            PairStanding.kind == kind,
            PairStanding.side == side,
            PairStanding.lifted_at.is_(None),
        )
    )
