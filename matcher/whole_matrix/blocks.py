"""Affinity that is never held whole: it comes in blocks of rows."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.assignment import LARGEST_AFFINITY
from matcher.constraints import IntArray
from matcher.errors import MatcherError

FloatArray = NDArray[np.float64]
AnyFloats = NDArray[np.float32] | NDArray[np.float64]
# Cells of one block: small enough to stay in a processor's cache.
BLOCK_CELLS = 640_000
MOST_BLOCK_ROWS = 1024
_OF_THIS_THREAD = threading.local()


@dataclass(frozen=True, eq=False, slots=True)
class ScoredBlock:
    """Some rows of the matrix after prices.

    Attributes
    ----------
    scores : float array, shape (block rows, n_mentors)
        Affinity less the project's and the mentor's price, in units of
        ``scale``. May be written to, until the same thread asks for its next
        block.
    scale : float
        The same for all blocks.
    slack : float64 array, shape (block rows,)
        No score of the row is lower than the true one by more than this.
    exact : callable
        The affinities of some of the block's cells as float64, from arrays of
        row numbers (counted from the block's first row) and column numbers.
    """

    scores: AnyFloats
    scale: float
    slack: FloatArray
    exact: Callable[[IntArray, IntArray], FloatArray]


class PricedRows(Protocol):
    """A matrix after prices, block by block."""

    def block(self, rows: slice) -> ScoredBlock:
        """Give the rows' scores."""


class AffinityBlocks(Protocol):
    """Where affinities come from: :class:`FactoredAffinity` or :class:`CalledAffinity`."""

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns: (n_projects, n_mentors)."""

    @property
    def parallel(self) -> bool:
        """Whether several threads may ask for blocks at once."""

    def bounds(self, stop: Callable[[], None]) -> tuple[float, float]:
        """Give two numbers that no affinity lies outside; ``stop`` may raise."""

    def priced(
        self, project_prices: FloatArray, mentor_prices: FloatArray, fineness: float
    ) -> PricedRows:
        """Give the matrix after prices; differences below ``fineness`` count as slack."""

    def exact(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Give the affinities of some cells."""


def row_blocks(shape: tuple[int, int]) -> list[slice]:
    """Cut the rows into blocks that fit a processor's cache."""
    n_projects, n_mentors = shape
    height = max(1, min(MOST_BLOCK_ROWS, BLOCK_CELLS // max(1, n_mentors)))
    return [slice(start, min(start + height, n_projects)) for start in range(0, n_projects, height)]


class FactoredAffinity:
    """Affinity as a product of two thin matrices: what embeddings give.

    Parameters
    ----------
    projects : array_like of float, shape (n_projects, rank)
    mentors : array_like of float, shape (n_mentors, rank)
        The affinity of a pair is the sum of the products of the two rows.

    Raises
    ------
    MatcherError
        A factor, or a product that could arise, is NaN, infinite or beyond
        1e300; the error names a cell that it would reach by its 0-based row
        and column.

    Notes
    -----
    Blocks are multiplied in 32 bits. A sum of r products in floating point is
    off by at most r u / (1 - r u) times the product of the two rows' lengths,
    in whatever order it is added up [1]_; that bound is the scores' slack, and
    cells within it are looked at again in 64 bits.

    References
    ----------
    .. [1] N. J. Higham, *Accuracy and Stability of Numerical Algorithms*,
       2nd edition, SIAM, 2002, section 3.1.
       https://doi.org/10.1137/1.9780898718027

    Examples
    --------
    >>> two = FactoredAffinity([[1.0, 0.0], [0.5, 2.0]], [[1.0, 1.0], [0.0, 3.0]])
    >>> two.shape
    (2, 2)
    >>> two.exact(np.array([1]), np.array([0])).tolist()
    [2.5]
    """

    def __init__(self, projects: ArrayLike, mentors: ArrayLike) -> None:
        self._projects = np.ascontiguousarray(projects, dtype=np.float64)
        self._mentors = np.ascontiguousarray(mentors, dtype=np.float64)
        if (
            self._projects.ndim != 2
            or self._mentors.ndim != 2
            or self._projects.shape[1] != self._mentors.shape[1]
        ):
            raise ValueError(
                f"factors of shape {self._projects.shape} and {self._mentors.shape} have no "
                "product: give (n_projects, rank) and (n_mentors, rank)"
            )
        self._scales = _largest(self._projects), _largest(self._mentors)
        self._lengths = tuple(
            np.sqrt(np.einsum("ij,ij->i", each / scale, each / scale))
            for each, scale in zip((self._projects, self._mentors), self._scales, strict=True)
        )
        self._refuse_unusable()

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns: (n_projects, n_mentors)."""
        return len(self._projects), len(self._mentors)

    @property
    def parallel(self) -> bool:
        """Blocks of a product are independent of each other."""
        return True

    def bounds(self, stop: Callable[[], None]) -> tuple[float, float]:
        """Give the product of the greatest lengths, below and above zero."""
        stop()
        reach = self._reach()
        return -reach, reach

    def priced(
        self, project_prices: FloatArray, mentor_prices: FloatArray, fineness: float
    ) -> PricedRows:
        """Give the product after prices, which ride along as two more columns."""
        scale = self._scales[0] * self._scales[1]
        left, right = project_prices / scale, mentor_prices / scale
        rank = self._projects.shape[1]
        rows = np.empty((len(left), rank + 2), dtype=np.float32)
        np.divide(self._projects, self._scales[0], out=rows[:, :rank], casting="same_kind")
        rows[:, rank], rows[:, rank + 1] = -left, 1.0
        columns = np.empty((rank + 2, len(right)), dtype=np.float32)
        np.divide(self._mentors.T, self._scales[1], out=columns[:rank], casting="same_kind")
        # Two roundings of the factors, and the exact sum's own, beside the terms.
        roundings = (rank + 6) * 2.0**-24
        roundings /= 1 - roundings
        # A mentor's price is made lower by its own error, so that one mentor far
        # out of reach does not widen everybody's slack.
        columns[rank], columns[rank + 1] = 1.0, roundings * np.abs(right) - right
        size = self._lengths[0] * _most(self._lengths[1]) + np.abs(left)
        slack = roundings * (1 + roundings) * size + fineness / scale + 1e-30
        return _ProductRows(rows, columns, scale, slack, self)

    def exact(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Give the affinities of some cells, summed in 64 bits."""
        values = np.empty(len(rows))
        step = max(1, 2_000_000 // max(1, self._projects.shape[1]))
        for start in range(0, len(rows), step):
            part = slice(start, start + step)
            np.einsum(
                "ij,ij->i",
                self._projects[rows[part]],
                self._mentors[columns[part]],
                out=values[part],
            )
        return values

    def _reach(self) -> float:
        lengths = _most(self._lengths[0]) * _most(self._lengths[1])
        return lengths * self._scales[0] * self._scales[1] * (1 + 1e-9)

    def _refuse_unusable(self) -> None:
        if 0 in self.shape:
            return
        for side, factor in enumerate((self._projects, self._mentors)):
            wrong = np.argwhere(~np.isfinite(factor))
            if len(wrong):
                row, column = ((wrong[0, 0], 0), (0, wrong[0, 0]))[side]
                raise _unusable(int(row), int(column), float(factor[tuple(wrong[0])]))
        if not self._reach() <= LARGEST_AFFINITY:
            row, column = (int(np.argmax(each)) for each in self._lengths)
            raise _unusable(row, column, self._reach())


@dataclass(frozen=True, eq=False, slots=True)
class _ProductRows:
    rows: NDArray[np.float32]
    columns: NDArray[np.float32]
    scale: float
    slack: FloatArray
    affinity: FactoredAffinity

    def block(self, rows: slice) -> ScoredBlock:
        wanted = (rows.stop - rows.start, self.columns.shape[1])
        # A fresh array for every block would cost more than the product itself.
        buffer = getattr(_OF_THIS_THREAD, "scores", None)
        if buffer is None or buffer.shape != wanted:
            buffer = _OF_THIS_THREAD.scores = np.empty(wanted, dtype=np.float32)
        np.matmul(self.rows[rows], self.columns, out=buffer)
        start = rows.start
        return ScoredBlock(
            scores=buffer,
            scale=self.scale,
            slack=self.slack[rows],
            exact=lambda r, c: self.affinity.exact(r + start, c),
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
            raise _unusable(rows.start + int(row), int(column), float(values[row, column]))
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
        size = self._reach + np.abs(project_prices) + _most(np.abs(mentor_prices))
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


def _largest(factor: FloatArray) -> float:
    """The greatest size of an entry, as a power of two; 1 where all are 0 or unusable."""
    size = float(np.abs(factor).max(initial=0.0))
    return 2.0 ** math.frexp(size)[1] if 0 < size <= LARGEST_AFFINITY else 1.0


def _most(values: FloatArray) -> float:
    return float(values.max(initial=0.0))


def _unusable(row: int, column: int, value: float) -> MatcherError:
    return MatcherError(
        "affinity_too_large" if math.isfinite(value) else "affinity_not_finite",
        project=str(row),
        mentor=str(column),
        value=str(value),
    )
