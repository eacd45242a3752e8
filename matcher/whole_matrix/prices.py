"""What a place of each project and of each mentor is worth to a plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.constraints import BoolArray, IntArray
from matcher.whole_matrix.blocks import FloatArray
from matcher.whole_matrix.candidate_flow import Candidates
from matcher.whole_matrix.room import Room, Side

# Beyond any price, and far enough from 64 bits to be added up.
ENDLESS = 2**62


@dataclass(frozen=True, eq=False, slots=True)
class Prices:
    """The plan's dual solution in whole numbers.

    Attributes
    ----------
    projects : int64 array, shape (n_projects,)
    mentors : int64 array, shape (n_mentors,)
        No candidate left out is worth more than its two people's prices
        together, and no chosen one less.
    """

    projects: IntArray
    mentors: IntArray

    @classmethod
    def guessed(cls, mentors: FloatArray, candidates: Candidates, room: Room) -> Prices:
        """Give what each project would pay for its best candidate, from a guess for mentors."""
        p = np.rint(mentors / room.unit).astype(np.int64)
        q = np.full(len(room.projects.ceiling), room.prize, dtype=np.int64)
        q[candidates.rows] = -ENDLESS
        np.maximum.at(q, candidates.rows, room.prize - candidates.costs - p[candidates.columns])
        return cls(q, p)


def prices_of(candidates: Candidates, chosen: BoolArray, room: Room, near: Prices) -> Prices:
    """Give prices that prove the plan best among its candidates.

    Parameters
    ----------
    candidates : Candidates
    chosen : bool array, one mark a candidate
        A plan of greatest worth.
    room : Room
    near : Prices
        Where to begin: any numbers.

    Notes
    -----
    The conditions are differences: a pair left out asks ``q + p >= worth``, a
    chosen one ``q + p <= worth``, and what a further place of somebody is worth
    bounds that person's price. Raising what is too low and lowering what is too
    high, in turns, is the method of Bellman and Ford [1]_: it ends at the
    nearest solution with no project's price lower and no mentor's higher than
    at the beginning, up to one number for all.

    References
    ----------
    .. [1] R. Bellman, "On a routing problem", *Quarterly of Applied Mathematics*
       16 (1958), 87-90. https://doi.org/10.1090/qam/102435
    """
    worth = room.prize - candidates.costs
    out = ~chosen
    by_row = _Groups(candidates.rows[out], candidates.columns[out], worth[out])
    rows, columns = candidates.rows[chosen], candidates.columns[chosen]
    order = np.argsort(columns, kind="stable")
    by_column = _Groups(columns[order], rows[order], worth[chosen][order])
    low_q, high_q = _bounds(room.projects, rows, room.prize)
    low_p, high_p = _bounds(room.mentors, columns, room.prize)
    q, p, ground = near.projects.copy(), near.mentors.copy(), 0
    for _ in range(len(q) + len(p) + 2):
        before = q.copy(), p.copy(), ground
        np.maximum(q, low_q + ground, out=q)
        by_row.raise_to_worth(q, p)
        np.minimum(p, high_p - ground, out=p)
        by_column.lower_to_worth(p, q)
        ground = max(ground, int((q - high_q).max(initial=0)), int((low_p - p).max(initial=0)))
        if ground == before[2] and (q == before[0]).all() and (p == before[1]).all():
            return Prices(q - ground, p + ground)
    raise ArithmeticError("the plan is not the best among its candidates")


class _Groups:
    """Pairs gathered by one side, to change that side's prices by the other's."""

    def __init__(self, mine: IntArray, other: IntArray, worth: IntArray) -> None:
        self.starts = np.flatnonzero(np.diff(mine, prepend=-1))
        self.people = mine[self.starts]
        self.other = other
        self.worth = worth

    def raise_to_worth(self, prices: IntArray, others: IntArray) -> None:
        if len(self.other):
            asked = np.maximum.reduceat(self.worth - others[self.other], self.starts)
            prices[self.people] = np.maximum(prices[self.people], asked)

    def lower_to_worth(self, prices: IntArray, others: IntArray) -> None:
        if len(self.other):
            asked = np.minimum.reduceat(self.worth - others[self.other], self.starts)
            prices[self.people] = np.minimum(prices[self.people], asked)


def _bounds(side: Side, chosen: IntArray, prize: int) -> tuple[IntArray, IntArray]:
    """The least and greatest price at which a person has just the places they have."""
    has = np.bincount(chosen, minlength=len(side.ceiling))
    below = np.where(side.ceiling > side.floor, 0, -prize)
    least = np.where(has == 0, -ENDLESS, np.where(has <= side.floor, -prize, below))
    most = np.where(has < side.floor, -prize, 0)
    return least, np.where(has == side.ceiling, ENDLESS, most)
