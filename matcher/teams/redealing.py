"""A good plan made better by handing mentors on, one or two at a time."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from matcher.constraints import BoolArray, IntArray
from matcher.fairness.best_plans import BestPlans
from matcher.teams.question import Question

Floats = NDArray[np.float64]
# A hard minimum counts more than any worth, so many units of it.
HARD = 1e4
LEAST_GAIN = 1e-9
MOST_ROUNDS = 200
# Above so many chosen pairs two are no longer compared with each other at once.
BLOCK = 2_000


def redealt(
    question: Question, plans: BestPlans, chosen: BoolArray, unit: float, *, deadline: float
) -> BoolArray:
    """Give a plan of no less worth, from another by exchanges that each gain something.

    Either a project has another mentor who has a place left in stead of one of
    its own, or two projects exchange a mentor each. Rules that look at a project
    alone are weighed; stand-ins are not counted, and what joins projects (hours,
    a person's several) is checked after each round.

    Parameters
    ----------
    question : Question
    plans : BestPlans
        What the plan is one of, and stays one of.
    chosen : bool array, shape (n_projects, n_mentors)
    unit : float
        The unit of gains.
    deadline : float
        On the clock of ``time.monotonic``.
    """
    bench = _Bench(question, plans, unit)
    plan = chosen.copy()
    for _ in range(MOST_ROUNDS):
        if time.monotonic() >= deadline:
            break
        better = bench.round(plan)
        if better is None:
            break
        plan = better
    return plan


class _Bench:
    """What does not change from round to round."""

    def __init__(self, question: Question, plans: BestPlans, unit: float) -> None:
        rules = question.rules
        self._question, self._plans = question, plans
        self._values = np.where(plans.open_pairs, question.values / unit, -np.inf)
        self._weights = rules.weights / unit
        self._covers = np.zeros((*question.values.shape, rules.weights.shape[1]), dtype=np.bool_)
        self._covers[tuple(rules.cells.T)] = True
        self._prices = [
            HARD if one.price is None else one.price / unit for one in rules.requirements
        ]
        fixed = plans.always.sum(axis=0)
        self._least, self._most = plans.column_low + fixed, plans.column_high + fixed

    def round(self, plan: BoolArray) -> BoolArray | None:
        """The plan after exchanges in projects that are all different; None without gain."""
        rows, columns = np.nonzero(plan & self._plans.open_pairs)
        if not len(rows):
            return None
        worth = self._worth(plan, rows, columns)
        # A mentor who must not be there is worth less than anybody who may.
        own = np.maximum(worth[np.arange(len(rows)), columns], -10 * HARD)
        gains = worth - own[:, None]
        moves = self._handed_on(plan, columns, gains) + self._exchanged(rows, columns, gains)
        if not moves:
            return None
        return self._made(plan, rows, columns, sorted(moves, reverse=True))

    def _worth(self, plan: BoolArray, rows: IntArray, columns: IntArray) -> Floats:
        """What each mentor would add to the project of a pair taken out of it."""
        rules = self._question.rules
        count = np.einsum("ij,ijk->ik", plan, self._covers, dtype=np.int64)
        without = count[rows] - self._covers[rows, columns]
        open_needs = np.where(without == 0, self._weights[rows], 0.0)
        worth: Floats = self._values[rows] + np.einsum("pk,pjk->pj", open_needs, self._covers[rows])
        for one, price in zip(rules.requirements, self._prices, strict=True):
            got = (plan & one.marks).sum(axis=1)[rows] - one.marks[rows, columns]
            lacking = got < one.asked[rows]
            worth += price * (lacking[:, None] & one.marks[rows])
        for ceiling in rules.ceilings:
            theirs = np.zeros(plan.shape[1], dtype=np.bool_)
            theirs[ceiling.columns] = True
            full = (plan & theirs).sum(axis=1)[rows] - theirs[columns] >= ceiling.most[rows]
            worth[full[:, None] & theirs] = -np.inf
        own = plan[rows].copy()
        own[np.arange(len(rows)), columns] = False
        worth[own] = -np.inf
        return worth

    def _handed_on(
        self, plan: BoolArray, columns: IntArray, gains: Floats
    ) -> list[tuple[float, int, int, int]]:
        load = plan.sum(axis=0)
        some = np.where((load < self._most)[None, :], gains, -np.inf)
        some[load[columns] <= self._least[columns]] = -np.inf
        best = some.argmax(axis=1)
        gained = some[np.arange(len(best)), best]
        return [(float(gained[p]), int(p), -1, int(best[p])) for p in _positive(gained)]

    def _exchanged(
        self, rows: IntArray, columns: IntArray, gains: Floats
    ) -> list[tuple[float, int, int, int]]:
        moves = []
        for start in range(0, len(rows), BLOCK):
            mine = slice(start, start + BLOCK)
            both = gains[mine][:, columns] + gains[:, columns[mine]].T
            both[rows[mine][:, None] == rows[None, :]] = -np.inf
            best = both.argmax(axis=1)
            gained = both[np.arange(len(best)), best]
            for p in _positive(gained):
                moves.append((float(gained[p]), int(p) + start, int(best[p]), -1))
        return moves

    def _made(
        self,
        plan: BoolArray,
        rows: IntArray,
        columns: IntArray,
        moves: list[tuple[float, int, int, int]],
    ) -> BoolArray | None:
        """Make the moves, the best first, that touch no project or load touched before."""
        joined = bool(self._question.rules.people) or bool(self._question.rules.hours.any())
        after, load = plan.copy(), plan.sum(axis=0)
        touched: set[int] = set()
        for _, one, other, column in moves:
            pair = {int(rows[one])} | ({int(rows[other])} if other >= 0 else set())
            if touched & pair:
                continue
            before = after.copy() if joined else after
            if other >= 0:
                after[rows[one], columns[one]] = after[rows[other], columns[other]] = False
                after[rows[one], columns[other]] = after[rows[other], columns[one]] = True
            else:
                left = columns[one]
                if load[column] >= self._most[column] or load[left] <= self._least[left]:
                    continue
                load[column] += 1
                load[left] -= 1
                after[rows[one], left], after[rows[one], column] = False, True
            if joined and not self._question.rules.allow(after):
                after = before
                load = after.sum(axis=0)
                continue
            touched |= pair
        return after if touched else None


def _positive(gained: Floats) -> IntArray:
    return np.flatnonzero(gained > LEAST_GAIN)
