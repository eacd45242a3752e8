"""Repairs beside every act and every combination of acts."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.constraints import Constraints
from matcher.diagnosis import Act, ActWeights, Diagnosis, Repair, diagnose
from tests.matcher.diagnosis.every_repair import (
    N_ROUNDS,
    Floats,
    every_act,
    lightest_by_every_plan,
    short_case,
    solved,
)

N_CASES = 600 * N_ROUNDS
N_BATCHES = 10
KINDS = (
    "raise_load",
    "lower_min_load",
    "raise_demand",
    "lower_demand",
    "release_lock",
    "lift_conflict",
)


def near(one: float, other: float, affinity: Floats) -> bool:
    return abs(one - other) <= 1e-7 * float(np.abs(affinity).sum())


def check_as_said(one: Repair, found: Diagnosis, affinity: Floats, limits: Constraints) -> None:
    pairs, missing, total = solved(affinity, limits, *one.acts)
    assert (one.n_pairs, one.remaining) == (pairs, missing)
    assert near(one.total, total, affinity)
    assert one.filled == found.missing - missing > 0
    assert near(one.gain, total - found.plan.total, affinity)
    assert one.complete == (missing == 0)


@pytest.mark.parametrize("batch", range(N_BATCHES))
def test_the_lightest_combination_is_the_lightest_of_all(batch: int) -> None:
    several = 0
    for seed in range(batch, N_CASES, N_BATCHES):
        affinity, limits = short_case(seed)
        rng = np.random.default_rng(seed)
        weights = ActWeights()
        if seed % 3 == 0:
            weights = ActWeights(
                **dict(zip(KINDS, rng.integers(1, 12, size=6).tolist(), strict=True))
            )
        liftable = rng.random(limits.shape) < (1 if seed % 2 else 0.5)
        pairs = [(limits.project_ids[i], limits.mentor_ids[j]) for i, j in np.argwhere(liftable)]
        found = diagnose(affinity, limits, weights=weights, may_lift=pairs)
        best = lightest_by_every_plan(affinity, limits, weights, liftable)
        for one in found.repairs:
            check_as_said(one, found, affinity, limits)
            lifted = {(act.project, act.mentor) for act in one.acts if act.asks}
            assert lifted <= set(pairs)
            assert one.asks == bool(lifted)
        if found.lightest is None:
            assert best[0] == 0
            continue
        assert found.lightest.weight == best[0]
        several += len(found.lightest.acts) > 1
        if len(found.lightest.acts) > 1:
            assert found.lightest.n_pairs == best[1]
            assert near(found.lightest.total, best[2], affinity)
    assert several > 5


def repairs_by_trying(
    affinity: Floats, limits: Constraints, places: range, missing: int, weights: ActWeights
) -> list[tuple[int, int, int, float, Act]]:
    """Remaining, weight, pairs, total of each single act that fills something."""
    tried = []
    for number in places:
        for act in every_act(limits, number):
            pairs, remaining, total = solved(affinity, limits, act)
            if remaining < missing:
                tried.append((remaining, act.weight(weights), -pairs, -total, act))
    return tried


@pytest.mark.parametrize("batch", range(N_BATCHES))
def test_single_acts_are_the_best_of_their_kind(batch: int) -> None:
    n_complete = n_first = 0
    weights = ActWeights()
    for seed in range(batch, N_CASES // 4, N_BATCHES):
        affinity, limits = short_case(seed)
        found = diagnose(affinity, limits, each=2)
        if found.complete:
            continue
        tried = repairs_by_trying(affinity, limits, range(1, 4), found.missing, weights)
        # A place more than it takes is no better act.
        whole = [one for one in tried if one[0] == 0 and one[4].places in {1, found.missing}]
        first = [one for one in tried if one[4].places == 1]
        singles = [one for one in found.repairs if len(one.acts) == 1]
        if whole:
            n_complete += 1
            assert all(one.complete for one in found.repairs)
        else:
            n_first += 1
            singles = [one for one in singles if not one.complete]
        for kind in KINDS:
            best = sorted(one for one in (whole or first) if one[4].kind == kind)[:2]
            ours = [one for one in singles if one.acts[0].kind == kind]
            assert [(one.remaining, one.weight, -one.n_pairs) for one in ours] == [
                one[:3] for one in best
            ]
            for one, (_, _, _, total, _) in zip(ours, best, strict=True):
                assert near(one.total, -total, affinity)
        assert list(found.repairs) == sorted(found.repairs, key=lambda one: one.rank)
    assert n_complete > 0
    assert n_first > 0
