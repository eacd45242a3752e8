"""Stable plans and the frontier beside every best plan there is."""

from __future__ import annotations

import itertools
import math
import os

import numpy as np
import pytest

from matcher.constraints import Constraints
from matcher.profiles import Demand, Load
from matcher.stability import StablePlan, frontier, stable_assign
from tests.matcher.fairness.every_plan import Chosen, Floats, best_plans, random_lab

N_ROUNDS = int(os.environ.get("CAMPFIRE_SOAK_ROUNDS", "1"))
N_CASES = 120 * N_ROUNDS


def standing_for(seed: int, limits: Constraints) -> Chosen:
    """A standing plan, which may break what holds today."""
    rng = np.random.default_rng(seed + 1_000_000)
    standing = rng.random(limits.shape) < 0.4
    return standing & ~limits.forbidden if seed % 2 else standing


def n_changes(standing: Chosen, plan: Chosen) -> int:
    return max(int((standing & ~plan).sum()), int((plan & ~standing).sum()))


def prices(affinity: Floats) -> list[float]:
    size = float(np.abs(affinity).max()) or 1.0
    return [0.0, 0.05 * size, 0.3 * size, size, 3 * size, 50 * size, math.inf]


def check_exchanges(
    plan: StablePlan, standing: Chosen, affinity: Floats, limits: Constraints
) -> None:
    """Any exchanges can be taken: nobody's number of pairs leaves what the two plans give them."""
    size = float(np.abs(affinity).max())
    assert abs(plan.gain - math.fsum(one.gain for one in plan.exchanges)) <= 1e-9 * size
    assert abs(plan.gain - math.fsum(one.gain for one in plan.lines)) <= 1e-9 * size
    rows = {one: at for at, one in enumerate(limits.project_ids)}
    columns = {one: at for at, one in enumerate(limits.mentor_ids)}
    after = plan.assignment.chosen
    rng = np.random.default_rng(0)
    for _ in range(4):
        partly = standing.copy()
        for exchange in plan.exchanges:
            if rng.random() < 0.5:
                for project, mentor in exchange.lost:
                    assert partly[rows[project], columns[mentor]]
                    partly[rows[project], columns[mentor]] = False
                for project, mentor in exchange.gained:
                    assert not partly[rows[project], columns[mentor]]
                    partly[rows[project], columns[mentor]] = True
        for axis in (0, 1):
            counts = [one.sum(axis=axis) for one in (standing, after, partly)]
            assert (counts[2] >= np.minimum(counts[0], counts[1])).all()
            assert (counts[2] <= np.maximum(counts[0], counts[1])).all()
    for exchange in plan.exchanges:
        left = after.copy()
        for project, mentor in exchange.gained:
            left[rows[project], columns[mentor]] = False
        for project, mentor in exchange.lost:
            left[rows[project], columns[mentor]] = True
        as_good = {one.tobytes() for one in best_plans(limits)}
        assert exchange.needed == (left.tobytes() not in as_good)


@pytest.mark.parametrize("block", range(2))
def test_the_plan_is_the_best_at_every_price(block: int) -> None:
    for seed in range(block * N_CASES, (block + 1) * N_CASES):
        affinity, limits = random_lab(seed)
        standing, plans = standing_for(seed, limits), best_plans(limits)
        totals = np.array([float(affinity[one].sum()) for one in plans])
        changed = np.array([n_changes(standing, one) for one in plans])
        for price in prices(affinity):
            plan = stable_assign(affinity, limits, standing, price)
            assert plan.assignment.chosen.tobytes() in {one.tobytes() for one in plans}, seed
            assert plan.n_changes == n_changes(standing, plan.assignment.chosen), seed
            slack = 1e-8 * (float(np.abs(affinity).max()) + (price if price < math.inf else 0))
            if price == math.inf:
                assert plan.n_changes == changed.min(), seed
                assert abs(plan.total - totals[changed == changed.min()].max()) <= slack, seed
                continue
            worth = totals - price * changed
            assert abs(plan.total - price * plan.n_changes - worth.max()) <= slack, seed
            assert plan.n_changes == changed[worth >= worth.max() - slack / 10].min(), seed
        check_exchanges(plan, standing, affinity, limits)
        check_exchanges(stable_assign(affinity, limits, standing, 0), standing, affinity, limits)


