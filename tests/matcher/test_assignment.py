from __future__ import annotations

import doctest
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import eye_array, kron

import matcher.assignment
from matcher.assignment import Assignment, Certificate, Shortfall, assign
from matcher.constraints import Constraints
from matcher.errors import MatcherError
from matcher.profiles import Conflict, Demand, Load, Lock

Floats = NDArray[np.float64]
ONE_MENTOR, ONE_PROJECT = Demand(1, 1), Load(0, 1)


def limits_for(
    shape: tuple[int, int],
    demand: Demand | Sequence[Demand] = ONE_MENTOR,
    load: Load | Sequence[Load] = ONE_PROJECT,
    **pairs: Sequence[Conflict] | Sequence[Lock],
) -> Constraints:
    n_projects, n_mentors = shape
    return Constraints.build(
        [f"p{i}" for i in range(n_projects)],
        [f"m{j}" for j in range(n_mentors)],
        demand=[demand] * n_projects if isinstance(demand, Demand) else demand,
        loads=[load] * n_mentors if isinstance(load, Load) else load,
        **pairs,  # type: ignore[arg-type]
    )


def best_total(affinity: Floats, limits: Constraints) -> float:
    """The greatest total by mixed-integer programming, where all can be served."""
    n_projects, n_mentors = affinity.shape
    by_project = kron(eye_array(n_projects), np.ones((1, n_mentors)))
    by_mentor = kron(np.ones((1, n_projects)), eye_array(n_mentors))
    found = milp(
        -affinity.ravel(),
        integrality=np.ones(affinity.size),
        bounds=Bounds(limits.locked.ravel().astype(float), 1.0 - limits.forbidden.ravel()),
        constraints=[
            LinearConstraint(by_project, limits.demand_high, limits.demand_high),
            LinearConstraint(by_mentor, limits.load_low, limits.load_high),
        ],
        options={"mip_rel_gap": 0},
    )
    assert found.success
    return -float(found.fun)


