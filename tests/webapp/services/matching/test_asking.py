"""What a choice changes, beside every plan it could lead to; and done, and undone."""

from __future__ import annotations

import os
from collections import Counter
from itertools import product

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from tests.factories import make_edition, make_match, make_mentor, make_project
from tests.webapp.services.matching.small_labs import (
    Pair,
    SmallLab,
    make_run,
    random_lab,
    snapshot,
)
from webapp.enums import LineAspect, MatchState, PairPlace, Said
from webapp.models import Base, Participation, Project
from webapp.services import plan, plan_choices
from webapp.services.matching import asking
from webapp.services.matching.consequences import Consequence, MentorEffect, Refusal
from webapp.services.matching.today import HELD, Today
from webapp.services.plan_lines import Line

N_LABS = max(24, int(os.environ.get("CAMPFIRE_SOAK_ROUNDS", "0")))
Plan = frozenset[Pair]
Harm = tuple[int, int, int]


@pytest.fixture(scope="module")
def engine() -> Engine:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    return engine


# -- brute force -------------------------------------------------------------
def harm(today: Today, base: Plan, after: Plan) -> Harm:
    """Places films lose, minimums newly missed, pairs changed."""
    lost = missed = 0
    for axis, ids, low in (
        (0, today.rows, lambda one: today.film_range(one)[0]),
        (1, today.columns, lambda one: today.mentor_range(one)[0]),
    ):
        for one in ids:
            was = sum(pair[axis] == one for pair in base)
            now = sum(pair[axis] == one for pair in after)
            fewer = max(0, was - now)
            lost += fewer if axis == 0 else 0
            missed += min(fewer, max(0, low(one) - now))
    return lost, missed, len(base ^ after)


def all_plans(lab: SmallLab, today: Today) -> list[Plan]:
    plans = (
        frozenset(pair for pair, there in zip(lab.pairs(), bits, strict=True) if there)
        for bits in product((False, True), repeat=len(lab.pairs()))
    )
    return [plan for plan in plans if keeps_limits(today, plan)]


def that_answer(
    plans: list[Plan], today: Today, pair: Pair, gone: Plan, *, keep_yes: bool
) -> list[Plan]:
    """Give the plans in which a pair is chosen, and all that has to stay stays."""
    base = today.held - gone
    stay = {each for each in base if today.is_fixed(each) or each[0] == pair[0]}
    if keep_yes:
        stay |= {each for each in base if today.state.place(each) is PairPlace.CONFIRMED}
    aside = {each for each in today.state.proposals if each != pair} - today.held
    aside = {each for each in aside if today.state.place(each) is PairPlace.SET_ASIDE}
    return [
        plan
        for plan in plans
        if pair in plan
        and not plan & gone
        and stay <= plan
        and not any(each in aside or today.is_forbidden(each) for each in plan - base)
    ]


def keeps_limits(today: Today, held: Plan) -> bool:
    films, mentors = Counter(film for film, _ in held), Counter(mentor for _, mentor in held)
    return all(n <= today.film_range(film)[1] for film, n in films.items()) and all(
        high is None or n <= high
        for mentor, n in mentors.items()
        for high in (today.mentor_range(mentor)[1],)
    )


def after(today: Today, told: Consequence) -> Plan:
    held = set(today.held)
    for line in told.lines:
        (held.add if line.after in HELD else held.discard)(line.pair)
    return frozenset(held)


def questions(lab: SmallLab, today: Today) -> list[tuple[Pair, Plan]]:
    found: list[tuple[Pair, Plan]] = []
    for pair in lab.pairs():
        if pair in today.held:
            continue
        mine = [each for each in today.held if each[0] == pair[0]]
        if len(mine) < today.film_range(pair[0])[1]:
            found.append((pair, frozenset()))
        found += [(pair, frozenset({each})) for each in mine]
    return found


def test_no_other_way_does_less_harm(engine: Engine) -> None:
    kinds: Counter[str] = Counter()
    for seed in range(N_LABS):
        with Session(engine) as session:
            lab = random_lab(session, seed)
            today = lab.today()
            plans = all_plans(lab, today)
            for pair, gone in questions(lab, today):
                instead = next((mentor for _, mentor in gone), None)
                told = asking.choosing(today, pair[0], [pair[1]], instead_of=instead)[pair[1]]
                if any(today.is_fixed(each) for each in gone):
                    assert told.refusal is not None
                    assert told.refusal.code in {"pair_told", "pair_is_kept"}
                    continue
                base = today.held - gone
                bold, gentle = (
                    sorted(
                        harm(today, base, plan)
                        for plan in that_answer(plans, today, pair, gone, keep_yes=keep)
                    )
                    for keep in (False, True)
                )
                kinds[check_least(today, told, base, bold, gentle)] += 1
            session.rollback()
    assert min(kinds[kind] for kind in ("refused", "gentle", "bold")) >= 3, kinds


