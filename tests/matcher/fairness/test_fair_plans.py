"""What holds of every fair plan, whatever the input."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.assignment import assign
from matcher.constraints import Constraints
from matcher.errors import MatcherError
from matcher.fairness import AIMS, compare_aims, fair_assign
from matcher.fairness.aims import yardstick
from matcher.fairness.best_plans import BestPlans
from matcher.fairness.floors import fairest
from matcher.fairness.question import Question
from matcher.fairness.relaxation import floor_bound
from matcher.profiles import Conflict, Demand, Load, Lock
from tests.matcher.fairness.every_plan import Floats, random_lab


def lab(affinity: Floats, demand: int, load: int) -> Constraints:
    n_projects, n_mentors = affinity.shape
    return Constraints.build(
        [f"p{i}" for i in range(n_projects)],
        [f"m{j}" for j in range(n_mentors)],
        demand=[Demand(demand, demand)] * n_projects,
        loads=[Load(0, load)] * n_mentors,
    )


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_no_price_is_negative_and_no_floor_is_lower_than_the_best_plans(seed: int) -> None:
    affinity, limits = random_lab(seed, most_cells=20)
    overall, nobody, own_best, leximin = compare_aims(affinity, limits)
    assert overall.price == 0
    assert min(nobody.price, own_best.price, leximin.price) >= 0
    size = 1e-8 * float(np.abs(affinity).max())
    assert nobody.floor >= overall.floor - size
    assert abs(leximin.floor - nobody.floor) <= size or leximin.floor == nobody.floor
    assert nobody.price <= leximin.price + 10 * size
    assert np.nanmin(own_best.shares) >= 0 if np.isfinite(own_best.shares).any() else True
    n_pairs = {plan.assignment.n_pairs for plan in (overall, nobody, own_best, leximin)}
    assert len(n_pairs) == 1
    for plan in (overall, nobody, own_best, leximin):
        assert plan.certificate.gap >= 0
        assert plan.certificate.upper_bound <= max(plan.best_total, plan.total)
        assert plan.floor_gap >= 0


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_the_order_of_rows_and_columns_makes_no_difference(seed: int) -> None:
    affinity, limits = random_lab(seed, most_cells=16)
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(limits.shape[0]), rng.permutation(limits.shape[1])
    both = np.ix_(rows, columns)
    shuffled = Constraints(
        tuple(limits.project_ids[row] for row in rows),
        tuple(limits.mentor_ids[column] for column in columns),
        limits.demand_low[rows],
        limits.demand_high[rows],
        limits.load_low[columns],
        limits.load_high[columns],
        limits.forbidden[both],
        limits.locked[both],
    )
    for aim in AIMS:
        one = fair_assign(affinity, limits, aim)
        other = fair_assign(affinity[both], shuffled, aim)
        assert other.assignment.chosen.tolist() == one.assignment.chosen[both].tolist()
        assert (other.total, other.floor, set(other.poorest)) == (
            one.total,
            one.floor,
            set(one.poorest),
        )


def test_the_poorest_gets_more_and_the_price_is_told() -> None:
    affinity = np.array([[0.9, 0.5], [0.6, 0.1]])
    overall, nobody, own_best, leximin = compare_aims(affinity, lab(affinity, 1, 1))
    assert overall.total == 1.1
    assert (nobody.total, nobody.floor) == (1.1, 0.5)
    assert (nobody.price, nobody.relative_price) == (0.0, 0.0)
    assert own_best.shares.round(4).tolist() == [0.5556, 1.0]
    assert leximin.values.tolist() == [0.5, 0.6]


def test_one_poor_project_pins_the_floor_and_not_the_shares() -> None:
    # Nobody fits p0 well; p1 and p2 both want m1.
    affinity = np.array([[0.1, 0.1, 0.1], [0.2, 0.9, 0.3], [0.3, 0.8, 0.2]])
    _, nobody, own_best, leximin = compare_aims(affinity, lab(affinity, 1, 1))
    assert nobody.floor == 0.1
    assert nobody.poorest == ("p0",)
    assert own_best.poorest != ("p0",)
    assert sorted(leximin.values.tolist()) == [0.1, 0.3, 0.9]


def test_a_short_project_counts_its_empty_place_as_nothing() -> None:
    affinity = np.array([[0.8, 0.8, 0.8], [0.8, 0.8, 0.8]])
    plan = fair_assign(affinity, lab(affinity, 2, 1), "nobody_left_behind")
    assert sorted(plan.values.tolist()) == [0.4, 0.8]
    assert (plan.floor, plan.floor_bound, plan.proven) == (0.4, 0.4, True)
    assert not plan.assignment.complete


def test_who_can_get_nobody_is_left_out_and_named() -> None:
    limits = Constraints.build(
        ["p0", "p1", "p2"],
        ["m0"],
        demand=[Demand(1, 1), Demand(1, 1), Demand(0, 0)],
        loads=[Load()],
        conflicts=[Conflict("p0", "m0")],
    )
    for plan in compare_aims(np.array([[0.9], [0.4], [0.2]]), limits):
        assert plan.left_out == ("p0",)
        assert plan.poorest == ("p1",)
    assert np.isnan(fair_assign(np.zeros((3, 1)), limits, "leximin").shares).tolist() == [True] * 3


def test_locks_stay_whatever_is_fair() -> None:
    affinity = np.array([[0.9, 0.5, 0.1], [0.6, 0.1, 0.1], [0.5, 0.5, 0.4]])
    limits = Constraints.build(
        ["p0", "p1", "p2"],
        ["m0", "m1", "m2"],
        demand=[Demand(1, 1)] * 3,
        loads=[Load(0, 1)] * 3,
        locks=[Lock("p0", "m0")],
    )
    for plan in compare_aims(affinity, limits):
        assert plan.assignment.chosen[0].tolist() == [True, False, False]
        assert plan.total == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("affinity", "floor"),
    [
        ([[5.0]], 5.0),
        ([[-5.0]], -5.0),
        ([[2.0, 2.0], [2.0, 2.0]], 2.0),
        ([[1e15, 1e15 + 2], [1e15 + 4, 1e15 + 8]], 1e15 + 2),
        ([[1e-12, 2e-12], [3e-12, 8e-12]], 2e-12),
        ([[-1.0, -2.0], [-3.0, -9.0]], -3.0),
        ([[1.0, 2.0, 3.0]], 3.0),
    ],
    ids=["1 x 1", "below zero", "all equal", "huge", "tiny", "all below zero", "more mentors"],
)
def test_matrices_of_every_kind(affinity: list[list[float]], floor: float) -> None:
    values = np.array(affinity)
    given = values.copy()
    for plan in compare_aims(values, lab(values, 1, 1)):
        assert plan.proven
        if plan.aim in {"nobody_left_behind", "leximin"}:
            assert plan.floor == floor
    assert np.array_equal(values, given)


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_nobody_at_all(shape: tuple[int, int]) -> None:
    values = np.zeros(shape)
    for plan in compare_aims(values, lab(values, 1, 1)):
        assert (plan.total, plan.floor, plan.proven) == (0.0, np.inf, True)
        assert plan.left_out == tuple(f"p{i}" for i in range(shape[0]))


def test_nobody_asked_for_and_every_row_in_conflict() -> None:
    values = np.full((2, 2), 0.5)
    none_asked = lab(values, 0, 1)
    barred = Constraints.build(
        ["p0", "p1"],
        ["m0", "m1"],
        demand=[Demand(1, 1)] * 2,
        loads=[Load(1, 2)] * 2,
        conflicts=[Conflict(f"p{i}", f"m{j}") for i in range(2) for j in range(2)],
    )
    for limits, left_out in ((none_asked, ()), (barred, ("p0", "p1"))):
        for plan in compare_aims(values, limits):
            assert (plan.assignment.n_pairs, plan.floor, plan.left_out) == (0, np.inf, left_out)


def test_an_unknown_aim_and_a_cell_that_is_no_number_are_named() -> None:
    values = np.array([[0.5, np.nan]])
    with pytest.raises(MatcherError, match=r"“p0” and mentor “m1” is nan"):
        fair_assign(values, lab(values, 1, 1), "leximin")
    with pytest.raises(MatcherError, match=r"no fairness aim “fairest”: give one of “best_ov"):
        fair_assign(np.zeros((1, 2)), lab(values, 1, 1), "fairest")  # type: ignore[arg-type]


def mid_sized(seed: int, *, contested: bool) -> tuple[Floats, Constraints]:
    rng = np.random.default_rng(seed)
    affinity = rng.beta(2, 5, size=(24, 36))
    if contested:
        affinity = 0.3 * affinity + 0.7 * rng.random(36)[None, :]
    return affinity, lab(affinity, 3, 2)


def test_supply_equal_to_demand_is_proven_where_tastes_differ() -> None:
    for seed in range(3):
        affinity, limits = mid_sized(seed, contested=False)
        plan = fair_assign(affinity, limits, "nobody_left_behind", time_limit=30)
        assert plan.floor_gap <= 1e-4
        assert plan.certificate.gap <= 1e-4 * plan.total
        assert plan.total < plan.best_total


def test_a_search_cut_short_tells_its_gap() -> None:
    affinity, limits = mid_sized(1, contested=True)
    started = time.monotonic()
    plan = fair_assign(affinity, limits, "nobody_left_behind", time_limit=0.5)
    assert time.monotonic() - started < 10
    assert plan.floor >= assign_floor(affinity, limits)
    assert not plan.proven
    assert plan.floor_gap > 0
    # The bound is one: an independent linear program's.
    plans = BestPlans.of(limits)
    measure = yardstick("nobody_left_behind", affinity, limits, plans)
    question = Question.of(plans, affinity, measure)
    linear = floor_bound(question, plans.some_plan)
    assert plan.floor_bound <= question.shift + question.unit * linear.bound + 1e-9
    longer = fairest(question, deadline=time.monotonic() + 2)
    assert measure.floor(longer.chosen) <= plan.floor_bound + 1e-9


def assign_floor(affinity: Floats, limits: Constraints) -> float:
    chosen = assign(affinity, limits).chosen
    return float((affinity * chosen).sum(axis=1).min() / 3)


def test_leximin_of_several_mentors_says_how_far_it_is_proven() -> None:
    affinity, limits = mid_sized(2, contested=False)
    plan = fair_assign(affinity, limits, "leximin", time_limit=6)
    nobody = fair_assign(affinity, limits, "nobody_left_behind", time_limit=6)
    assert 1 <= plan.n_proven <= 24
    assert plan.floor == pytest.approx(nobody.floor, abs=1e-6)
    assert sorted(plan.values)[1] >= sorted(nobody.values)[1] - 1e-6
