"""All reasons of a pair, best first, then what it lacks, then what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.affinity import AffinityModel
from matcher.feature_names import FEATURE_NAMES, LIFTING, TEXT_CHANNELS
from matcher.features import PairFeatures
from matcher.mixing import mixed
from matcher.needs import Need, needs_of
from matcher.offerings import Met, gives
from matcher.profiles import MentorProfile, ProjectProfile
from matcher.reason_values import Reason
from matcher.reasons.bonds import OTHER_FEATURES
from matcher.reasons.needs import need_reasons
from matcher.reasons.places import said_places
from matcher.reasons.terms import SHARED_TERMS, language_reason, not_known, terms_shared
from matcher.reasons.texts import TextReasons, TextSide, with_needs

# Pairs are explained project by project: a project's texts are soon forgotten.
MOST_PROJECTS = 16
# So many pairs are read together.
PAIRS_AT_A_TIME = 50


class Pair(NamedTuple):
    """A pair to explain, with its row of features and which of them are known."""

    project: ProjectProfile
    mentor: MentorProfile
    values: NDArray[np.float64]
    known: NDArray[np.bool_]

    @property
    def reads_texts(self) -> bool:
        """Whether anything both wrote can be compared."""
        return any(self.known[FEATURE_NAMES.index(name)] for name in TEXT_CHANNELS)

    def features(self) -> PairFeatures:
        """Give the features as those of a pool of this pair alone."""
        return PairFeatures(
            FEATURE_NAMES,
            np.asarray(self.values, dtype=np.float64).reshape(1, 1, -1),
            np.asarray(self.known, dtype=np.bool_).reshape(1, 1, -1),
        )


class Explainer:
    """Explains pairs of one pool, reading each profile once.

    Parameters
    ----------
    model : AffinityModel
        Fitted.
    weights : mapping of str to float, optional
        Where they differ from the model's own.
    """

    def __init__(self, model: AffinityModel, weights: Mapping[str, float] | None = None) -> None:
        self._model = model
        own = (
            model
            if weights is None
            else AffinityModel(weights, model.neutral, model.channels, model.encoder)
        )
        self._weights = own.used_weights()
        self._texts = TextReasons(model, self._weights)
        self._projects: dict[int, TextSide] = {}
        self._mentors: dict[int, TextSide] = {}
        self._needs: dict[int, list[Need]] = {}
        self._given: dict[int, dict[str, Met]] = {}
        self._read: dict[int, ProjectProfile | MentorProfile] = {}  # keeps the ids above true

    def explain(
        self,
        project: ProjectProfile,
        mentor: MentorProfile,
        features_row: NDArray[np.float64],
        known_row: NDArray[np.bool_],
    ) -> tuple[Reason, ...]:
        """Give what carried a pair, best first, then what it lacks, then what is not known."""
        return self.explain_all([Pair(project, mentor, features_row, known_row)])[0]

    def explain_all(self, pairs: Sequence[Pair]) -> list[tuple[Reason, ...]]:
        """Give the reasons of several pairs, which takes far less time than one by one."""
        texts = iter(
            self._texts.of(
                [
                    (self._side(pair.project), self._side(pair.mentor), pair.features())
                    for pair in pairs
                    if pair.reads_texts
                ]
            )
        )
        return [
            self._told(pair, dict(zip(FEATURE_NAMES, parts, strict=True)), own)
            for pair, parts in zip(pairs, self._parts(pairs), strict=True)
            for own in [next(texts) if pair.reads_texts else []]
        ]

    def _parts(self, pairs: Sequence[Pair]) -> list[list[float]]:
        """Give each feature's part of the weights of each pair."""
        if not pairs:
            return []
        own = [pair.features() for pair in pairs]
        together = PairFeatures(
            FEATURE_NAMES,
            np.concatenate([each.values for each in own]),
            np.concatenate([each.known for each in own]),
        )
        found: list[list[float]] = (
            mixed(together, self._weights, self._model.used_neutral()).parts[:, 0].tolist()
        )
        return found

    def _told(
        self, pair: Pair, parts: Mapping[str, float], texts: list[Reason]
    ) -> tuple[Reason, ...]:
        """Give all reasons of a pair of which the texts are read."""
        project, mentor = pair.project, pair.mentor
        values = dict(zip(FEATURE_NAMES, pair.values.tolist(), strict=True))
        known = dict(zip(FEATURE_NAMES, pair.known.tolist(), strict=True))
        found = self._met(project, mentor, parts["needs"]) if known["needs"] else []
        found = with_needs([*map(said_places, found)], texts)
        for feature, listed in SHARED_TERMS:
            if known[feature] and values[feature] > 0:
                worth = parts[feature] * values[feature]
                found.append(terms_shared(feature, listed, project, mentor, worth))
        for feature, of_feature in OTHER_FEATURES.items():
            if known[feature] and values[feature] > 0:
                # What can only speak for a pair weighs as much as there is of it.
                weight = parts[feature] * (1.0 if feature in LIFTING else values[feature])
                found.append(of_feature(project, mentor, weight))
        if known["language"]:
            found.append(language_reason(project, mentor, values["language"], parts["language"]))
        found = [said_places(reason) for reason in found if reason.weight != 0.0]
        found.sort(key=lambda reason: -reason.weight)
        return (*found, *not_known(project, mentor, known))

    def _side(self, profile: ProjectProfile | MentorProfile) -> TextSide:
        """Give a profile's texts; of the projects only the latest stay in memory."""
        kept = self._projects if isinstance(profile, ProjectProfile) else self._mentors
        if id(profile) not in kept:
            if kept is self._projects and len(kept) == MOST_PROJECTS:
                kept.clear()
            kept[id(profile)] = self._texts.read(profile)
        self._read[id(profile)] = profile
        return kept[id(profile)]

    def _met(self, project: ProjectProfile, mentor: MentorProfile, share: float) -> list[Reason]:
        if id(project) not in self._needs:
            self._needs[id(project)] = needs_of(project)
        if id(mentor) not in self._given:
            self._given[id(mentor)] = gives(mentor)
        self._read.update({id(project): project, id(mentor): mentor})
        needs, given = self._needs[id(project)], self._given[id(mentor)]
        return need_reasons(needs, mentor, given, self._model.characters_, share)


