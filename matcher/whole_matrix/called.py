"""Affinity from a function that is asked for one block of rows after another."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from matcher.assignment import LARGEST_AFFINITY
from matcher.constraints import IntArray
from matcher.whole_matrix.blocks import (
    FloatArray,
    PricedRows,
    ScoredBlock,
    most_of,
    row_blocks,
    unusable,
)


class CalledAffinity:
    """Affinity from a function that gives any block of rows.

    Parameters
    ----------
    function : callable
        From a slice of rows, the float array (rows of the slice, n_mentors).
        The same rows must give the same numbers each time.
    shape : tuple of int
        (n_projects, n_mentors).

    Examples
    --------
    >>> table = np.array([[0.9, 0.8], [0.7, 0.1]])
    >>> CalledAffinity(lambda rows: table[rows], table.shape).exact(
    ...     np.array([1]), np.array([0])
    ... ).tolist()
    [0.7]
    """

    def __init__(self, function: Callable[[slice], ArrayLike], shape: tuple[int, int]) -> None:
        self._function = function
        self._shape = shape
        self._reach = LARGEST_AFFINITY

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns: (n_projects, n_mentors)."""
        return self._shape

    @property
    def parallel(self) -> bool:
        """The function is only ever asked by the thread that wants the plan."""
        return False

    def checked(self, rows: slice) -> FloatArray:
        """Give a block, or name its first cell that is no usable number.

        Raises
        ------
        MatcherError
            A cell is NaN, infinite or beyond 1e300: give it a number.
        ValueError
            The function gave another shape than the rows it was asked for.
        """
        values = np.asarray(self._function(rows), dtype=np.float64)
        wanted = (rows.stop - rows.start, self._shape[1])
        if values.shape != wanted:
            raise ValueError(
                f"the block of rows {rows.start} to {rows.stop} has shape {values.shape}: "
                f"give {wanted}"
            )
        if not max(values.max(initial=0.0), -values.min(initial=0.0)) <= LARGEST_AFFINITY:
            row, column = np.argwhere(~(np.abs(values) <= LARGEST_AFFINITY))[0]
            raise unusable(rows.start + int(row), int(column), float(values[row, column]))
        return values

    def bounds(self, stop: Callable[[], None]) -> tuple[float, float]:
        """Give the least and the greatest affinity, from one pass over all blocks."""
        low, high = math.inf, -math.inf
        for rows in row_blocks(self._shape):
            stop()
            values = self.checked(rows)
            low = min(low, float(values.min(initial=math.inf)))
            high = max(high, float(values.max(initial=-math.inf)))
        self._reach = max(abs(low), abs(high))
        return low, high

    def priced(
        self, project_prices: FloatArray, mentor_prices: FloatArray, fineness: float
    ) -> PricedRows:
        """Give the blocks after prices, in 64 bits."""
        size = self._reach + np.abs(project_prices) + most_of(np.abs(mentor_prices))
        return _CalledRows(self, project_prices, mentor_prices, size * 2.0**-50 + fineness)

    def exact(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Give the affinities of some cells, from the blocks that hold them."""
        values = np.empty(len(rows))
        for block in row_blocks(self._shape):
            mine = np.flatnonzero((rows >= block.start) & (rows < block.stop))
            if len(mine):
                values[mine] = self.checked(block)[rows[mine] - block.start, columns[mine]]
        return values


@dataclass(frozen=True, eq=False, slots=True)
class _CalledRows:
    affinity: CalledAffinity
    project_prices: FloatArray
    mentor_prices: FloatArray
    slack: FloatArray

    def block(self, rows: slice) -> ScoredBlock:
        values = self.affinity.checked(rows)
        scores = values - self.mentor_prices
        scores -= self.project_prices[rows, None]
        return ScoredBlock(scores, 1.0, self.slack[rows], lambda r, c: values[r, c])
