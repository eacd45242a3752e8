"""Decisions with the features of the run that the organizer had before them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy.orm import Session

from tests.factories import make_edition, make_mentor, make_project, make_user
from tests.webapp.taught import add_run, teach
from webapp.enums import PairPlace
from webapp.models import Edition, Participation, PlanChange, Project, utc_now
from webapp.services import plan
from webapp.services.matching.learning import judge_edition, read_decisions
from webapp.services.plan_lines import Line


@dataclass
class Small:
    edition: Edition
    films: list[Project]
    mentors: list[Participation]


@pytest.fixture
def small(session: Session) -> Small:
    edition = make_edition(session, demand_high=3)
    films = [make_project(session, edition) for _ in range(2)]
    return Small(edition, films, [make_mentor(session, edition) for _ in range(2)])


def confirm(session: Session, small: Small, film: int, mentor: int) -> PlanChange:
    line = Line(small.films[film].id, small.mentors[mentor].id, PairPlace.NONE, PairPlace.CONFIRMED)
    return plan.apply_lines(session, small.edition, [line], actor=None)


def values(rows: list[list[float]]) -> np.ndarray:
    return np.array(rows)[:, :, None]


def test_the_run_before_the_decision_counts(session: Session, small: Small) -> None:
    edition, films, mentors = small.edition, small.films, small.mentors
    now = utc_now()
    for hours, base in ((-2, 0.1), (-1, 0.5), (1, 0.9)):
        filled = values([[base, base + 0.01], [base + 0.02, base + 0.03]])
        add_run(
            session, edition, films, mentors, ("genre",), filled, at=now + timedelta(hours=hours)
        )
    confirm(session, small, 1, 0)
    found = read_decisions(session, edition)
    assert found.projects.tolist() == [films[1].id]
    assert found.said_yes.tolist() == [True]
    assert found.values[0, found.names.index("genre")] == pytest.approx(0.52)
    assert found.known.sum() == 1


def test_without_one_before_it_is_the_first_after(session: Session, small: Small) -> None:
    confirm(session, small, 0, 0)
    assert len(read_decisions(session, small.edition)) == 0
    for hours, value in ((1, 0.25), (2, 0.75)):
        filled = values([[value] * 2] * 2)
        add_run(
            session,
            small.edition,
            small.films,
            small.mentors,
            ("genre",),
            filled,
            at=utc_now() + timedelta(hours=hours),
        )
    found = read_decisions(session, small.edition)
    assert found.values[0, found.names.index("genre")] == 0.25


def test_a_run_that_did_not_compare_the_pair_is_passed_by(session: Session, small: Small) -> None:
    films, mentors = small.films, small.mentors
    then = utc_now() - timedelta(hours=2)
    add_run(session, small.edition, films, mentors, ("genre",), values([[0.25] * 2] * 2), at=then)
    add_run(
        session,
        small.edition,
        films[:1],
        mentors[:1],
        ("genre",),
        values([[0.75]]),
        at=then + timedelta(hours=1),
    )
    confirm(session, small, 0, 0)
    confirm(session, small, 1, 1)
    found = read_decisions(session, small.edition)
    genre = found.values[:, found.names.index("genre")]
    by_film = dict(zip(found.projects.tolist(), genre, strict=True))
    assert by_film == {films[0].id: 0.75, films[1].id: 0.25}


def test_a_taste_for_genre_is_found_and_nothing_is_changed(session: Session) -> None:
    edition = make_edition(session)
    teach(session, edition)
    before = (dict(edition.weights), edition.version)
    found = judge_edition(session, edition)
    assert (found.n_decisions, found.better) == (64, True)
    assert found.weights_after["genre"] > 2 * found.weights_before["genre"]
    assert found.held_out_after > found.held_out_before
    assert (dict(edition.weights), edition.version) == before


def test_who_the_people_are_changes_nothing(session: Session) -> None:
    """The same words about the same features, of other people: the same is learned."""
    plain, named = make_edition(session), make_edition(session)
    teach(session, plain)
    for mentor in teach(session, named).mentors:
        mentor.user = make_user(session, "Zhyldyz Asanova", email=f"zh{mentor.id}@example.org")
        mentor.countries = ["kg"]
    session.flush()
    assert judge_edition(session, plain) == judge_edition(session, named)
