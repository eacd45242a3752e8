"""Demand, loads, conflicts and locks without a matrix of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from matcher.constraints import Constraints, IntArray
from matcher.errors import MatcherError


@dataclass(frozen=True, eq=False, slots=True)
class PairLimits:
    """What any plan must keep to; conflicts and locks are lists of pairs.

    Use :meth:`build`, which refuses contradictions, or :meth:`of`.

    Attributes
    ----------
    demand_low, demand_high : int64 array, shape (n_projects,)
    load_low, load_high : int64 array, shape (n_mentors,)
    locked : int64 array, shape (n_locked, 2)
        Row and column of each pair that stays, in order.
    closed : int64 array, shape (n_closed,)
        ``row * n_mentors + column`` of each pair that is locked or forbidden,
        in order: those the solver may not choose.
    """

    demand_low: IntArray
    demand_high: IntArray
    load_low: IntArray
    load_high: IntArray
    locked: IntArray
    closed: IntArray

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns: (n_projects, n_mentors)."""
        return len(self.demand_low), len(self.load_low)

    @classmethod
    def of(cls, constraints: Constraints) -> PairLimits:
        """Give the same limits as lists of pairs."""
        return cls.build(
            demand_low=constraints.demand_low,
            demand_high=constraints.demand_high,
            load_low=constraints.load_low,
            load_high=constraints.load_high,
            forbidden=np.argwhere(constraints.forbidden),
            locked=np.argwhere(constraints.locked),
        )

    @classmethod
    def build(
        cls,
        *,
        demand_low: ArrayLike,
        demand_high: ArrayLike,
        load_low: ArrayLike,
        load_high: ArrayLike,
        forbidden: ArrayLike = (),
        locked: ArrayLike = (),
    ) -> PairLimits:
        """Give the limits, or say what contradicts what.

        Parameters
        ----------
        demand_low, demand_high : array_like of int, shape (n_projects,)
            Mentors a project is to have at least, and at most.
        load_low, load_high : array_like of int, shape (n_mentors,)
            Projects a mentor takes at least, and at most.
        forbidden, locked : array_like of int, shape (any, 2)
            Row and column of each pair; a pair given twice counts once.

        Raises
        ------
        MatcherError
            A number below zero; a minimum above its maximum; a lock against a
            conflict; more locks than the demand or the load allows. The error
            names the 0-based row and column.
        ValueError
            Arrays of unequal length, or a pair outside the matrix.

        Examples
        --------
        >>> limits = PairLimits.build(
        ...     demand_low=[1, 1], demand_high=[1, 2], load_low=[0], load_high=[2],
        ...     forbidden=[(0, 0)],
        ... )
        >>> limits.shape, limits.closed.tolist()
        ((2, 1), [0])
        """
        demand = _ranges("demand", "project", demand_low, demand_high)
        load = _ranges("load", "mentor", load_low, load_high)
        shape = len(demand[0]), len(load[0])
        taboo, kept = _keys("forbidden", forbidden, shape), _keys("locked", locked, shape)
        against = np.intersect1d(taboo, kept)
        width = max(1, shape[1])
        if len(against):
            row, column = divmod(int(against[0]), width)
            raise MatcherError("lock_against_conflict", project=str(row), mentor=str(column))
        pairs = np.stack(np.divmod(kept, width), axis=1)
        _check_locks(pairs, demand[1], load[1])
        return cls(*demand, *load, locked=pairs, closed=np.union1d(taboo, kept))


def _ranges(what: str, who: str, low: ArrayLike, high: ArrayLike) -> tuple[IntArray, IntArray]:
    least, most = np.array(low, dtype=np.int64), np.array(high, dtype=np.int64)
    if least.ndim != 1 or least.shape != most.shape:
        raise ValueError(
            f"{what}_low and {what}_high have shapes {least.shape} and {most.shape}: "
            f"give one number of each for every {who}"
        )
    for numbers in (least, most):
        for position in np.flatnonzero(numbers < 0)[:1]:
            asked = int(numbers[position])
            raise MatcherError(f"{what}_below_zero", asked=asked, **{who: str(position)})
    for position in np.flatnonzero(least > most)[:1]:
        raise MatcherError(
            f"{what}_min_above_max",
            low=int(least[position]),
            high=int(most[position]),
            **{who: str(position)},
        )
    # A load of 10**18 is as good as no limit, and must not overflow when added up.
    return np.minimum(least, 2**31), np.minimum(most, 2**31)


def _keys(what: str, pairs: ArrayLike, shape: tuple[int, int]) -> IntArray:
    array = np.asarray(pairs)
    if array.size == 0:
        return np.zeros(0, dtype=np.int64)
    if array.ndim != 2 or array.shape[1] != 2 or not np.issubdtype(array.dtype, np.integer):
        raise ValueError(f"{what} has shape {array.shape}: give a row and a column for each pair")
    rows, columns = array[:, 0].astype(np.int64), array[:, 1].astype(np.int64)
    outside = (rows < 0) | (rows >= shape[0]) | (columns < 0) | (columns >= shape[1])
    for pair in array[outside][:1].tolist():
        raise ValueError(f"{what} names the pair {tuple(pair)}, outside a matrix of {shape}")
    return np.unique(rows * shape[1] + columns)


def _check_locks(pairs: IntArray, demand_high: IntArray, load_high: IntArray) -> None:
    by_project = np.bincount(pairs[:, 0], minlength=len(demand_high))
    by_mentor = np.bincount(pairs[:, 1], minlength=len(load_high))
    for row in np.flatnonzero(by_project > demand_high)[:1]:
        raise MatcherError(
            "locks_beyond_demand",
            project=str(row),
            locks=int(by_project[row]),
            demand=int(demand_high[row]),
        )
    for column in np.flatnonzero(by_mentor > load_high)[:1]:
        raise MatcherError(
            "locks_beyond_load",
            mentor=str(column),
            locks=int(by_mentor[column]),
            max_load=int(load_high[column]),
        )
