from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.assignment import assign
from matcher.constraints import Constraints
from matcher.counterfactuals import Alternate, Pair, SolvedPlan
from matcher.errors import MatcherError
from matcher.pair_costs import Floats
from matcher.profiles import Conflict, Demand, Load, Lock
from tests.matcher.counterfactuals.small_plans import cells_of, marked, with_lock, without
from tests.matcher.every_plan import random_case


def limits_for(
    shape: tuple[int, int],
    demand: Demand = Demand(1, 1),  # noqa: B008 - a frozen value
    load: Load = Load(0, 1),  # noqa: B008
    conflicts: tuple[Conflict, ...] = (),
    locks: tuple[Lock, ...] = (),
) -> Constraints:
    n_projects, n_mentors = shape
    return Constraints.build(
        [f"p{i}" for i in range(n_projects)],
        [f"m{j}" for j in range(n_mentors)],
        demand=[demand] * n_projects,
        loads=[load] * n_mentors,
        conflicts=conflicts,
        locks=locks,
    )


def lab(n_projects: int, n_mentors: int, seed: int) -> tuple[Floats, Constraints]:
    rng = np.random.default_rng(seed)
    affinity = rng.beta(2, 5, size=(n_projects, n_mentors))
    mean = 2 * n_projects // n_mentors
    forbidden = rng.random(affinity.shape) < 0.03
    limits = limits_for(affinity.shape, Demand(1, 3), Load(max(mean - 1, 0), mean + 1))
    return affinity, replace(limits, forbidden=forbidden)


@pytest.mark.parametrize("shape", [(40, 15), (60, 20), (15, 40), (120, 40)])
def test_prices_of_a_middling_lab_are_those_of_solving_again(shape: tuple[int, int]) -> None:
    affinity, limits = lab(*shape, seed=shape[0])
    plan = SolvedPlan.solve(affinity, limits)
    prices, found = plan.prices(), plan.assignment
    assert found.total == pytest.approx(assign(affinity, limits).total, abs=found.rounding_bound)
    rng = np.random.default_rng(1)
    slack = 2 * prices.rounding_bound + 1e-12
    for which, dropped in ((~found.chosen & ~limits.forbidden, False), (found.chosen, True)):
        cells = cells_of(which)
        for index in rng.integers(len(cells), size=12):
            cell = cells[index]
            other = without(limits, cell) if dropped else with_lock(limits, cell)
            assert other is not None
            again = assign(affinity, other)
            ours = prices.drop_affinity if dropped else prices.affinity
            lost = prices.drop_pairs_lost if dropped else prices.pairs_lost
            assert again.n_pairs == found.n_pairs - lost[cell]
            assert abs(again.total - (found.total - ours[cell])) <= slack
            project, mentor = limits.project_ids[cell[0]], limits.mentor_ids[cell[1]]
            warm = plan.forbid(project, mentor) if dropped else plan.lock(project, mentor)
            assert abs(warm.assignment.total - again.total) <= slack
            asked = plan.consequence(project, mentor, drop=dropped)
            assert abs(asked.total - again.total) <= slack


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_a_price_is_never_negative_where_nobody_misses_anything(seed: int) -> None:
    affinity, limits = random_case(seed)
    prices = SolvedPlan.solve(affinity, limits).prices()
    assert (prices.pairs_lost >= 0).all()
    assert (prices.minimums_missed[prices.pairs_lost == 0] >= 0).all()
    level = (prices.pairs_lost == 0) & (prices.minimums_missed == 0)
    assert (prices.affinity[level] >= 0).all()
    level = (prices.drop_pairs_lost == 0) & (prices.drop_minimums_missed == 0) & ~limits.locked
    assert (prices.drop_affinity[level] >= 0).all()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_another_order_of_rows_gives_the_same_prices(seed: int, random) -> None:  # type: ignore[no-untyped-def]
    affinity, limits = random_case(seed)
    n_projects, n_mentors = affinity.shape
    rows = random.sample(range(n_projects), n_projects)
    columns = random.sample(range(n_mentors), n_mentors)
    by_other = np.ix_(rows, columns)
    shuffled = Constraints(
        tuple(limits.project_ids[row] for row in rows),
        tuple(limits.mentor_ids[column] for column in columns),
        limits.demand_low[rows],
        limits.demand_high[rows],
        limits.load_low[columns],
        limits.load_high[columns],
        limits.forbidden[by_other],
        limits.locked[by_other],
    )
    plan, other = SolvedPlan.solve(affinity, limits), SolvedPlan.solve(affinity[by_other], shuffled)
    for name in ("affinity", "pairs_lost", "possible", "chosen", "drop_affinity"):
        given_order = getattr(plan.prices(), name)[by_other]
        assert getattr(other.prices(), name).tolist() == given_order.tolist(), name
    assert [other.alternates(3)[i] for i in np.argsort(rows)] == list(plan.alternates(3))


