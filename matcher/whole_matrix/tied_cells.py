"""Whom to choose among equals, so that equal rows do not all choose the same."""

from __future__ import annotations

import numpy as np

from matcher.constraints import BoolArray, IntArray
from matcher.whole_matrix.blocks import AnyFloats, FloatArray

# Multiples of either spread evenly over a circle, and the pairs of them over a square.
GOLDEN, SILVER = (5**0.5 - 1) / 2, 2**0.5 - 1
# The digits' own noise within a tie must not settle it for all rows alike.
ABOVE_NOISE = 4


def places(numbers: IntArray, others: IntArray, n_others: int, turn: float = GOLDEN) -> FloatArray:
    """Give each person's order of the other side: from 0 for the first to just below 1.

    Everybody begins elsewhere and goes round from there; ``turn`` is how much
    further on the circle than the person before.
    """
    first = np.floor(numbers * turn % 1 * n_others)
    order: FloatArray = others - first
    order += n_others * (order < 0)
    order /= n_others
    return order


def spread_ties(scores: AnyFloats, slack: FloatArray, order: FloatArray) -> FloatArray:
    """Give scores in which each row's ties are settled by its order (:func:`places`)."""
    lower = (ABOVE_NOISE * slack)[:, None] * order
    return np.subtract(scores, lower, out=lower)


def first_marked(marks: BoolArray, most: int, numbers: IntArray) -> tuple[IntArray, IntArray]:
    """Give each row's first marked cells in an order of its own."""
    width = marks.shape[1]
    columns = np.arange(width)
    order = np.argsort(places(numbers[:, None], columns[None, :], width), axis=1)
    turned = np.take_along_axis(marks, order, axis=1)
    turned &= np.cumsum(turned, axis=1) <= most
    rows, which = np.nonzero(turned)
    return rows, order[rows, which].astype(np.int64)
