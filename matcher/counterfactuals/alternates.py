"""The next mentors of each project, given that the rest of the plan may adapt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.counterfactuals.prices import Prices


@dataclass(frozen=True, slots=True)
class Alternate:
    """Another mentor whom a project could have.

    Attributes
    ----------
    mentor : str
    price : float
        By how much the total falls, see :class:`matcher.counterfactuals.Prices`.
    pairs_lost, minimums_missed : int
    """

    mentor: str
    price: float
    pairs_lost: int
    minimums_missed: int


def cheapest_alternates(
    prices: Prices, mentor_ids: tuple[str, ...], id_ranks: np.typing.NDArray[np.int64], k: int
) -> tuple[tuple[Alternate, ...], ...]:
    """Give each project's ``k`` cheapest possible pairs that are not chosen.

    Parameters
    ----------
    prices : Prices
    mentor_ids : tuple of str, length n_mentors
    id_ranks : int64 array, shape (n_mentors,)
        Each mentor's rank by id, which decides ties.
    k : int
    """
    others = prices.possible & ~prices.chosen
    ranks = np.broadcast_to(id_ranks, others.shape)
    keys = (ranks, prices.affinity, prices.minimums_missed, prices.pairs_lost, ~others)
    cheapest = np.lexsort(keys, axis=1)[:, : max(k, 0)]
    return tuple(
        tuple(
            Alternate(
                mentor_ids[column],
                float(prices.affinity[row, column]),
                int(prices.pairs_lost[row, column]),
                int(prices.minimums_missed[row, column]),
            )
            for column in columns
            if others[row, column]
        )
        for row, columns in enumerate(cheapest.tolist())
    )