@pytest.mark.parametrize("factor", [1e-9, 1e-300, 1.0, -1.0, 1e15, 1e290])
def test_scale_and_sign_change_nothing_but_the_scale(factor: float) -> None:
    steps = np.random.default_rng(3).permutation(64).reshape(8, 8).astype(float)
    limits = limits_for((8, 8), Demand(2, 2), Load(1, 2))
    prices = SolvedPlan.solve(steps * factor, limits).prices()
    expected = SolvedPlan.solve(steps * np.sign(factor), limits).prices()
    assert prices.affinity == pytest.approx(
        expected.affinity * abs(factor), rel=1e-9, abs=1e-6 * abs(factor)
    )
    assert prices.drop_affinity == pytest.approx(
        expected.drop_affinity * abs(factor), rel=1e-9, abs=1e-6 * abs(factor)
    )


def test_decimals_come_back_as_they_were_written() -> None:
    prices = SolvedPlan.solve([[0.9, 0.8], [0.7, 0.1]], limits_for((2, 2))).prices()
    assert prices.affinity.tolist() == [[0.5, 0.0], [0.0, 0.5]]


def test_a_tie_costs_nothing() -> None:
    plan = SolvedPlan.solve(np.full((5, 5), 0.3), limits_for((5, 5)))
    assert not plan.prices().affinity.any()
    assert plan.alternates(2)[3] == (Alternate("m0", 0.0, 0, 0), Alternate("m1", 0.0, 0, 0))


def test_one_by_one() -> None:
    plan = SolvedPlan.solve([[-3.0]], limits_for((1, 1)))
    prices = plan.prices()
    assert (prices.affinity.tolist(), prices.possible.tolist()) == ([[0.0]], [[True]])
    assert (prices.drop_pairs_lost.tolist(), prices.drop_affinity.tolist()) == ([[1]], [[-3.0]])
    assert plan.forbid("p0", "m0").assignment.n_pairs == 0
    assert plan.alternates(4) == ((),)


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_nobody_on_one_side(shape: tuple[int, int]) -> None:
    plan = SolvedPlan.solve(np.zeros(shape), limits_for(shape))
    assert plan.prices().affinity.shape == shape
    assert plan.assignment.n_pairs == 0
    assert plan.alternates(2) == ((),) * shape[0]


def test_nothing_is_possible_where_everything_conflicts_or_nobody_asks() -> None:
    conflicts = tuple(Conflict(f"p{i}", f"m{j}") for i in range(2) for j in range(3))
    shut = SolvedPlan.solve(np.ones((2, 3)), limits_for((2, 3), conflicts=conflicts))
    idle = SolvedPlan.solve(np.ones((2, 3)), limits_for((2, 3), Demand(0, 0)))
    for plan in (shut, idle):
        assert not plan.prices().possible.any()
        assert plan.alternates(2) == ((), ())
    opened = shut.allow("p1", "m2")
    assert opened.assignment.chosen.tolist() == [[False] * 3, [False, False, True]]
    asking = idle.with_demand("p0", Demand(2, 2))
    assert asking.assignment.chosen.tolist() == [[True, True, False], [False] * 3]


def test_everything_locked_has_only_the_locks_to_drop() -> None:
    locks = tuple(Lock(f"p{i}", f"m{i}") for i in range(2))
    plan = SolvedPlan.solve([[0.1, 0.9], [0.9, 0.2]], limits_for((2, 2), locks=locks))
    prices = plan.prices()
    assert prices.possible.tolist() == [[True, False], [False, True]]
    assert prices.drop_pairs_lost.tolist() == [[1, 0], [0, 1]]
    assert plan.unlock("p0", "m0").assignment.total == pytest.approx(0.3)
    freed = plan.unlock("p0", "m0").unlock("p1", "m1")
    assert freed.assignment.total == pytest.approx(1.8)


def test_what_a_lock_costs_is_the_price_of_dropping_it() -> None:
    plan = SolvedPlan.solve(
        [[0.1, 0.9], [0.9, 0.2]], limits_for((2, 2), load=Load(0, 2), locks=(Lock("p0", "m0"),))
    )
    assert plan.prices().drop_affinity[0, 0] == pytest.approx(-0.8)
    asked = plan.consequence("p0", "m0", drop=True)
    assert (asked.lost, asked.gained) == ((Pair("p0", "m0"),), (Pair("p0", "m1"),))


def test_a_pair_beyond_the_range_of_the_others_is_solved_anew() -> None:
    limits = limits_for((2, 2), conflicts=(Conflict("p0", "m0"),))
    plan = SolvedPlan.solve([[1e12, 0.25], [0.5, 0.125]], limits)
    opened = plan.allow("p0", "m0")
    assert opened.assignment.total == 1e12 + 0.125
    assert opened.forbid("p0", "m0").assignment.total == plan.assignment.total


