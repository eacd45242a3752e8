"""What else moves when one pair is forced or dropped."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from matcher.constraints import IntArray, nearest_id
from matcher.counterfactuals.exchanges import Exchange
from matcher.counterfactuals.residual import Cell
from matcher.counterfactuals.weights import Room, Side
from matcher.errors import MatcherError
from matcher.pair_costs import Floats


class Pair(NamedTuple):
    """A project and a mentor, by id."""

    project: str
    mentor: str


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a plan becomes when one pair is forced into it, or dropped from it.

    Attributes
    ----------
    pair : Pair
        The one that was asked about.
    price : float
        By how much the total falls, from the numbers as given. For an optimal
        plan never below zero by more than its ``rounding_bound``, unless a pair
        or a minimum is lost.
    pairs_lost : int
        How many pairs fewer the plan has.
    minimums_missed : int
        How many more places are missing to somebody's minimum.
    lost, gained : tuple of Pair
        Pairs that go and pairs that come, each making room for the next; the
        pair itself comes first.
    total : float
        The total afterwards.
    """

    pair: Pair
    price: float
    pairs_lost: int
    minimums_missed: int
    lost: tuple[Pair, ...]
    gained: tuple[Pair, ...]
    total: float


@dataclass(frozen=True, eq=False, slots=True)
class Names:
    """The ids in their order, and where each stands in it.

    Attributes
    ----------
    projects, mentors : tuple of str
    rows, columns : dict of str to int
    """

    projects: tuple[str, ...]
    mentors: tuple[str, ...]
    rows: dict[str, int]
    columns: dict[str, int]

    @classmethod
    def of(cls, projects: tuple[str, ...], mentors: tuple[str, ...]) -> Names:
        """Index ids that are in order."""
        return cls(
            projects,
            mentors,
            {one: row for row, one in enumerate(projects)},
            {one: column for column, one in enumerate(mentors)},
        )

    def row(self, project: str) -> int:
        """Find a project, or say which id is nearest."""
        return _place(project, self.rows, "project")

    def column(self, mentor: str) -> int:
        """Find a mentor, or say which id is nearest."""
        return _place(mentor, self.columns, "mentor")

    def pair(self, cell: Cell) -> Pair:
        """Name a cell."""
        return Pair(self.projects[cell[0]], self.mentors[cell[1]])


def _place(one: str, places: dict[str, int], side: str) -> int:
    if one in places:
        return places[one]
    if not places:
        raise MatcherError(f"no_{side}s_to_ask", id=one)
    raise MatcherError(f"{side}_unknown", id=one, nearest=nearest_id(one, places))


def consequence_from(
    exchange: Exchange, cell: Cell, *, names: Names, values: Floats, room: Room, chosen: Floats
) -> Consequence:
    """Read what an exchange means off the numbers as given; ``chosen`` are the plan's own."""
    # One exact sum: a lost pair takes off just what it was, to the last digit.
    changes = [-float(values[each]) for each in exchange.lost]
    changes += [float(values[each]) for each in exchange.gained]
    return Consequence(
        pair=names.pair(cell),
        price=0.0 - math.fsum(changes),
        pairs_lost=len(exchange.lost) - len(exchange.gained),
        minimums_missed=_missed(exchange, room.projects, 0) + _missed(exchange, room.mentors, 1),
        lost=tuple(names.pair(each) for each in exchange.lost),
        gained=tuple(names.pair(each) for each in exchange.gained),
        total=math.fsum([*chosen.tolist(), *changes]),
    )


def _missed(exchange: Exchange, side: Side, axis: int) -> int:
    """How many more places one side misses afterwards."""
    moved = Counter(cell[axis] for cell in exchange.gained)
    moved.subtract(cell[axis] for cell in exchange.lost)
    return sum(
        _short(side.low, side.taken, who, change) - _short(side.low, side.taken, who, 0)
        for who, change in moved.items()
    )


def _short(low: IntArray, taken: IntArray, who: int, change: int) -> int:
    return max(0, int(low[who]) - int(taken[who]) - change)
