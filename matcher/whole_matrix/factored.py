"""Affinity as a product of two thin matrices."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.assignment import LARGEST_AFFINITY
from matcher.constraints import IntArray
from matcher.whole_matrix.blocks import FloatArray, PricedRows, ScoredBlock, most_of, unusable

_OF_THIS_THREAD = threading.local()


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
        size = self._lengths[0] * most_of(self._lengths[1]) + np.abs(left)
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
        lengths = most_of(self._lengths[0]) * most_of(self._lengths[1])
        return lengths * self._scales[0] * self._scales[1] * (1 + 1e-9)

    def _refuse_unusable(self) -> None:
        if 0 in self.shape:
            return
        for side, factor in enumerate((self._projects, self._mentors)):
            wrong = np.argwhere(~np.isfinite(factor))
            if len(wrong):
                row, column = ((wrong[0, 0], 0), (0, wrong[0, 0]))[side]
                raise unusable(int(row), int(column), float(factor[tuple(wrong[0])]))
        if not self._reach() <= LARGEST_AFFINITY:
            row, column = (int(np.argmax(each)) for each in self._lengths)
            raise unusable(row, column, self._reach())


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


def _largest(factor: FloatArray) -> float:
    """The greatest size of an entry, as a power of two; 1 where all are 0 or unusable."""
    size = float(np.abs(factor).max(initial=0.0))
    return 2.0 ** math.frexp(size)[1] if 0 < size <= LARGEST_AFFINITY else 1.0
