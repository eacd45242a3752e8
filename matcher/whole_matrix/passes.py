"""One look at all pairs: which candidates a plan should also have."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from matcher.constraints import BoolArray, IntArray
from matcher.whole_matrix.best_cells import add_prizes, best_cells, cells_above, may_be_above
from matcher.whole_matrix.blocks import (
    AffinityBlocks,
    AnyFloats,
    FloatArray,
    ScoredBlock,
    row_blocks,
)
from matcher.whole_matrix.candidate_flow import Candidates
from matcher.whole_matrix.limits import PairLimits
from matcher.whole_matrix.prices import Prices
from matcher.whole_matrix.room import Room
from matcher.whole_matrix.tied_cells import places

# More threads than this wait for memory, not for a processor.
MOST_THREADS = 4
# A mentor's new candidates, as a multiple of the room.
ROOM_TIMES = 8
# Told how many rows are done and how many pairs were found.
Heard = Callable[[int, int], None]


@dataclass(frozen=True, eq=False, slots=True)
class Found:
    """Pairs of some rows, ordered by row and column, with their affinities.

    ``all`` says whether there are no others like them in those rows.
    """

    rows: IntArray
    columns: IntArray
    affinity: FloatArray
    all: bool


@dataclass(frozen=True, eq=False, slots=True)
class Improving:
    """Pairs worth more than their prices.

    Attributes
    ----------
    pairs : Candidates
    gap : int or None
        No plan is worth more than the present one by more: what all pairs are
        worth beyond their prices together. None where a project had too many to
        list.
    """

    pairs: Candidates
    gap: int | None


@dataclass(frozen=True, eq=False, slots=True)
class Matrix:
    """All open pairs: where their affinities come from, and which are closed."""

    affinity: AffinityBlocks
    limits: PairLimits
    room: Room

    def best_of_rows(self, mentor_prices: FloatArray, most: int, heard: Heard) -> Candidates:
        """Give each project's best open pairs after the mentors' prices.

        Parameters
        ----------
        mentor_prices : float64 array, shape (n_mentors,)
        most : int
            Pairs a project, at least 1.
        heard : callable
            May raise, to end the pass.
        """
        nobody = np.zeros(self.limits.shape[0])
        priced = self.affinity.priced(nobody, mentor_prices, 2 * self.room.unit)

        def select(rows: slice) -> Found:
            block = priced.block(rows)
            self._shut(block.scores, rows, self.limits.closed)
            best = best_cells(block.scores, block.slack, most, np.arange(rows.start, rows.stop))
            return _exact(block, rows.start, *best, False)

        found = self._gathered(select, heard)
        return Candidates(found.rows, found.columns, self.room.costs(found.affinity))

    def improving(
        self, prices: Prices, candidates: Candidates, most: int, heard: Heard
    ) -> Improving:
        """Give open pairs that are worth more than their two prices; none if there are none.

        Parameters
        ----------
        prices : Prices
        candidates : Candidates
            Pairs that need no second look.
        most : int
            The most pairs a project; where more improve, the most improving and
            some of the others.
        heard : callable
            May raise, to end the pass.

        Notes
        -----
        Prices are split into whole prizes and a small rest. Where the prizes of
        two people together are below the pair's, it improves by about a prize;
        where they are above, it cannot improve, the rests together being no
        more than a prize. So only rests need the digits of a block.

        Where some rows have more pairs too close to call than are listed, and
        none of the listed improves, all of them are looked at in whole numbers.
        """
        prize, unit = self.room.prize, self.room.unit
        ours, left = _split(prices.projects - prize, prize)
        theirs, right = _split(prices.mentors, prize)
        priced = self.affinity.priced(left * unit + self.room.greatest, right * unit, 2 * unit)
        seen = np.union1d(
            self.limits.closed, candidates.rows * self.limits.shape[1] + candidates.columns
        )

        def look(exactly: bool) -> Improving:
            def select(rows: slice) -> Found:
                block = priced.block(rows)
                add_prizes(block.scores, ours[rows], theirs)
                self._shut(block.scores, rows, seen)
                if exactly:
                    block = self._in_whole_numbers(block, rows, prices)
                above = cells_above(block, most, np.arange(rows.start, rows.stop))
                return _exact(block, rows.start, *above)

            found = self._gathered(select, heard)
            costs = self.room.costs(found.affinity)
            gain = prize - costs - prices.projects[found.rows] - prices.mentors[found.columns]
            gap = int(gain[gain > 0].sum()) if found.all else None
            kept = (gain > 0) & self._wanted(found.rows, found.columns, gain)
            return Improving(Candidates(found.rows, found.columns, costs).only(kept), gap)

        found = look(exactly=False)
        if len(found.pairs) or found.gap is not None:
            return found
        return look(exactly=True)

    def _in_whole_numbers(self, block: ScoredBlock, rows: slice, prices: Prices) -> ScoredBlock:
        """Give the block with true gains in place of the scores that may be above 0."""
        where, which = np.nonzero(may_be_above(block))
        costs = self.room.costs(block.exact(where, which))
        gain = self.room.prize - costs - prices.projects[rows][where] - prices.mentors[which]
        scores = np.full(block.scores.shape, -np.inf)
        scores[where, which] = gain
        return replace(block, scores=scores, slack=np.zeros(len(scores)))

    def _wanted(self, rows: IntArray, columns: IntArray, gain: IntArray) -> BoolArray:
        """Mark each mentor's best pairs, a few times as many as there is room for.

        A mentor in want of projects improves every one of them. Mentors who are
        alike begin with different projects.
        """
        order = np.lexsort((places(columns, rows, self.limits.shape[0]), -gain, columns))
        starts = np.flatnonzero(np.diff(columns[order], prepend=-1))
        counts = np.diff(starts, append=len(order))
        place = np.arange(len(order)) - np.repeat(starts, counts)
        room = self.room.mentors.ceiling[columns[order]]
        wanted = np.empty(len(order), dtype=np.bool_)
        wanted[order] = place < ROOM_TIMES * room + ROOM_TIMES
        return wanted

    def sample(self, most_cells: int) -> tuple[NDArray[np.float32], float]:
        """Give evenly spread rows less a constant, and what one of their units is worth."""
        n_projects, n_mentors = self.limits.shape
        priced = self.affinity.priced(np.zeros(n_projects), np.zeros(n_mentors), 0.0)
        step = max(1, n_projects * n_mentors // most_cells)
        scale, parts = 1.0, []
        with self._single_threads():
            for rows in row_blocks(self.limits.shape):
                # Counted through all blocks, so that every row is a candidate.
                first = -rows.start % step
                if first < rows.stop - rows.start:
                    block = priced.block(rows)
                    some, scale = block.scores[first::step], block.scale
                    if some.dtype == np.float64:
                        # Neither huge numbers nor tiny ones fit 32 bits as they are.
                        some, scale = (some - self.room.greatest) / self.room.unit, self.room.unit
                    parts.append(some.astype(np.float32))
        return np.concatenate(parts), scale

    def _gathered(self, select: Callable[[slice], Found], heard: Heard) -> Found:
        parts, pairs = [], 0
        for rows, found in self._each(select):
            parts.append(found)
            pairs += len(found.rows)
            heard(rows.stop, pairs)
        return Found(
            rows=np.concatenate([part.rows for part in parts]),
            columns=np.concatenate([part.columns for part in parts]),
            affinity=np.concatenate([part.affinity for part in parts]),
            all=all(part.all for part in parts),
        )

    def _each(self, select: Callable[[slice], Found]) -> Iterator[tuple[slice, Found]]:
        """Select from every block, in order; a product is multiplied by several threads."""
        blocks = row_blocks(self.limits.shape)
        if not self._by_threads:
            for rows in blocks:
                yield rows, select(rows)
            return
        with self._single_threads():
            threads = ThreadPoolExecutor(min(MOST_THREADS, os.cpu_count() or 1))
            try:
                yield from zip(blocks, threads.map(select, blocks), strict=True)
            finally:
                threads.shutdown(cancel_futures=True)

    @property
    def _by_threads(self) -> bool:
        return self.affinity.parallel and len(row_blocks(self.limits.shape)) > 1

    def _single_threads(self) -> AbstractContextManager[object]:
        """Keep a BLAS library from sharing out a block among threads of its own.

        A block is too small for that; they would wait for each other.
        """
        if not self._by_threads:
            return nullcontext()
        limited: AbstractContextManager[object] = threadpool_limits(1, user_api="blas")
        return limited

    def _shut(self, scores: AnyFloats, rows: slice, seen: IntArray) -> None:
        """Put pairs that were seen, and people without room, below everything."""
        width = self.limits.shape[1]
        first, last = np.searchsorted(seen, (rows.start * width, rows.stop * width))
        scores.reshape(-1)[seen[first:last] - rows.start * width] = -np.inf
        scores[self.room.projects.ceiling[rows] == 0] = -np.inf
        scores[:, self.room.mentors.ceiling == 0] = -np.inf


def _split(prices: IntArray, prize: int) -> tuple[IntArray, FloatArray]:
    """The nearest number of whole prizes, and the rest."""
    prizes = (2 * prices + prize) // (2 * prize)
    return prizes, (prices - prizes * prize).astype(np.float64)


def _exact(block: ScoredBlock, start: int, rows: IntArray, columns: IntArray, every: bool) -> Found:
    return Found(rows + start, columns, block.exact(rows, columns), every)
