"""The plan as it stood after any step, and a way back to it, whatever was done since."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from tests.factories import make_edition, make_mentor, make_project, make_user
from webapp.enums import LineAspect, MatchState, PairPlace, ReleaseState, Said
from webapp.errors import CampfireError, NotFound, NotPossible
from webapp.models import Base, Edition, Match, Release, User, utc_now
from webapp.services import plan, plan_history, plan_return, since_told
from webapp.services.plan_history import Key, values_at, values_today
from webapp.services.plan_lines import Line
from webapp.services.plan_state import load_state

N, P, C, A = PairPlace.NONE, PairPlace.PROPOSED, PairPlace.CONFIRMED, PairPlace.SET_ASIDE
N_FILMS, N_MENTORS = 3, 3
HELD = {P, C}
steps = st.lists(
    st.tuples(
        st.integers(0, N_FILMS - 1),
        st.integers(0, N_MENTORS - 1),
        st.sampled_from([*PairPlace, LineAspect.LOCK, LineAspect.FORBID, "undo", "return", "tell"]),
        st.integers(0, 20),
    ),
    min_size=1,
    max_size=14,
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    return engine


def make_lab(session: Session, **values: int) -> tuple[Edition, User]:
    edition = make_edition(session, **{"demand_low": 1, "demand_high": 2, "load_high": 1} | values)
    for _ in range(N_FILMS):
        make_project(session, edition)
    for _ in range(N_MENTORS):
        make_mentor(session, edition)
    return edition, make_user(session, "Olga")


def move(session: Session, edition: Edition, actor: User, film: int, mentor: int, to: str) -> int:
    """Put a pair somewhere, and give the step's number."""
    state = load_state(session, edition)
    pair = sorted(state.projects)[film], sorted(state.mentors)[mentor]
    line = Line(*pair, state.place(pair), to)
    return plan.apply_lines(session, edition, [line], actor=actor).revision


def tell(session: Session, edition: Edition) -> None:
    """Tell everyone, without letters."""
    revision = plan.get_revision(session, edition)
    session.add(Release(edition_id=edition.id, state=ReleaseState.RELEASED, plan_revision=revision))
    for match in load_state(session, edition).matches.values():
        if match.state is MatchState.CONFIRMED:
            match.state, match.released_at = MatchState.RELEASED, utc_now()
    session.flush()


def bring_back(session: Session, edition: Edition, actor: User, revision: int) -> int:
    way = plan_return.weigh_return(session, edition, revision, load_state(session, edition))
    change = plan_return.bring_back(session, edition, revision, actor=actor, agreed=way.seal)
    return change.revision


def today(session: Session, edition: Edition) -> dict[Key, str]:
    return values_today(load_state(session, edition))


def one_step(
    session: Session, edition: Edition, actor: User, taken: tuple[int, int, object, int]
) -> None:
    film, mentor, what, number = taken
    state = load_state(session, edition)
    pair = sorted(state.projects)[film], sorted(state.mentors)[mentor]
    revision = number % (plan.get_revision(session, edition) + 1)
    if what == "tell":
        tell(session, edition)
    elif what == "undo" and revision:
        step = plan_history.get_step(session, edition, revision)
        plan.undo_change(session, edition, step.id, actor=actor)
    elif what == "return":
        wanted = values_at(session, state, revision)
        way = plan_return.weigh_return(session, edition, revision, state)
        if not way.lines:
            return
        plan_return.bring_back(session, edition, revision, actor=actor, agreed=way.seal)
        # Nothing but the plan itself changed: every state of it comes back whole.
        assert way.left_out == ()
        assert today(session, edition) == wanted
    elif isinstance(what, LineAspect):
        before = state.value(pair, what)
        after = Said.NO if before == Said.YES else Said.YES
        plan.apply_lines(session, edition, [Line(*pair, before, after, what)], actor=actor)
    elif isinstance(what, PairPlace):
        move(session, edition, actor, film, mentor, what)


