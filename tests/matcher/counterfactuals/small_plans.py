"""Small solved plans, and how they compare with the best of every plan."""

from __future__ import annotations

import os
from dataclasses import replace

import numpy as np

from matcher.constraints import BoolArray, Constraints
from matcher.counterfactuals import SolvedPlan
from matcher.pair_costs import Floats
from tests.matcher.every_plan import best_of_all, missing

# Small labs a test looks at; more on request, for a night's run.
N_CASES = max(480, int(os.environ.get("CAMPFIRE_SOAK_ROUNDS", "0")))

Value = tuple[int, int, float]


def value_of(plan: SolvedPlan) -> Value:
    """Pairs, minimums kept and total, as every_plan counts them."""
    found = plan.assignment
    return found.n_pairs, -missing(found.chosen, plan.constraints), found.total


def slack_of(affinity: Floats, *plans: SolvedPlan) -> float:
    rounding = max(plan.assignment.rounding_bound for plan in plans)
    largest_pair = 2 * rounding / max(1, min(plan.assignment.n_pairs for plan in plans))
    return rounding + largest_pair + 1e-11 * float(np.abs(affinity).sum())


def same(found: Value, best: Value, slack: float) -> bool:
    return found[:2] == best[:2] and abs(found[2] - best[2]) <= slack


def marked(marks: BoolArray, cell: tuple[int, int], mark: bool) -> BoolArray:
    changed = marks.copy()
    changed[cell] = mark
    return changed


def with_lock(limits: Constraints, cell: tuple[int, int]) -> Constraints | None:
    """The constraints with a pair locked, or None where they contradict each other."""
    locked = marked(limits.locked, cell, True)
    kept = (locked.sum(axis=1) <= limits.demand_high).all() and (
        locked.sum(axis=0) <= limits.load_high
    ).all()
    return replace(limits, locked=locked) if kept and not limits.forbidden[cell] else None


def without(limits: Constraints, cell: tuple[int, int]) -> Constraints:
    """The constraints with a pair forbidden, and unlocked if it was locked."""
    return replace(
        limits,
        locked=marked(limits.locked, cell, False),
        forbidden=marked(limits.forbidden, cell, True),
    )


def cells_of(marks: BoolArray) -> list[tuple[int, int]]:
    return [(int(row), int(column)) for row, column in np.argwhere(marks)]


def best(affinity: Floats, limits: Constraints) -> Value:
    return best_of_all(affinity, limits)
