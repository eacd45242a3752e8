"""Plans over a matrix in blocks, beside the plans over the whole matrix."""

from __future__ import annotations

import os

import numpy as np
import pytest
from numpy.typing import NDArray

from matcher.assignment import Assignment, assign
from matcher.constraints import Constraints
from matcher.whole_matrix.assigning import SparseAssignment, assign_blocks
from matcher.whole_matrix.blocks import AffinityBlocks
from matcher.whole_matrix.called import CalledAffinity
from matcher.whole_matrix.factored import FactoredAffinity
from matcher.whole_matrix.limits import PairLimits
from matcher.whole_matrix.watching import Cancelled, Progress

Floats = NDArray[np.float64]
SOAK = int(os.environ.get("CAMPFIRE_SOAK_ROUNDS", "0"))
N_CASES = 400 + SOAK


def random_limits(rng: np.random.Generator, n_projects: int, n_mentors: int) -> Constraints:
    """Ranges, minimums, conflicts and locks; supply short, even or ample."""
    kinds = rng.choice(["", "never", "lock"], p=[0.84, 0.13, 0.03], size=(n_projects, n_mentors))
    locked, forbidden = kinds == "lock", kinds == "never"
    demand_low = rng.integers(0, 4, size=n_projects)
    demand_high = demand_low + rng.integers(0, 3, size=n_projects)
    ample = rng.choice([0.4, 1.0, 2.5])
    mean = ample * demand_high.sum() / n_mentors
    load_high = rng.poisson(mean, size=n_mentors)
    load_low = rng.integers(0, load_high + 1) if rng.random() < 0.6 else np.zeros_like(load_high)
    return Constraints(
        project_ids=tuple(f"p{i}" for i in range(n_projects)),
        mentor_ids=tuple(f"m{j}" for j in range(n_mentors)),
        demand_low=demand_low,
        demand_high=np.maximum(demand_high, locked.sum(axis=1)),
        load_low=load_low,
        load_high=np.maximum(load_high, locked.sum(axis=0)),
        forbidden=forbidden,
        locked=locked,
    )


def random_case(seed: int) -> tuple[Floats, AffinityBlocks, Constraints]:
    """Values of any sign and scale, many ties, or factors of a low rank."""
    rng = np.random.default_rng(seed)
    n_projects, n_mentors = (int(n) for n in rng.integers(1, 26, size=2))
    shape = (n_projects, n_mentors)
    kind = seed % 5
    if kind == 0:
        table = rng.integers(-2, 3, size=shape).astype(float)
    elif kind == 1:
        table = rng.normal(scale=10.0 ** rng.integers(-9, 10), size=shape)
    elif kind == 2:
        table = rng.random(shape).round(2) + rng.choice([0.0, 1e6])
    elif kind == 3:  # everybody likes the same few mentors best
        table = rng.random(shape) + 3 * rng.random(n_mentors)
    else:
        rank = int(rng.integers(1, 5))
        projects, mentors = rng.normal(size=(n_projects, rank)), rng.normal(size=(n_mentors, rank))
        factored = FactoredAffinity(projects, mentors)
        rows, columns = (each.ravel() for each in np.indices(shape))
        table = factored.exact(rows, columns).reshape(shape)
        return table, factored, random_limits(rng, *shape)
    return table, called(table), random_limits(rng, *shape)


def called(table: Floats) -> CalledAffinity:
    return CalledAffinity(lambda rows: table[rows], table.shape)


def check_equal(
    found: SparseAssignment, dense: Assignment, table: Floats, limits: Constraints
) -> None:
    chosen = np.zeros(table.shape, dtype=bool)
    chosen[found.rows, found.columns] = True
    assert int(chosen.sum()) == found.n_pairs == dense.n_pairs
    assert not (chosen & limits.forbidden).any()
    assert (chosen | ~limits.locked).all()
    assert (chosen.sum(axis=1) <= limits.demand_high).all()
    assert (chosen.sum(axis=0) <= limits.load_high).all()
    short_projects = np.maximum(limits.demand_low - chosen.sum(axis=1), 0)
    short_mentors = np.maximum(limits.load_low - chosen.sum(axis=0), 0)
    assert found.project_shortfall.tolist() == short_projects.tolist()
    assert found.mentor_shortfall.tolist() == short_mentors.tolist()
    missing = sum(one.missing for one in dense.short_projects + dense.short_mentors)
    assert int(short_projects.sum() + short_mentors.sum()) == missing
    assert found.complete == dense.complete
    assert found.affinity.tolist() == table[found.rows, found.columns].tolist()
    rounding = found.rounding_bound + dense.rounding_bound + 1e-12 * float(np.abs(table).sum())
    assert abs(found.total - dense.total) <= rounding
    assert found.certificate.gap == 0.0
    assert np.lexsort((found.columns, found.rows)).tolist() == list(range(found.n_pairs))


