"""The plan for a project's mentors together beside every plan there is."""

from __future__ import annotations

import os

import numpy as np
import pytest

from matcher.constraints import Constraints
from matcher.errors import MatcherError
from matcher.teams import TeamRules, assign_teams
from tests.matcher.fairness.every_plan import Floats, random_lab
from tests.matcher.teams.every_team_plan import (
    allowed,
    best_standing,
    minimums,
    random_rules,
    standing,
)

N_ROUNDS = int(os.environ.get("CAMPFIRE_SOAK_ROUNDS", "1"))
N_CASES = 60 * N_ROUNDS
CONTRADICTIONS = {
    "locks_apart",
    "locks_beyond_mix",
    "locks_beyond_person",
    "locks_repeat_mentor",
    "locks_beyond_hours",
}


def check(affinity: Floats, limits: Constraints, rules: TeamRules, size: float) -> bool:
    """Whether there was a plan to compare."""
    if not allowed(limits.locked, limits, rules):
        with pytest.raises(MatcherError) as caught:
            assign_teams(affinity, limits, rules)
        assert caught.value.code in CONTRADICTIONS
        return False
    plan = assign_teams(affinity, limits, rules)
    chosen = plan.assignment.chosen
    wanted = best_standing(affinity, limits, rules)
    assert allowed(chosen, limits, rules)
    assert not (chosen & limits.forbidden).any()
    assert (chosen | ~limits.locked).all()
    mine = standing(chosen, affinity, limits, rules, minimums(limits, rules))
    assert (mine.missing, mine.pairs, mine.shortfall) == (
        wanted.missing,
        wanted.pairs,
        wanted.shortfall,
    )
    assert abs(mine.worth - wanted.worth) <= 1e-7 * size
    assert abs(plan.worth - mine.worth) <= 1e-9 * size
    assert (plan.missing, plan.shortfall) == (mine.missing, mine.shortfall)
    assert plan.settled
    assert plan.certificate.gap <= 1e-7 * size
    assert plan.certificate.upper_bound >= wanted.worth - 1e-7 * size
    return True


@pytest.mark.parametrize("block", range(4))
def test_the_plan_is_the_best_of_all(block: int) -> None:
    n_compared = 0
    for seed in range(block * N_CASES, (block + 1) * N_CASES):
        affinity, limits = random_lab(seed, most_cells=9)
        size = float(np.abs(affinity).max()) or 1.0
        rules = random_rules(seed, limits, size=size)
        try:
            n_compared += check(affinity, limits, rules, size)
        except AssertionError as wrong:
            raise AssertionError(f"seed {seed}: {rules}") from wrong
    assert n_compared > 0.7 * N_CASES
