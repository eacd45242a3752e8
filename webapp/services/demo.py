"""The demo lab: an invented camp, ready for its organizer to suggest pairs.

It is loaded through the same services a real lab goes through, so whatever the
rules are, it keeps them. Loading again changes nothing.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.config import LANGUAGES
from webapp.enums import (
    AvailabilityKind,
    ConflictStrength,
    EditionState,
    LineAspect,
    ParticipationRole,
    ProgramRole,
    ProjectState,
    Said,
    StandingSide,
)
from webapp.models import Edition, Participation, Project, User
from webapp.services import (
    accounts,
    editions,
    participations,
    plan,
    programs,
    projects,
    selection,
    standings,
)
from webapp.services.availability import LocalWindow
from webapp.services.matching.demo import DemoRow, read_rows
from webapp.services.matching.words import recognise
from webapp.services.plan_lines import Line

LAB: Final = "Ak-Suu Film Camp"
YEAR: Final = "2026"
ZONE: Final = "Asia/Bishkek"
# Where those sit who are not at the camp.
ZONE_AWAY: Final = "Europe/Paris"

OWNER: Final = ("Meerim Asanova", "organizer@example.org")
SECOND: Final = ("Daniyar Toktorov", "daniyar@example.org")
# Who shows a visitor around: complete profiles, in English.
GUIDES: Final = (
    ("organizer", OWNER[1]),
    ("mentor", "tamta@example.org"),
    ("filmmaker", "begimai@example.org"),
)
# A guest who never fills in forms: an organizer pasted her bio.
FILLED_IN_FOR: Final = frozenset({"m5"})

MENTOR_LISTS: Final = ("expertise", "offers", "credits", "forms", "genres", "stages")
PROJECT_TEXTS: Final = (
    "title",
    "logline",
    "synopsis",
    "statement",
    "difficulties",
    "goals",
    "company",
    "place",
)
# The files' columns and the application's fields.
PROJECT_LISTS: Final = {
    "needs": "needs",
    "form": "forms",
    "genres": "genres",
    "stage": "stages",
    "country": "countries",
}


def load_demo(session: Session) -> bool:
    """Load the demo lab where nobody is yet; tell whether that was done."""
    if not accounts.is_empty(session):
        return False
    owner = _person(session, *OWNER)
    program = programs.make_program(session, actor=owner, name=LAB)
    programs.add_member(session, program, _person(session, *SECOND), ProgramRole.ORGANIZER)
    edition = editions.make_edition(
        session,
        program,
        actor=owner,
        name=YEAR,
        place="Ak-Suu, Kyrgyzstan",
        timezone=ZONE,
        starts_on=date(2026, 7, 6),
        ends_on=date(2026, 7, 12),
        demand_low=2,
        demand_high=2,
    )
    editions.move_edition(session, edition, EditionState.COLLECTING, actor=owner)
    mentors = {
        row.text("id"): _load_mentor(session, edition, row, owner) for row in read_rows("mentors")
    }
    films = {
        row.text("id"): _load_project(session, edition, row, owner) for row in read_rows("projects")
    }
    editions.move_edition(session, edition, EditionState.MATCHING, actor=owner)
    _keep_apart(session, edition, films, mentors, owner)
    _keep_together(session, edition, films, mentors, owner)
    return True


def list_demo_people(session: Session) -> list[tuple[str, User]]:
    """List who shows a visitor around, by role; nobody where the lab is not loaded."""
    found = {
        user.email: user
        for user in session.scalars(
            select(User).where(User.email.in_([address for _, address in GUIDES]))
        )
    }
    return [(role, found[address]) for role, address in GUIDES if address in found]


def _person(session: Session, name: str, email: str) -> User:
    return accounts.make_user(session, name=name, email=email)


def _load_mentor(session: Session, edition: Edition, row: DemoRow, owner: User) -> Participation:
    user = _person(session, row.text("name"), row.text("email"))
    prepared = row.text("id") in FILLED_IN_FOR
    mentor = participations.join_edition(
        session,
        edition,
        user,
        ParticipationRole.MENTOR,
        filled_in_by=owner if prepared else None,
    )
    windows = [_window(start, end) for start, end in row.windows()]
    spoken = row.languages()
    values = {
        **{name: row.entries(name) for name in MENTOR_LISTS},
        "bio": row.text("bio"),
        "company": row.text("company"),
        "countries": row.entries("country"),
        "languages": spoken,
        "load_low": row.number("min_load"),
        "load_high": row.number("max_load"),
        "whole_camp": not windows,
        "windows": windows,
    }
    participations.update_mentor(
        session,
        mentor,
        values,
        actor=owner if prepared else user,
        expected_version=mentor.version,
    )
    mentor.language = _written_in(spoken)
    session.flush()
    return mentor


def _load_project(session: Session, edition: Edition, row: DemoRow, owner: User) -> Project:
    people = row.team() or [{"name": row.text("email").split("@")[0].title(), "role": ""}]
    user = _person(session, people[0]["name"], row.text("email"))
    filmmaker = participations.join_edition(session, edition, user, ParticipationRole.FILMMAKER)
    low, high = row.demand()
    spoken = row.languages()
    values = {
        **{name: row.text(name) for name in PROJECT_TEXTS},
        **{field: row.entries(column) for column, field in PROJECT_LISTS.items()},
        "languages": spoken,
        "team": people[1:],
        "own_role": people[0]["role"],
        "demand_low": low,
        "demand_high": high,
    }
    project = projects.make_project(session, edition, actor=user, filmmaker=user, values=values)
    filmmaker.language = _written_in(spoken)
    projects.submit_project(session, project, actor=user, expected_version=project.version)
    project.reading = row.text("reading")
    session.flush()
    outcome = ProjectState(row.text("selection").replace(" ", "_"))
    selection.select_project(
        session, project, outcome, actor=owner, expected_version=project.version
    )
    return project


def _keep_apart(
    session: Session,
    edition: Edition,
    films: dict[str, Project],
    mentors: dict[str, Participation],
    owner: User,
) -> None:
    for row in read_rows("conflicts"):
        standings.declare_conflict(
            session,
            edition,
            films[row.text("project")],
            mentors[row.text("mentor")],
            strength=ConflictStrength(row.text("strength") or "never"),
            conflict_kind=recognise(row.text("kind"), "conflict_kind") or row.text("kind"),
            side=StandingSide.ORGANIZER,
            actor=owner,
        )


def _keep_together(
    session: Session,
    edition: Edition,
    films: dict[str, Project],
    mentors: dict[str, Participation],
    owner: User,
) -> None:
    lines = [
        Line(
            films[row.text("project")].id,
            mentors[row.text("mentor")].id,
            Said.NO,
            Said.YES,
            LineAspect.LOCK,
        )
        for row in read_rows("locks")
    ]
    plan.apply_lines(session, edition, lines, actor=owner)


def _window(start: datetime, end: datetime) -> LocalWindow:
    """Give a stretch in the zone it was said in: the camp's, or that of those away."""
    is_here = start.utcoffset() == start.astimezone(ZoneInfo(ZONE)).utcoffset()
    return LocalWindow(
        AvailabilityKind.ON_SITE if is_here else AvailabilityKind.ONLINE,
        start.date(),
        start.time(),
        end.time(),
        ZONE if is_here else ZONE_AWAY,
    )


def _written_in(spoken: list[dict[str, str | None]]) -> str:
    """Give the first of somebody's languages that letters are written in."""
    codes = [str(each["code"]) for each in spoken]
    return next((code for code in codes if code in LANGUAGES), "")
