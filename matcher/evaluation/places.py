"""At which place the first right mentor stands, ties by their odds and not by luck.

Where several mentors have the same affinity, any order among them is as good
as another: what is given is the mean over all of those orders, exactly.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@lru_cache(maxsize=4096)
def odds_of_places(n_tied: int, n_right: int) -> Floats:
    """Give the odds that the first right one of some tied mentors stands at each place.

    Parameters
    ----------
    n_tied : int
        Mentors in a random order.
    n_right : int
        How many of them are right, from 1 to ``n_tied``.

    Returns
    -------
    float array (n_tied - n_right + 1,)
        For the places 1, 2, ...; they add up to 1.

    Examples
    --------
    >>> odds_of_places(4, 2).round(4).tolist()
    [0.5, 0.3333, 0.1667]
    """
    odds = np.empty(n_tied - n_right + 1)
    still = 1.0
    for place in range(len(odds)):
        odds[place] = still * n_right / (n_tied - place)
        still -= odds[place]
    odds.setflags(write=False)  # one array for everybody who asks
    return odds


def first_right(affinity: Floats, right: Bools) -> tuple[int, Floats]:
    """Give how many mentors stand before the first right one for sure, and the odds after them.

    Parameters
    ----------
    affinity : float array (n_mentors,)
        One project's.
    right : bool array (n_mentors,)
        At least one is True.

    Returns
    -------
    int
        Mentors of higher affinity than the best right one.
    float array
        The odds of the places after those.
    """
    best = affinity[right].max()
    tied = affinity == best
    ahead = int((affinity > best).sum())
    return ahead, odds_of_places(int(tied.sum()), int((tied & right).sum()))


def mean_place(ahead: int, odds: Floats) -> float:
    """Give the place of the first right mentor, from 1, on average."""
    return float(ahead + odds @ np.arange(1, len(odds) + 1))


def mean_reciprocal(ahead: int, odds: Floats) -> float:
    """Give one over the place of the first right mentor, on average."""
    return float(odds @ (1.0 / np.arange(ahead + 1, ahead + len(odds) + 1)))


def odds_within(ahead: int, odds: Floats, places: int) -> float:
    """Give the odds that a right mentor stands among the first so many."""
    return float(odds[: max(0, places - ahead)].sum())