@pytest.mark.parametrize(
    "shape", [(9, 3), (24, 12), (40, 15), (60, 20), (60, 60), (120, 40), (300, 80)]
)
def test_the_total_is_that_of_a_mixed_integer_solver(shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(shape[0])
    n_projects, n_mentors = shape
    affinity = rng.beta(2, 5, size=shape)
    mean = 2 * n_projects / n_mentors
    limits = limits_for(
        shape,
        Demand(2, 2),
        Load(int(mean) - 1, int(mean) + 2),
        conflicts=[Conflict(f"p{i}", f"m{i % n_mentors}") for i in range(0, n_projects, 4)],
        locks=[Lock(f"p{i}", f"m{(i + 1) % n_mentors}") for i in range(0, n_projects, 5)],
    )
    plan = assign(affinity, limits)
    assert plan.complete
    assert plan.n_pairs == 2 * n_projects
    assert abs(plan.total - best_total(affinity, limits)) <= plan.rounding_bound + 1e-9


@pytest.mark.parametrize("factor", [1e-300, 1e-9, 1.0, -1.0, 1e15, -1e15, 1e290])
@pytest.mark.parametrize("shift", [0.0, 1e15, -3.0])
def test_scale_sign_and_shift_lose_nothing(factor: float, shift: float) -> None:
    affinity = np.random.default_rng(3).permutation(64).reshape(8, 8) * factor + shift
    limits = limits_for((8, 8), Demand(2, 2), Load(1, 2))
    plan = assign(affinity, limits)
    assert plan.n_pairs == 16
    best = best_total((affinity - affinity.min()) / max(np.ptp(affinity), 1e-307), limits)
    ours = float(((affinity - affinity.min()) / max(np.ptp(affinity), 1e-307))[plan.chosen].sum())
    assert ours == pytest.approx(best, abs=1e-7)
    assert plan.rounding_bound <= max(np.ptp(affinity), 1e-300) * 1e-6 * plan.n_pairs


def test_small_differences_beside_a_huge_number_count() -> None:
    affinity = 1e15 + np.array([[0.0, 1.0], [0.0, 2.0]])
    assert assign(affinity, limits_for((2, 2))).chosen.tolist() == [[True, False], [False, True]]
    assert assign(-affinity, limits_for((2, 2))).chosen.tolist() == [[False, True], [True, False]]


def test_small_numbers_beside_one_huge_number_count() -> None:
    affinity = [[1e15, 3.0], [-2.5, 0.1]]
    plan = assign(affinity, limits_for((2, 2), load=Load(0, 2)))
    assert plan.chosen.tolist() == [[True, False], [False, True]]


def test_the_last_digits_of_huge_numbers_count() -> None:
    affinity = 1e15 + np.array([[0.0, 0.125], [0.125, 0.5]])
    assert assign(affinity, limits_for((2, 2))).chosen.tolist() == [[True, False], [False, True]]
    affinity = 1e15 + np.array([[0.0, 0.25], [0.375, 0.5]])
    assert assign(affinity, limits_for((2, 2))).chosen.tolist() == [[False, True], [True, False]]


def test_a_forbidden_pair_does_not_stretch_the_range() -> None:
    affinity = np.array([[-1e300, 1e-9], [2e-9, 4e-9]])
    limits = limits_for((2, 2), conflicts=[Conflict("p0", "m0")])
    assert assign(affinity, limits).total == pytest.approx(3e-9)


def test_a_negative_pair_is_taken_rather_than_left_out() -> None:
    plan = assign([[-5.0, -7.0]], limits_for((1, 2), Demand(0, 2)))
    assert plan.chosen.tolist() == [[True, True]]
    assert plan.total == -12.0


def test_most_pairs_come_before_the_total() -> None:
    plan = assign([[9.0, 1.0], [9.0, -50.0]], limits_for((2, 2), conflicts=[Conflict("p1", "m1")]))
    assert plan.chosen.tolist() == [[False, True], [True, False]]


def test_a_minimum_comes_before_the_total() -> None:
    limits = limits_for((2, 2), Demand(0, 1), [Load(1, 2), Load(0, 2)])
    assert assign([[0.1, 0.9], [0.2, 0.9]], limits).chosen.tolist() == [
        [False, True],
        [True, False],
    ]


def test_who_is_short_is_said_with_both_numbers() -> None:
    limits = limits_for(
        (3, 2), [Demand(1, 1), Demand(2, 2), Demand(0, 1)], [Load(0, 1), Load(3, 4)],
        conflicts=[Conflict("p1", "m0"), Conflict("p2", "m1"), Conflict("p2", "m0")],
    )  # fmt: skip
    plan = assign(np.zeros((3, 2)), limits)
    assert not plan.complete
    assert plan.n_pairs == 2
    assert plan.short_projects == (Shortfall("p1", asked=2, got=1),)
    assert plan.short_mentors == (Shortfall("m1", asked=3, got=2),)
    assert plan.short_mentors[0].missing == 1


def test_locks_stay_whatever_they_cost() -> None:
    limits = limits_for((2, 2), locks=[Lock("p0", "m0")])
    plan = assign([[-100.0, 5.0], [5.0, 0.0]], limits)
    assert plan.chosen.tolist() == [[True, False], [False, True]]
    assert plan.total == -100.0


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_nobody_on_one_side_gives_an_empty_plan(shape: tuple[int, int]) -> None:
    plan = assign(np.zeros(shape), limits_for(shape))
    assert (plan.n_pairs, plan.total, plan.chosen.shape) == (0, 0.0, shape)
    assert len(plan.short_projects) == shape[0]


def test_zero_demand_and_zero_loads_are_legal() -> None:
    plan = assign(np.ones((2, 2)), limits_for((2, 2), Demand(0, 0), Load(0, 0)))
    assert (plan.n_pairs, plan.complete) == (0, True)


@pytest.mark.parametrize("n", [1, 2, 5, 30])
def test_among_equals_low_ids_meet_low_ids(n: int) -> None:
    assert assign(np.full((n, n), 0.3), limits_for((n, n))).chosen.tolist() == np.eye(n).tolist()


def test_a_tie_gives_the_place_to_the_lower_id() -> None:
    # p10 comes after p2, as a person counts.
    plan = assign(np.full((11, 1), 0.1), limits_for((11, 1), load=Load(0, 3)))
    assert np.flatnonzero(plan.chosen[:, 0]).tolist() == [0, 1, 2]


def test_sums_of_decimals_tie_exactly() -> None:
    # 0.1 + 0.2 and 0.3 + 0.0 are one sum to a person, though not in floating point.
    affinity = np.array([[0.1, 0.3], [0.0, 0.2]])
    assert assign(affinity, limits_for((2, 2))).chosen.tolist() == [[True, False], [False, True]]
    assert assign(affinity[:, ::-1], limits_for((2, 2))).chosen.tolist() == [
        [True, False],
        [False, True],
    ]


def test_a_tie_never_outweighs_a_difference() -> None:
    affinity = np.full((30, 30), 0.5)
    affinity[0, 29] += 1e-6
    assert assign(affinity, limits_for((30, 30))).chosen[0, 29]


def test_ranks_count_from_the_greatest_and_ties_go_to_the_lower_id() -> None:
    limits = Constraints.build(
        ["p"], ["m10", "m2", "m3", "m1"], demand=[Demand(3, 3)], loads=[Load()] * 4
    )
    affinity = np.array([[0.5, 0.5, 0.1, 0.9]])
    assert assign(affinity, limits).ranks(affinity).tolist() == [[3, 2, 0, 1]]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (np.nan, "The affinity of project “p1” and mentor “m0” is nan: give a finite number."),
        (-np.inf, "The affinity of project “p1” and mentor “m0” is -inf: give a finite number."),
        (
            2e300,
            "The affinity of project “p1” and mentor “m0” is 2e+300, too large to add up: "
            "divide all of them by the same number.",
        ),
    ],
)
def test_a_cell_that_is_no_number_is_named(value: float, sentence: str) -> None:
    with pytest.raises(MatcherError) as raised:
        assign([[1.0, 1.0], [value, 1.0]], limits_for((2, 2)))
    assert str(raised.value) == sentence


