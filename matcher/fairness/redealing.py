"""A plan made better by dealing many projects' mentors again at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from matcher.constraints import BoolArray, IntArray
from matcher.fairness.question import TOLERANCE, Question

Floats = NDArray[np.float64]
# What a round asks of a row's new value and new total: the less, the better.
Regret = Callable[[Floats, Floats, BoolArray], Floats]

MOST_ROWS = 120
MOST_FREE = 60
POOREST = 20
IMPOSSIBLE = 1e9
STEEPNESS = (30.0, 100.0, 300.0, 1000.0)
NOBODY = -1


def lift_floor(
    question: Question, start: BoolArray, goal: float, *, rounds: int, deadline: float
) -> BoolArray:
    """Give a plan whose poorest project has more, as far as redealing finds one.

    Parameters
    ----------
    question : Question
    start : bool array, shape (n_projects, n_mentors)
        A best plan.
    goal : float
        A floor that no plan exceeds: reached, the search ends.
    rounds : int
        How often to deal.
    deadline : float
        On the clock of ``time.monotonic``.
    """
    hand = _Hand(question, start)
    best, best_floor = start, question.floor(start)
    for n in range(rounds):
        if best_floor >= goal - TOLERANCE or time.monotonic() > deadline:
            break
        hand.deal(_lifting(hand, goal, STEEPNESS[n // 8 % len(STEEPNESS)]), poorest=POOREST)
        floor = question.floor(hand.chosen)
        if floor > best_floor + TOLERANCE:
            best, best_floor = hand.chosen.copy(), floor
    return best


def raise_total(
    question: Question, start: BoolArray, floor: float, *, rounds: int, deadline: float
) -> BoolArray:
    """Give a plan of a greater total in which nobody is below the floor."""
    hand = _Hand(question, start)
    best, most = start, question.total(start)
    for _ in range(rounds):
        if time.monotonic() > deadline:
            break
        hand.deal(_adding(floor))
        total = question.total(hand.chosen)
        if total > most + TOLERANCE and question.floor(hand.chosen) >= floor - TOLERANCE:
            best, most = hand.chosen.copy(), total
    return best


def _lifting(hand: _Hand, goal: float, steepness: float) -> Regret:
    lowest = min(hand.lowest(), goal)

    def regret(values: Floats, totals: Floats, counted: BoolArray) -> Floats:
        # The poorest weigh exponentially more; the total only breaks ties.
        pain = np.exp(np.clip(-steepness * (values - lowest), -50.0, 12.0))
        return np.where(counted[:, None], pain, 0.0) - 1e-7 * totals

    return regret


def _adding(floor: float) -> Regret:
    def regret(values: Floats, totals: Floats, counted: BoolArray) -> Floats:
        below = np.maximum(floor - TOLERANCE / 2 - values, 0.0)
        return np.where(counted[:, None] & (below > 0), 100.0 + 1e3 * below, 0.0) - totals

    return regret


@dataclass(frozen=True, eq=False, slots=True)
class _Offer:
    """Who takes part in a round with which place, and the places they may get.

    ``given`` holds a mentor for each row, or NOBODY for an empty place; ``free``
    holds the mentors whose places nobody has.
    """

    rows: IntArray
    given: IntArray
    free: IntArray


class _Hand:
    """A plan in play.

    In a round every project puts one of its places on the table, a mentor or an
    empty one, beside mentors' places that nobody has, and the best way to deal
    them out again is a linear assignment: an exact search of all exchanges in
    which each project changes one place, a very large neighbourhood [1]_. The
    seed is fixed, so the same plan is dealt the same way.

    References
    ----------
    .. [1] R. K. Ahuja, Ö. Ergun, J. B. Orlin, A. P. Punnen, "A survey of very
       large-scale neighborhood search techniques", *Discrete Applied
       Mathematics* 123 (2002), 75-102.
       https://doi.org/10.1016/S0166-218X(01)00338-9
    """

    def __init__(self, question: Question, start: BoolArray) -> None:
        self._question = question
        self.chosen = start.copy()
        self._free = start & question.plans.open_pairs
        self._values = question.values(start)
        self._rng = np.random.default_rng(20260701)

    def lowest(self) -> float:
        return float(self._values[self._question.counted].min(initial=np.inf))

    def deal(self, regret: Regret, poorest: int = 0) -> None:
        """Deal once; the plan stays a best plan."""
        offer = self._offer(poorest)
        if len(offer.rows) < 1 or len(offer.rows) + len(offer.free) < 2:
            return
        columns = np.concatenate([offer.given, offer.free])
        kept = self._kept(offer)
        costs = np.zeros((len(columns), len(columns)))
        n_rows = len(offer.rows)
        costs[:n_rows] = self._costs(offer, columns, regret)
        # Below the rows: who takes what nobody wants. Never an empty place, and
        # never a mentor who is needed to meet a minimum.
        costs[n_rows:, :n_rows] = np.where(kept, IMPOSSIBLE, 0.0)
        _, got = linear_sum_assignment(costs)
        self._take(offer, columns[got[:n_rows]])

    def _offer(self, poorest: int) -> _Offer:
        plans, free = self._question.plans, self._free
        by_row, by_column = free.sum(axis=1), free.sum(axis=0)
        n_slots = by_row + (by_row < plans.row_high)
        rows = np.flatnonzero(n_slots > 0)
        if len(rows) > MOST_ROWS:
            rows = self._some_rows(rows, poorest)
        pick = (self._rng.random(len(rows)) * n_slots[rows]).astype(np.int64)
        given = np.full(len(rows), NOBODY, dtype=np.int64)
        place = free[rows].cumsum(axis=1)
        has = pick < by_row[rows]
        # The pick-th chosen mentor of each row.
        given[has] = (place[has] > pick[has][:, None]).argmax(axis=1)
        spare = np.flatnonzero(by_column < plans.column_high)
        if len(spare) > MOST_FREE:
            spare = np.sort(self._rng.choice(spare, MOST_FREE, replace=False))
        return _Offer(rows, given, spare)

    def _some_rows(self, rows: IntArray, poorest: int) -> IntArray:
        values = np.where(self._question.counted[rows], self._values[rows], np.inf)
        first = rows[np.argsort(values, kind="stable")[:poorest]]
        others = np.setdiff1d(rows, first)
        drawn = self._rng.choice(others, MOST_ROWS - len(first), replace=False)
        return np.sort(np.concatenate([first, drawn]))

    def _kept(self, offer: _Offer) -> BoolArray:
        """Offered places that must not be left over, shape (n_rows,)."""
        mentor = np.maximum(offer.given, 0)
        n_columns = self._free.shape[1]
        offered = np.bincount(offer.given[offer.given >= 0], minlength=n_columns)
        spare = self._free.sum(axis=0) - self._question.plans.column_low
        needed: BoolArray = (offer.given == NOBODY) | (spare[mentor] < offered[mentor])
        return needed

    def _costs(self, offer: _Offer, columns: IntArray, regret: Regret) -> Floats:
        question, rows, given = self._question, offer.rows, offer.given
        plans = question.plans
        some, mentor = columns >= 0, np.maximum(columns, 0)
        lost = given >= 0
        before = np.where(lost, question.scores[rows, np.maximum(given, 0)], 0.0)
        gained = np.where(some[None, :], question.scores[rows][:, mentor], 0.0)
        totals = np.where(some[None, :], question.weights[rows][:, mentor], 0.0)
        values = (self._values[rows] - before)[:, None] + gained
        costs = regret(values, totals, question.counted[rows])
        has = self._free[rows][:, mentor] & (columns[None, :] != given[:, None])
        barred = some[None, :] & (~plans.open_pairs[rows][:, mentor] | has)
        count = self._free[rows].sum(axis=1) - lost
        barred |= ~some[None, :] & (count < plans.row_low[rows])[:, None]
        return np.where(barred, IMPOSSIBLE, costs)

    def _take(self, offer: _Offer, got: IntArray) -> None:
        rows, lost, some = offer.rows, offer.given >= 0, got >= 0
        scores = self._question.scores
        self._values[rows[lost]] -= scores[rows[lost], offer.given[lost]]
        self._values[rows[some]] += scores[rows[some], got[some]]
        for plan in (self._free, self.chosen):
            plan[rows[lost], offer.given[lost]] = False
            plan[rows[some], got[some]] = True
