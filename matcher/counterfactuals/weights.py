"""What it weighs to lose a pair, a minimum or affinity, in one whole number each."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matcher.constraints import IntArray

# Stands for "no way": larger than any path, and twice it still fits 64 bits.
NEVER = 2**61
# What is above this holds at least one NEVER.
FINITE = 2**60


@dataclass(frozen=True, slots=True)
class Weights:
    """How much one level of the order of plans weighs against the next.

    A simple exchange changes the pairs by at most one, the places above the
    minimums by at most two, and its pairs' costs by at most ``side`` times the
    largest cost; each level weighs more than all that is below it, and so much
    more that a sum can be taken apart again by rounding.

    Attributes
    ----------
    above : int
        One place above somebody's minimum instead of one within it.
    pair : int
        One pair fewer.
    """

    above: int
    pair: int

    @classmethod
    def over(cls, largest: int, shape: tuple[int, int]) -> Weights:
        """Give the weights above pairs of at most this cost."""
        above = 2 * (min(shape) + 1) * largest + 1
        return cls(above=above, pair=6 * above)

    def apart(self, weights: IntArray) -> tuple[IntArray, IntArray, IntArray]:
        """Take exchanges' weights apart: pairs lost, minimums missed and the pairs' cost."""
        pairs = (weights + self.pair // 2) // self.pair
        rest = weights - pairs * self.pair
        above = (rest + self.above // 2) // self.above
        # A lost pair empties two places; those above a minimum are no loss to it.
        return pairs, 2 * pairs + above, rest - above * self.above


@dataclass(frozen=True, eq=False, slots=True)
class PoolArcs:
    """What it weighs to take a unit from the pool of places, or to put it back.

    The pool is source and sink of the flow in one. ``NEVER`` where somebody has
    no room left, or nothing to give up.

    Attributes
    ----------
    into_project, from_project : int64 array, shape (n_projects,)
        One mentor more for a project; one fewer.
    into_mentor, from_mentor : int64 array, shape (n_mentors,)
        One project fewer for a mentor; one more.
    """

    into_project: IntArray
    from_project: IntArray
    into_mentor: IntArray
    from_mentor: IntArray


@dataclass(frozen=True, eq=False, slots=True)
class Side:
    """One side's places: how many each has, and should and may have.

    Attributes
    ----------
    low, high, taken : int64 array, shape (n,)
    """

    low: IntArray
    high: IntArray
    taken: IntArray

    def one_more(self, above: int) -> IntArray:
        """Weigh a further place: nothing within the minimum, ``above`` beyond it."""
        beyond = np.where(self.taken < self.high, above, NEVER)
        weighed: IntArray = np.where(self.taken < self.low, 0, beyond)
        return weighed

    def one_fewer(self, above: int) -> IntArray:
        """Weigh a place given up: that beyond the minimum goes first."""
        held = np.where(self.taken > self.low, -above, 0)
        weighed: IntArray = np.where(self.taken > 0, held, NEVER)
        return weighed

    def within(self, position: int, low: int, high: int) -> Side:
        """Give the side with another range for one of its people."""
        lows, highs = self.low.copy(), self.high.copy()
        lows[position], highs[position] = low, high
        return replace(self, low=lows, high=highs)

    def moved(self, lost: list[int], gained: list[int]) -> Side:
        """Give the side after some of its people lost a place and some gained one."""
        taken = self.taken.copy()
        np.subtract.at(taken, lost, 1)
        np.add.at(taken, gained, 1)
        return replace(self, taken=taken)


@dataclass(frozen=True, eq=False, slots=True)
class Room:
    """Both sides' places, as arcs to and from the pool.

    Attributes
    ----------
    projects, mentors : Side
    weights : Weights
    """

    projects: Side
    mentors: Side
    weights: Weights

    def arcs(self) -> PoolArcs:
        """Weigh one place more or fewer for everybody, most pairs and fewest gaps first."""
        above, pair = self.weights.above, self.weights.pair
        into_pool = self.mentors.one_more(above)
        from_pool = self.mentors.one_fewer(above)
        return PoolArcs(
            into_project=self.projects.one_more(above),
            from_project=self.projects.one_fewer(above),
            into_mentor=np.where(from_pool == NEVER, NEVER, from_pool + pair),
            from_mentor=np.where(into_pool == NEVER, NEVER, into_pool - pair),
        )
