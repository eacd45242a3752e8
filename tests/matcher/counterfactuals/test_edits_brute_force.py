"""Plans after edits beside solving every plan there is from nothing."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.counterfactuals import SolvedPlan
from matcher.counterfactuals.residual import Residual
from matcher.counterfactuals.weights import FINITE
from matcher.errors import MatcherError
from matcher.profiles import Demand, Load
from tests.matcher.counterfactuals.small_plans import N_CASES, best, same, slack_of, value_of
from tests.matcher.every_plan import allowed, random_case

CONTRADICTIONS = {"lock_against_conflict", "locks_beyond_demand", "locks_beyond_load"}
EDITS = ("lock", "unlock", "forbid", "allow", "demand", "load")


def edited(plan: SolvedPlan, what: str, rng: np.random.Generator) -> SolvedPlan:
    """One edit of a kind; the same plan where it would contradict the others."""
    try:
        return attempted(plan, what, rng)
    except MatcherError as refused:
        if refused.code not in CONTRADICTIONS:
            raise
        return plan


def attempted(plan: SolvedPlan, what: str, rng: np.random.Generator) -> SolvedPlan:
    n_projects, n_mentors = plan.constraints.shape
    project, mentor = f"p{rng.integers(n_projects)}", f"m{rng.integers(n_mentors)}"
    low, more = int(rng.integers(0, 5)), int(rng.integers(0, 3))
    if what == "demand":
        return plan.with_demand(project, Demand(low, low + more))
    if what == "load":
        return plan.with_load(mentor, Load(low, None if rng.random() < 0.2 else low + more))
    changed: SolvedPlan = getattr(plan, what)(project, mentor)
    return changed


def folded_anew(residual: Residual) -> Residual:
    return Residual.of(residual.costs, residual.free, residual.held, residual.pool)


@pytest.mark.parametrize("block", range(4))
def test_any_row_of_edits_ends_at_the_best_plan(block: int) -> None:
    done = dict.fromkeys(EDITS, 0)
    for seed in range(block, N_CASES, 4):
        affinity, limits = random_case(seed)
        rng = np.random.default_rng(seed)
        plan = SolvedPlan.solve(affinity, limits)
        for _ in range(8):
            what = EDITS[rng.integers(len(EDITS))]
            after = edited(plan, what, rng)
            done[what] += after is not plan
            plan = after
            assert allowed(plan.assignment.chosen, plan.constraints), (seed, what)
            slack = slack_of(affinity, plan)
            wanted = best(affinity, plan.constraints)
            assert same(value_of(plan), wanted, slack), (seed, what)
            residual = plan._state.residual
            known = np.minimum(residual.folded, FINITE)
            assert (known == np.minimum(folded_anew(residual).folded, FINITE)).all(), (seed, what)
    assert min(done.values()) > N_CASES / 16


def test_edited_prices_are_those_of_the_edited_plan() -> None:
    for seed in range(0, N_CASES, 8):
        affinity, limits = random_case(seed)
        rng = np.random.default_rng(seed)
        plan = SolvedPlan.solve(affinity, limits)
        for what in ("load", "demand", "forbid"):
            plan = edited(plan, what, rng)
        cold = SolvedPlan.solve(affinity, plan.constraints)
        slack = slack_of(affinity, plan, cold)
        warm, anew = plan.prices(), cold.prices()
        # Equally good plans may choose otherwise; what a forced pair leaves is the same.
        assert warm.possible.tolist() == anew.possible.tolist()
        possible = warm.possible
        assert warm.pairs_lost[possible].tolist() == anew.pairs_lost[possible].tolist()
        left = plan.assignment.total - warm.affinity[possible]
        assert (
            np.abs(left - (cold.assignment.total - anew.affinity[possible])).max(initial=0)
            <= 2 * slack
        )
