"""What holds of every diagnosis, and the odd labs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from matcher.assignment import assign
from matcher.constraints import Constraints
from matcher.diagnosis import Act, ActWeights, Diagnosis, Repair, after_acts, diagnose
from matcher.errors import MatcherError
from matcher.profiles import Conflict, Demand, Load, Lock
from tests.matcher.diagnosis.every_repair import Floats, sides

ONE = Demand(1, 1)


def lab(
    demand: list[Demand], loads: list[Load], *, never: str = "", locked: str = ""
) -> Constraints:
    """Projects a, b … and mentors x, y …; pairs written "ax by"."""
    return Constraints.build(
        "abcdefgh"[: len(demand)],
        "stuvwxyz"[-len(loads) :] if loads else "",
        demand=demand,
        loads=loads,
        conflicts=[Conflict(*pair) for pair in never.split()],
        locks=[Lock(*pair) for pair in locked.split()],
    )


def told(found: Diagnosis) -> list[tuple[str, ...]]:
    """Each repair as its acts, shortly."""
    return [
        tuple(
            f"{act.kind} {act.project}{act.mentor}"
            + (f" {act.before}->{act.after}" if act.before != act.after else "")
            for act in one.acts
        )
        for one in found.repairs
    ]


def even(limits: Constraints) -> Floats:
    """Affinities that make no difference but for ids."""
    return np.full(limits.shape, 0.5)


def random_lab(seed: int, n_projects: int, n_mentors: int) -> tuple[Floats, Constraints]:
    rng = np.random.default_rng(seed)
    shape = n_projects, n_mentors
    projects = [f"p{i:02}" for i in range(n_projects)]
    mentors = [f"m{j:02}" for j in range(n_mentors)]
    never = rng.random(shape) < rng.choice([0.1, 0.4, 0.8])
    high = rng.integers(0, 2 * n_projects // n_mentors + 2, size=n_mentors)
    low = rng.integers(0, high + 1)
    locked = ~never & (rng.random(shape) < 0.05)
    locked &= (np.cumsum(locked, axis=1) <= 2) & (np.cumsum(locked, axis=0) <= high)
    least = rng.integers(0, 4, size=n_projects)
    most = np.maximum(least + rng.integers(0, 2, size=n_projects), locked.sum(axis=1))
    return rng.random(shape), Constraints.build(
        projects,
        mentors,
        demand=[Demand(int(a), int(b)) for a, b in zip(least, most, strict=True)],
        loads=[Load(int(a), int(b)) for a, b in zip(low, high, strict=True)],
        conflicts=[Conflict(projects[i], mentors[j]) for i, j in np.argwhere(never)],
        locks=[Lock(projects[i], mentors[j]) for i, j in np.argwhere(locked)],
    )


def check_repair(one: Repair, found: Diagnosis, affinity: Floats, limits: Constraints) -> None:
    again = assign(affinity, after_acts(limits, one.acts))
    short = [*again.short_projects, *again.short_mentors]
    assert one.remaining == sum(each.missing for each in short)
    assert one.complete == again.complete
    assert one.filled == found.missing - one.remaining > 0
    assert one.n_pairs == again.n_pairs
    assert one.total == pytest.approx(again.total, abs=1e-9)


def test_where_nothing_is_missing_nothing_is_said() -> None:
    found = diagnose([[0.5, 0.2]], lab([ONE], [Load(0, 1), Load(0, 1)]))
    assert (found.complete, found.missing, found.blockages, found.repairs) == (True, 0, (), ())
    assert found.lightest is None


def test_five_projects_need_ten_places_where_eight_are() -> None:
    limits = lab(
        [Demand(2, 2)] * 5 + [ONE],
        [Load(0, 3), Load(0, 3), Load(0, 2), Load(0, 4)],
        never="az bz cz dz ez",
    )
    (one,) = diagnose(even(limits), limits).blockages
    assert (one.kind, one.needed, one.offered, one.missing) == ("projects_short", 10, 8, 2)
    assert one.project_ids == ("a", "b", "c", "d", "e")
    assert one.mentor_ids == ("w", "x", "y")
    assert (one.needs, one.offers) == ((2, 2, 2, 2, 2), (3, 3, 2))
    assert (one.forbidden_pairs, one.locked_elsewhere, one.core) == (5, 0, None)


def test_a_tight_corner_of_a_wide_shortage_is_named_within_it() -> None:
    """Two films that can have one mentor only, among six who are short together."""
    limits = lab([ONE] * 6, [Load(0, 1), Load(0, 2)], never="az bz")
    (one,) = diagnose(even(limits), limits).blockages
    assert (one.needed, one.offered) == (6, 3)
    assert one.core is not None
    assert (one.core.project_ids, one.core.mentor_ids) == (("a", "b"), ("y",))
    assert (one.core.needed - one.core.offered, one.core.core) == (1, None)


def test_blockages_that_share_nobody_are_apart() -> None:
    limits = lab([ONE] * 4, [Load(0, 1)] * 2, never="az bz cy dy")
    first, second = diagnose(even(limits), limits).blockages
    assert (first.project_ids, first.mentor_ids) == (("a", "b"), ("y",))
    assert (second.project_ids, second.mentor_ids) == (("c", "d"), ("z",))


def test_a_mentor_counts_once_for_each_project() -> None:
    """Room for five projects is no help to the one who may not meet twice."""
    limits = lab([Demand(3, 3)], [Load(0, 5), Load(0, 5)])
    (one,) = diagnose(even(limits), limits).blockages
    assert (one.needed, one.offers) == (3, (1, 1))
    assert told(diagnose(even(limits), limits)) == [("lower_demand a 3->2",)]


def test_mentors_minimums_block_too() -> None:
    limits = lab([Demand(1, 1), Demand(1, 2), ONE], [Load(3, 3), Load(3, 3)])
    found = diagnose(even(limits), limits)
    (one,) = found.blockages
    assert (one.kind, one.needed, one.offered) == ("mentors_short", 6, 4)
    assert (one.mentor_ids, one.project_ids, one.offers) == (("y", "z"), ("a", "b", "c"), (1, 2, 1))
    assert found.lightest
    assert {act.kind for act in found.lightest.acts} == {"lower_min_load"}


def test_places_locked_with_others_are_counted() -> None:
    limits = lab([ONE, ONE, Demand(1, 2)], [Load(0, 2)], locked="cz")
    (one,) = diagnose(even(limits), limits).blockages
    assert (one.project_ids, one.mentor_ids) == (("a", "b"), ("z",))
    assert (one.needed, one.offered, one.locked_elsewhere) == (2, 1, 1)


def test_a_lock_that_serves_nobodys_minimum_can_come_off() -> None:
    limits = lab([ONE, Demand(0, 1)], [Load(0, 1)], locked="bz")
    assert told(diagnose(even(limits), limits)) == [
        ("raise_load z 1->2",),
        ("lower_demand a 1->0",),
        ("release_lock bz",),
    ]


def test_a_conflict_is_asked_about_only_where_it_may_be() -> None:
    limits = lab([ONE], [Load(0, 1), Load(0, 1)], never="ay az")
    every = diagnose(even(limits), limits)
    assert told(every) == [("lower_demand a 1->0",), ("lift_conflict ay",), ("lift_conflict az",)]
    assert [one.asks for one in every.repairs] == [False, True, True]
    one = diagnose(even(limits), limits, may_lift=[("a", "z")])
    assert told(one) == [("lower_demand a 1->0",), ("lift_conflict az",)]
    assert told(diagnose(even(limits), limits, may_lift=[])) == [("lower_demand a 1->0",)]


def test_a_conflict_with_a_full_mentor_helps_where_another_makes_room() -> None:
    limits = lab([ONE, ONE], [Load(0, 1), Load(0, 1)], never="ay az")
    assert told(diagnose(even(limits), limits)) == [
        ("lower_demand a 1->0",),
        ("lift_conflict ay",),
        ("lift_conflict az",),
    ]


def test_one_lifted_conflict_can_serve_both_sides() -> None:
    limits = lab([ONE], [Load(1, 1)], never="az")
    found = diagnose(even(limits), limits)
    assert told(found)[0] == ("lift_conflict az",)
    assert found.repairs[0].filled == 2
    assert told(found)[1] == ("lower_min_load z 1->0", "lower_demand a 1->0")


def test_weights_decide_what_is_easier() -> None:
    limits = lab([ONE, ONE], [Load(0, 1), Load(0, 1)], never="az bz")
    usual = diagnose(even(limits), limits)
    assert [one.weight for one in usual.repairs] == [2, 4, 4, 10, 10]
    odd = diagnose(even(limits), limits, weights=ActWeights(lift_conflict=1))
    assert [one.acts[0].kind for one in odd.repairs][:3] == [
        "lift_conflict",
        "lift_conflict",
        "raise_load",
    ]


def test_two_are_asked_for_one_place_rather_than_one_for_two() -> None:
    limits = lab([Demand(2, 2)] * 3, [Load(0, 2), Load(0, 2)])
    found = diagnose(even(limits), limits)
    assert found.lightest
    assert [act.after for act in found.lightest.acts] == [3, 3]
    assert found.lightest.weight == 4
    assert Act("raise_load", mentor="z", before=2, after=4).weight(ActWeights()) == 6
    assert Act("raise_load", mentor="z", before=0, after=12).weight(ActWeights()) == 2 * 75


@pytest.mark.parametrize(
    ("limits", "blocked", "acts"),
    [
        (lab([ONE, Demand(2, 3)], []), 2, {"lower_demand"}),
        (lab([], [Load(1, 2)]), 1, {"lower_min_load"}),
        (lab([ONE] * 2, [Load(0, 2)] * 2, never="ay az by bz"), 2, {"lower_demand"}),
        (lab([ONE] * 2, [Load(0, 0)] * 2), 2, {"lower_demand"}),
        (lab([Demand(0, 0)], [Load(1, 1)]), 1, {"lower_min_load"}),
        (lab([Demand(2, 2)], [Load(0, 1)], locked="az"), 1, {"lower_demand"}),
        (lab([Demand(10**9, 10**9)], [Load(0, 1)]), 1, {"lower_demand"}),
        (lab([ONE], [Load(10**9, 10**9)]), 1, {"lower_min_load"}),
    ],
    ids=[
        "no mentors",
        "no projects",
        "all in conflict",
        "no loads",
        "no demand",
        "all locked",
        "an endless demand",
        "an endless minimum",
    ],
)
def test_odd_labs(limits: Constraints, blocked: int, acts: set[str]) -> None:
    found = diagnose(even(limits), limits, may_lift=[])
    assert len(found.blockages) == blocked
    assert found.lightest
    assert {act.kind for act in found.lightest.acts} == acts
    for one in found.repairs:
        check_repair(one, found, even(limits), limits)


def test_no_lab_at_all() -> None:
    assert diagnose([], lab([], [])).repairs == ()


@pytest.mark.parametrize("scale", [1e-300, 1e-9, -1.0, 1e15, 1e299])
def test_any_scale_and_sign(scale: float) -> None:
    affinity, limits = random_lab(5, 8, 5)
    usual, scaled = diagnose(affinity, limits), diagnose(affinity * scale, limits)
    assert usual.blockages == scaled.blockages
    assert usual.lightest
    assert scaled.lightest
    assert usual.lightest.weight == scaled.lightest.weight
    if scale > 0:
        assert told(usual) == told(scaled)


def test_wrong_input_is_named() -> None:
    limits = lab([ONE], [Load(0, 1)])
    with pytest.raises(MatcherError, match="nan"):
        diagnose([[float("nan")]], limits)
    with pytest.raises(MatcherError, match="no project “q”: did you mean “a”"):
        diagnose([[0.5]], limits, may_lift=[("q", "z")])
    with pytest.raises(MatcherError, match="no mentor “q”: did you mean “z”"):
        diagnose([[0.5]], limits, may_lift=[("a", "q")])
    with pytest.raises(MatcherError, match="there are no mentors"):
        diagnose(np.zeros((1, 0)), lab([ONE], []), may_lift=[("a", "q")])
    with pytest.raises(MatcherError, match="“lift_conflict” is 0: give a whole number"):
        ActWeights(lift_conflict=0)
    with pytest.raises(MatcherError, match=r"“raise_load” is 1\.5"):
        ActWeights(raise_load=1.5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="ask for 1 or more"):
        diagnose([[0.5]], limits, each=0)


def test_the_input_is_not_changed() -> None:
    affinity, limits = random_lab(3, 9, 6)
    before = affinity.copy(), limits.forbidden.copy(), limits.load_high.copy()
    assert not diagnose(affinity, limits).complete
    assert (affinity == before[0]).all()
    assert (limits.forbidden == before[1]).all()
    assert (limits.load_high == before[2]).all()


@pytest.mark.parametrize("seed", [106, 114, 163, 202, 260])
def test_tight_plans_that_once_outgrew_the_flow_solver(seed: int) -> None:
    affinity, limits = random_lab(seed, 15, 13)
    found = diagnose(affinity, limits)
    assert found.lightest
    check_repair(found.lightest, found, affinity, limits)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 22), st.integers(1, 14))
def test_every_blockage_blocks_and_every_repair_repairs(seed: int, rows: int, columns: int) -> None:
    affinity, limits = random_lab(seed, rows, columns)
    found = diagnose(affinity, limits, each=2)
    assert found.missing == sum(one.missing for one in found.blockages)
    for one in found.blockages:
        by_projects = one.kind == "projects_short"
        ids = limits.project_ids if by_projects else limits.mentor_ids
        named = one.project_ids if by_projects else one.mentor_ids
        side = sides(limits)[0 if by_projects else 1]
        askers = tuple(ids.index(each) for each in named)
        assert one.needed > one.offered == side.offered(askers)
        assert one.missing == side.excess(askers)
        # Nobody can be left out without some of what is missing going unseen.
        for each in askers:
            rest = tuple(other for other in askers if other != each)
            assert not rest or side.excess(rest) < one.missing
        if one.core:
            core = one.core.project_ids if by_projects else one.core.mentor_ids
            within = tuple(ids.index(each) for each in core)
            assert side.excess(within) > 0
            assert set(core) < set(named)
    for repair in found.repairs:
        check_repair(repair, found, affinity, limits)
    assert (found.lightest is None) == found.complete


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_the_order_of_rows_and_columns_changes_no_number(seed: int) -> None:
    affinity, limits = random_lab(seed, 9, 6)
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(9), rng.permutation(6)
    cells = np.ix_(rows, columns)
    turned = replace(
        limits,
        project_ids=tuple(limits.project_ids[row] for row in rows),
        mentor_ids=tuple(limits.mentor_ids[column] for column in columns),
        demand_low=limits.demand_low[rows],
        demand_high=limits.demand_high[rows],
        load_low=limits.load_low[columns],
        load_high=limits.load_high[columns],
        forbidden=limits.forbidden[cells],
        locked=limits.locked[cells],
    )
    one, other = diagnose(affinity, limits), diagnose(affinity[cells], turned)
    assert told(one) == told(other)
    assert [(each.weight, each.remaining, each.n_pairs) for each in one.repairs] == [
        (each.weight, each.remaining, each.n_pairs) for each in other.repairs
    ]
    assert {
        (each.kind, frozenset(each.project_ids), frozenset(each.mentor_ids), each.missing)
        for each in one.blockages
    } == {
        (each.kind, frozenset(each.project_ids), frozenset(each.mentor_ids), each.missing)
        for each in other.blockages
    }


def least_weight(limits: Constraints, weights: ActWeights) -> float:
    """The same by a mixed integer program: a variable for each pair and each place changed."""
    n_projects, n_mentors = limits.shape
    cells, most = n_projects * n_mentors, max(limits.shape)
    costs = np.where(limits.forbidden, weights.lift_conflict, 0).ravel()
    costs = costs - np.where(limits.locked, weights.release_lock, 0).ravel()
    highest = np.ones(cells)
    highest[(limits.demand_high == 0).repeat(n_mentors)] = 0
    highest[np.tile(limits.load_high == 0, n_projects)] = 0
    rows = []
    steps = np.minimum(np.arange(1, most + 1), 10)
    blocks = [costs]
    for side, number in ((0, n_projects), (1, n_mentors)):
        kinds = ("lower_demand", "raise_demand") if side == 0 else ("lower_min_load", "raise_load")
        low, high = (
            (limits.demand_low, limits.demand_high)
            if side == 0
            else (limits.load_low, limits.load_high)
        )
        for one in range(number):
            pairs = np.zeros(limits.shape)
            pairs[(one, slice(None)) if side == 0 else (slice(None), one)] = 1
            start = sum(map(len, blocks))
            blocks += [steps * weights.of(kinds[0]), steps * weights.of(kinds[1])]
            rows.append((pairs.ravel(), start, int(low[one]), int(high[one])))
    every = np.concatenate(blocks)
    matrix = np.zeros((2 * len(rows), len(every)))
    least, greatest = np.full(2 * len(rows), -np.inf), np.full(2 * len(rows), np.inf)
    for number, (pairs, start, low, high) in enumerate(rows):
        matrix[2 * number, :cells] = matrix[2 * number + 1, :cells] = pairs
        matrix[2 * number, start : start + most] = 1
        least[2 * number] = low
        matrix[2 * number + 1, start + most : start + 2 * most] = -1
        greatest[2 * number + 1] = high
    bounds = Bounds(0, np.concatenate([highest, np.ones(len(every) - cells)]))
    found = milp(
        every,
        integrality=np.ones(len(every)),
        bounds=bounds,
        constraints=LinearConstraint(matrix, least, greatest),
        options={"mip_rel_gap": 0},
    )
    return float(found.fun) + weights.release_lock * int(limits.locked.sum())


@pytest.mark.parametrize("seed", range(25))
def test_a_mixed_integer_program_finds_no_lighter_combination(seed: int) -> None:
    affinity, limits = random_lab(seed, 14, 9)
    weights = ActWeights(raise_load=3, lower_demand=4 + seed % 5, lift_conflict=2 + seed % 7)
    found = diagnose(affinity, limits, weights=weights)
    ours = found.lightest.weight if found.lightest else 0
    assert ours == round(least_weight(limits, weights))
