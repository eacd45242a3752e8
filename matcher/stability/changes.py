"""From one plan to another, as lines that can be taken or left exchange by exchange."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matcher.constraints import BoolArray, Constraints
from matcher.stability.exchanges import Trail, trails

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One line of the way from the standing plan to the new one.

    Attributes
    ----------
    kind : {"stays", "moves", "new", "lost"}
        *moves*: the project has this mentor instead of another.
    project, mentor : str
    instead_of : str or None
        The mentor the project gives up; only where it moves.
    gain : float
        What the line adds to the total: 0 for a pair that stays.
    exchange : int or None
        The number of its :class:`Exchange`; None where it stays.
    """

    kind: Literal["stays", "moves", "new", "lost"]
    project: str
    mentor: str
    instead_of: str | None
    gain: float
    exchange: int | None


@dataclass(frozen=True, slots=True)
class Exchange:
    """Changes that hang together: to be taken or left as one.

    The pairs lost and gained form a ring or a chain from mentor to project to
    mentor (:func:`matcher.stability.exchanges.trails`). Any of a plan's
    exchanges can be taken and the others left: nobody's number of pairs then is
    outside what the two plans give them.

    Attributes
    ----------
    number : int
        Its place in the plan's ``exchanges``.
    lost, gained : tuple of (str, str)
        Pairs of a project's and a mentor's id.
    gain : float
        What it adds to the total: the gained pairs' affinities less the lost
        ones', summed without rounding on the way.
    n_changes : int
        The greater of the numbers of pairs lost and gained.
    needed : bool
        Whether leaving it, with all others taken, would break today's conflicts,
        locks, demands' ceilings or max_loads, or cost a pair or a minimum that
        the new plan has.
    """

    number: int
    lost: tuple[tuple[str, str], ...]
    gained: tuple[tuple[str, str], ...]
    gain: float
    n_changes: int
    needed: bool


def changes(
    before: BoolArray, after: BoolArray, affinity: Floats, constraints: Constraints
) -> tuple[tuple[PlanChange, ...], tuple[Exchange, ...]]:
    """Give the lines and the exchanges that lead from one plan to another.

    Parameters
    ----------
    before, after : bool array, shape (n_projects, n_mentors)
    affinity : float array, shape (n_projects, n_mentors)
    constraints : Constraints
        Today's, rows and columns in the order of ids; the plan before may break them.

    Returns
    -------
    lines : tuple of PlanChange
        By project id; within a project first what stays, then its exchanges.
    exchanges : tuple of Exchange
        By the lowest project id that they concern.
    """
    projects, mentors = constraints.project_ids, constraints.mentor_ids
    lines: list[list[PlanChange]] = [
        [
            PlanChange("stays", project, mentors[column], None, 0.0, None)
            for column in np.flatnonzero(before[row] & after[row])
        ]
        for row, project in enumerate(projects)
    ]
    exchanges = []
    judge = _Judge(after, constraints)
    for number, trail in enumerate(trails(before, after)):
        exchanges.append(
            Exchange(
                number=number,
                lost=tuple((projects[row], mentors[column]) for row, column in trail.lost),
                gained=tuple((projects[row], mentors[column]) for row, column in trail.gained),
                gain=math.fsum(
                    [
                        *(float(affinity[cell]) for cell in trail.gained),
                        *(-float(affinity[cell]) for cell in trail.lost),
                    ]
                ),
                n_changes=max(len(trail.lost), len(trail.gained)),
                needed=judge.needs(trail),
            )
        )
        given_up = dict(trail.lost)
        for row, column in trail.gained:
            old = given_up.pop(row, None)
            lines[row].append(_gained(projects[row], mentors, affinity[row], (old, column), number))
        for row, column in given_up.items():
            loss = -float(affinity[row, column])
            lines[row].append(
                PlanChange("lost", projects[row], mentors[column], None, loss, number)
            )
    return tuple(line for of_row in lines for line in of_row), tuple(exchanges)


def _gained(
    project: str,
    mentors: tuple[str, ...],
    worth: Floats,
    columns: tuple[int | None, int],
    number: int,
) -> PlanChange:
    """The line of a gained pair: instead of another, or new."""
    old, column = columns
    if old is None:
        return PlanChange("new", project, mentors[column], None, float(worth[column]), number)
    gain = float(worth[column] - worth[old])
    return PlanChange("moves", project, mentors[column], mentors[old], gain, number)


class _Judge:
    """Tells which exchanges a plan cannot be without."""

    def __init__(self, after: BoolArray, constraints: Constraints) -> None:
        self._forbidden, self._locked = constraints.forbidden, constraints.locked
        self._sides = (
            (after.sum(axis=1), constraints.demand_low, constraints.demand_high),
            (after.sum(axis=0), constraints.load_low, constraints.load_high),
        )

    def needs(self, trail: Trail) -> bool:
        """Tell whether the plan without this exchange breaks or lacks something."""
        if len(trail.lost) < len(trail.gained):
            return True
        if any(self._forbidden[cell] for cell in trail.lost):
            return True
        if any(self._locked[cell] for cell in trail.gained):
            return True
        missing = 0
        for side, (taken, low, high) in enumerate(self._sides):
            change = np.zeros(len(taken), dtype=np.int64)
            np.add.at(change, [cell[side] for cell in trail.lost], 1)
            np.subtract.at(change, [cell[side] for cell in trail.gained], 1)
            # What the plan with the exchange breaks as well is not held against it.
            if ((taken + change > high) & (change > 0)).any():
                return True
            missing += int(np.maximum(low - taken - change, 0).sum())
            missing -= int(np.maximum(low - taken, 0).sum())
        return missing > 0