def test_what_cannot_stay_is_named() -> None:
    n_named = 0
    for seed in range(N_CASES):
        affinity, limits = random_lab(seed)
        standing = standing_for(seed, limits)
        gone = standing & ~np.any(best_plans(limits), axis=0)
        plan = stable_assign(affinity, limits, standing, math.inf)
        named = {(one.project, one.mentor): one.why for one in plan.impossible}
        assert named == {
            (limits.project_ids[row], limits.mentor_ids[column]): "conflict"
            if limits.forbidden[row, column]
            else "no_place"
            for row, column in np.argwhere(gone)
        }, seed
        n_named += len(named)
    assert n_named > 20


def is_supported(totals: dict[int, float], n: int, tolerance: float) -> bool:
    """Whether some price from 0 up makes this number of changes the best."""
    rises = [(total - totals[n]) / (other - n) for other, total in totals.items() if other > n]
    falls = [(totals[n] - total) / (n - other) for other, total in totals.items() if other < n]
    return max([0.0, *rises]) <= min([math.inf, *falls]) + tolerance


def check_frontier(
    seed: int, affinity: Floats, limits: Constraints, standing: Chosen, plans: list[Chosen]
) -> list[bool]:
    """Every point beside the best of all plans; which of them are supported."""
    size = float(np.abs(affinity).max()) or 1.0
    totals = np.array([float(affinity[one].sum()) for one in plans])
    changed = np.array([n_changes(standing, one) for one in plans])
    last = changed[totals >= totals.max() - 1e-9 * size].min()
    points = frontier(affinity, limits, standing)
    assert [one.n_changes for one in points] == list(range(changed.min(), last + 1)), seed
    best = {int(n): float(totals[changed == n].max()) for n in set(changed)}
    for point in points:
        wanted = totals[changed <= point.n_changes].max()
        assert abs(point.total - wanted) <= 1e-8 * size, (seed, point)
        assert point.gap == 0, (seed, point)
        assert n_changes(standing, point.chosen) <= point.n_changes, seed
        reached = abs(best.get(point.n_changes, -math.inf) - point.total) <= 1e-8 * size
        supported = reached and is_supported(best, point.n_changes, 1e-8 * size)
        assert point.supported == supported, (seed, point)
    return [point.supported for point in points]


def test_the_frontier_has_the_best_total_for_every_number_of_changes() -> None:
    for seed in range(2 * N_CASES):
        affinity, limits = random_lab(seed)
        check_frontier(seed, affinity, limits, standing_for(seed, limits), best_plans(limits))


def test_the_points_between_the_corners_of_the_frontier() -> None:
    kinds = {True: 0, False: 0}
    for seed in range(N_CASES):
        rng = np.random.default_rng(seed)
        n, spare = int(rng.integers(3, 6)), int(rng.integers(0, 2))
        affinity = rng.random((n, n + spare)).round(int(rng.integers(1, 8)))
        limits = Constraints.build(
            [f"p{i}" for i in range(n)],
            [f"m{j}" for j in range(n + spare)],
            demand=[Demand(1, 1)] * n,
            loads=[Load(0, 1)] * (n + spare),
        )
        plans = []
        for mentors in itertools.permutations(range(n + spare), n):
            plans.append(np.zeros(limits.shape, dtype=bool))
            plans[-1][np.arange(n), mentors] = True
        standing = np.eye(n, n + spare, dtype=bool)
        for supported in check_frontier(seed, affinity, limits, standing, plans):
            kinds[supported] += 1
    assert min(kinds.values()) > 30
