"""The fit of a project and a mentor as one number, and what it is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matcher.channels.making import chosen_channels, make_channels
from matcher.channels.pool import ChannelSet, PoolTexts
from matcher.channels.vectors import Encoder
from matcher.errors import MatcherError
from matcher.feature_names import FEATURE_NAMES, TEXT_CHANNELS
from matcher.features import PairFeatures, pair_features
from matcher.mixing import mixed, shares_of
from matcher.profiles import MentorProfile, ProjectProfile
from matcher.text import CharacterVectors, StemVectors
from matcher.weights import DEFAULT_NEUTRAL, DEFAULT_WEIGHTS, checked, checked_weights

__all__ = [
    "DEFAULT_NEUTRAL",
    "DEFAULT_WEIGHTS",
    "AffinityModel",
]

Floats = NDArray[np.float64]


class AffinityModel(BaseEstimator):  # type: ignore[misc]
    """How well each mentor fits each project, by the organizer's weights.

    Affinity is the weighted mean of all features (:mod:`matcher.mixing`), so
    that every feature's contribution adds up to it and more of any feature
    never lowers it.

    Parameters
    ----------
    weights : mapping of str to float, optional
        What each feature counts, relative to the others; 0 switches one off.
        Those left out keep :data:`DEFAULT_WEIGHTS`.
    neutral : mapping of str to float, optional
        The value in 0..1 that a feature takes where too little is known.
        Those left out keep :data:`DEFAULT_NEUTRAL`.
    channels : sequence of str, optional
        Which of :data:`matcher.features.TEXT_CHANNELS` compare texts; without
        it, all.
    encoder : Encoder, optional
        The sentence encoder of the channel ``encoder``, which is silent
        without one.

    Attributes
    ----------
    channels_ : ChannelSet
        The channels in use, fitted on the pool's texts.
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
        channels: Sequence[str] | None = None,
        encoder: Encoder | None = None,
    ) -> None:
        self.weights = weights
        self.neutral = neutral
        self.channels = channels
        self.encoder = encoder

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
            Where a weight, a neutral value or a channel has an unknown name, or
            a number cannot be used.
        """
        self.fit_texts(projects, mentors)
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
        texts = self.fit_texts(projects, mentors)
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
        check_is_fitted(self, "channels_")
        texts = PoolTexts.read(projects, mentors, self.channels_, learn=False)
        return pair_features(projects, mentors, texts, self.characters_, self.used_neutral())

    def fit_texts(
        self, projects: Sequence[ProjectProfile], mentors: Sequence[MentorProfile]
    ) -> PoolTexts:
        """Fit on a pool and give its texts as every channel in use reads them."""
        self.used_weights()
        self.used_neutral()
        made = make_channels(self.used_channels(), self.encoder)
        self.channels_ = ChannelSet.of(made)
        texts = PoolTexts.read(projects, mentors, self.channels_, learn=True)
        # Words are read even where they do not count: reasons quote them.
        self.stems_ = made.get("words") or StemVectors().fit(texts.all_texts())
        self.characters_ = made.get("characters") or CharacterVectors().fit(texts.all_texts())
        return texts

    def contributions(self, features: PairFeatures) -> Floats:
        """Give what each feature adds to each pair's affinity.

        Returns
        -------
        float array (n_projects, n_mentors, n_features)
            Summed over the last axis, exactly the affinity.
        """
        return mixed(features, self.used_weights(), self.used_neutral()).contributions

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
        return mixed(features, self.used_weights(), self.used_neutral()).known_share()

    def shares(self, names: Sequence[str] = FEATURE_NAMES) -> Floats:
        """Give each feature's part of all weights (n_features,).

        Those that say something of every pair add up to 1; what only some
        pairs have comes on top, as a part of these.
        """
        return shares_of(names, self.used_weights())

    def used_weights(self) -> dict[str, float]:
        """Give all weights in use, the organizer's before the default ones.

        A channel that is switched off weighs nothing.
        """
        given = checked_weights(self.weights)
        off = set(TEXT_CHANNELS) - set(self.used_channels())
        used = {**DEFAULT_WEIGHTS, **given, **dict.fromkeys(off, 0.0)}
        if not any(used.values()):
            raise MatcherError("weights_all_zero", names=", ".join(used))
        return used

    def used_channels(self) -> tuple[str, ...]:
        """Give the names of the channels that compare texts, in their order."""
        return chosen_channels(self.channels, self.encoder)

    def used_neutral(self) -> dict[str, float]:
        """Give all neutral values in use."""
        return {**DEFAULT_NEUTRAL, **checked("neutral", self.neutral, 1.0)}