@pytest.mark.parametrize("block", range(8))
def test_the_plan_is_as_good_as_that_of_the_whole_matrix(block: int) -> None:
    grown, partial = 0, 0
    for seed in range(block, N_CASES, 8):
        table, affinity, limits = random_case(seed)
        candidates = 1 + seed % 3
        found = assign_blocks(affinity, PairLimits.of(limits), candidates=candidates)
        check_equal(found, assign(table, limits), table, limits)
        grown += found.rounds > 1
        partial += not found.complete
    assert grown > N_CASES // 40
    assert partial > N_CASES // 40


def test_the_best_few_of_each_project_would_have_been_worse() -> None:
    rng = np.random.default_rng(8)
    table = rng.random((60, 20)) + 4 * rng.random(20)
    limits = PairLimits.build(
        demand_low=[1] * 60, demand_high=[1] * 60, load_low=[3] * 20, load_high=[3] * 20
    )
    best_three = np.argsort(-table, axis=1)[:, :3]
    outside = np.ones(table.shape, dtype=bool)
    outside[np.arange(60)[:, None], best_three] = False
    listed = PairLimits.build(
        demand_low=[1] * 60,
        demand_high=[1] * 60,
        load_low=[3] * 20,
        load_high=[3] * 20,
        forbidden=np.argwhere(outside),
    )
    worse = assign_blocks(called(table), listed, candidates=3)
    found = assign_blocks(called(table), limits, candidates=3)
    assert worse.n_pairs < 60
    assert (found.n_pairs, found.complete) == (60, True)
    assert found.rounds > 1
    assert found.n_priced == found.rounds * table.size
    assert found.n_candidates < table.size


@pytest.mark.parametrize("supply", ["even", "short"])
def test_a_lab_of_3000_by_600_is_as_good_as_the_whole_matrix(supply: str) -> None:
    n_projects, n_mentors = (3000, 600) if SOAK else (600, 120)
    rng = np.random.default_rng(3)
    projects, mentors = rng.normal(size=(n_projects, 16)), rng.normal(size=(n_mentors, 16))
    affinity = FactoredAffinity(projects, mentors)
    rows, columns = (each.ravel() for each in np.indices(affinity.shape))
    table = affinity.exact(rows, columns).reshape(affinity.shape)
    high = 11 if supply == "even" else 8
    limits = Constraints(
        project_ids=tuple(str(i) for i in range(n_projects)),
        mentor_ids=tuple(str(j) for j in range(n_mentors)),
        demand_low=np.full(n_projects, 2),
        demand_high=np.full(n_projects, 2),
        load_low=np.full(n_mentors, 7),
        load_high=np.full(n_mentors, high),
        forbidden=rng.random(table.shape) < 0.02,
        locked=np.zeros(table.shape, dtype=bool),
    )
    found = assign_blocks(affinity, PairLimits.of(limits), candidates=6)
    check_equal(found, assign(table, limits), table, limits)
    assert found.n_pairs == n_mentors * min(high, 10)


def test_the_same_input_gives_the_same_plan() -> None:
    for seed in (0, 3, 4):
        _, affinity, limits = random_case(seed)
        one, two = (assign_blocks(affinity, PairLimits.of(limits)) for _ in range(2))
        assert one.rows.tolist() == two.rows.tolist()
        assert one.columns.tolist() == two.columns.tolist()


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_nobody_on_one_side_is_an_empty_plan(shape: tuple[int, int]) -> None:
    limits = PairLimits.build(
        demand_low=[1] * shape[0],
        demand_high=[2] * shape[0],
        load_low=[1] * shape[1],
        load_high=[2] * shape[1],
    )
    plan = assign_blocks(called(np.zeros(shape)), limits)
    assert (plan.n_pairs, plan.total, plan.rounds) == (0, 0.0, 0)
    assert plan.project_shortfall.tolist() == [1] * shape[0]
    assert plan.mentor_shortfall.tolist() == [1] * shape[1]


