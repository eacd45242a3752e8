"""Why a pair, in the people's own words, as values that anybody can word.

A reason is a code, what it adds to the affinity, concept ids or the person's
own words, and the places in both profiles where it stands. Worded reasons are
never kept: the page, the letter or the command words them for its reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.affinity import AffinityModel
from matcher.feature_names import FEATURE_NAMES
from matcher.features import PairFeatures
from matcher.items import mentor_items, project_items
from matcher.needs import Need, needs_of
from matcher.offerings import Met, gives, meets
from matcher.phrase_worth import carried_by
from matcher.profiles import MentorProfile, ProjectProfile
from matcher.reason_values import Parameter, Place, Reason
from matcher.shared_words import Shared, Side, shared_phrases
from matcher.term_reasons import SHARED_TERMS, language_reason, not_known, terms_shared

__all__ = ["Explainer", "Place", "Reason", "explain", "explain_pairs"]

MOST_WORDS = 3
MOST_NEEDS = 3
# Words that carry less than a fiftieth of an affinity are no reason.
WORTH_SAYING = 0.02


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
        self._stems, self._characters = model.stems_, model.characters_
        self._neutral = model.used_neutral()
        own = model if weights is None else AffinityModel(weights, model.neutral)
        self._shares = dict(zip(FEATURE_NAMES, own.shares().tolist(), strict=True))
        self._sides: dict[tuple[str, int], Side] = {}
        self._given: dict[int, dict[str, Met]] = {}
        self._needs: dict[int, list[Need]] = {}
        self._read: list[ProjectProfile | MentorProfile] = []  # keeps the ids below true

    def explain(
        self,
        project: ProjectProfile,
        mentor: MentorProfile,
        features_row: NDArray[np.float64],
        known_row: NDArray[np.bool_],
    ) -> tuple[Reason, ...]:
        """Give what carried a pair, best first, then what it lacks, then what is not known."""
        values = dict(zip(FEATURE_NAMES, np.asarray(features_row).tolist(), strict=True))
        known = dict(zip(FEATURE_NAMES, np.asarray(known_row).tolist(), strict=True))
        found: list[Reason] = []
        if known["needs"]:
            found += self._need_reasons(project, mentor)
        if known["words"] or known["characters"]:
            found += self._text_reasons(project, mentor)
        for feature, listed in SHARED_TERMS:
            if known[feature] and values[feature] > 0:
                worth = self._shares[feature] * values[feature]
                found.append(terms_shared(feature, listed, project, mentor, worth))
        if known["language"]:
            found.append(
                language_reason(project, mentor, values["language"], self._shares["language"])
            )
        found = [reason for reason in found if reason.weight != 0.0]
        found.sort(key=lambda reason: -reason.weight)
        return (*found, *not_known(project, mentor, known))

    def _need_reasons(self, project: ProjectProfile, mentor: MentorProfile) -> list[Reason]:
        needs = self._needs.get(id(project))
        if needs is None:
            needs = self._needs[id(project)] = needs_of(project)
            self._read.append(project)
        given = self._given.get(id(mentor))
        if given is None:
            given = self._given[id(mentor)] = gives(mentor)
            self._read.append(mentor)
        reasons: list[Reason] = []
        for need in needs:
            worth = self._shares["needs"] * need.share
            here = Place("project", need.field, need.start, need.end)
            name = need.term.concept or need.term.text
            met = meets(need.term, mentor, given, self._characters)
            if met is not None:
                there = Place("mentor", met.field, met.start, met.end)
                params: dict[str, Parameter] = {
                    "need": name,
                    "rank": need.rank,
                    "source": met.source,
                }
                reasons.append(Reason("need_met", worth * met.credit, params, (here, there)))
            elif need.rank == 1:
                reasons.append(Reason("first_need_unmet", -worth, {"need": name}, (here,)))
        if not reasons:
            named = tuple(need.term.concept or need.term.text for need in needs)
            places = tuple(Place("project", need.field, need.start, need.end) for need in needs)
            return [Reason("no_need_met", -self._shares["needs"], {"needs": named}, places)]
        met_first = sorted(reasons, key=lambda reason: -reason.weight)
        kept = [reason for reason in met_first if reason.weight > 0][:MOST_NEEDS]
        return kept + [reason for reason in met_first if reason.weight < 0]

    def _text_reasons(self, project: ProjectProfile, mentor: MentorProfile) -> list[Reason]:
        ours, theirs = self._side(project), self._side(mentor)
        phrases = shared_phrases(ours, theirs, self._stems, MOST_WORDS)
        if not phrases:
            return []
        lost = carried_by(
            phrases,
            ours,
            theirs,
            stems=self._stems,
            characters=self._characters,
            neutral=self._neutral,
        )
        weight = sum(self._shares[name] * part for name, part in lost.items())
        if weight < WORTH_SAYING:
            return []
        words = tuple(phrase.words for phrase in phrases)
        places = tuple(place for phrase in phrases for place in _both_places(phrase))
        return [Reason("text_shared", weight, {"words": words}, places)]

    def _side(self, profile: ProjectProfile | MentorProfile) -> Side:
        is_project = isinstance(profile, ProjectProfile)
        key = ("project" if is_project else "mentor", id(profile))
        if key not in self._sides:
            if isinstance(profile, ProjectProfile):
                items = project_items(profile)
            else:
                items = mentor_items(profile)
            self._sides[key] = Side.of(items, self._stems, self._characters)
            self._read.append(profile)
        return self._sides[key]


def _both_places(phrase: Shared) -> tuple[Place, Place]:
    return (
        Place("project", phrase.project_field, phrase.project_start, phrase.project_end),
        Place("mentor", phrase.mentor_field, phrase.mentor_start, phrase.mentor_end),
    )


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
    return {
        (row, column): explainer.explain(
            projects[row],
            mentors[column],
            features.values[row, column],
            features.known[row, column],
        )
        for row, column in pairs
    }
