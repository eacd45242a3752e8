"""A fairness aim as numbers of one size: the plans, what is summed, what is compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.constraints import BoolArray
from matcher.fairness.aims import Yardstick, best_sums
from matcher.fairness.best_plans import BestPlans

Floats = NDArray[np.float64]
# Differences below this, in a unit in which the pairs span 1, are none.
TOLERANCE = 1e-9


@dataclass(frozen=True, eq=False, slots=True)
class Question:
    """The greatest total of all best plans in which no counted project is below a floor.

    Sums over open pairs only, in units in which those pairs span at most 1, so
    that solvers with tolerances of their own do as well near 1e15 and 1e-9 as
    near 1.

    Attributes
    ----------
    plans : BestPlans
    weights : float64 array, shape (n_projects, n_mentors)
        Affinities from 0 to 1. All best plans have the same number of pairs, so
        the shift does no harm.
    scores : float64 array, shape (n_projects, n_mentors)
        What a pair adds to its project's value.
    base : float64 array, shape (n_projects,)
        A project's value without its open pairs.
    counted : bool array, shape (n_projects,)
        Rows that the floor holds for: counted, and with open pairs to choose.
    settled : float
        The least value among counted projects without open pairs.
    shift, unit : float
        A value in the yardstick's own numbers is ``shift + unit * value``.
    """

    plans: BestPlans
    weights: Floats
    scores: Floats
    base: Floats
    counted: BoolArray
    settled: float
    shift: float
    unit: float

    @classmethod
    def of(cls, plans: BestPlans, affinity: Floats, measure: Yardstick) -> Question:
        """Give the question in numbers of one size."""
        open_pairs = plans.open_pairs
        least = float(affinity[open_pairs].min(initial=np.inf))
        span = float(affinity[open_pairs].max(initial=-np.inf)) - least
        weights = np.where(open_pairs, affinity - least, 0.0) / (span if span > 0 else 1.0)
        moving = measure.counted & open_pairs.any(axis=1)
        base = np.where(plans.always, measure.scores, 0.0).sum(axis=1)
        scores = np.where(open_pairs, measure.scores, 0.0)
        if (plans.row_low == plans.row_high)[moving].all():
            # So many pairs in every plan: what they have in common moves to the base.
            lowest = np.where(open_pairs, measure.scores, np.inf).min(axis=1, initial=np.inf)
            lowest[~np.isfinite(lowest)] = 0.0
            scores = np.where(open_pairs, measure.scores - lowest[:, None], 0.0)
            base = base + plans.row_high * lowest
        shift = float(base[moving].min(initial=np.inf)) if moving.any() else 0.0
        unit = float(np.abs(scores[moving]).max(initial=0.0)) or 1.0
        still = measure.counted & ~moving
        values = np.where(plans.always, measure.scores, 0.0).sum(axis=1)
        return cls(
            plans=plans,
            weights=weights,
            scores=scores / unit,
            base=(base - shift) / unit,
            counted=moving,
            settled=(float(values[still].min(initial=np.inf)) - shift) / unit,
            shift=shift,
            unit=unit,
        )

    def values(self, chosen: BoolArray) -> Floats:
        """Give each row's value in a plan, shape (n_projects,)."""
        worth: Floats = self.base + np.where(chosen, self.scores, 0.0).sum(axis=1)
        return worth

    def floor(self, chosen: BoolArray) -> float:
        """Give the least value of the counted rows with open pairs."""
        return float(self.values(chosen)[self.counted].min(initial=np.inf))

    def total(self, chosen: BoolArray) -> float:
        """Give the sum of the weights of a plan's open pairs."""
        return float(self.weights[chosen & self.plans.open_pairs].sum())

    def alone(self) -> Floats:
        """Give the greatest value each row could have were it alone, shape (n_projects,)."""
        plans = self.plans
        best = best_sums(self.scores, plans.open_pairs, plans.row_low, plans.row_high)
        return self.base + best

    def useful(self, floor: float) -> BoolArray:
        """Tell which open pairs a project at that floor can have, shape as the plan's.

        A pair with which even the best others leave its project below the floor
        is in no such plan.
        """
        plans = self.plans
        open_pairs, n_columns = plans.open_pairs, self.scores.shape[1]
        most = plans.row_high
        order = -np.sort(-np.where(open_pairs, self.scores, -np.inf), axis=1)
        position = np.arange(n_columns)[None, :]
        fits = np.isfinite(order)
        top = fits & (position < most[:, None])
        top &= (position < plans.row_low[:, None]) | (order > 0)
        whole = np.where(top, order, 0.0).sum(axis=1)
        count = top.sum(axis=1)
        last = np.take_along_axis(order, np.maximum(count - 1, 0)[:, None], axis=1)[:, 0]
        last = np.where(count > 0, last, 0.0)
        room = count < most
        # With a pair beside the top ones: in place of the last of them, or added.
        given_up = np.where(room, np.minimum(last, 0.0), last)
        beside = whole[:, None] - given_up[:, None] + self.scores
        outside = self.scores < np.where(count > 0, last, np.inf)[:, None]
        with_pair = np.where(outside, beside, whole[:, None])
        reaches: BoolArray = self.base[:, None] + with_pair >= floor - TOLERANCE
        return open_pairs & (reaches | ~self.counted[:, None])