def test_everybody_in_conflict_is_an_empty_plan() -> None:
    limits = PairLimits.build(
        demand_low=[1, 1],
        demand_high=[1, 1],
        load_low=[0],
        load_high=[2],
        forbidden=[(0, 0), (1, 0)],
    )
    plan = assign_blocks(called(np.ones((2, 1))), limits)
    assert (plan.n_pairs, plan.complete) == (0, False)


def one_each(n_projects: int, n_mentors: int) -> PairLimits:
    return PairLimits.build(
        demand_low=[1] * n_projects,
        demand_high=[1] * n_projects,
        load_low=[0] * n_mentors,
        load_high=[1] * n_mentors,
    )


def test_progress_is_told_round_by_round() -> None:
    heard: list[Progress] = []
    rng = np.random.default_rng(1)
    table = rng.random((30, 30)) + 3 * rng.random(30)
    plan = assign_blocks(called(table), one_each(30, 30), candidates=1, progress=heard.append)
    assert plan.rounds > 1
    stages = [(one.round, one.stage) for one in heard]
    rounds = [
        (number, stage) for number in range(1, plan.rounds + 1) for stage in ("plan", "pricing")
    ]
    assert stages == [(0, "candidates"), *rounds]
    assert heard[0] == Progress("candidates", 0, 30, 30, 30, 0)
    assert heard[-1] == Progress("pricing", plan.rounds, 30, 30, 0, plan.n_candidates)


@pytest.mark.parametrize("asked", [1, 2, 3, 4, 5])
def test_a_cancelled_search_stops_at_once(asked: int) -> None:
    answers = iter([False] * (asked - 1) + [True])
    with pytest.raises(Cancelled):
        assign_blocks(
            called(np.random.default_rng(1).random((9, 9))),
            one_each(9, 9),
            candidates=1,
            cancelled=lambda: next(answers),
        )
    assert list(answers) == []


def test_a_product_is_cancelled_between_its_blocks() -> None:
    rng = np.random.default_rng(2)
    affinity = FactoredAffinity(rng.normal(size=(4000, 2)), rng.normal(size=(2000, 2)))
    heard: list[Progress] = []
    with pytest.raises(Cancelled):
        assign_blocks(
            affinity,
            one_each(4000, 2000),
            progress=heard.append,
            cancelled=lambda: len(heard) == 3,
        )
    assert [one.rows_done for one in heard] == [320, 640, 960]


def test_the_affinity_is_for_the_same_people() -> None:
    with pytest.raises(ValueError, match=r"shape \(2, 3\) and the limits \(2, 2\)"):
        assign_blocks(called(np.zeros((2, 3))), one_each(2, 2))


def test_no_candidates_leave_no_plan() -> None:
    with pytest.raises(ValueError, match="give 1 or more"):
        assign_blocks(called(np.zeros((2, 2))), one_each(2, 2), candidates=0)


@pytest.mark.parametrize("scale", [1e300, 1e-300, 1e-310])
def test_huge_and_tiny_affinities_are_compared_all_the_same(scale: float) -> None:
    fit = np.array([[0.9, 0.8, -0.3], [0.75, 0.125, 0.5]]) * scale
    plan = assign_blocks(called(fit), one_each(2, 3))
    assert list(zip(plan.rows.tolist(), plan.columns.tolist(), strict=True)) == [(0, 1), (1, 0)]
    assert plan.total == fit[0, 1] + fit[1, 0]


def test_finer_steps_than_the_solver_can_hold_are_made_coarser(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # So fine from the start, 64 bits run out in small labs too, and not only in huge ones.
    monkeypatch.setattr("matcher.whole_matrix.assigning.MOST_LEVELS", 10**16)
    rng = np.random.default_rng(2)
    n_projects, n_mentors = (int(n) for n in rng.integers(15, 60, size=2))
    fit = rng.integers(0, 2, size=(n_projects, n_mentors)).astype(np.float64)
    low = rng.integers(0, 3, size=n_projects)
    limits = PairLimits.build(
        demand_low=low,
        demand_high=low + rng.integers(0, 2, size=n_projects),
        load_low=rng.integers(0, 3, size=n_mentors),
        load_high=rng.integers(2, 6, size=n_mentors),
    )
    candidates = int(rng.integers(1, 17))
    plan = assign_blocks(called(fit), limits, candidates=candidates)
    monkeypatch.undo()
    usual = assign_blocks(called(fit), limits, candidates=candidates)
    assert plan.total == usual.total
    assert (plan.n_pairs, plan.complete) == (usual.n_pairs, usual.complete)