@settings(max_examples=60, deadline=None)
@given(taken=steps)
def test_every_earlier_plan_is_seen_again_exactly(
    engine: Engine, taken: list[tuple[int, int, object, int]]
) -> None:
    with Session(engine) as session:
        edition, actor = make_lab(session)
        seen = {0: today(session, edition)}
        believed: set[tuple[int, int]] = set()
        for each in taken:
            with session.begin_nested() as attempt:
                try:
                    one_step(session, edition, actor, each)
                except CampfireError:
                    attempt.rollback()
            if each[2] == "tell":
                believed = {
                    pair for (pair, _), place in today(session, edition).items() if place == C
                }
            seen[plan.get_revision(session, edition)] = today(session, edition)
            check_what_people_believe(session, edition, believed)
        state = load_state(session, edition)
        assert {revision: values_at(session, state, revision) for revision in seen} == seen
        for revision, plan_then in seen.items():
            way = plan_return.weigh_return(session, edition, revision, state)
            assert bool(way.lines) == (plan_then != values_today(state))
        session.rollback()


def check_what_people_believe(
    session: Session, edition: Edition, believed: set[tuple[int, int]]
) -> None:
    """What is to be called off, and what stands as told, is what people were told last."""
    called_off = since_told.list_called_off(session, edition)
    off = Counter((match.project_id, match.mentor_id) for match in called_off)
    told = {
        pair
        for pair, match in load_state(session, edition).matches.items()
        if match.state is not MatchState.CONFIRMED
    }
    assert off == Counter(believed - told)
    assert told <= believed


# -- a way back ---------------------------------------------------------------
def test_what_today_does_not_allow_is_left_out_and_the_rest_comes_back(session: Session) -> None:
    edition, actor = make_lab(session)
    move(session, edition, actor, 0, 0, C)
    then = move(session, edition, actor, 1, 1, C)
    move(session, edition, actor, 0, 0, A)
    move(session, edition, actor, 1, 1, A)
    state = load_state(session, edition)
    gone = state.mentors[sorted(state.mentors)[0]]
    gone.withdrawn_at = utc_now()
    session.flush()
    way = plan_return.weigh_return(session, edition, then, state)
    assert [(each.code, each.params["mentor"]) for each in way.left_out] == [
        ("mentor_withdrew", gone.user.name)
    ]
    bring_back(session, edition, actor, then)
    places = {pair[1]: place for (pair, _), place in today(session, edition).items()}
    assert places == {gone.id: A, sorted(state.mentors)[1]: C}


def test_a_mentor_with_fewer_places_now_keeps_as_many_as_fit(session: Session) -> None:
    edition, actor = make_lab(session, load_high=2)
    move(session, edition, actor, 0, 0, P)
    then = move(session, edition, actor, 1, 0, C)
    move(session, edition, actor, 0, 0, N)
    move(session, edition, actor, 1, 0, N)
    edition.load_high = 1
    session.flush()
    way = plan_return.weigh_return(session, edition, then, load_state(session, edition))
    assert [each.code for each in way.left_out] == ["mentor_full"]
    assert [line.after for line in way.lines] == [C]
    bring_back(session, edition, actor, then)
    assert list(today(session, edition).values()) == [C]


def test_keep_stays_away_with_its_pair(session: Session) -> None:
    edition, actor = make_lab(session)
    move(session, edition, actor, 0, 0, P)
    pair = next(iter(load_state(session, edition).proposals))
    lock = Line(*pair, Said.NO, Said.YES, LineAspect.LOCK)
    then = plan.apply_lines(session, edition, [lock], actor=actor).revision
    plan.apply_lines(session, edition, [lock.reversed()], actor=actor)
    move(session, edition, actor, 0, 0, N)
    move(session, edition, actor, 1, 0, C)
    edition.load_high = 0
    session.flush()
    way = plan_return.weigh_return(session, edition, then, load_state(session, edition))
    assert [each.code for each in way.left_out] == ["mentor_full", "keep_without_pair"]


def test_the_way_back_is_one_step_that_can_be_taken_back(session: Session) -> None:
    edition, actor = make_lab(session)
    then = move(session, edition, actor, 0, 0, C)
    move(session, edition, actor, 0, 0, A)
    move(session, edition, actor, 0, 1, C)
    move(session, edition, actor, 1, 0, C)
    before = today(session, edition)
    revision = bring_back(session, edition, actor, then)
    step = plan_history.get_step(session, edition, revision)
    other = make_user(session, "Kim")
    plan.undo_change(session, edition, step.id, actor=other)
    assert today(session, edition) == before


