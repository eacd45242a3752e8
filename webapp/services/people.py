"""The people of a year as organizers see them, and those they write down themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp.enums import ParticipationRole, ProjectState
from webapp.errors import NotPossible
from webapp.models import Edition, Participation, Project, ProjectMember, User
from webapp.services import accounts, editions, participations, plan_view, projects
from webapp.services.matching.words import fold
from webapp.services.plan_view import MentorView
from webapp.services.versions import check_version, count_up


@dataclass(frozen=True)
class PersonRow:
    """Somebody who takes part, with their films or their load."""

    participation: Participation
    films: tuple[Project, ...] = ()
    load: MentorView | None = None

    @property
    def is_unseen(self) -> bool:
        """Whether what was filled in for them waits to be seen by them."""
        row = self.participation
        return row.filled_in_by_id is not None and row.checked_at is None

    @property
    def is_reachable(self) -> bool:
        """Whether a letter would find them."""
        return bool(self.participation.user.email)


@dataclass
class People:
    """Everybody of a year, by what they take part as."""

    mentors: list[PersonRow] = field(default_factory=list)
    filmmakers: list[PersonRow] = field(default_factory=list)
    guests: list[PersonRow] = field(default_factory=list)


def list_people(session: Session, edition: Edition) -> People:
    """List everybody of a year, in a fixed number of queries; who left comes last."""
    # First: the plan is read afresh and lets go of what hangs on its rows.
    loads = {view.mentor.id: view for view in plan_view.view_plan(session, edition).mentors}
    found = session.scalars(
        select(Participation)
        .where(Participation.edition_id == edition.id)
        .order_by(Participation.withdrawn_at.is_not(None), Participation.id)
        .options(selectinload(Participation.filled_in_by))
    ).all()
    films = films_by_person(session, edition)
    people = People()
    lists = {
        ParticipationRole.MENTOR: people.mentors,
        ParticipationRole.FILMMAKER: people.filmmakers,
        ParticipationRole.GUEST: people.guests,
    }
    for row in found:
        own = tuple(films.get(row.user_id, ()))
        lists[row.role].append(PersonRow(row, own, loads.get(row.id)))
    return people


def films_by_person(session: Session, edition: Edition) -> dict[int, list[Project]]:
    """Give the films that somebody with a row of their own works on, by user."""
    found: dict[int, list[Project]] = {}
    rows = session.execute(
        select(ProjectMember.user_id, Project)
        .join(Project, Project.id == ProjectMember.project_id)
        .where(
            Project.edition_id == edition.id,
            ProjectMember.user_id.is_not(None),
            Project.state != ProjectState.WITHDRAWN,
        )
        .order_by(Project.id)
    )
    for user_id, project in rows:
        if user_id is not None:
            found.setdefault(user_id, []).append(project)
    return found


def contacts(session: Session, edition: Edition, project: Project) -> list[Participation]:
    """Give those who speak for a film and take part in the year."""
    ids = [each.user_id for each in project.members if each.is_contact]
    return list(
        session.scalars(
            select(Participation)
            .where(
                Participation.edition_id == edition.id,
                Participation.role == ParticipationRole.FILMMAKER,
                Participation.user_id.in_(ids),
            )
            .order_by(Participation.id)
        )
    )


def search_people(rows: Iterable[PersonRow], query: str) -> list[PersonRow]:
    """Give those whom a search means, however the name is typed."""
    return [row for row in rows if is_meant(query, *_searched(row))]


def is_meant(query: str, *texts: str) -> bool:
    """Say whether each word of a search stands in the texts, folded."""
    within = fold(" ".join(texts))
    return all(word in within for word in fold(query).split())


def _searched(row: PersonRow) -> list[str]:
    part, user = row.participation, row.participation.user
    titles = [film.title for film in row.films]
    return [user.name, *user.other_spellings, user.email or "", part.place, part.company, *titles]


def fill_in_mentor(
    session: Session,
    edition: Edition,
    values: Mapping[str, Any],
    *,
    actor: User,
    name: str,
    email: str = "",
) -> Participation:
    """Write a mentor down who has not been here: a pasted biography, a phone call."""
    user = _write_down(session, name, email)
    mentor = participations.join_edition(
        session, edition, user, ParticipationRole.MENTOR, filled_in_by=actor
    )
    return participations.update_mentor(
        session, mentor, values, actor=actor, expected_version=mentor.version
    )


def fill_in_film(
    session: Session,
    edition: Edition,
    values: Mapping[str, Any],
    *,
    actor: User,
    name: str,
    email: str = "",
    sends_in: bool = True,
) -> Project:
    """Write a film down for its filmmaker, who has not been here, and send it in."""
    user = _write_down(session, name, email)
    participations.join_edition(
        session, edition, user, ParticipationRole.FILMMAKER, filled_in_by=actor
    )
    film = projects.make_project(session, edition, actor=actor, filmmaker=user, values=values)
    if sends_in:
        projects.submit_project(session, film, actor=actor, expected_version=film.version)
    return film


def correct_person(
    session: Session,
    participation: Participation,
    *,
    actor: User,
    name: str,
    email: str,
    expected_version: int,
) -> None:
    """Mend the name and address of somebody who has no account of their own yet.

    Raises
    ------
    NotPossible
        They have one: name and address are theirs to change.
    """
    editions.check_open(participation.edition)
    check_version(participation, expected_version)
    user = participation.user
    if user.password_hash is not None and user.id != actor.id:
        raise NotPossible("person_has_account", name=user.name)
    former = user.name
    user.name = accounts.check_name(name)
    user.name_folded = fold(user.name)
    user.email = _address(session, email, user)
    for member in session.scalars(
        select(ProjectMember).where(ProjectMember.user_id == user.id, ProjectMember.name == former)
    ):
        member.name = user.name
    count_up(participation, "user_id")
    session.flush()


def _write_down(session: Session, name: str, email: str) -> User:
    user = accounts.make_user(session, name=name)
    user.email = _address(session, email, user)
    session.flush()
    return user


def _address(session: Session, email: str, user: User) -> str | None:
    """Give the address to keep with somebody.

    An address that belongs to an account already is left out: their account
    is joined to what stands here when they take the invitation up.
    """
    if not email.strip():
        return None
    address = accounts.check_email(email)
    with session.no_autoflush:
        holder = accounts.find_by_email(session, address)
    return address if holder is None or holder is user else None
