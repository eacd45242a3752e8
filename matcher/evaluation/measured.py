"""A mean over projects with the interval in which it would lie for other projects."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

N_RESAMPLES = 2_000
# What the interval leaves out on either side, in percent.
_TAIL = 2.5
# Resampled projects drawn at a time, so that a large pool needs little memory.
_AT_ONCE = 4_000_000


class Measured(NamedTuple):
    """A figure with its bootstrap interval.

    Attributes
    ----------
    value : float
    low, high : float
        Between these lie 95 of 100 means over as many projects, drawn again
        from the same ones. They say nothing about other kinds of projects.

    References
    ----------
    Efron, B. (1979). Bootstrap methods: another look at the jackknife.
    doi:10.1214/aos/1176344552
    """

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        """Write it with two decimals: ``0.57 (0.48-0.66)``."""
        return f"{self.value:.2f} ({self.low:.2f}-{self.high:.2f})"


def mean_of(values: Floats, *, n_resamples: int = N_RESAMPLES, random_state: int = 0) -> Measured:
    """Give the mean over projects with its interval.

    Parameters
    ----------
    values : float array (n_projects,)
        At least one.
    n_resamples : int, default 2000
    random_state : int, default 0
        The same seed gives the same interval.

    Returns
    -------
    Measured

    Examples
    --------
    >>> mean_of(np.array([1.0, 1.0, 1.0]))
    Measured(value=1.0, low=1.0, high=1.0)
    """
    return ratio_of(
        values, np.ones_like(values), n_resamples=n_resamples, random_state=random_state
    )


def ratio_of(
    parts: Floats, wholes: Floats, *, n_resamples: int = N_RESAMPLES, random_state: int = 0
) -> Measured:
    """Give the sum of parts over the sum of wholes, with its interval.

    Parameters
    ----------
    parts, wholes : float arrays (n_projects,)
        Each project's part and whole, drawn again together; wholes are above 0.
    n_resamples, random_state : int
        As in :func:`mean_of`.

    Returns
    -------
    Measured
    """
    rng = np.random.default_rng(random_state)
    n_projects = len(parts)
    step = max(1, _AT_ONCE // n_projects)
    drawn = []
    for start in range(0, n_resamples, step):
        rows = rng.integers(0, n_projects, (min(step, n_resamples - start), n_projects))
        drawn.append(parts[rows].sum(axis=1) / wholes[rows].sum(axis=1))
    low, high = np.percentile(np.concatenate(drawn), [_TAIL, 100.0 - _TAIL])
    return Measured(float(parts.sum() / wholes.sum()), float(low), float(high))


def difference(
    ours: Floats, others: Floats, *, n_resamples: int = N_RESAMPLES, random_state: int = 0
) -> Measured:
    """Give how much higher one way's mean is than another's on the same projects.

    Drawing the same projects for both tells small differences that two
    intervals side by side hide.

    Parameters
    ----------
    ours, others : float arrays (n_projects,)
        The reciprocal ranks of two reports; projects left out of either (NaN)
        are left out.
    n_resamples, random_state : int
        As in :func:`mean_of`.

    Returns
    -------
    Measured
        Above zero where ours is higher.

    Examples
    --------
    >>> difference(np.array([1.0, 0.5, np.nan]), np.array([0.5, 0.0, 1.0]))
    Measured(value=0.5, low=0.5, high=0.5)
    """
    both = np.isfinite(ours) & np.isfinite(others)
    return mean_of((ours - others)[both], n_resamples=n_resamples, random_state=random_state)
