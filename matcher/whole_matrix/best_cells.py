"""The greatest cells of a block, without sorting the others."""

from __future__ import annotations

import numpy as np

from matcher.constraints import BoolArray, IntArray
from matcher.whole_matrix.blocks import AnyFloats, ScoredBlock

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


def cells_above(block: ScoredBlock, most: int) -> tuple[IntArray, IntArray, bool]:
    """The cells that may be above 0, or the best of them where a row has many.

    The last answer says whether they are all.
    """
    scores = block.scores
    # Rounding the bound to the block's digits must not make it stricter.
    least = (-block.slack * (1 + 1e-6)).astype(scores.dtype)[:, None]
    hits: BoolArray = np.greater(scores, least)
    if not hits.any():
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), True
    crowded = np.flatnonzero(np.count_nonzero(hits, axis=1) > most)
    if not len(crowded):
        rows, columns = np.nonzero(hits)
        return rows, columns, True
    hits[crowded] = False
    rows, columns = np.nonzero(hits)
    theirs, best = best_cells(scores[crowded], most)
    rows, columns = np.append(rows, crowded[theirs]), np.append(columns, best)
    order = np.lexsort((columns, rows))
    return rows[order], columns[order], False


def best_cells(scores: AnyFloats, most: int) -> tuple[IntArray, IntArray]:
    """Each row's greatest cells, without those at minus infinity."""
    height, width = scores.shape
    rows = np.arange(height)[:, None]
    columns = np.broadcast_to(np.arange(width), scores.shape)
    step = width // GROUP
    if step > 2 * most:
        # The best cells are in the groups of the best maxima; a maximum over
        # far columns is one quick comparison of whole stretches.
        groups = scores[:, : step * GROUP].reshape(height, GROUP, step).max(axis=1)
        best = np.argpartition(groups, step - most, axis=1)[:, step - most :]
        members = (best[:, :, None] + np.arange(GROUP) * step).reshape(height, -1)
        rest = np.broadcast_to(np.arange(step * GROUP, width), (height, width - step * GROUP))
        columns = np.concatenate([members, rest], axis=1)
    if columns.shape[1] > most:
        values = scores[rows, columns]
        kept = np.argpartition(values, values.shape[1] - most, axis=1)[:, -most:]
        columns = np.sort(np.take_along_axis(columns, kept, axis=1), axis=1)
    open_cells = scores[rows, columns] > -np.inf
    where, which = np.nonzero(open_cells)
    return where, columns[where, which].astype(np.int64)
