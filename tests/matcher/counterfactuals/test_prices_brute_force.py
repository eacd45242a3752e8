"""Every pair's price and consequence beside solving every plan there is."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.counterfactuals import Consequence, Prices, SolvedPlan
from matcher.errors import MatcherError
from matcher.pair_costs import Floats
from tests.matcher.counterfactuals.small_plans import (
    N_CASES,
    Value,
    best,
    cells_of,
    same,
    slack_of,
    value_of,
    with_lock,
    without,
)
from tests.matcher.every_plan import random_case


def solved(seed: int) -> tuple[Floats, SolvedPlan]:
    affinity, limits = random_case(seed)
    return affinity, SolvedPlan.solve(affinity, limits)


def forced_value(plan: SolvedPlan, prices: Prices, cell: tuple[int, int]) -> Value:
    pairs, kept, total = value_of(plan)
    return (
        pairs - int(prices.pairs_lost[cell]),
        kept - int(prices.minimums_missed[cell]),
        total - float(prices.affinity[cell]),
    )


def dropped_value(plan: SolvedPlan, prices: Prices, cell: tuple[int, int]) -> Value:
    pairs, kept, total = value_of(plan)
    return (
        pairs - int(prices.drop_pairs_lost[cell]),
        kept - int(prices.drop_minimums_missed[cell]),
        total - float(prices.drop_affinity[cell]),
    )


def value_after(plan: SolvedPlan, consequence: Consequence) -> Value:
    pairs, kept, _ = value_of(plan)
    return pairs - consequence.pairs_lost, kept - consequence.minimums_missed, consequence.total


def applied(plan: SolvedPlan, consequence: Consequence) -> np.ndarray:  # type: ignore[type-arg]
    limits, chosen = plan.constraints, plan.assignment.chosen.copy()
    for mark, pairs in ((False, consequence.lost), (True, consequence.gained)):
        for pair in pairs:
            cell = limits.project_ids.index(pair.project), limits.mentor_ids.index(pair.mentor)
            assert chosen[cell] != mark
            chosen[cell] = mark
    return chosen


@pytest.mark.parametrize("block", range(4))
def test_forcing_a_pair_costs_its_price(block: int) -> None:
    asked = lost = missed = 0
    for seed in range(block, N_CASES, 4):
        affinity, plan = solved(seed)
        prices, slack = plan.prices(), slack_of(affinity, plan)
        for cell in cells_of(~plan.assignment.chosen):
            project, mentor = f"p{cell[0]}", f"m{cell[1]}"
            limits = with_lock(plan.constraints, cell)
            assert bool(prices.possible[cell]) == (limits is not None), (seed, cell)
            if limits is None:
                with pytest.raises(MatcherError) as raised:
                    plan.consequence(project, mentor)
                conflict = plan.constraints.forbidden[cell]
                assert raised.value.code == ("pair_forbidden" if conflict else "pair_without_place")
                assert prices.affinity[cell] == np.inf
                continue
            wanted = best(affinity, limits)
            assert same(forced_value(plan, prices, cell), wanted, slack), (seed, cell)
            consequence = plan.consequence(project, mentor)
            assert same(value_after(plan, consequence), wanted, slack), (seed, cell)
            assert consequence.gained[0] == (project, mentor)
            chosen = applied(plan, consequence)
            assert abs(affinity[chosen].sum() - consequence.total) <= slack
            asked += 1
            lost += consequence.pairs_lost > 0
            missed += consequence.minimums_missed > 0
    assert asked > N_CASES / 8
    assert min(lost, missed) > 0  # a forced pair can cost a pair or a minimum


@pytest.mark.parametrize("block", range(4))
def test_dropping_a_pair_costs_its_price(block: int) -> None:
    locks = 0
    for seed in range(block, N_CASES, 4):
        affinity, plan = solved(seed)
        prices, slack = plan.prices(), slack_of(affinity, plan)
        chosen = plan.assignment.chosen
        assert prices.chosen.tolist() == chosen.tolist()
        assert not prices.affinity[chosen].any()
        for cell in cells_of(chosen):
            wanted = best(affinity, without(plan.constraints, cell))
            assert same(dropped_value(plan, prices, cell), wanted, slack), (seed, cell)
            consequence = plan.consequence(f"p{cell[0]}", f"m{cell[1]}", drop=True)
            assert same(value_after(plan, consequence), wanted, slack), (seed, cell)
            assert consequence.lost[0] == (f"p{cell[0]}", f"m{cell[1]}")
            applied(plan, consequence)
            locks += bool(plan.constraints.locked[cell])
        assert not prices.drop_affinity[~chosen].any()
        assert not prices.drop_pairs_lost[~chosen].any()
    assert locks > 0
