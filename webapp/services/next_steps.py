"""What each of a person's places asks of them next: one thing, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp.enums import EditionState, ParticipationRole, ProgramRole, ProjectState
from webapp.models import (
    Edition,
    Participation,
    Program,
    ProgramMember,
    Project,
    ProjectMember,
    User,
)

TOLD = (EditionState.RELEASED, EditionState.RUNNING)
DECIDED = (ProjectState.SELECTED, ProjectState.WAITING_LIST, ProjectState.NOT_THIS_TIME)
# Of several films the one that waits for its maker longest comes first.
ASKS_FIRST = (ProjectState.RETURNED, ProjectState.DRAFT)


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a person: the lab, the year, as what, and the step's code.

    ``film`` is the film that the step speaks of, where it speaks of one.
    """

    program: Program
    edition: Edition | None
    role: ProgramRole | ParticipationRole
    step: str
    film: Project | None = None


def list_places(session: Session, user: User) -> list[Place]:
    """List a person's places: labs they work for, then years they take part in."""
    return _working(session, user) + _taking_part(session, user)


def _working(session: Session, user: User) -> list[Place]:
    members = session.scalars(
        select(ProgramMember)
        .join(Program)
        .where(ProgramMember.user_id == user.id)
        .options(selectinload(ProgramMember.program).selectinload(Program.editions))
        .order_by(Program.name, Program.id)
    )
    places: list[Place] = []
    for member in members:
        editions = [e for e in member.program.editions if e.state is not EditionState.ARCHIVED]
        if member.role is ProgramRole.HELPER:
            places.append(Place(member.program, None, member.role, "helper"))
        elif not editions:
            places.append(Place(member.program, None, member.role, "make_edition"))
        else:
            places += [
                Place(member.program, each, member.role, f"organize_{each.state.value}")
                for each in editions
            ]
    return places


def _taking_part(session: Session, user: User) -> list[Place]:
    participations = session.scalars(
        select(Participation)
        .where(Participation.user_id == user.id, Participation.withdrawn_at.is_(None))
        .options(selectinload(Participation.edition).selectinload(Edition.program))
        .order_by(Participation.edition_id.desc(), Participation.id)
    ).all()
    films = _films(session, user, [each.edition_id for each in participations])
    return [_part(each, films.get(each.edition_id, [])) for each in participations]


def _films(session: Session, user: User, edition_ids: Sequence[int]) -> dict[int, list[Project]]:
    if not edition_ids:
        return {}
    found = session.scalars(
        select(Project)
        .join(ProjectMember)
        .where(
            ProjectMember.user_id == user.id,
            ProjectMember.is_contact.is_(True),
            Project.edition_id.in_(edition_ids),
            Project.state != ProjectState.WITHDRAWN,
        )
        .order_by(Project.id)
    )
    films: dict[int, list[Project]] = {}
    for film in found:
        films.setdefault(film.edition_id, []).append(film)
    return films


def _part(participation: Participation, films: list[Project]) -> Place:
    edition = participation.edition
    if participation.role is ParticipationRole.FILMMAKER:
        film = min(films, key=_urgency, default=None)
        step = _filmmaker_step(edition, film)
        return Place(edition.program, edition, participation.role, step, film)
    if participation.role is ParticipationRole.MENTOR:
        return Place(edition.program, edition, participation.role, _mentor_step(participation))
    return Place(edition.program, edition, participation.role, "guest")


def _urgency(film: Project) -> int:
    return ASKS_FIRST.index(film.state) if film.state in ASKS_FIRST else len(ASKS_FIRST)


def _filmmaker_step(edition: Edition, film: Project | None) -> str:
    if edition.state is EditionState.ARCHIVED:
        return "over"
    if film is None:
        return "film_none"
    if film.state in DECIDED:
        # What was decided reaches nobody before everyone is told.
        return f"film_{film.state.value}" if edition.state in TOLD else "film_submitted"
    return f"film_{film.state.value}"


def _mentor_step(mentor: Participation) -> str:
    if mentor.edition.state is EditionState.ARCHIVED:
        return "over"
    if mentor.edition.state in TOLD:
        return "mentor_told"
    if mentor.checked_at is None:
        return "mentor_check" if mentor.filled_in_by_id else "mentor_profile"
    return "mentor_wait"
