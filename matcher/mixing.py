"""How features become one number: a weighted mean that can be taken apart again.

Every feature has its weight, and an unknown one its neutral value, with three
kinds of exceptions. The channels of texts are one family: where some are
silent, the others carry the weight of all. What few people are asked about
(craft, territory) weighs nothing in a pair where it is not known. What can
only speak for a pair (a wish, work done together) weighs as much as there is
of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.errors import MatcherError
from matcher.feature_names import LIFTING, OPTIONAL, TEXT_CHANNELS
from matcher.features import PairFeatures

Floats = NDArray[np.float64]
# A weight that is so small beside the largest is none.
_NEXT_TO_NOTHING = 1e-12


def shares_of(names: Sequence[str], weights: Mapping[str, float]) -> Floats:
    """Give each feature's part of the weights that count in every pair.

    Parameters
    ----------
    names : sequence of str
    weights : mapping of str to float
        Each 0 or more; a name without a weight weighs nothing.

    Returns
    -------
    float array (n_features,)
        Without the optional and lifting ones, they add up to 1.

    Raises
    ------
    MatcherError
        When every weight is 0.
    """
    chosen = np.array([weights.get(name, 0.0) for name in names], dtype=np.float64)
    largest = chosen.max(initial=0.0)
    if largest <= 0.0:
        raise MatcherError("weights_all_zero", names=", ".join(names))
    scaled = chosen / largest  # so that a sum of huge weights stays finite
    scaled[scaled < _NEXT_TO_NOTHING] = 0.0
    always = np.array([name not in (*OPTIONAL, *LIFTING) for name in names], dtype=np.bool_)
    total = scaled[always].sum()
    shares: Floats = scaled / (total if total > 0.0 else scaled.sum())
    return shares


@dataclass(frozen=True)
class Mixed:
    """What each feature adds to each pair, and how sure that is.

    Attributes
    ----------
    contributions : float array (n_projects, n_mentors, n_features)
        Summed over the last axis, the affinity.
    parts : float array (n_projects, n_mentors, n_features)
        Each feature's part of the pair's weights; they add up to 1.
    known : bool array (n_projects, n_mentors, n_features)
    """

    contributions: Floats
    parts: Floats
    known: NDArray[np.bool_]

    def known_share(self) -> Floats:
        """Give the part of the weights whose features are known (n_projects, n_mentors)."""
        share: Floats = (self.parts * self.known).sum(axis=2)
        return share


def mixed(
    features: PairFeatures, weights: Mapping[str, float], neutral: Mapping[str, float]
) -> Mixed:
    """Weigh all features of all pairs.

    Parameters
    ----------
    features : PairFeatures
        Also of an older run: its own names count.
    weights, neutral : mapping of str to float
        See :class:`matcher.affinity.AffinityModel`.

    Returns
    -------
    Mixed
    """
    names, known = features.names, features.known
    shares = shares_of(names, weights)
    blank = np.array([neutral.get(name, 0.0) for name in names])
    values = np.where(known, features.values, blank)
    parts = np.broadcast_to(shares, values.shape).copy()
    family = [place for place, name in enumerate(names) if name in TEXT_CHANNELS]
    own = shares[family]
    speaking = known[:, :, family] @ own
    for place in family:
        carried = known[:, :, place] * (shares[place] * own.sum())
        np.divide(carried, speaking, out=parts[:, :, place], where=speaking > 0.0)
    for place, name in enumerate(names):
        if name in OPTIONAL:
            parts[:, :, place] *= known[:, :, place]
        elif name in LIFTING:
            parts[:, :, place] *= values[:, :, place] * known[:, :, place]
            values[:, :, place] = 1.0
    total = parts.sum(axis=2, keepdims=True)
    np.divide(parts, total, out=parts, where=total > 0.0)
    return Mixed(values * parts, parts, known)