@pytest.mark.parametrize("affinity", [np.zeros((2, 3)), np.zeros(2)])
def test_another_shape_is_named(affinity: Floats) -> None:
    with pytest.raises(MatcherError, match="give one row a project") as raised:
        assign(affinity, limits_for((2, 2)))
    assert raised.value.code == "affinity_shape"


@pytest.mark.parametrize(
    "affinity",
    [
        None,
        np.zeros((2, 2, 5)),
        [[1, 2], [3]],
        [["x", 1], [2, 3]],
        [[1j, 1], [1, 1]],
        {},
        [[10**400]],
    ],
    ids=repr,
)
def test_what_is_no_table_of_numbers_is_said_to_be_none(affinity: Any) -> None:
    with pytest.raises(MatcherError, match="in it one number a mentor") as raised:
        assign(affinity, limits_for((2, 2)))
    assert raised.value.code == "affinity_not_a_table"


def test_a_masked_cell_has_no_number() -> None:
    masked = np.ma.masked_array(np.eye(2), [[False, False], [True, False]])
    with pytest.raises(MatcherError) as raised:
        assign(masked, limits_for((2, 2)))
    assert raised.value.code == "affinity_not_finite"
    assert raised.value.params["value"] == "nan"


def test_affinities_next_to_the_least_a_float_holds_keep_their_differences() -> None:
    plan = assign(np.array([[4.0, 3.0], [2.5, 1.0]]) * 1e-301, limits_for((2, 2)))
    assert plan.chosen.tolist() == [[False, True], [True, False]]
    assert plan.rounding_bound < 1e-309


@st.composite
def labs(draw: st.DrawFn) -> tuple[Floats, list[Demand], list[Load], list[tuple[int, int]]]:
    n_projects, n_mentors = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    cells = st.integers(-20, 20).map(lambda n: n / 10)
    affinity = draw(
        st.lists(cells, min_size=n_projects * n_mentors, max_size=n_projects * n_mentors)
    )
    ranges = st.tuples(st.integers(0, 3), st.integers(0, 2)).map(lambda r: (r[0], r[0] + r[1]))
    demand = draw(st.lists(ranges, min_size=n_projects, max_size=n_projects))
    loads = draw(st.lists(ranges, min_size=n_mentors, max_size=n_mentors))
    pair = st.tuples(st.integers(0, n_projects - 1), st.integers(0, n_mentors - 1))
    return (
        np.array(affinity).reshape(n_projects, n_mentors),
        [Demand(*one) for one in demand],
        [Load(*one) for one in loads],
        draw(st.lists(pair, max_size=6)),
    )


def conflicts_of(pairs: list[tuple[int, int]]) -> list[Conflict]:
    return [Conflict(f"p{i}", f"m{j}") for i, j in pairs]


