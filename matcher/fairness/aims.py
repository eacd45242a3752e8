"""What a plan is wanted for, and what it is worth to each project under that aim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from matcher.constraints import BoolArray, Constraints, IntArray
from matcher.fairness.best_plans import BestPlans

Floats = NDArray[np.float64]

Aim = Literal["best_overall", "nobody_left_behind", "close_to_own_best", "leximin"]
AIMS: tuple[Aim, ...] = get_args(Aim)


@dataclass(frozen=True, eq=False, slots=True)
class Yardstick:
    """What each pair adds to its project's value under an aim.

    Attributes
    ----------
    scores : float64 array, shape (n_projects, n_mentors)
        A project's value is the sum of its pairs' scores.
    counted : bool array, shape (n_projects,)
        The projects whose values are compared.
    """

    scores: Floats
    counted: BoolArray

    def values(self, chosen: BoolArray) -> Floats:
        """Give each project's value in a plan, shape (n_projects,)."""
        worth: Floats = np.where(chosen, self.scores, 0.0).sum(axis=1)
        return worth

    def floor(self, chosen: BoolArray) -> float:
        """Give the least value of the projects that are counted; infinite without any."""
        return float(self.values(chosen)[self.counted].min(initial=np.inf))


def yardstick(aim: Aim, affinity: Floats, constraints: Constraints, plans: BestPlans) -> Yardstick:
    """Give the measure by which an aim compares the projects.

    *Value per place*, for all aims but ``close_to_own_best``: the sum of the
    affinities of a project's mentors over the number of mentors it asks for at
    least (over 1 where that is 0). For a fixed demand that is met, it is their
    mean; an empty place counts as 0, and a mentor above the least adds to it.
    The plain sum would pin every plan to the projects that ask for one mentor;
    the mean over the mentors it got would reward losing the weaker of two.

    *Share of its own best*, for ``close_to_own_best``: the sum over the greatest
    sum the project could have were it alone, within its demand's ceiling, its
    conflicts and its locks. A share needs a zero: where an allowed pair has a
    negative affinity, the least allowed affinity counts as 0.

    Projects that ask for nobody, and those that get nobody in any best plan, are
    not counted; for shares also those whose every pair is worth 0.
    """
    counted = served(plans) & (constraints.demand_high > 0)
    if aim != "close_to_own_best":
        scores = affinity / np.maximum(constraints.demand_low, 1)[:, None]
        return Yardstick(scores, counted)
    allowed = ~constraints.forbidden
    lifted = affinity - min(0.0, float(affinity[allowed].min(initial=0.0)))
    best = own_best(lifted, constraints)
    counted &= best > 0
    scores = lifted / np.where(best > 0, best, 1.0)[:, None]
    return Yardstick(scores, counted)


def own_best(affinity: Floats, constraints: Constraints) -> Floats:
    """Give the greatest sum each project could have were it alone, shape (n_projects,).

    Its locked pairs and, up to its demand's ceiling, its best other pairs with
    mentors who take anybody beside their locks.
    """
    locked = constraints.locked
    room = constraints.demand_high - locked.sum(axis=1)
    takes = constraints.load_high > locked.sum(axis=0)
    free = ~(locked | constraints.forbidden) & takes[None, :]
    within = np.where(locked, affinity, 0.0).sum(axis=1)
    best: Floats = within + best_sums(affinity, free, room, room)
    return best


def best_sums(scores: Floats, free: BoolArray, least: IntArray, most: IntArray) -> Floats:
    """Give each row's greatest sum of its free cells: at least and at most so many of them."""
    n_columns = scores.shape[1]
    if not n_columns:
        return np.zeros(len(scores))
    best_first = -np.sort(-np.where(free, scores, -np.inf), axis=1)
    position = np.arange(n_columns)[None, :]
    taken = (position < most[:, None]) & np.isfinite(best_first)
    # Beyond the least number only what adds something.
    taken &= (position < least[:, None]) | (best_first > 0)
    total: Floats = np.where(taken, best_first, 0.0).sum(axis=1)
    return total


def served(plans: BestPlans) -> BoolArray:
    """Tell which projects get somebody in some best plan, shape (n_projects,)."""
    reached = np.array(plans.some_plan.any(axis=1))
    while True:
        waiting = ~reached
        if not (plans.open_pairs & waiting[:, None]).any():
            return reached
        wanted = np.broadcast_to(waiting[:, None], plans.open_pairs.shape)
        newly = plans.cheapest((~wanted).astype(np.int64)).some_plan.any(axis=1) & waiting
        if not newly.any():
            return reached
        reached = reached | newly
