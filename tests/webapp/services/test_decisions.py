"""Which words of organizers are decisions, and which lines of history are nobody's."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_edition, make_mentor, make_project
from webapp.enums import ChangeSource, LineAspect, PairPlace, Said
from webapp.models import Edition, Participation, Project
from webapp.services import plan
from webapp.services.decisions import list_decisions
from webapp.services.plan_lines import Line

N, P, C, A = PairPlace.NONE, PairPlace.PROPOSED, PairPlace.CONFIRMED, PairPlace.SET_ASIDE
HAND, SOLVER, UNDO = ChangeSource.HAND, ChangeSource.SOLVER, ChangeSource.UNDO
LOCK, FORBID = LineAspect.LOCK, LineAspect.FORBID
PLACE = LineAspect.PLACE


@pytest.fixture
def edition(session: Session) -> Edition:
    return make_edition(session, demand_high=3)


@pytest.fixture
def pair(session: Session, edition: Edition) -> tuple[Project, Participation]:
    return make_project(session, edition), make_mentor(session, edition)


@pytest.mark.parametrize(
    ("steps", "wanted"),
    [
        ([(SOLVER, PLACE, N, P)], None),
        ([(SOLVER, PLACE, N, P), (HAND, PLACE, P, C)], True),
        ([(HAND, PLACE, N, C)], True),
        ([(SOLVER, PLACE, N, P), (HAND, PLACE, P, A)], False),
        ([(SOLVER, PLACE, N, P), (HAND, PLACE, P, C), (HAND, PLACE, C, P)], None),
        ([(SOLVER, PLACE, N, P), (HAND, PLACE, P, C), (HAND, PLACE, C, A)], False),
        ([(SOLVER, PLACE, N, P), (HAND, PLACE, P, A), (HAND, PLACE, A, P)], None),
        ([(SOLVER, PLACE, N, P), (HAND, PLACE, P, N)], False),
        ([(SOLVER, PLACE, N, P), (SOLVER, PLACE, P, N)], None),
        ([(SOLVER, PLACE, N, P), (UNDO, PLACE, P, N)], None),
        ([(HAND, PLACE, N, A), (HAND, PLACE, A, N)], None),
        ([(SOLVER, PLACE, N, P), (HAND, LOCK, Said.NO, Said.YES)], True),
        (
            [
                (SOLVER, PLACE, N, P),
                (HAND, LOCK, Said.NO, Said.YES),
                (HAND, LOCK, Said.YES, Said.NO),
            ],
            None,
        ),
        ([(HAND, PLACE, N, A), (HAND, LOCK, Said.NO, Said.YES)], True),
        ([(HAND, LOCK, Said.NO, Said.YES), (HAND, PLACE, N, A)], False),
        ([(HAND, FORBID, Said.NO, Said.YES)], False),
        ([(HAND, FORBID, Said.NO, Said.YES), (HAND, FORBID, Said.YES, Said.NO)], None),
        (
            [
                (HAND, PLACE, N, C),
                (HAND, PLACE, C, P),
                (HAND, PLACE, P, N),
                (HAND, FORBID, Said.NO, Said.YES),
            ],
            False,
        ),
    ],
)
def test_the_last_word_that_stands(
    session: Session,
    edition: Edition,
    pair: tuple[Project, Participation],
    steps: list[tuple[ChangeSource, LineAspect, str, str]],
    wanted: bool | None,
) -> None:
    film, mentor = pair
    for source, aspect, before, after in steps:
        line = Line(film.id, mentor.id, before, after, aspect)
        plan.apply_lines(session, edition, [line], actor=None, source=source)
    decisions = list_decisions(session, edition)
    found = [(each.project_id, each.mentor_id, each.wanted) for each in decisions]
    assert found == ([] if wanted is None else [(film.id, mentor.id, wanted)])


def test_another_years_words_stay_there(
    session: Session, edition: Edition, pair: tuple[Project, Participation]
) -> None:
    film, mentor = pair
    plan.apply_lines(session, edition, [Line(film.id, mentor.id, N, C)], actor=None)
    assert list_decisions(session, make_edition(session, edition.program, "2027")) == []
