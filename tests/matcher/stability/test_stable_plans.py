"""What holds of every stable plan, and how it is told."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.assignment import assign
from matcher.constraints import Constraints
from matcher.errors import MatcherError
from matcher.profiles import Conflict, Demand, Load, Lock
from matcher.stability import PlanChange, frontier, stable_assign
from tests.matcher.fairness.every_plan import random_lab


def pairs(n_projects: int, n_mentors: int, *, load: int = 1, **more: object) -> Constraints:
    return Constraints.build(
        [f"p{i}" for i in range(n_projects)],
        [f"m{j}" for j in range(n_mentors)],
        demand=[Demand(1, 1)] * n_projects,
        loads=[Load(0, load)] * n_mentors,
        **more,  # type: ignore[arg-type]
    )


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.floats(0, 3))
def test_prices_from_nothing_to_infinity(seed: int, price: float) -> None:
    affinity, limits = random_lab(seed, most_cells=24)
    standing = np.random.default_rng(seed).random(limits.shape) < 0.3
    free, some, dear = (
        stable_assign(affinity, limits, standing, one) for one in (0.0, price, math.inf)
    )
    size = 1e-9 * float(np.abs(affinity).max())
    assert abs(free.total - assign(affinity, limits).total) <= 10 * size
    assert free.n_changes >= some.n_changes >= dear.n_changes
    assert free.total >= some.total - size
    assert some.total >= dear.total - size
    assert some.gain == pytest.approx(some.total - some.previous_total, abs=100 * size)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_the_frontiers_bounds_rise_and_bend_down(seed: int) -> None:
    affinity, limits = random_lab(seed, most_cells=30)
    standing = np.random.default_rng(seed).random(limits.shape) < 0.3
    points = frontier(affinity, limits, standing)
    size = 1e-8 * float(np.abs(affinity).max())
    totals = np.array([point.total for point in points])
    assert (np.diff(totals) >= -size).all()
    corners = [(point.n_changes, point.total) for point in points if point.supported]
    slopes = [(later[1] - one[1]) / (later[0] - one[0]) for one, later in pairwise(corners)]
    assert all(one >= later - size for one, later in pairwise(slopes))
    assert abs(points[-1].total - assign(affinity, limits).total) <= size


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_the_order_of_rows_and_columns_makes_no_difference(seed: int) -> None:
    affinity, limits = random_lab(seed, most_cells=20)
    rng = np.random.default_rng(seed)
    standing = rng.random(limits.shape) < 0.3
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
    one = stable_assign(affinity, limits, standing, 0.1)
    other = stable_assign(affinity[both], shuffled, standing[both], 0.1)
    assert other.assignment.chosen.tolist() == one.assignment.chosen[both].tolist()
    assert (other.lines, other.exchanges) == (one.lines, one.exchanges)


def test_every_kind_of_line() -> None:
    affinity = np.array([[0.5, 0.75, 0.0], [0.75, 0.25, 0.0], [0.0, 0.0, 0.5]])
    limits = Constraints.build(
        ["p0", "p1", "p2", "p3"],
        ["m0", "m1", "m2", "m3"],
        demand=[Demand(1, 1)] * 3 + [Demand(1, 1)],
        loads=[Load(0, 1)] * 4,
        conflicts=[Conflict("p3", "m0"), Conflict("p3", "m1"), Conflict("p3", "m2")],
    )
    affinity = np.pad(affinity, ((0, 1), (0, 1)), constant_values=0.125)
    standing = [("p0", "m0"), ("p1", "m1"), ("p2", "m2"), ("p3", "m2")]
    plan = stable_assign(affinity, limits, standing, 0.125)
    assert plan.lines == (
        PlanChange("moves", "p0", "m1", "m0", 0.25, 0),
        PlanChange("moves", "p1", "m0", "m1", 0.5, 0),
        PlanChange("stays", "p2", "m2", None, 0.0, None),
        PlanChange("moves", "p3", "m3", "m2", 0.0, 1),
    )
    assert [(one.gain, one.n_changes, one.needed) for one in plan.exchanges] == [
        (0.75, 2, False),
        (0.0, 1, True),
    ]
    assert [(one.project, one.mentor, one.why) for one in plan.impossible] == [
        ("p3", "m2", "conflict")
    ]
    assert (plan.n_lost, plan.n_gained, plan.gain) == (3, 3, 0.75)


def test_a_project_that_goes_and_one_that_comes() -> None:
    affinity = np.array([[0.5], [0.25]])
    limits = Constraints.build(
        ["p0", "p1"],
        ["m0"],
        demand=[Demand(0, 0), Demand(1, 1)],
        loads=[Load(0, 1)],
    )
    plan = stable_assign(affinity, limits, [("p0", "m0")], math.inf)
    assert plan.lines == (
        PlanChange("lost", "p0", "m0", None, -0.5, 0),
        PlanChange("new", "p1", "m0", None, 0.25, 0),
    )
    assert [(one.why) for one in plan.impossible] == ["no_place"]
    assert (plan.n_changes, plan.gain, plan.exchanges[0].needed) == (1, -0.25, True)


def test_a_change_that_gains_nothing_is_not_made_even_for_nothing() -> None:
    plan = stable_assign(np.full((3, 3), 0.5), pairs(3, 3), np.eye(3, dtype=bool)[::-1], 0.0)
    assert plan.n_changes == 0


def test_a_first_plan_and_an_empty_one() -> None:
    plan = stable_assign(np.array([[0.5]]), pairs(1, 1), [], 9.0)
    assert plan.lines == (PlanChange("new", "p0", "m0", None, 0.5, 0),)
    nobody = stable_assign(np.zeros((0, 2)), pairs(0, 2), [], math.inf)
    assert (nobody.lines, nobody.total, nobody.n_changes) == ((), 0.0, 0)
    assert [point.n_changes for point in frontier(np.zeros((0, 2)), pairs(0, 2), [])] == [0]


@pytest.mark.parametrize("scale", [1e-12, 1.0, 1e12, -1.0])
def test_numbers_of_every_size(scale: float) -> None:
    affinity = scale * np.array([[0.5, 0.75, 0.1], [0.75, 0.25, 0.2], [0.1, 0.3, 0.9]])
    standing = np.eye(3, dtype=bool)
    given_before = affinity.copy()
    points = frontier(affinity, pairs(3, 3), standing)
    assert points[0].total == pytest.approx(scale * 1.65)
    assert points[-1].total == pytest.approx(assign(affinity, pairs(3, 3)).total)
    assert np.array_equal(affinity, given_before)
    assert standing.tolist() == np.eye(3, dtype=bool).tolist()


def test_a_lock_moves_others() -> None:
    affinity = np.array([[0.9, 0.5], [0.6, 0.1]])
    limits = pairs(2, 2, locks=[Lock("p0", "m1")])
    plan = stable_assign(affinity, limits, np.eye(2, dtype=bool), math.inf)
    assert [one.why for one in plan.impossible] == ["no_place", "no_place"]
    assert plan.exchanges[0].needed


def test_a_frontier_cut_short_tells_its_gaps() -> None:
    rng = np.random.default_rng(5)
    affinity = rng.random((40, 40))
    points = frontier(affinity, pairs(40, 40), np.eye(40, dtype=bool), time_limit=0.0)
    assert points[0].n_changes == 0
    assert points[-1].gap == 0
    assert max(point.gap for point in points) > 0
    whole = frontier(affinity, pairs(40, 40), np.eye(40, dtype=bool), time_limit=60.0)
    assert max(point.gap for point in whole) == 0
    for quick, exact in zip(points, whole, strict=True):
        assert quick.total <= exact.total + 1e-9 <= quick.upper_bound + 2e-9


@pytest.mark.parametrize(
    ("previous", "price", "sentence"),
    [
        ([("p9", "m0")], 0.0, "names project “p9”, which is not among .* mean “p0”"),
        ([("p0", "m7")], 0.0, "names mentor “m7”, who is not among .* mean “m0”"),
        (np.zeros((2, 1), dtype=bool), 0.0, "has 2 rows and 1 columns, but there are 1 projects"),
        ([], -0.5, "price of a change is -0.5: give a number of 0 or more"),
        ([], math.nan, "price of a change is nan"),
    ],
)
def test_bad_input_is_named(previous: object, price: float, sentence: str) -> None:
    with pytest.raises(MatcherError, match=sentence):
        stable_assign(np.array([[0.5]]), pairs(1, 1), previous, price)  # type: ignore[arg-type]