def explain(  # noqa: PLR0917
    project: ProjectProfile,
    mentor: MentorProfile,
    features_row: NDArray[np.float64],
    known_row: NDArray[np.bool_],
    weights: Mapping[str, float] | None,
    model: AffinityModel,
) -> tuple[Reason, ...]:
    """Give why a pair: what carried it, best first, what it lacks, what is not known.

    Parameters
    ----------
    project : ProjectProfile
    mentor : MentorProfile
    features_row : float array (n_features,)
        The pair's features, named :data:`matcher.features.FEATURE_NAMES`.
    known_row : bool array (n_features,)
    weights : mapping of str to float or None
        The weights in use; None for the model's own.
    model : AffinityModel
        Fitted.

    Returns
    -------
    tuple of Reason
    """
    return Explainer(model, weights).explain(project, mentor, features_row, known_row)


def explain_pairs(
    projects: Sequence[ProjectProfile],
    mentors: Sequence[MentorProfile],
    features: PairFeatures,
    weights: Mapping[str, float] | None,
    pairs: Iterable[tuple[int, int]],
    *,
    model: AffinityModel,
) -> dict[tuple[int, int], tuple[Reason, ...]]:
    """Give why each of several pairs of one pool.

    Parameters
    ----------
    projects, mentors : sequences of profiles
    features : PairFeatures
        Of all these projects and mentors.
    weights : mapping of str to float or None
        The weights in use; None for the model's own.
    pairs : iterable of (int, int)
        Row and column of each pair to explain.
    model : AffinityModel
        Fitted.

    Returns
    -------
    dict of (int, int) to tuple of Reason
    """
    explainer = Explainer(model, weights)
    asked = list(pairs)
    found: dict[tuple[int, int], tuple[Reason, ...]] = {}
    for first in range(0, len(asked), PAIRS_AT_A_TIME):
        some = asked[first : first + PAIRS_AT_A_TIME]
        rows = [
            Pair(projects[n], mentors[m], features.values[n, m], features.known[n, m])
            for n, m in some
        ]
        found.update(zip(some, explainer.explain_all(rows), strict=True))
    return found
