"""Mentors' prices to begin with, from a sample of the projects."""

from __future__ import annotations

import numpy as np

from matcher.whole_matrix.blocks import FloatArray
from matcher.whole_matrix.passes import Matrix

SAMPLE_CELLS = 12_000_000
TURNS = 10
LEAST = 1e-30


def first_prices(matrix: Matrix) -> FloatArray:
    """Give prices at which mentors are wanted about as much as they have room.

    Without them the mentors that everybody likes best fill every project's
    list of candidates, and the others stand in none.

    Parameters
    ----------
    matrix : Matrix

    Returns
    -------
    float64 array, shape (n_mentors,)
        In units of affinity. A guess: candidates are chosen by it, nothing is
        proven by it.

    Notes
    -----
    Sampled projects spread their demand over the mentors by a softened maximum,
    and mentors wanted beyond their load become dearer, those below their
    minimum cheaper, in turns: Sinkhorn's scaling, known as entropic optimal
    transport [1]_.

    References
    ----------
    .. [1] M. Cuturi, "Sinkhorn distances: lightspeed computation of optimal
       transport", *Advances in Neural Information Processing Systems* 26
       (2013). https://doi.org/10.48550/arXiv.1306.0895
    """
    scores, scale = matrix.sample(SAMPLE_CELLS)
    projects, mentors = matrix.room.projects, matrix.room.mentors
    prices = np.zeros(len(mentors.ceiling))
    softness = float(scores.std(axis=1).mean()) / 2.5
    wanted = float(min(projects.ceiling.sum(), mentors.ceiling.sum()))
    if not softness > 0 or not wanted:
        return prices
    scores -= scores.max(axis=1, keepdims=True)
    scores /= softness
    least, most = (np.log(np.maximum(each, LEAST)) for each in (mentors.floor, mentors.ceiling))
    for _ in range(TURNS):
        weights = np.exp(scores - prices.astype(scores.dtype))
        weights *= (wanted / len(weights)) / weights.sum(axis=1, keepdims=True)
        demand = np.log(np.maximum(weights.sum(axis=0, dtype=np.float64), LEAST))
        # Dearer while wanted beyond the load, cheaper only below the minimum.
        prices = np.maximum(prices + demand - most, 0) + np.minimum(prices + demand - least, 0)
        prices = np.clip(prices, -50, 50)
    return prices * softness * scale