def check_least(
    today: Today, told: Consequence, base: Plan, bold: list[Harm], gentle: list[Harm]
) -> str:
    if told.refusal is not None:
        assert bold == []
        return "refused"
    ours = harm(today, base, after(today, told))
    moves_yes = any(film.loses_yes for film in told.others)
    if not moves_yes:
        assert ours == gentle[0]
        return "gentle"
    assert ours == bold[0]
    # A yes moves only where a film would lose a mentor otherwise.
    assert not gentle or gentle[0][0] > ours[0]
    return "bold"


def test_what_is_named_is_what_is_done_and_undone(engine: Engine) -> None:
    done = 0
    for seed in range(N_LABS // 2):
        with Session(engine) as session:
            lab = random_lab(session, seed)
            today = lab.today()
            first = snapshot(lab.state())
            for pair, gone in questions(lab, today):
                instead = next((mentor for _, mentor in gone), None)
                told = asking.choosing(today, pair[0], [pair[1]], instead_of=instead)[pair[1]]
                if told.refusal is None:
                    do_and_undo(lab, today, told, first)
                    done += 1
            for pair in sorted(today.held):
                told = asking.dropping(today, pair)
                if told.refusal is None:
                    do_and_undo(lab, today, told, first)
                for other in sorted(today.held):
                    if other[0] != pair[0] and other[1] != pair[1]:
                        told = asking.swapping(today, pair, other)
                        if told.refusal is None:
                            do_and_undo(lab, today, told, first)
                            done += 1
            session.rollback()
    assert done > N_LABS / 2


def do_and_undo(lab: SmallLab, today: Today, told: Consequence, first: object) -> None:
    expected = after(today, told)
    assert keeps_limits(today, expected)
    assert not any(today.is_fixed(pair) for pair in today.held - expected)
    change = plan_choices.decide(
        lab.session,
        lab.edition,
        plan_choices.Weighed(today, told),
        actor=None,
        expected_version=None,
    )
    now = lab.today()
    assert now.held == expected
    for film in told.films:
        assert set(film.gained) == set(now.mentors_of(film.project_id)) - set(
            today.mentors_of(film.project_id)
        )
        low = now.film_range(film.project_id)[0]
        short = low - len(now.mentors_of(film.project_id))
        assert film.n_short in {0, short}
    plan.undo_change(lab.session, lab.edition, change.id, actor=None)  # type: ignore[arg-type]
    assert snapshot(lab.state()) == first


# -- one by one --------------------------------------------------------------
@pytest.fixture
def lab(session: Session) -> SmallLab:
    """Two films, each with a mentor who takes one; a third mentor is free."""
    edition = make_edition(session, with_terms=True)
    films = [
        make_project(session, edition, title=title, needs=["need.editing"])
        for title in ("Salt", "Wool")
    ]
    mentors = [
        make_mentor(session, edition, load_high=1, expertise=[key])
        for key in ("need.editing", "need.editing", "need.sound-music")
    ]
    rows, columns = [film.id for film in films], [mentor.id for mentor in mentors]
    make_run(session, edition, rows, columns, [[0.9, 0.8, 0.2], [0.7, 0.6, 0.3]])
    lines = [
        Line(rows[number], columns[number], PairPlace.NONE, PairPlace.PROPOSED) for number in (0, 1)
    ]
    plan.apply_lines(session, edition, lines, actor=None)
    return SmallLab(session, edition, rows, columns)


def ask(lab: SmallLab, film: int, mentor: int, instead: int | None = None) -> Consequence:
    today = lab.today()
    number = lab.mentors[mentor]
    instead_of = None if instead is None else lab.mentors[instead]
    return asking.choosing(today, lab.films[film], [number], instead_of=instead_of)[number]


def test_a_full_mentors_film_gets_who_became_free(lab: SmallLab) -> None:
    told = ask(lab, 0, 1, instead=0)
    (wool,) = told.others
    assert (wool.project_id, wool.lost, wool.gained) == (
        lab.films[1],
        (lab.mentors[1],),
        (lab.mentors[0],),
    )
    assert (wool.choice, wool.is_worse, wool.need_lost, told.harm) == (1, False, "", 1)


def test_the_first_need_that_nobody_meets_then_is_named(lab: SmallLab) -> None:
    told = ask(lab, 0, 2, instead=0)
    (salt,) = told.films
    assert (salt.need_lost, salt.is_worse, salt.word_before, salt.word_after) == (
        "need.editing",
        True,
        "strong",
        "stretch",
    )
    assert told.harm == 0


def test_a_film_that_nobody_can_take_is_short(lab: SmallLab) -> None:
    lab.session.get_one(Participation, lab.mentors[2]).load_high = 0
    lab.session.get_one(Project, lab.films[0]).demand_high = 2
    lab.session.flush()
    told = ask(lab, 0, 1)
    (wool,) = told.others
    assert (wool.gained, wool.n_short, told.harm) == ((), 1, 2)


def test_a_mentors_missed_minimum_is_named(lab: SmallLab) -> None:
    lab.session.get_one(Participation, lab.mentors[0]).load_low = 1
    lab.session.flush()
    told = asking.dropping(lab.today(), (lab.films[0], lab.mentors[0]))
    assert told.mentors == (MentorEffect(lab.mentors[0], 1),)
    assert [film.n_short for film in told.films] == [1]


def test_a_yes_is_moved_only_where_a_film_would_lose_a_mentor(lab: SmallLab) -> None:
    wool = Line(lab.films[1], lab.mentors[1], PairPlace.PROPOSED, PairPlace.CONFIRMED)
    plan.apply_lines(lab.session, lab.edition, [wool], actor=None)
    told = ask(lab, 0, 1, instead=0)
    assert told.taken_back == (wool.pair,)
    assert [line.after for line in told.lines if line.project_id == lab.films[1]] == [
        PairPlace.NONE,
        PairPlace.PROPOSED,
    ]


def test_in_a_swap_a_yes_stays_with_its_film(lab: SmallLab) -> None:
    pairs = list(zip(lab.films, lab.mentors, strict=False))
    line = Line(*pairs[1], PairPlace.PROPOSED, PairPlace.CONFIRMED)
    plan.apply_lines(lab.session, lab.edition, [line], actor=None)
    told = asking.swapping(lab.today(), pairs[0], pairs[1])
    assert told.taken_back == ()
    assert {line.pair: line.after for line in told.lines} == {
        pairs[0]: PairPlace.NONE,
        pairs[1]: PairPlace.NONE,
        (lab.films[0], lab.mentors[1]): PairPlace.PROPOSED,
        (lab.films[1], lab.mentors[0]): PairPlace.CONFIRMED,
    }


def test_what_stays_is_named_in_the_refusal(lab: SmallLab) -> None:
    pair = (lab.films[1], lab.mentors[1])
    keep = Line(*pair, Said.NO, Said.YES, LineAspect.LOCK)
    plan.apply_lines(lab.session, lab.edition, [keep], actor=None)
    asked = (lab.films[0], lab.mentors[1])
    assert ask(lab, 0, 1, instead=0).refusal == Refusal(
        "nobody_gives_way", asked, kept=(lab.films[1],), most=1
    )
    assert asking.dropping(lab.today(), pair).refusal == Refusal("pair_is_kept", pair)


def test_who_was_told_never_moves(lab: SmallLab) -> None:
    film = make_project(lab.session, lab.edition)
    mentor = make_mentor(lab.session, lab.edition, load_high=1)
    make_match(lab.session, film, mentor, state=MatchState.SEEN)
    lab.mentors.append(mentor.id)
    refusal = ask(lab, 0, 3, instead=0).refusal
    assert refusal == Refusal(
        "nobody_gives_way", (lab.films[0], mentor.id), told=(film.id,), most=1
    )
    told = asking.swapping(lab.today(), (lab.films[0], lab.mentors[0]), (film.id, mentor.id))
    assert told.refusal == Refusal("pair_told", (film.id, mentor.id))


def test_without_a_suggestion_one_can_ask_too(lab: SmallLab) -> None:
    late = make_project(lab.session, lab.edition)
    told = asking.choosing(lab.today(), late.id, [lab.mentors[0]])[lab.mentors[0]]
    (asked, *others) = told.films
    assert (asked.gained, asked.word_after, asked.choice) == ((lab.mentors[0],), "", 0)
    assert [film.project_id for film in others] == [lab.films[0]]


def test_a_limit_that_fell_since_opens_no_place(lab: SmallLab) -> None:
    """A mentor with more than they may take gets nobody in exchange for somebody."""
    third = make_project(lab.session, lab.edition)
    mentor = lab.session.get_one(Participation, lab.mentors[1])
    mentor.load_high = 2
    lab.session.flush()
    line = Line(third.id, mentor.id, PairPlace.NONE, PairPlace.PROPOSED)
    plan.apply_lines(lab.session, lab.edition, [line], actor=None)
    mentor.load_high = 1
    lab.session.flush()
    refusal = ask(lab, 0, 1, instead=0).refusal
    assert refusal == Refusal("nobody_gives_way", (lab.films[0], mentor.id), most=1)
