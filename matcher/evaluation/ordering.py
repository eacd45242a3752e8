"""How often of two graded answers the worse one is put first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.evaluation.measured import N_RESAMPLES, Measured, ratio_of

Floats = NDArray[np.float64]


def ordering_loss(
    affinity: Floats, grades: Floats, *, n_resamples: int = N_RESAMPLES, random_state: int = 0
) -> Measured | None:
    """Give the part of graded pairs in the wrong order, weighed by how far their grades lie apart.

    Two equal affinities are half wrong. 0 is a perfect order, 0.5 what chance
    gives.

    Parameters
    ----------
    affinity : float array (n_projects, n_mentors)
    grades : float array (n_projects, n_mentors)
        Higher is better; NaN where nobody graded the pair.
    n_resamples, random_state : int
        Of the interval, over rows.

    Returns
    -------
    Measured or None
        None where no row has two different grades.

    References
    ----------
    Stelmakh, I., Wieting, J., Xi, S., Neubig, G., & Shah, N. B. (2023). A gold
    standard dataset for the reviewer assignment problem.
    doi:10.48550/arXiv.2303.16750

    Examples
    --------
    >>> grades = np.array([[5.0, 3.0, 1.0, np.nan]])
    >>> ordering_loss(np.array([[0.9, 0.1, 0.5, 0.2]]), grades).value
    0.25
    """
    wrong, weight = np.zeros(len(affinity)), np.zeros(len(affinity))
    for row, own in enumerate(grades):
        graded = np.flatnonzero(np.isfinite(own))
        apart = np.subtract.outer(own[graded], own[graded])
        order = np.sign(np.subtract.outer(affinity[row, graded], affinity[row, graded]))
        better = apart > 0
        weight[row] = apart[better].sum()
        wrong[row] = (apart * (1.0 - order) / 2.0)[better].sum()
    says = weight > 0
    if not says.any():
        return None
    return ratio_of(wrong[says], weight[says], n_resamples=n_resamples, random_state=random_state)
