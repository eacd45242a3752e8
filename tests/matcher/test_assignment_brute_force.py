"""The plan beside every plan there is, on hundreds of small cases."""

from __future__ import annotations

import math

import numpy as np
import pytest

from matcher.assignment import Assignment, assign
from matcher.constraints import Constraints
from tests.matcher.every_plan import allowed, best_of_all, every_plan, missing, random_case

N_CASES = 600


def value_of(plan: Assignment, limits: Constraints) -> tuple[int, int]:
    return plan.n_pairs, -missing(plan.chosen, limits)


@pytest.mark.parametrize("block", range(6))
def test_the_plan_equals_the_best_of_all_plans(block: int) -> None:
    partial = 0
    for seed in range(block * N_CASES // 6, (block + 1) * N_CASES // 6):
        affinity, limits = random_case(seed)
        plan = assign(affinity, limits)
        pairs, short, total = best_of_all(affinity, limits)
        assert allowed(plan.chosen, limits), seed
        assert value_of(plan, limits) == (pairs, short), seed
        slack = plan.rounding_bound + 1e-12 * float(np.abs(affinity).sum())
        assert abs(plan.total - total) <= slack, seed
        assert plan.total == math.fsum(affinity[plan.chosen]), seed
        assert plan.complete == (short == 0), seed
        shortfalls = plan.short_projects + plan.short_mentors
        assert sum(one.missing for one in shortfalls) == -short, seed
        partial += not plan.complete
    assert partial > 20  # shortage is among the cases


def test_the_check_itself_equals_naming_every_plan() -> None:
    seeds = [seed for seed in range(N_CASES) if random_case(seed)[0].size <= 9][:60]
    assert len(seeds) == 60
    for seed in seeds:
        affinity, limits = random_case(seed)
        pairs, short, total = best_of_all(affinity, limits)
        named = every_plan(affinity, limits)
        assert named[:2] == (pairs, short), seed
        assert abs(named[2] - total) <= 1e-12 * float(np.abs(affinity).sum()), seed
