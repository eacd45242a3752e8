"""Invented people, labs and films: one place that makes them.

Each function adds rows and flushes; the test commits. Rows are made as they
are stored, past the services' rules, so that a test can arrange any state.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.settings import TEST_SETTINGS
from webapp.enums import (
    ENDED_MATCH_STATES,
    MatchState,
    ParticipationRole,
    ProgramRole,
    ProjectState,
    ProposalState,
)
from webapp.models import (
    Edition,
    Match,
    Participation,
    Plan,
    Program,
    ProgramMember,
    Project,
    ProjectMember,
    Proposal,
    User,
    utc_now,
)
from webapp.services import terms

PASSWORD = "a quiet valley"

_numbers = count(1)


def make_user(
    session: Session,
    name: str = "",
    *,
    email: str | None = None,
    password: str | None = None,
    **values: Any,
) -> User:
    """Give a person; with a password, one who can sign in."""
    number = next(_numbers)
    if password is not None and email is None:
        email = f"person{number}@example.org"
    name = name or f"Person {number}"
    user = User(
        name=name,
        name_folded=name.casefold(),
        email=email,
        password_hash=hash_password(password) if password is not None else None,
        stamp=f"stamp-{number}",
        **values,
    )
    session.add(user)
    session.flush()
    return user


def hash_password(password: str) -> str:
    """Hash as cheaply as tests may."""
    return PasswordHasher(**TEST_SETTINGS["PASSWORD_COST"]).hash(password)


def make_program(session: Session, owner: User | None = None, name: str = "Valley Lab") -> Program:
    """Give a lab and its owner."""
    program = Program(name=name)
    program.members.append(
        ProgramMember(user=owner or make_user(session, "Olga Owner"), role=ProgramRole.OWNER)
    )
    session.add(program)
    session.flush()
    return program


def make_edition(
    session: Session,
    program: Program | None = None,
    name: str = "2026",
    *,
    with_terms: bool = False,
    **values: Any,
) -> Edition:
    """Give a lab's year with its plan; ``with_terms`` fills its lists too."""
    values.setdefault("languages", ["en", "ru"])
    edition = Edition(program=program or make_program(session), name=name, **values)
    session.add(edition)
    session.flush()
    session.add(Plan(edition_id=edition.id))
    session.flush()
    if with_terms:
        terms.seed_terms(session, edition)
        session.flush()
    return edition


def make_participation(
    session: Session,
    edition: Edition,
    role: ParticipationRole,
    user: User | None = None,
    **values: Any,
) -> Participation:
    """Give someone's place in an edition; codes run m1, m2, f1, …"""
    n_there = session.scalar(
        select(func.count())
        .select_from(Participation)
        .where(Participation.edition_id == edition.id, Participation.role == role)
    )
    values.setdefault("code", f"{role.value[0]}{(n_there or 0) + 1}")
    participation = Participation(
        edition=edition, user=user or make_user(session), role=role, **values
    )
    session.add(participation)
    session.flush()
    return participation


def make_mentor(
    session: Session, edition: Edition, user: User | None = None, **values: Any
) -> Participation:
    """Give a mentor of an edition."""
    return make_participation(session, edition, ParticipationRole.MENTOR, user, **values)


def make_filmmaker(
    session: Session, edition: Edition, user: User | None = None, **values: Any
) -> Participation:
    """Give a filmmaker of an edition."""
    return make_participation(session, edition, ParticipationRole.FILMMAKER, user, **values)


def make_project(
    session: Session,
    edition: Edition,
    filmmaker: User | None = None,
    *,
    state: ProjectState = ProjectState.SELECTED,
    **values: Any,
) -> Project:
    """Give a film in the making; ``filmmaker`` is its contact."""
    n_there = session.scalar(
        select(func.count()).select_from(Project).where(Project.edition_id == edition.id)
    )
    number = (n_there or 0) + 1
    values.setdefault("code", f"p{number}")
    values.setdefault("title", f"Film {number}")
    values.setdefault("title_folded", values["title"].casefold())
    project = Project(edition=edition, state=state, **values)
    if filmmaker is not None:
        project.members.append(
            ProjectMember(user=filmmaker, name=filmmaker.name, role="director", is_contact=True)
        )
    session.add(project)
    session.flush()
    return project


def make_match(
    session: Session,
    project: Project,
    mentor: Participation,
    *,
    state: MatchState = MatchState.RELEASED,
    reasons: Sequence[Mapping[str, Any]] = (),
) -> Match:
    """Give a confirmed pair with its proposal; unless said otherwise both were told."""
    n_taken = session.scalar(
        select(func.count()).select_from(Match).where(Match.mentor_id == mentor.id)
    )
    match = Match(
        edition_id=project.edition_id,
        project_id=project.id,
        mentor_id=mentor.id,
        seat=(n_taken or 0) + 1,
        state=state,
        released_at=None if state is MatchState.CONFIRMED else utc_now(),
        ended_at=utc_now() if state in ENDED_MATCH_STATES else None,
    )
    proposal = Proposal(
        edition_id=project.edition_id,
        project_id=project.id,
        mentor_id=mentor.id,
        state=ProposalState.CONFIRMED,
        reasons=list(reasons),
    )
    session.add_all((match, proposal))
    session.flush()
    return match