@settings(max_examples=60, deadline=None)
@given(labs(), st.randoms(use_true_random=False))
def test_another_order_of_rows_gives_the_same_plan(lab, random) -> None:  # type: ignore[no-untyped-def]
    affinity, demand, loads, pairs = lab
    plan = assign(
        affinity, limits_for(affinity.shape, demand, loads, conflicts=conflicts_of(pairs))
    )
    rows = random.sample(range(len(demand)), len(demand))
    columns = random.sample(range(len(loads)), len(loads))
    shuffled = Constraints.build(
        [f"p{i}" for i in rows],
        [f"m{j}" for j in columns],
        demand=[demand[i] for i in rows],
        loads=[loads[j] for j in columns],
        conflicts=conflicts_of(pairs),
    )
    again = assign(affinity[np.ix_(rows, columns)], shuffled)
    assert again.chosen.tolist() == plan.chosen[np.ix_(rows, columns)].tolist()
    assert again.total == plan.total


@settings(max_examples=60, deadline=None)
@given(labs(), st.integers(0, 6))
def test_a_raised_max_load_never_costs_a_pair(lab, which: int) -> None:  # type: ignore[no-untyped-def]
    affinity, demand, loads, pairs = lab
    which %= len(loads)
    raised = [
        Load(load.low, load.high + 1) if j == which and load.high is not None else load
        for j, load in enumerate(loads)
    ]
    conflicts = conflicts_of(pairs)
    before = assign(affinity, limits_for(affinity.shape, demand, loads, conflicts=conflicts))
    after = assign(affinity, limits_for(affinity.shape, demand, raised, conflicts=conflicts))
    assert after.n_pairs >= before.n_pairs
    if after.n_pairs == before.n_pairs and before.complete:
        assert after.total >= before.total - after.rounding_bound - 1e-9


@settings(max_examples=60, deadline=None)
@given(labs(), st.lists(st.integers(-20, 20), min_size=7, max_size=7), st.integers(0, 3))
def test_another_mentor_never_lowers_the_optimum(lab, fits: list[int], most: int) -> None:  # type: ignore[no-untyped-def]
    affinity, demand, loads, pairs = lab
    wider = np.column_stack([affinity, np.array(fits[: len(demand)]) / 10])
    conflicts = conflicts_of(pairs)
    alone = limits_for(affinity.shape, demand, loads, conflicts=conflicts)
    joined = limits_for(wider.shape, demand, [*loads, Load(0, most)], conflicts=conflicts)
    before, after = assign(affinity, alone), assign(wider, joined)

    def value(plan: Assignment) -> tuple[int, int]:
        return plan.n_pairs, -sum(s.missing for s in plan.short_projects + plan.short_mentors)

    assert value(after) >= value(before)
    if value(after) == value(before):
        assert after.total >= before.total - after.rounding_bound - 1e-9


def test_the_flow_proves_its_plan_best() -> None:
    plan = assign([[0.9, 0.8], [0.7, 0.1]], limits_for((2, 2)))
    assert plan.certificate == Certificate(total=1.5, upper_bound=1.5, gap=0.0)


@settings(max_examples=30, deadline=None)
@given(labs())
def test_inputs_are_never_changed(lab) -> None:  # type: ignore[no-untyped-def]
    affinity, demand, loads, pairs = lab
    limits = limits_for(affinity.shape, demand, loads, conflicts=conflicts_of(pairs))
    kept = affinity.copy()
    affinity.setflags(write=False)
    plan = assign(affinity, limits)
    plan.ranks(affinity)
    assert affinity.tolist() == kept.tolist()
    with pytest.raises(ValueError, match="read-only"):
        plan.chosen[...] = True


def test_the_rounding_is_small_and_said() -> None:
    affinity = np.random.default_rng(8).random((30, 30))
    limits = limits_for((30, 30), Demand(1, 2), Load(1, 2))
    assert 0 < assign(affinity, limits).rounding_bound < 1e-6
    # Numbers with few digits lose nothing, wherever they lie.
    for written in (affinity.round(3), 1e6 + affinity.round(2), (affinity * 1e9).round()):
        assert assign(written, limits).rounding_bound <= 1e-15 * np.abs(written).sum()


def test_examples_run() -> None:
    assert doctest.testmod(matcher.assignment) == (0, 5)
