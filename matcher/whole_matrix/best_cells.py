"""The greatest cells of a block, without sorting the others."""

from __future__ import annotations

import numpy as np

from matcher.constraints import BoolArray, IntArray
from matcher.whole_matrix.blocks import AnyFloats, FloatArray, ScoredBlock
from matcher.whole_matrix.tied_cells import SILVER, first_marked, places, spread_ties

# Columns that share one maximum when a row's best are looked for.
GROUP = 16


def add_prizes(scores: AnyFloats, ours: IntArray, theirs: IntArray) -> None:
    """Add whole prizes to scores that are without: ``ours`` a row, ``theirs`` a column."""
    if not (ours.any() or theirs.any()):
        return
    reach = 4 * float(np.abs(scores).max(initial=0.0)) + 1
    for level in np.unique(ours):
        left = -level - theirs
        extra = np.where(left > 0, reach, np.where(left < 0, -np.inf, 0)).astype(scores.dtype)
        scores[ours == level] += extra


def cells_above(
    block: ScoredBlock, most: int, numbers: IntArray
) -> tuple[IntArray, IntArray, bool]:
    """The cells that may be above 0; where a row has many, the best and some others.

    ``most`` are the cells of a row at most, ``numbers`` the rows' own in the
    whole matrix. The last answer says whether the cells are all.
    """
    hits = may_be_above(block)
    if not hits.any():
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), True
    crowded = np.flatnonzero(np.count_nonzero(hits, axis=1) > most)
    if not len(crowded):
        rows, columns = np.nonzero(hits)
        return rows, columns, True
    # The best alone would be the same for all rows that are much alike, and
    # only a few of them could have what the others find as well.
    further = most // 2
    theirs, spread = first_marked(hits[crowded], further, numbers[crowded])
    hits[crowded] = False
    hits[crowded[theirs], spread] = True
    theirs, best = best_cells(
        block.scores[crowded], block.slack[crowded], most - further, numbers[crowded]
    )
    hits[crowded[theirs], best] = True
    rows, columns = np.nonzero(hits)
    return rows, columns, False


def may_be_above(block: ScoredBlock) -> BoolArray:
    """Mark the cells whose true score may be above 0."""
    # Rounding the bound to the block's digits must not make it stricter.
    least = (-block.slack * (1 + 1e-6)).astype(block.scores.dtype)[:, None]
    hits: BoolArray = np.greater(block.scores, least)
    return hits


def best_cells(
    scores: AnyFloats, slack: FloatArray, most: int, numbers: IntArray
) -> tuple[IntArray, IntArray]:
    """Each row's greatest cells, without those at minus infinity.

    Scores that differ by no more than the row's slack count as tied: a row
    chooses among them by its number in the whole matrix.
    """
    height, width = scores.shape
    rows = np.arange(height)[:, None]
    columns = np.broadcast_to(np.arange(width), scores.shape)
    step = width // GROUP
    if step > 2 * most:
        # The best cells are in the groups of the best maxima; a maximum over
        # far columns is one quick comparison of whole stretches.
        groups = scores[:, : step * GROUP].reshape(height, GROUP, step).max(axis=1)
        turns = places(numbers[:, None], np.arange(step), step, SILVER)
        groups = spread_ties(groups, slack, turns)
        best = np.argpartition(groups, step - most, axis=1)[:, step - most :]
        members = (best[:, :, None] + np.arange(GROUP) * step).reshape(height, -1)
        rest = np.broadcast_to(np.arange(step * GROUP, width), (height, width - step * GROUP))
        columns = np.concatenate([members, rest], axis=1)
    if columns.shape[1] > most:
        turns = places(numbers[:, None], columns, width)
        values = spread_ties(scores[rows, columns], slack, turns)
        kept = np.argpartition(values, values.shape[1] - most, axis=1)[:, -most:]
        columns = np.sort(np.take_along_axis(columns, kept, axis=1), axis=1)
    open_cells = scores[rows, columns] > -np.inf
    where, which = np.nonzero(open_cells)
    return where, columns[where, which].astype(np.int64)
