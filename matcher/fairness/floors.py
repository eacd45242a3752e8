"""The highest floor, and the greatest total above it, each with what proves it."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from matcher.constraints import BoolArray
from matcher.fairness.question import TOLERANCE, Question
from matcher.fairness.redealing import lift_floor, raise_total
from matcher.fairness.relaxation import Relaxation, floor_bound, total_bound
from matcher.fairness.single_mentors import above_bottleneck, is_single
from matcher.fairness.whole_plans import best_above, highest

# So few pairs, and the solver finds the highest floor by itself.
SMALL = 150
# A floor is searched for until it is this near its bound.
FLOOR_STEP = 1e-6
# Pairs of a first, partial program.
FEW_PAIRS = 2_500
FIRST_ROUNDS, SECOND_ROUNDS, TOTAL_ROUNDS = 40, 400, 60


@dataclass(frozen=True, eq=False, slots=True)
class Fair:
    """A plan, with bounds in the question's own unit.

    Attributes
    ----------
    chosen : bool array, shape (n_projects, n_mentors)
    floor_bound : float
        No best plan's poorest counted row has more.
    total_bound : float
        No best plan above this plan's floor has a greater sum of weights.
    """

    chosen: BoolArray
    floor_bound: float
    total_bound: float


def fairest(question: Question, *, deadline: float) -> Fair:
    """Give the plan whose poorest row has the most, then the greatest total.

    Parameters
    ----------
    question : Question
    deadline : float
        On the clock of ``time.monotonic``; past it the best plan found so far is
        given with the bounds proven so far.

    Notes
    -----
    For several mentors this is hard in general (with two projects and equal
    affinities on both rows it is the partition problem), so it goes from cheap
    to dear and stops where nothing is left to prove:

    1. Nobody can have more than the poorest of the projects' own bests. Where
       the plan of the greatest total, or one redealt from it, gives that, the
       floor is proven.
    2. The linear program's floor bounds it closer; a plan dealt again from the
       program's weights often reaches it.
    3. Between the two, floors are tried by halving: branch and cut looks for a
       plan above each among the pairs that neither the linear bound nor their
       own project's sum rules out, and gives a plan or proves that there is none.
    4. The total above the floor: a linear bound, a plan redealt, and branch and
       cut over the pairs that the gap between the two leaves undecided.

    A floor is asked first and kept as a line of the second program; a program
    that raises the floor itself is far slower. Bottleneck assignment and its
    thresholds: [1]_, chapter 6; reviewers with fairness: [2]_, [3]_.

    References
    ----------
    .. [1] R. Burkard, M. Dell'Amico, S. Martello, *Assignment Problems*, SIAM,
       2012. https://doi.org/10.1137/1.9781611972238
    .. [2] A. Kobren, B. Saha, A. McCallum, "Paper Matching with Local Fairness
       Constraints", KDD 2019. https://doi.org/10.1145/3292500.3330899
    .. [3] I. Stelmakh, N. Shah, A. Singh, "PeerReview4All: Fair and Accurate
       Reviewer Assignment in Peer Review", *Journal of Machine Learning
       Research* 22 (2021), 1-66.
    """
    if not question.counted.any():
        chosen, rounding = question.plans.best(question.weights)
        return Fair(chosen, np.inf, question.total(chosen) + rounding)
    if is_single(question):
        plans, floor = above_bottleneck(question)
        chosen, rounding = plans.best(question.weights)
        return Fair(chosen, floor, question.total(chosen) + rounding)
    # Most of the time is for the floor: without it the total means nothing.
    now = time.monotonic()
    chosen, bound = highest_floor(question, deadline=now + 0.6 * (deadline - now))
    floor = min(question.floor(chosen), question.settled)
    bound = max(bound, floor)
    chosen, total = greatest_total(question, chosen, floor, deadline=deadline)
    return Fair(chosen, bound, total)


def highest_floor(question: Question, *, deadline: float) -> tuple[BoolArray, float]:
    """Give a plan of a floor as high as can be found, and the floor's bound.

    Parameters
    ----------
    question : Question
        With at least one counted row.
    deadline : float
        On the clock of ``time.monotonic``.
    """
    start, _ = question.plans.best(question.weights)
    bound = min(float(question.alone()[question.counted].min()), question.settled)
    if question.floor(start) >= bound - TOLERANCE:
        return start, bound
    if question.plans.open_pairs.sum() <= SMALL:
        found = highest(question, deadline=deadline)
        if found.chosen is not None and question.floor(found.chosen) > question.floor(start):
            start = found.chosen
        return start, min(bound, found.bound)
    best = lift_floor(question, start, bound, rounds=FIRST_ROUNDS, deadline=deadline)
    if question.floor(best) >= bound - TOLERANCE:
        return best, bound
    linear = floor_bound(question, best)
    bound = min(bound, linear.bound)
    weighed = question.scores * linear.floor_duals[:, None]
    other, _ = question.plans.best(weighed + 1e-4 * question.weights)
    for plan in (best, other):
        lifted = lift_floor(question, plan, bound, rounds=SECOND_ROUNDS, deadline=deadline)
        best = max(best, lifted, key=question.floor)
    return _halved(question, best, linear, bound, deadline=deadline)


def _halved(
    question: Question, best: BoolArray, linear: Relaxation, bound: float, *, deadline: float
) -> tuple[BoolArray, float]:
    """Try floors between what is reached and what is not ruled out."""
    goal = bound - TOLERANCE
    while question.floor(best) < bound - FLOOR_STEP and time.monotonic() < deadline:
        reached = question.floor(best)
        allowed, needed = linear.undecided(goal)
        # No try takes more than a good part of the time: a lower floor may be found.
        now = time.monotonic()
        found = best_above(
            question,
            goal,
            allowed & question.useful(goal),
            needed,
            deadline=now + (deadline - now) / 3,
            relative_gap=1.0,
        )
        if found.chosen is not None and question.floor(found.chosen) > reached + TOLERANCE:
            best = found.chosen
        elif found.bound == -np.inf:
            bound = min(bound, goal)
        elif goal - reached <= FLOOR_STEP:
            break
        else:
            goal = (reached + goal) / 2
            continue
        goal = max((question.floor(best) + bound) / 2, question.floor(best) + FLOOR_STEP)
    return best, bound


def greatest_total(
    question: Question, start: BoolArray, floor: float, *, deadline: float
) -> tuple[BoolArray, float]:
    """Give the plan of the greatest total above a floor, and that total's bound.

    Parameters
    ----------
    question : Question
    start : bool array, shape (n_projects, n_mentors)
        A plan that keeps the floor.
    floor : float
    deadline : float
        On the clock of ``time.monotonic``.
    """
    floor = floor - TOLERANCE
    best_overall, rounding = question.plans.best(question.weights)
    if question.floor(best_overall) >= floor:
        return best_overall, question.total(best_overall) + rounding
    linear = total_bound(question, start, floor)
    best = raise_total(question, start, floor, rounds=TOTAL_ROUNDS, deadline=deadline)
    useful = question.useful(floor)
    bound = linear.bound
    while bound - question.total(best) > TOLERANCE * max(1.0, bound):
        reached = question.total(best)
        allowed, needed = linear.undecided(reached)
        allowed &= useful
        partial = allowed.sum() > FEW_PAIRS
        if partial:
            allowed, needed = _nearest(linear, allowed), np.zeros_like(needed)
        found = best_above(question, floor, allowed, needed, deadline=deadline)
        if found.chosen is not None and question.floor(found.chosen) >= floor - TOLERANCE:
            best = max(best, found.chosen, key=question.total)
        if not partial:
            # Plans with other pairs have no more than what was reached before.
            bound = min(bound, max(found.bound, question.total(best)))
            break
        if question.total(best) <= reached + TOLERANCE:
            rest, needed = linear.undecided(reached)
            found = best_above(question, floor, rest & useful, needed, deadline=deadline)
            if found.chosen is not None and question.floor(found.chosen) >= floor - TOLERANCE:
                best = max(best, found.chosen, key=question.total)
            bound = min(bound, max(found.bound, question.total(best)))
            break
    return best, max(bound, question.total(best))


def _nearest(linear: Relaxation, allowed: BoolArray) -> BoolArray:
    """The pairs that take the least off the bound."""
    loss = np.where(allowed, np.maximum(-linear.reduced, 0.0), np.inf)
    cut = np.partition(loss, FEW_PAIRS, axis=None)[FEW_PAIRS]
    near: BoolArray = allowed & (loss <= cut)
    return near
