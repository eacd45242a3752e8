"""Affinity that is never held whole: it comes in blocks of rows."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.constraints import IntArray
from matcher.errors import MatcherError

FloatArray = NDArray[np.float64]
AnyFloats = NDArray[np.float32] | NDArray[np.float64]
# Cells of one block: small enough to stay in a processor's cache.
BLOCK_CELLS = 640_000
MOST_BLOCK_ROWS = 1024


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
    """Where affinities come from: :class:`matcher.whole_matrix.factored.FactoredAffinity` or
    :class:`matcher.whole_matrix.called.CalledAffinity`."""

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


def most_of(values: FloatArray) -> float:
    """Give the greatest of some numbers that are not below 0; 0 if there are none."""
    return float(values.max(initial=0.0))


def unusable(row: int, column: int, value: float) -> MatcherError:
    """Give the error that names a cell by its 0-based row and column."""
    return MatcherError(
        "affinity_too_large" if math.isfinite(value) else "affinity_not_finite",
        project=str(row),
        mentor=str(column),
        value=str(value),
    )
