"""An organizer's weights, moved as far as decisions speak for it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from matcher.feature_names import TEXT_CHANNELS
from matcher.learning.decisions import Decisions
from matcher.learning.learner import WeightLearner


def weights_at_hand(decisions: Decisions, weights: Mapping[str, float]) -> dict[str, float]:
    """Give the weights as they counted when the pairs were compared.

    A channel of texts that no pair knows was switched off, and weighed nothing.
    """
    heard = dict(zip(decisions.names, decisions.heard().tolist(), strict=True))
    return {
        name: 0.0 if name in TEXT_CHANNELS and not heard[name] else float(weights.get(name, 0.0))
        for name in decisions.names
    }


def learn_weights(decisions: Decisions, weights: Mapping[str, float]) -> dict[str, float]:
    """Give the weights that decisions speak for, on the scale of those at hand.

    Parameters
    ----------
    decisions : Decisions
    weights : mapping of str to float
        Those at hand; each 0 or more.

    Returns
    -------
    dict of str to float
        One for each of the decisions' names, 0 or more. A feature that no
        decision knows keeps its weight; so do all where there is not both a
        yes and a no, or nothing that is known weighs anything.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> rows = rng.random((60, 2))
    >>> seen = Decisions.of(("needs", "genre"), rows, rows[:, 1] > 0.5, np.arange(60) // 3)
    >>> found = learn_weights(seen, {"needs": 4.0, "genre": 1.0})
    >>> found["genre"] > 1.0 > found["needs"], round(sum(found.values()), 6)
    (True, 5.0)
    """
    kept = {name: float(weights.get(name, 0.0)) for name in decisions.names}
    heard = np.flatnonzero(decisions.heard())
    prior = np.array([kept[decisions.names[place]] for place in heard])
    if decisions.n_yes in {0, len(decisions)} or prior.sum() <= 0.0:
        return kept
    rows = decisions.spoken(weights_at_hand(decisions, weights))[:, heard]
    learner = WeightLearner(prior).fit(rows, decisions.said_yes)
    for place, share in zip(heard, learner.weights_, strict=True):
        kept[decisions.names[place]] = float(share * prior.sum())
    return kept
