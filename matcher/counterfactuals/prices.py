"""What any other pair would cost, for all pairs at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.constraints import BoolArray, IntArray
from matcher.counterfactuals.paths import all_distances
from matcher.counterfactuals.residual import Residual
from matcher.counterfactuals.weights import FINITE, NEVER, Weights
from matcher.optimum import IdOrder
from matcher.pair_costs import Floats, PairCosts, pairs_of

Scalar = TypeVar("Scalar", bound=np.generic)

# So many chosen pairs are looked at in one go: 400 mentors' rows fill 6 MB.
BLOCK = 2048


@dataclass(frozen=True, eq=False, slots=True)
class Prices:
    """What it costs to force each pair that is not chosen, and to drop each that is.

    Plans are compared by pairs, then by minimums, then by total, so a price has
    three parts. *Forcing* a pair means locking it and solving again: that plan
    has ``pairs_lost`` fewer pairs, misses ``minimums_missed`` more places of
    minimums, and its total is lower by ``affinity``, exactly but for
    ``rounding_bound``. Where the first two are 0, ``affinity`` is never
    negative. *Dropping* means forbidding it. Dropping a locked pair means taking
    the lock off and forbidding it: the parts that are below zero then are what
    the lock costs.

    All arrays have shape (n_projects, n_mentors), in the order that was given,
    and are read-only.

    Attributes
    ----------
    affinity : float64 array
        0 for chosen pairs, infinite where not ``possible``.
    pairs_lost, minimums_missed : int64 array
        0 for chosen pairs and where not ``possible``.
    possible : bool array
        False for conflicts and for pairs that no plan within the locks can hold.
    chosen : bool array
        The plan's pairs, locked ones included.
    drop_affinity : float64 array
    drop_pairs_lost, drop_minimums_missed : int64 array
        0 for pairs that are not chosen.
    rounding_bound : float
        By how much a price can differ from solving again, see
        :attr:`matcher.assignment.Assignment.rounding_bound`.
    """

    affinity: Floats
    pairs_lost: IntArray
    minimums_missed: IntArray
    possible: BoolArray
    chosen: BoolArray
    drop_affinity: Floats
    drop_pairs_lost: IntArray
    drop_minimums_missed: IntArray
    rounding_bound: float


def price_all(
    residual: Residual,
    weights: Weights,
    priced: PairCosts,
    order: IdOrder,
    *,
    locked: BoolArray,
    locked_values: Floats,
) -> Prices:
    """Give the price of every pair.

    Forcing pair (i, j) sends a unit from project i to mentor j, which must come
    back: the price is the pair's own cost and the lightest path from j to i in
    the plan's residual graph; dropping a pair is the path from i to j. Folded
    onto the mentors, all those paths are one matrix of distances. Reduced costs
    of a linear program, which name a price too, are only lower bounds of it.

    Parameters
    ----------
    residual : Residual
        Of an optimal plan, in the order of ids.
    weights : Weights
    priced : PairCosts
        The whole numbers of the residual graph.
    order : IdOrder
    locked : bool array, shape (n_projects, n_mentors)
        In the order of ids.
    locked_values : float64 array, shape (n_locked,)
        The locked pairs' affinities, row by row.

    Returns
    -------
    Prices

    References
    ----------
    R. K. Ahuja, T. L. Magnanti, J. B. Orlin, *Network Flows: Theory,
    Algorithms, and Applications*, Prentice Hall, 1993, sections 9.3 and 9.11.
    """
    distances = all_distances(residual.graph())
    forced = _forced(residual, distances)
    forced[residual.held | locked] = 0
    possible = forced < FINITE
    forced[~possible] = 0
    lost, missed, costs = weights.apart(forced)
    steps = priced.steps(costs)
    affinity = _as_affinity(lost, steps, priced)
    affinity[~possible] = np.inf

    dropped = np.zeros_like(forced)
    rows, columns = pairs_of(residual.held | locked)
    dropped[rows, columns] = _dropped(residual, distances, rows, columns)
    drop_lost, drop_missed, costs = weights.apart(dropped)
    # A lock's own affinity may lie outside the steps; only its replacement counts in them.
    replaced = drop_lost - locked
    drop_affinity = _as_affinity(replaced, priced.steps(costs), priced)
    drop_affinity[locked] += locked_values

    def given(matrix: NDArray[Scalar]) -> NDArray[Scalar]:
        result = np.empty_like(matrix)
        result[order.by_id] = matrix
        result.setflags(write=False)
        return result

    return Prices(
        affinity=given(affinity),
        pairs_lost=given(lost),
        minimums_missed=given(missed),
        possible=given(possible),
        chosen=given(residual.held | locked),
        drop_affinity=given(drop_affinity),
        drop_pairs_lost=given(drop_lost),
        drop_minimums_missed=given(drop_missed),
        rounding_bound=2 * priced.rounding * (int(np.count_nonzero(residual.held)) + 1),
    )


def _as_affinity(lost: IntArray, steps: IntArray, priced: PairCosts) -> Floats:
    """Affinity given up: each pair not replaced gives up the best affinity less its steps."""
    affinity: Floats = priced.amount(steps)
    if lost.any():
        affinity += lost * priced.best
    return affinity


def _forced(residual: Residual, distances: IntArray) -> IntArray:
    """Weigh the forcing of each pair; ``NEVER`` and thereabouts where nothing makes room."""
    to_node = np.ascontiguousarray(distances.T)
    coming_back = np.minimum(to_node[-1, :-1] + residual.pool.into_project[:, None], NEVER)
    rows, columns = pairs_of(residual.held)
    for block in _blocks(rows):
        ends = to_node[columns[block], :-1]
        ends += residual.losing(rows[block], columns[block])[:, None]
        starts = np.flatnonzero(np.diff(rows[block], prepend=-1))
        least = np.minimum.reduceat(ends, starts, axis=0)
        projects = rows[block][starts]
        coming_back[projects] = np.minimum(coming_back[projects], least)
    weights: IntArray = coming_back + residual.costs
    weights[~residual.free] = NEVER
    return weights


def _dropped(
    residual: Residual, distances: IntArray, rows: IntArray, columns: IntArray
) -> IntArray:
    """Weigh the dropping of chosen pairs, a locked pair's own cost left out."""
    to_node = np.ascontiguousarray(distances.T)
    weights: IntArray = residual.pool.from_project[rows] + distances[-1, columns]
    for block in _blocks(rows):
        replaced = residual.gaining(rows[block])
        replaced += to_node[columns[block], :-1]
        weights[block] = np.minimum(weights[block], replaced.min(axis=1, initial=NEVER))
    held = residual.held[rows, columns]
    weights[held] += residual.losing(rows[held], columns[held])
    return weights


def _blocks(rows: IntArray) -> list[slice]:
    return [slice(start, start + BLOCK) for start in range(0, len(rows), BLOCK)]
