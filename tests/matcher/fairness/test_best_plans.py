"""The bounds beside every plan named one by one."""

from __future__ import annotations

import itertools

import numpy as np

from matcher.fairness.aims import served
from matcher.fairness.best_plans import BestPlans
from tests.matcher.fairness.every_plan import Chosen, best_plans, random_lab

N_CASES = 200


def held_by(plans: BestPlans) -> set[bytes]:
    """Every plan that keeps the bounds."""
    found = set()
    cells = np.argwhere(plans.open_pairs)
    for bits in itertools.product([False, True], repeat=len(cells)):
        free = np.zeros_like(plans.always)
        free[cells[:, 0], cells[:, 1]] = bits
        rows, columns = free.sum(axis=1), free.sum(axis=0)
        if (
            (plans.row_low <= rows).all()
            and (rows <= plans.row_high).all()
            and (plans.column_low <= columns).all()
            and (columns <= plans.column_high).all()
        ):
            found.add((free | plans.always).tobytes())
    return found


def named(plans: list[Chosen]) -> set[bytes]:
    return {plan.tobytes() for plan in plans}


def test_the_bounds_hold_the_best_plans_and_no_others() -> None:
    for seed in range(N_CASES):
        _, limits = random_lab(seed)
        plans, every = BestPlans.of(limits), best_plans(limits)
        assert held_by(plans) == named(every), seed
        assert plans.some_plan.tobytes() in named(every), seed


def test_the_cheapest_plans_are_again_bounds() -> None:
    for seed in range(N_CASES):
        _, limits = random_lab(seed)
        costs = np.random.default_rng(seed).integers(0, 3, size=limits.shape)
        every = best_plans(limits)
        least = min(int(costs[plan].sum()) for plan in every)
        cheapest = [plan for plan in every if costs[plan].sum() == least]
        found = BestPlans.of(limits).cheapest(costs)
        assert held_by(found) == named(cheapest), seed
        assert held_by(found.cheapest(costs[::-1, ::-1])) <= named(cheapest), seed


def test_the_best_of_the_plans_has_the_greatest_total() -> None:
    for seed in range(N_CASES):
        affinity, limits = random_lab(seed)
        chosen, rounding = BestPlans.of(limits).best(affinity)
        greatest = max(float(affinity[plan].sum()) for plan in best_plans(limits))
        slack = rounding + 1e-12 * float(np.abs(affinity).sum())
        assert abs(float(affinity[chosen].sum()) - greatest) <= slack, seed


def test_plans_within_some_pairs_are_found_where_there_are_any() -> None:
    n_none = 0
    for seed in range(N_CASES):
        _, limits = random_lab(seed)
        rng = np.random.default_rng(seed)
        allowed = (rng.random(limits.shape) < 0.7) | limits.locked
        row_low = rng.integers(0, 2, size=limits.shape[0])
        plans = BestPlans.of(limits)
        free = [plan & ~plans.always for plan in best_plans(limits)]
        wanted = [
            plan
            for plan in free
            if not (plan & ~allowed).any() and (plan.sum(axis=1) >= row_low).all()
        ]
        found = plans.within(allowed, row_low)
        assert (found is None) == (not wanted), seed
        if found is None:
            n_none += 1
        else:
            assert (found.some_plan & ~plans.always).tobytes() in named(wanted), seed
            assert held_by(found) == {(p | plans.always).tobytes() for p in wanted}, seed
    assert 20 < n_none < N_CASES - 20


def test_who_gets_somebody_in_some_best_plan() -> None:
    n_left_out = 0
    for seed in range(N_CASES):
        _, limits = random_lab(seed)
        ever = np.any([plan.any(axis=1) for plan in best_plans(limits)], axis=0)
        assert served(BestPlans.of(limits)).tolist() == ever.tolist(), seed
        n_left_out += int((~ever).sum())
    assert n_left_out > 20
