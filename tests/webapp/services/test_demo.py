"""The demo lab: complete, loaded once, and ready for pairs to be suggested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import make_user
from webapp.enums import (
    AvailabilityKind,
    ConflictStrength,
    EditionState,
    ParticipationRole,
    ProjectState,
    StandingKind,
)
from webapp.jobs.place import Place
from webapp.models import Base, Edition, PairStanding, Participation, ProgramMember, Project, User
from webapp.services import demo, runs


@pytest.fixture
def session(place: Place) -> Iterator[Session]:
    with place.sessions.to_write() as session:
        yield session


def count_rows(session: Session) -> dict[str, int]:
    return {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


def test_the_lab_is_complete_and_waits_for_suggestions(session: Session) -> None:
    assert demo.load_demo(session)
    edition = session.scalars(select(Edition)).one()
    assert (edition.program.name, edition.name) == ("Ak-Suu Film Camp", "2026")
    assert edition.state is EditionState.MATCHING
    states = Counter(session.scalars(select(Project.state)))
    assert states == {ProjectState.SELECTED: 17, ProjectState.WAITING_LIST: 1}
    roles = Counter(session.scalars(select(Participation.role)))
    assert roles == {ParticipationRole.MENTOR: 8, ParticipationRole.FILMMAKER: 18}
    assert Counter(role.value for role in session.scalars(select(ProgramMember.role))) == {
        "owner": 1,
        "organizer": 1,
    }
    assert runs.count_material(session, edition) == (17, 8)
    owner = session.scalars(select(User).where(User.email == "organizer@example.org")).one()
    assert runs.queue_run(session, edition, actor=owner).number == 1


def test_conflicts_of_each_strength_and_kept_pairs(session: Session) -> None:
    demo.load_demo(session)
    standings = session.scalars(select(PairStanding)).all()
    assert Counter(each.kind for each in standings) == {
        StandingKind.CONFLICT: 10,
        StandingKind.LOCK: 2,
    }
    strengths = Counter(each.strength for each in standings if each.strength)
    assert set(strengths) == set(ConflictStrength)
    assert all(
        each.conflict_kind.startswith("conflict.")
        for each in standings
        if each.kind is StandingKind.CONFLICT
    )


def test_words_are_the_editions_terms_however_they_were_typed(session: Session) -> None:
    demo.load_demo(session)
    film = session.scalars(select(Project).where(Project.title == "Кайык")).one()
    assert all(need.startswith("need.") for need in film.needs)
    assert [each["code"] for each in film.languages] == ["kk", "ru"]
    assert (film.demand_low, film.demand_high) == (None, None)
    own_words = session.scalars(select(Project).where(Project.code == "p9")).one()
    assert "питч-дек и тизер" in own_words.needs


def test_who_is_away_is_on_a_line_in_another_zone(session: Session) -> None:
    demo.load_demo(session)
    away = session.scalars(
        select(Participation)
        .join(User, Participation.user_id == User.id)
        .where(User.email == "mathilde@example.org")
    ).one()
    assert (away.load_low, away.load_high, away.whole_camp) == (1, 2, False)
    assert {(each.kind, each.timezone) for each in away.availability} == {
        (AvailabilityKind.ONLINE, "Europe/Paris")
    }
    # Filled in for her: the organizer's next step is to let her look.
    assert away.filled_in_by is not None
    assert away.checked_at is None


def test_a_second_start_keeps_everything_as_it_is(session: Session) -> None:
    demo.load_demo(session)
    before = count_rows(session)
    assert not demo.load_demo(session)
    assert count_rows(session) == before
    assert [role for role, _ in demo.list_demo_people(session)] == [
        "organizer",
        "mentor",
        "filmmaker",
    ]


def test_it_never_mixes_with_people_who_are_there(session: Session) -> None:
    make_user(session, "Somebody", email="somebody@example.org")
    before = count_rows(session)
    assert not demo.load_demo(session)
    assert count_rows(session) == before
    assert demo.list_demo_people(session) == []
