"""Fairness where each project has at most one place to fill: exact, by flows alone."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matcher.constraints import BoolArray, IntArray
from matcher.fairness.best_plans import BestPlans
from matcher.fairness.question import TOLERANCE, Question

Floats = NDArray[np.float64]
# How much more a poor project weighs when a plan is drawn that is likely leximin.
STEEPNESS = 20.0


def is_single(question: Question) -> bool:
    """Tell whether every project that is compared has at most one place to fill."""
    return bool((question.plans.row_high[question.counted] <= 1).all())


def above_bottleneck(question: Question) -> tuple[BestPlans, float]:
    """Give the plans of the highest floor, and that floor.

    Notes
    -----
    The bottleneck assignment problem, by the threshold method: a floor can be
    had if a best plan exists among the pairs that reach it, and the highest is
    found by halving the sorted values. After [1]_; see [2]_, section 6.2.

    References
    ----------
    .. [1] O. Gross, *The Bottleneck Assignment Problem*, The RAND Corporation,
       P-1630, 1959.
    .. [2] R. Burkard, M. Dell'Amico, S. Martello, *Assignment Problems*, SIAM,
       2012. https://doi.org/10.1137/1.9781611972238
    """
    reached = min(question.floor(question.plans.some_plan), question.settled)
    values = _pair_values(question)[question.plans.open_pairs & question.counted[:, None]]
    levels = np.concatenate([[reached, question.settled], values, question.base[question.counted]])
    levels = levels[np.isfinite(levels)]
    levels = np.unique(levels[(levels >= reached) & (levels <= question.settled)])
    best, low, high = question.plans, 0, len(levels) - 1
    while low < high:
        middle = (low + high + 1) // 2
        allowed, row_low = _at_least(question, float(levels[middle]))
        found = question.plans.within(allowed, row_low)
        if found is None:
            high = middle - 1
        else:
            best, low = found, middle
    if low == 0:
        allowed, row_low = _at_least(question, reached)
        best = question.plans.within(allowed, row_low) or best
    return best, float(levels[low])


def leximin_plans(question: Question, *, deadline: float) -> tuple[BestPlans, BoolArray]:
    """Give the plans whose values, sorted from the least, are the greatest in every place.

    Parameters
    ----------
    question : Question
    deadline : float
        On the clock of ``time.monotonic``.

    Returns
    -------
    plans : BestPlans
    proven : bool array, shape (n_projects,)
        Whose value is the leximin's: all, where the time sufficed.

    Notes
    -----
    The lexicographic bottleneck assignment problem ([1]_, section 6.6): level
    after level, from the lowest value up, the plans with the fewest projects at
    that level are a face of those before, found by one flow that counts them.
    Levels that the plan at hand does not use are done without at no cost.

    References
    ----------
    .. [1] R. Burkard, M. Dell'Amico, S. Martello, *Assignment Problems*, SIAM,
       2012. https://doi.org/10.1137/1.9781611972238
    """
    plans, _ = above_bottleneck(question)
    values, done = _pair_values(question), -np.inf
    while time.monotonic() < deadline:
        reached = question.values(_likely(question, plans, values, done))
        ahead = reached[question.counted & (reached > done + TOLERANCE)]
        if not len(ahead):
            return plans, question.counted
        level = float(ahead.min())
        between = (values > done + TOLERANCE) & (values < level - TOLERANCE)
        bare = (question.base > done + TOLERANCE) & (question.base < level - TOLERANCE)
        plans = _without(plans, between & question.counted[:, None], bare & question.counted)
        plans = plans.cheapest(_at_level(question, plans, values, level))
        done = level
    return plans, question.counted & (question.values(plans.some_plan) <= done + TOLERANCE)


def _pair_values(question: Question) -> Floats:
    """A project's value with each mentor as its only further one."""
    return question.base[:, None] + question.scores


def _at_least(question: Question, level: float) -> tuple[BoolArray, IntArray]:
    """The pairs and the row minimums of plans in which nobody is below a level."""
    allowed = (_pair_values(question) >= level - TOLERANCE) | ~question.counted[:, None]
    bare = question.counted & (question.base < level - TOLERANCE)
    return allowed, np.where(bare, 1, 0).astype(np.int64)


def _without(plans: BestPlans, dropped: BoolArray, served: BoolArray) -> BestPlans:
    """The plans that do without some pairs and leave some rows to nobody; there is one."""
    open_pairs = plans.open_pairs & ~dropped
    return replace(
        plans,
        open_pairs=open_pairs,
        row_low=np.where(served, np.minimum(1, plans.row_high), plans.row_low),
        row_high=np.minimum(plans.row_high, open_pairs.sum(axis=1)),
        column_high=np.minimum(plans.column_high, open_pairs.sum(axis=0)),
    )


def _likely(question: Question, plans: BestPlans, values: Floats, done: float) -> BoolArray:
    """A plan that is likely leximin: those above the levels that are done weigh steeply."""
    ahead = np.maximum(values - done, 0.0) if np.isfinite(done) else values - values.min()
    pain = np.where(question.counted[:, None], np.exp(-STEEPNESS * ahead), 0.0)
    if plans.row_low[question.counted].all():
        return plans.best(-pain)[0]
    # Beside an empty place any mentor is a gain.
    empty = np.exp(-STEEPNESS * np.maximum(question.base - max(done, values.min()), 0.0))
    gain = np.where(question.counted[:, None], empty[:, None] - pain, 0.0)
    return plans.best(gain)[0]


def _at_level(question: Question, plans: BestPlans, values: Floats, level: float) -> IntArray:
    """Costs that count the projects at a level; every plan has as many pairs."""
    at_level = question.counted[:, None] & (np.abs(values - level) <= TOLERANCE)
    bare = question.counted & (np.abs(question.base - level) <= TOLERANCE)
    bare &= plans.row_low == 0
    return 1 + at_level.astype(np.int64) - bare[:, None]
