"""The part of a blockage that blocks even alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.constraints import IntArray
from matcher.diagnosis.market import Market


def core_of(market: Market, group: IntArray) -> IntArray:
    """Give some of a group who cannot all be served, though without any one of them they could.

    Parameters
    ----------
    market : Market
    group : int64 array
        Askers, in order, who miss something even alone.

    Returns
    -------
    int64 array
        The askers of the core, in order. No part of it blocks; a smaller core
        may hide elsewhere in the group, since the smallest of all is hard to find.

    Notes
    -----
    A deletion filter, as for the infeasible subsystems of linear programs [1]_:
    whoever can be left out while something is still missing is left out, those
    with the widest choice first, so that what remains has little choice. Those
    who ask for less than is missing can go unseen. Somebody is needed just when
    all that is missing can be moved to them by exchanges: then the others are
    served. Once a single place is missing, everybody within reach of it is.

    References
    ----------
    .. [1] J. W. Chinneck, E. W. Dravnieks, "Locating Minimal Infeasible
       Constraint Sets in Linear Programs", *ORSA Journal on Computing* 3 (1991),
       157-168. https://doi.org/10.1287/ijoc.3.2.157
    """
    left, alone = _smallest(group, market.among(group))
    choice = market.open_pairs.sum(axis=1)
    needed = np.zeros(len(market.asks), dtype=np.bool_)
    while (missing := int(alone.missing.sum())) > 1:
        doubtful = np.flatnonzero(~needed[left])
        if not len(doubtful):
            break
        order = doubtful[np.argsort(-choice[left[doubtful]], kind="stable")]
        unseen = int((np.cumsum(alone.asks[order]) < missing).sum())
        if not unseen:
            first = int(order[0])
            yielding = alone.with_asks(first, int(alone.asks[first]) - missing)
            if not yielding.missing.any():
                alone = replace(yielding, asks=alone.asks)
                needed[left[_giving_way(alone, first)]] = True
                continue
        kept = np.delete(np.arange(len(left)), order[: max(unseen, 1)])
        left, alone = _smallest(left[kept], alone.among(kept))
    return left


def _giving_way(alone: Market, short: int) -> IntArray:
    """Name those who could be the only one short instead, as far as one exchange shows it."""
    wanted = alone.open_pairs[short] & ~alone.held[short]
    enough = alone.held[:, wanted].sum(axis=1) >= alone.missing[short]
    enough[short] = True
    named: IntArray = np.flatnonzero(enough)
    return named


def _smallest(left: IntArray, alone: Market) -> tuple[IntArray, Market]:
    """Narrow some askers to the smallest set that misses as much."""
    askers = np.flatnonzero(alone.starved()[0])
    return left[askers], alone.among(askers)
