"""The fit of a project and a mentor as one number, and what it is made of."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matcher.errors import MatcherError
from matcher.features import FEATURE_NAMES, PairFeatures, PoolTexts, pair_features
from matcher.profiles import MentorProfile, ProjectProfile
from matcher.text import CharacterVectors, StemVectors
from matcher.weights import DEFAULT_NEUTRAL, DEFAULT_WEIGHTS, checked

__all__ = [
    "DEFAULT_NEUTRAL",
    "DEFAULT_WEIGHTS",
    "AffinityModel",
]

Floats = NDArray[np.float64]


class AffinityModel(BaseEstimator):  # type: ignore[misc]
    """How well each mentor fits each project, by the organizer's weights.

    Affinity is the weighted mean of all features, so that every feature's
    contribution adds up to it and more of any feature never lowers it.

    Parameters
    ----------
    weights : mapping of str to float, optional
        What each feature counts, relative to the others; 0 switches one off.
        Those left out keep :data:`DEFAULT_WEIGHTS`.
    neutral : mapping of str to float, optional
        The value in 0..1 that a feature takes where too little is known.
        Those left out keep :data:`DEFAULT_NEUTRAL`.

    Attributes
    ----------
    stems_ : StemVectors
        Fitted on the pool's texts.
    characters_ : CharacterVectors
        Fitted on the pool's texts.

    Examples
    --------
    >>> film = ProjectProfile(id="p1", difficulties="I cannot find the ending in the edit")
    >>> editor = MentorProfile(id="m1", bio="Editor. We look for the ending together.")
    >>> cook = MentorProfile(id="m2", bio="Cook and caterer of large crews.")
    >>> model = AffinityModel()
    >>> near, far = model.affinity(model.fit_features([film], [editor, cook]))[0]
    >>> bool(near > far)
    True
    """

    def __init__(
        self,
        weights: Mapping[str, float] | None = None,
        neutral: Mapping[str, float] | None = None,
    ) -> None:
        self.weights = weights
        self.neutral = neutral

    def fit(
        self, projects: Sequence[ProjectProfile], mentors: Sequence[MentorProfile] = ()
    ) -> Self:
        """Learn how rare each word is among the texts of a pool.

        Parameters
        ----------
        projects, mentors : sequences of profiles
            May be empty.

        Returns
        -------
        AffinityModel

        Raises
        ------
        MatcherError
            Where a weight or neutral value has an unknown name, or is not a
            usable number.
        """
        self._read(projects, mentors)
        return self

    def fit_features(
        self, projects: Sequence[ProjectProfile], mentors: Sequence[MentorProfile]
    ) -> PairFeatures:
        """Fit on a pool and give the features of all its pairs, reading each text once.

        Returns
        -------
        PairFeatures
            Equal to those of :meth:`fit` and then :meth:`features`.
        """
        texts = self._read(projects, mentors)
        return pair_features(projects, mentors, texts, self.characters_, self.used_neutral())

    def features(
        self, projects: Sequence[ProjectProfile], mentors: Sequence[MentorProfile]
    ) -> PairFeatures:
        """Give every comparable side of all pairs.

        Returns
        -------
        PairFeatures
            Arrays (n_projects, n_mentors, n_features).
        """
        check_is_fitted(self, "stems_")
        texts = PoolTexts.read(projects, mentors, self.stems_, self.characters_, learn=False)
        return pair_features(projects, mentors, texts, self.characters_, self.used_neutral())

    def _read(
        self, projects: Sequence[ProjectProfile], mentors: Sequence[MentorProfile]
    ) -> PoolTexts:
        self.used_weights()
        self.used_neutral()
        self.stems_ = StemVectors()
        self.characters_ = CharacterVectors()
        return PoolTexts.read(projects, mentors, self.stems_, self.characters_, learn=True)

    def contributions(self, features: PairFeatures) -> Floats:
        """Give what each feature adds to each pair's affinity.

        Returns
        -------
        float array (n_projects, n_mentors, n_features)
            Summed over the last axis, exactly the affinity.
        """
        shares, neutral = self.shares(features.names), self.used_neutral()
        blank = np.array([neutral[name] for name in features.names])
        return np.where(features.known, features.values, blank) * shares

    def affinity(self, features: PairFeatures) -> Floats:
        """Give the fit of all pairs.

        Returns
        -------
        float array (n_projects, n_mentors)
            In 0..1.
        """
        total: Floats = self.contributions(features).sum(axis=2)
        return total

    def known_share(self, features: PairFeatures) -> Floats:
        """Give the part of the weights whose features are known, for each pair.

        Returns
        -------
        float array (n_projects, n_mentors)
            In 0..1; how sure an affinity is.
        """
        share: Floats = (features.known * self.shares(features.names)).sum(axis=2)
        return share

    def shares(self, names: Sequence[str] = FEATURE_NAMES) -> Floats:
        """Give each feature's part of all weights (n_features,); they add up to 1."""
        weights = self.used_weights()
        chosen = np.array([weights.get(name, 0.0) for name in names], dtype=np.float64)
        largest = chosen.max(initial=0.0)
        if largest <= 0.0:
            raise MatcherError("weights_all_zero", names=", ".join(names))
        scaled = chosen / largest  # so that a sum of huge weights stays finite
        shares: Floats = scaled / scaled.sum()
        return shares

    def used_weights(self) -> dict[str, float]:
        """Give all weights in use, the organizer's before the default ones."""
        given = checked("weight", self.weights, math.inf)
        used = {**DEFAULT_WEIGHTS, **given}
        if not any(used.values()):
            raise MatcherError("weights_all_zero", names=", ".join(used))
        return used

    def used_neutral(self) -> dict[str, float]:
        """Give all neutral values in use."""
        return {**DEFAULT_NEUTRAL, **checked("neutral", self.neutral, 1.0)}
