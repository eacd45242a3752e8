"""Whatever organizers do and take back, the plan keeps its limits and its history."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from tests.factories import make_edition, make_mentor, make_project
from webapp.enums import LineAspect, PairPlace, Said
from webapp.errors import CampfireError
from webapp.models import Base, Edition, Match, PlanLine
from webapp.services import plan, plan_choices
from webapp.services.plan_lines import Line
from webapp.services.plan_state import PlanState, load_state

N_FILMS, N_MENTORS = 3, 3
PLACES = list(PairPlace)
HELD = {PairPlace.PROPOSED, PairPlace.CONFIRMED}
steps = st.lists(
    st.tuples(
        st.integers(0, N_FILMS - 1),
        st.integers(0, N_MENTORS - 1),
        st.sampled_from(
            [*PLACES, LineAspect.LOCK, LineAspect.FORBID, "undo", "choose", "replace", "swap"]
        ),
    ),
    min_size=1,
    max_size=14,
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    return engine


def snapshot(state: PlanState) -> tuple[object, ...]:
    """Give everything an undo has to bring back."""
    places = {pair: state.place(pair) for pair in state.proposals.keys() | state.matches.keys()}
    return (
        {pair: place for pair, place in places.items() if place is not PairPlace.NONE},
        set(state.words),
    )


def one_step(session: Session, edition: Edition, film: int, mentor: int, what: object) -> None:
    state = load_state(session, edition)
    pair = sorted(state.projects)[film], sorted(state.mentors)[mentor]
    if what == "undo":
        changes = plan.list_changes(session, edition, limit=1)
        if changes:
            plan.undo_change(session, edition, changes[0].id, actor=None)  # type: ignore[arg-type]
        return
    if what in {"choose", "replace", "swap"}:
        weigh_and_decide(session, edition, pair, str(what), state)
        return
    if isinstance(what, LineAspect):
        before = state.value(pair, what)
        line = Line(*pair, before, Said.NO if before == Said.YES else Said.YES, what)
    else:
        line = Line(*pair, state.place(pair), str(what))
    plan.apply_lines(session, edition, [line], actor=None)


def weigh_and_decide(
    session: Session, edition: Edition, pair: tuple[int, int], what: str, state: PlanState
) -> None:
    """Choose a mentor beside or instead of another, or swap with the next pair."""
    pairs = sorted(state.proposals.keys() | state.matches.keys())
    before = {each: state.place(each) for each in pairs}
    held = [each for each, where in before.items() if where in HELD]
    kept = {each for each in held if state.is_kept(each)}
    if what == "swap":
        others = [each for each in held if each[0] != pair[0] and each[1] != pair[1]]
        if pair not in held or not others:
            return
        seen = (before[pair], before[others[0]])
        weighed = plan_choices.weigh_swap(session, edition, pair, others[0], seen=seen)
    else:
        mine = [mentor for film, mentor in held if film == pair[0]]
        instead = mine[0] if mine and what == "replace" else None
        weighed = plan_choices.weigh_choice(session, edition, *pair, instead_of=instead)
    named = {line.pair: line.after for line in weighed.consequence.lines}
    plan_choices.decide(session, edition, weighed, actor=None, expected_version=None)
    after = load_state(session, edition)
    assert {each: after.place(each) for each in named} == named
    others_now = {each: after.place(each) for each in pairs if each not in named}
    assert others_now == {each: before[each] for each in pairs if each not in named}
    assert kept.isdisjoint(named)


def check(session: Session, edition: Edition) -> None:
    state = load_state(session, edition)
    held = [
        pair for pair in state.proposals.keys() | state.matches.keys() if state.place(pair) in HELD
    ]
    assert all(count <= 1 for count in Counter(mentor for _, mentor in held).values())
    assert all(count <= 2 for count in Counter(film for film, _ in held).values())
    seats = Counter((match.mentor_id, match.seat) for match in state.matches.values())
    assert all(count == 1 for count in seats.values())
    forbidden = {pair for pair, aspect in state.words if aspect is LineAspect.FORBID}
    assert forbidden.isdisjoint(held)
    numbers = session.scalars(select(PlanLine.number).order_by(PlanLine.number)).all()
    assert list(numbers) == list(range(1, len(numbers) + 1))


@settings(max_examples=60, deadline=None)
@given(taken=steps)
def test_any_actions_and_undos_keep_the_plan_whole(
    engine: Engine, taken: list[tuple[int, int, object]]
) -> None:
    with Session(engine) as session:
        edition = make_edition(session, demand_low=1, demand_high=2, load_high=1)
        for _ in range(N_FILMS):
            make_project(session, edition)
        for _ in range(N_MENTORS):
            make_mentor(session, edition)
        first = snapshot(load_state(session, edition))
        for film, mentor, what in taken:
            with session.begin_nested() as step:
                try:
                    one_step(session, edition, film, mentor, what)
                except CampfireError:
                    step.rollback()
            check(session, edition)
        # Back through all of it, newest first: the first plan again.
        for change in plan.list_changes(session, edition, limit=1_000):
            if not change.lines:  # only brought facts up to date
                continue
            plan.undo_change(session, edition, change.id, actor=None)  # type: ignore[arg-type]
            check(session, edition)
        assert snapshot(load_state(session, edition)) == first
        assert session.scalars(select(Match).where(Match.ended_at.is_(None))).all() == []
        session.rollback()
