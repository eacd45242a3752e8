"""Rounds of a plan and a look at all pairs, until none improves the plan."""

from __future__ import annotations

import math

import numpy as np

from matcher.constraints import BoolArray, IntArray
from matcher.whole_matrix.candidate_flow import Candidates, best_plan, better_plan
from matcher.whole_matrix.first_prices import first_prices
from matcher.whole_matrix.passes import Improving, Matrix
from matcher.whole_matrix.prices import Prices, prices_of
from matcher.whole_matrix.watching import Watch


class Search:
    """Rounds of a plan and a look at all pairs."""

    def __init__(self, matrix: Matrix, per_project: int, watch: Watch) -> None:
        self.matrix = matrix
        self.room = matrix.room
        self.per_project = per_project
        self.watch = watch
        self.candidates = Candidates.none()
        self.best_worth = -math.inf

    def run(self) -> BoolArray:
        """Give the marks of the proven plan's pairs among the candidates."""
        if 0 in self.matrix.limits.shape:
            return np.zeros(0, dtype=np.bool_)
        guess = first_prices(self.matrix)
        heard = self.watch.during("candidates")
        self.candidates = self.matrix.best_of_rows(guess, self.per_project, heard)
        prices = Prices.guessed(guess, self.candidates, self.room)
        self._begin_round()
        chosen = best_plan(self.candidates, self.room)
        while True:
            self.watch.stop()
            prices = prices_of(self.candidates, chosen, self.room, prices)
            found = self.matrix.improving(
                prices, self.candidates, self.per_project, self.watch.during("pricing")
            )
            if not len(found.pairs):
                return chosen
            chosen = self._next_plan(chosen, prices, found)

    def _begin_round(self) -> None:
        self.watch.round += 1
        self.watch.n_candidates = len(self.candidates)
        self.watch.tell("plan", 0, 0)

    def _next_plan(self, chosen: BoolArray, prices: Prices, found: Improving) -> BoolArray:
        """Give the best plan with the pairs found among the candidates."""
        plan = self.candidates.only(chosen)
        self._clear(
            chosen, self._waste(prices), self.room.worth(plan.rows, plan.columns, plan.costs)
        )
        self.candidates = self.candidates.with_more(found.pairs)
        self._begin_round()
        if found.gap is None:
            return best_plan(self.candidates, self.room)
        marks = self.candidates.marks_of(plan, self.matrix.limits.shape[1])
        waste = self._waste(prices)
        loss = np.where(marks, -waste, waste)
        return better_plan(self.candidates, self.room, marks, loss, found.gap)

    def _clear(self, chosen: BoolArray, waste: IntArray, worth: int) -> None:
        """Drop the candidates farthest from use, where there are many.

        Every clearing follows a better plan than the last one did, so the
        rounds cannot go in circles.
        """
        most = self.per_project * self.watch.n_rows // 2
        if len(waste) <= most or worth <= self.best_worth:
            return
        self.best_worth = worth
        self.candidates = self.candidates.only(chosen | (waste <= np.partition(waste, most)[most]))

    def _waste(self, prices: Prices) -> IntArray:
        """What each candidate's two prices are together beyond its worth."""
        two = prices.projects[self.candidates.rows] + prices.mentors[self.candidates.columns]
        return two + self.candidates.costs - self.room.prize
