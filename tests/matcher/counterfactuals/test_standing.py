"""A pair chosen in somebody's own plan beside every plan it could become."""

from __future__ import annotations

import itertools
import subprocess
import sys

import numpy as np
import pytest

from matcher.constraints import BoolArray, Constraints
from matcher.counterfactuals import Consequence, Pair, StandingPlan, consequence_of
from matcher.errors import MatcherError
from matcher.pair_costs import Floats
from matcher.profiles import Conflict, Demand, Load, Lock
from tests.matcher.counterfactuals.small_plans import N_CASES, cells_of
from tests.matcher.every_plan import allowed, random_case

Harm = tuple[int, int, int, float]


def harm_of(plan: BoolArray, standing: BoolArray, affinity: Floats, limits: Constraints) -> Harm:
    """Places lost, minimums newly missed, pairs changed, affinity lost."""
    lost_places = missed = 0
    for axis, low in ((1, limits.demand_low), (0, limits.load_low)):
        before, after = standing.sum(axis=axis), plan.sum(axis=axis)
        fewer = np.maximum(before - after, 0)
        lost_places += int(fewer.sum()) if axis == 1 else 0
        missed += int(np.minimum(fewer, np.maximum(low - after, 0)).sum())
    changed = int((plan != standing).sum())
    return lost_places, missed, changed, float(affinity[standing].sum() - affinity[plan].sum())


def hand_made(rng: np.random.Generator, limits: Constraints) -> BoolArray:
    """A plan somebody may have made: allowed, and rarely the best."""
    chosen = limits.locked.copy()
    for cell in rng.permutation(cells_of(~chosen & ~limits.forbidden)).tolist():
        row, column = cell
        room = chosen[row].sum() < limits.demand_high[row]
        if room and chosen[:, column].sum() < limits.load_high[column] and rng.random() < 0.8:
            chosen[row, column] = True
    return chosen


def harm_told(
    told: Consequence, standing: BoolArray, affinity: Floats, limits: Constraints
) -> Harm:
    plan = standing.copy()
    for mark, pairs in ((False, told.lost), (True, told.gained)):
        for pair in pairs:
            plan[limits.project_ids.index(pair.project), limits.mentor_ids.index(pair.mentor)] = (
                mark
            )
    assert allowed(plan, limits)
    assert told.total == pytest.approx(float(affinity[plan].sum()), rel=1e-9, abs=1e-9)
    return harm_of(plan, standing, affinity, limits)


def test_no_other_way_does_less_harm() -> None:
    asked = 0
    for seed in range(N_CASES):
        affinity, limits = random_case(seed)
        if affinity.size > 9 or seed % 3 == 1:
            continue
        standing = hand_made(np.random.default_rng(seed), limits)
        plans = [
            plan
            for bits in itertools.product([False, True], repeat=affinity.size)
            if allowed(plan := np.array(bits).reshape(affinity.shape), limits)
        ]
        for cell in cells_of(~limits.locked):
            drop = bool(standing[cell])
            harms = [
                harm_of(plan, standing, affinity, limits) for plan in plans if plan[cell] != drop
            ]
            names = f"p{cell[0]}", f"m{cell[1]}"
            if not harms:
                with pytest.raises(MatcherError):
                    consequence_of(affinity, limits, standing, *names, drop=drop)
                continue
            told = consequence_of(affinity, limits, standing, *names, drop=drop)
            ours, least = harm_told(told, standing, affinity, limits), min(harms)
            assert ours[:3] == least[:3], (seed, cell)
            assert ours[3] == pytest.approx(least[3], abs=1e-9), (seed, cell)
            asked += 1
    assert asked > N_CASES / 4


def build(demand: Demand, loads: list[Load], **pairs: list[Conflict] | list[Lock]) -> Constraints:
    return Constraints.build(
        ["p0", "p1", "p2"],
        [f"m{j}" for j in range(len(loads))],
        demand=[demand] * 3,
        loads=loads,
        **pairs,  # type: ignore[arg-type]
    )


def test_the_rest_of_a_poor_plan_stays() -> None:
    limits = build(Demand(1, 1), [Load(0, 2), Load(0, 1), Load(0, 1)])
    affinity = np.array([[0.9, 0.1, 0.5], [0.2, 0.3, 0.8], [0.9, 0.1, 0.1]])
    standing = np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]], dtype=bool)
    told = consequence_of(affinity, limits, standing, "p0", "m2")
    assert (told.lost, told.gained) == ((Pair("p0", "m1"),), (Pair("p0", "m2"),))
    assert told.price == pytest.approx(-0.4)


def test_a_film_that_gives_way_gets_its_next_choice_with_room() -> None:
    limits = build(Demand(1, 1), [Load(0, 1)] * 4)
    affinity = np.array([[0.9, 0.8, 0.1, 0.1], [0.7, 0.1, 0.3, 0.6], [0.1, 0.1, 0.9, 0.1]])
    standing = np.array([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0]], dtype=bool)
    told = consequence_of(affinity, limits, standing, "p0", "m0")
    assert told.lost == (Pair("p1", "m0"), Pair("p0", "m1"))
    assert told.gained == (Pair("p0", "m0"), Pair("p1", "m3"))
    assert (told.pairs_lost, told.minimums_missed) == (0, 0)


def test_locks_stay_and_a_chosen_pair_changes_nothing() -> None:
    limits = build(Demand(1, 1), [Load(0, 1)] * 3, locks=[Lock("p1", "m0")])
    standing = np.eye(3, dtype=bool)[[1, 0, 2]]
    with pytest.raises(MatcherError, match="No plan can hold project “p0” with mentor “m0”"):
        consequence_of(np.ones((3, 3)), limits, standing, "p0", "m0")
    told = consequence_of(np.ones((3, 3)), limits, standing, "p1", "m0")
    assert (told.lost, told.gained, told.total) == ((), (), 3.0)


def test_a_broken_ceiling_is_left_as_it_is() -> None:
    limits = build(Demand(0, 1), [Load(0, 1)] * 2)
    standing = np.array([[1, 0], [1, 0], [0, 0]], dtype=bool)
    told = consequence_of(np.ones((3, 2)), limits, standing, "p2", "m1")
    assert (told.lost, told.gained) == ((), (Pair("p2", "m1"),))


def test_a_plan_of_another_shape_is_refused() -> None:
    limits = build(Demand(1, 1), [Load(0, 1)] * 3)
    with pytest.raises(ValueError, match=r"\(2, 3\) .* 3 projects and 3 mentors"):
        consequence_of(np.ones((3, 3)), limits, np.zeros((2, 3), dtype=bool), "p0", "m0")


def test_a_plan_taken_up_once_answers_as_one_asked_each_time() -> None:
    affinity, limits = random_case(4)
    standing = hand_made(np.random.default_rng(4), limits)
    plan = StandingPlan.of(affinity, limits, standing)
    answers = 0
    for row, column in cells_of(~limits.locked & ~limits.forbidden):
        names = f"p{row}", f"m{column}"
        drop = bool(standing[row, column])
        try:
            told = consequence_of(affinity, limits, standing, *names, drop=drop)
        except MatcherError:
            continue
        assert (plan.dropping(*names) if drop else plan.choosing(*names)) == told
        answers += 1
    assert answers > 2


def test_questions_about_a_standing_plan_load_no_solver() -> None:
    """Pages ask them: the solver alone is a third of what a web process may take."""
    asked = (
        "import sys, matcher.counterfactuals; "
        "print(sorted({'ortools', 'scipy', 'sklearn'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
