"""Each aim's plan beside every best plan there is."""

from __future__ import annotations

import itertools
import os

import numpy as np
import pytest

from matcher.constraints import Constraints
from matcher.fairness import FairPlan, compare_aims
from tests.matcher.fairness.every_plan import Chosen, Floats, best_plans, random_lab

N_ROUNDS = int(os.environ.get("CAMPFIRE_SOAK_ROUNDS", "1"))
N_CASES = 150 * N_ROUNDS


def own_best_of(row: int, lifted: Floats, limits: Constraints) -> float:
    """The greatest sum of a project alone, by every choice there is."""
    locked = limits.locked[row]
    takes = limits.load_high > limits.locked.sum(axis=0)
    free = np.flatnonzero(takes & ~locked & ~limits.forbidden[row])
    n_free = min(int(limits.demand_high[row] - locked.sum()), len(free))
    sums = [float(lifted[row, list(some)].sum()) for some in itertools.combinations(free, n_free)]
    return float(lifted[row][locked].sum()) + max(sums)


def values_of(
    plans: list[Chosen], affinity: Floats, limits: Constraints, aim: str
) -> tuple[Floats, Chosen]:
    """Each plan's values of the projects that are counted, and who those are."""
    pairs = np.array(plans)
    counted = pairs.any(axis=(0, 2)) & (limits.demand_high > 0)
    if aim != "close_to_own_best":
        return ((pairs * affinity).sum(axis=2) / np.maximum(limits.demand_low, 1))[
            :, counted
        ], counted
    lifted = affinity - min(0.0, affinity[~limits.forbidden].min(initial=0.0))
    best = np.array([own_best_of(row, lifted, limits) for row in range(len(lifted))])
    counted &= best > 0
    return ((pairs * lifted).sum(axis=2)[:, counted] / best[counted]), counted


def fairest_of(values: Floats, totals: Floats, aim: str, tolerance: float) -> tuple[Floats, float]:
    """The sorted values, or as many of them as the aim raises, and the total."""
    depth = {"best_overall": 0, "leximin": values.shape[1]}.get(aim, min(1, values.shape[1]))
    in_order = np.sort(values, axis=1)[:, :depth]
    left = np.ones(len(values), dtype=bool)
    for position in range(depth):
        left &= in_order[:, position] >= in_order[left, position].max() - tolerance
    best = int(np.flatnonzero(left)[np.argmax(totals[left])])
    return in_order[best], float(totals[best])


def check(plan: FairPlan, affinity: Floats, limits: Constraints, plans: list[Chosen]) -> None:
    size = float(np.abs(affinity).max()) or 1.0
    tolerance = 1e-7 * (1.0 if plan.aim == "close_to_own_best" else size)
    values, counted = values_of(plans, affinity, limits, plan.aim)
    totals = np.array([float(affinity[one].sum()) for one in plans])
    wanted, total = fairest_of(values, totals, plan.aim, tolerance)
    mine = [one.tobytes() for one in plans].index(plan.assignment.chosen.tobytes())
    found = np.sort(values[mine])
    assert np.abs(found[: len(wanted)] - wanted).max(initial=0.0) <= tolerance
    assert abs(plan.total - total) <= 5e-7 * size
    assert abs(plan.floor - found.min(initial=np.inf)) <= tolerance if counted.any() else True
    assert plan.floor_bound >= values.min(axis=1).max() - tolerance if counted.any() else True
    assert plan.certificate.upper_bound >= total - 1e-9 * size
    assert plan.proven
    asking = np.flatnonzero((limits.demand_high > 0) & ~counted)
    assert plan.left_out == tuple(limits.project_ids[row] for row in asking)


@pytest.mark.parametrize("single", [False, True], ids=["several mentors", "one mentor"])
@pytest.mark.parametrize("block", range(2))
def test_every_aim_gives_the_fairest_of_all_plans(block: int, single: bool) -> None:
    n_prices = 0
    for seed in range(block * N_CASES, (block + 1) * N_CASES):
        affinity, limits = random_lab(seed, single=single)
        plans = best_plans(limits)
        for plan in compare_aims(affinity, limits):
            try:
                check(plan, affinity, limits, plans)
            except (AssertionError, ValueError) as wrong:
                raise AssertionError(f"seed {seed}, {plan.aim}: {plan}") from wrong
            n_prices += plan.price > 0
    assert n_prices > 3  # fairness has its price among the cases