def test_another_plan_than_the_page_showed_is_not_brought_back(session: Session) -> None:
    edition, actor = make_lab(session)
    then = move(session, edition, actor, 0, 0, C)
    move(session, edition, actor, 0, 0, N)
    way = plan_return.weigh_return(session, edition, then, load_state(session, edition))
    move(session, edition, actor, 1, 0, C)
    with pytest.raises(NotPossible) as caught:
        plan_return.bring_back(session, edition, then, actor=actor, agreed=way.seal)
    assert caught.value.code == "way_back_changed"


def test_what_stands_in_the_way_of_an_undo_is_named_with_its_step(session: Session) -> None:
    edition, actor = make_lab(session)
    kim = make_user(session, "Kim")
    move(session, edition, actor, 0, 0, C)
    taken_off = move(session, edition, actor, 0, 0, N)
    taken = move(session, edition, kim, 1, 0, C)
    step = plan_history.get_step(session, edition, taken_off)
    (found,) = plan_return.list_hindrances(session, edition, step)
    assert found.code == "mentor_full"
    assert found.by is not None
    assert (found.by.revision, found.by.actor) == (taken, kim)
    first = plan_history.get_step(session, edition, 1)
    (found,) = plan_return.list_hindrances(session, edition, first)
    assert found.code == "pair_moved_since"
    assert found.by is not None
    assert found.by.revision == taken_off


# -- steps ---------------------------------------------------------------------
def test_steps_of_one_film_or_mentor_count_the_others(session: Session) -> None:
    edition, actor = make_lab(session)
    state = load_state(session, edition)
    films, mentors = sorted(state.projects), sorted(state.mentors)
    both = [Line(films[0], mentors[0], N, C), Line(films[1], mentors[1], N, C)]
    plan.apply_lines(session, edition, both, actor=actor)
    move(session, edition, actor, 2, 2, P)
    found = plan_history.list_steps(session, edition, project_id=films[0])
    assert [(each.change.revision, len(each.lines), each.n_others) for each in found.steps] == [
        (1, 1, 1)
    ]
    found = plan_history.list_steps(session, edition, mentor_id=mentors[2])
    assert [each.change.revision for each in found.steps] == [2]


def test_steps_come_newest_first_a_page_at_a_time(session: Session) -> None:
    edition, actor = make_lab(session)
    for number in range(plan_history.PER_PAGE + 1):
        move(session, edition, actor, 0, 0, N if number % 2 else P)
    first = plan_history.list_steps(session, edition)
    assert (first.n_pages, first.n_steps, len(first.steps)) == (2, 21, 20)
    assert first.steps[0].change.revision == 21
    beyond = plan_history.list_steps(session, edition, page=99)
    assert (beyond.page, [each.change.revision for each in beyond.steps]) == (2, [1])


def test_a_step_of_another_year_is_none(session: Session) -> None:
    edition, actor = make_lab(session)
    other, _ = make_lab(session)
    move(session, edition, actor, 0, 0, P)
    with pytest.raises(NotFound):
        plan_history.get_step(session, other, 1)


# -- after telling ---------------------------------------------------------------
def test_a_pair_called_off_after_telling_ends_and_its_row_stays(session: Session) -> None:
    edition, actor = make_lab(session)
    move(session, edition, actor, 0, 0, C)
    tell(session, edition)
    plan.undo_change(session, edition, plan_history.get_step(session, edition, 1).id, actor=actor)
    (match,) = session.scalars(select(Match).where(Match.edition_id == edition.id))
    assert (match.state, match.ended_at is None) == (MatchState.CANCELLED, False)
    assert since_told.list_called_off(session, edition) == [match]
    tell(session, edition)
    assert since_told.list_called_off(session, edition) == []


def test_a_pair_that_comes_back_unheard_goes_on_as_it_was(session: Session) -> None:
    edition, actor = make_lab(session)
    move(session, edition, actor, 0, 0, C)
    tell(session, edition)
    (match,) = load_state(session, edition).matches.values()
    match.state, match.seen_at = MatchState.SEEN, utc_now()
    match.answered_at, match.state = utc_now(), MatchState.ACCEPTED
    move(session, edition, actor, 0, 0, A)
    move(session, edition, actor, 0, 0, C)
    (again,) = load_state(session, edition).matches.values()
    assert again.id != match.id
    assert (again.state, again.released_at) == (MatchState.ACCEPTED, match.released_at)
    assert since_told.list_called_off(session, edition) == []