def test_a_lock_beyond_the_range_of_the_others_comes_off_too() -> None:
    limits = limits_for((2, 2), locks=(Lock("p0", "m0"),))
    plan = SolvedPlan.solve([[-1e290, 0.25], [0.5, 0.125]], limits)
    assert plan.prices().drop_affinity[0, 0] == pytest.approx(-1e290)
    assert plan.unlock("p0", "m0").assignment.total == 0.75


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_cell_that_is_no_number_is_named(value: float) -> None:
    with pytest.raises(MatcherError, match="project “p1” and mentor “m0”"):
        SolvedPlan.solve([[1.0, 1.0], [value, 1.0]], limits_for((2, 2)))


def test_who_moves_is_told_in_order() -> None:
    affinity = [[0.9, 0.8, 0.1], [0.7, 0.6, 0.2], [0.1, 0.5, 0.4]]
    plan = SolvedPlan.solve(affinity, limits_for((3, 3)))
    asked = plan.consequence("p2", "m1")
    after = plan.lock("p2", "m1")
    assert asked.total == after.assignment.total
    assert asked.gained[0] == Pair("p2", "m1")
    assert asked.price == pytest.approx(plan.assignment.total - asked.total)
    assert plan.consequence("p0", "m0").lost == ()


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda plan: plan.lock("p0", "m1"), "lock_against_conflict"),
        (lambda plan: plan.forbid("p0", "m0"), "lock_against_conflict"),
        (lambda plan: plan.lock("p0", "m2"), "locks_beyond_demand"),
        (lambda plan: plan.lock("p1", "m0"), "locks_beyond_load"),
        (lambda plan: plan.with_demand("p0", Demand(0, 0)), "locks_beyond_demand"),
        (lambda plan: plan.with_load("m0", Load(0, 0)), "locks_beyond_load"),
        (lambda plan: plan.with_demand("p0", Demand(3, 2)), "demand_min_above_max"),
        (lambda plan: plan.with_load("m0", Load(-1, 2)), "load_below_zero"),
        (lambda plan: plan.consequence("p1", "m0"), "pair_without_place"),
        (lambda plan: plan.consequence("p0", "m1"), "pair_forbidden"),
        (lambda plan: plan.consequence("p0", "m2", drop=True), "pair_not_chosen"),
        (lambda plan: plan.lock("p9", "m0"), "project_unknown"),
        (lambda plan: plan.with_load("n0", Load(0, 1)), "mentor_unknown"),
    ],
)
def test_a_contradiction_is_named(edit, code: str) -> None:  # type: ignore[no-untyped-def]
    limits = limits_for((2, 3), conflicts=(Conflict("p0", "m1"),), locks=(Lock("p0", "m0"),))
    with pytest.raises(MatcherError) as raised:
        edit(SolvedPlan.solve(np.ones((2, 3)), limits))
    assert raised.value.code == code
    assert "{" not in str(raised.value)


def test_an_edit_leaves_the_plan_and_its_inputs_as_they_were() -> None:
    affinity, limits = lab(12, 6, seed=5)
    kept = affinity.copy()
    plan = SolvedPlan.solve(affinity, limits)
    before, prices = plan.assignment.chosen.copy(), plan.prices().affinity.copy()
    cell = cells_of(~before & ~limits.forbidden)[0]
    edited = plan.lock(f"p{cell[0]}", f"m{cell[1]}").with_load("m1", Load(0, 1))
    edited.with_demand("p3", Demand(3, 5)).prices()
    affinity[...] = 7
    assert SolvedPlan(plan._state).prices().affinity.tolist() == prices.tolist()
    assert SolvedPlan(plan._state).assignment.chosen.tolist() == before.tolist()
    assert plan.constraints is limits
    assert not limits.locked.any()
    assert edited.constraints.locked.sum() == 1
    assert kept.tolist() != affinity.tolist()


def test_alternates_are_the_cheapest_possible_pairs() -> None:
    affinity, limits = lab(12, 6, seed=2)
    limits = replace(limits, forbidden=marked(limits.forbidden, (0, 0), True))
    plan = SolvedPlan.solve(affinity, limits)
    prices = plan.prices()
    for row, alternates in enumerate(plan.alternates(3)):
        others = [
            (
                int(prices.pairs_lost[row, column]),
                int(prices.minimums_missed[row, column]),
                float(prices.affinity[row, column]),
                f"m{column}",
            )
            for column in range(6)
            if prices.possible[row, column] and not prices.chosen[row, column]
        ]
        found = [(a.pairs_lost, a.minimums_missed, a.price, a.mentor) for a in alternates]
        assert found == sorted(others)[:3]
