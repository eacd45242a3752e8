"""Reasons in what both sides wrote: the phrases that carry a pair, and what each is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.affinity import AffinityModel
from matcher.channels.concepts import ConceptVectors
from matcher.features import PairFeatures
from matcher.profiles import MentorProfile, ProjectProfile
from matcher.reason_values import Parameter, Place, Reason
from matcher.reasons.concept_rows import ConceptRows
from matcher.reasons.near_phrases import Phrases, nearest_phrases
from matcher.reasons.places import joined, touch
from matcher.reasons.reading import Reading
from matcher.reasons.shared_concepts import ProfileConcepts, shared_concepts
from matcher.reasons.shared_words import Shared, shared_phrases
from matcher.reasons.worth import Asked, PhraseWorth

Floats = NDArray[np.float64]

MOST_WORDS = 3
MOST_CONCEPTS = 2
# So many pairs of concepts are looked at for these.
MOST_TRIED = 6
MOST_NEAR = 1
# Words that carry less than a hundredth of an affinity are no reason.
WORTH_SAYING = 0.01


@dataclass(frozen=True)
class TextSide:
    """A profile's texts, and what of them may be quoted.

    Attributes
    ----------
    reading : Reading
    concepts : ProfileConcepts or None
    phrases : Phrases or None
        None where the channel is switched off.
    """

    reading: Reading
    concepts: ProfileConcepts | None
    phrases: Phrases | None


class TextReasons:
    """Finds what two profiles' texts have in common, and weighs it.

    Parameters
    ----------
    model : AffinityModel
        Fitted.
    weights : mapping of str to float
        In use, of every feature.
    """

    def __init__(self, model: AffinityModel, weights: Mapping[str, float]) -> None:
        self._model = model
        channels = model.channels_.channels
        channel = channels.get("concepts")
        self._rows = (
            ConceptRows.of_channel(channel) if isinstance(channel, ConceptVectors) else None
        )
        self._reads_words = "words" in channels or "characters" in channels
        self._worth = PhraseWorth(model, weights)

    def read(self, profile: ProjectProfile | MentorProfile) -> TextSide:
        """Read a profile once for all its pairs."""
        reading = Reading.of(profile, self._model, self._rows)
        return TextSide(
            reading,
            ProfileConcepts.of(reading, self._rows) if self._rows else None,
            Phrases(reading, reading.meaning) if reading.meaning else None,
        )

    def of(self, pairs: Sequence[tuple[TextSide, TextSide, PairFeatures]]) -> list[list[Reason]]:
        """Give what the texts of pairs say for each, best first.

        Parameters
        ----------
        pairs : sequence of (TextSide, TextSide, PairFeatures)
            The project's, the mentor's, and the features of this pair alone.

        Returns
        -------
        list of list of Reason
            Of each pair; no two stand on one word.
        """
        found = [self._found(project, mentor) for project, mentor, _ in pairs]
        asked = [
            Asked(project.reading, mentor.reading, [reason.places for reason in own], features)
            for (project, mentor, features), own in zip(pairs, found, strict=True)
            if own
        ]
        lost = iter(self._worth.of(asked) if asked else ())
        return [_weighed(own, next(lost)) if own else [] for own in found]

    def _found(self, project: TextSide, mentor: TextSide) -> list[Reason]:
        found = self._concepts(project, mentor)
        if self._reads_words:
            words = shared_phrases(project.reading, mentor.reading, self._model, MOST_WORDS)
            found = _with_words(found, words)
        return found + self._near(project, mentor, found)

    def _concepts(self, project: TextSide, mentor: TextSide) -> list[Reason]:
        if not (self._rows and project.concepts and mentor.concepts):
            return []
        found: list[Reason] = []
        spoken = shared_concepts(project.concepts, mentor.concepts, self._rows, MOST_TRIED)
        for each in spoken:
            here, there = joined(each.here), joined(each.there)
            if len(found) == MOST_CONCEPTS:
                break
            # Of one phrase that is two concepts, the weightier one is told.
            if any(touch((*here, *there), other.places) for other in found):
                continue
            quotes: dict[str, Parameter] = {
                "ours": project.reading.quote(here[0]),
                "theirs": mentor.reading.quote(there[0]),
            }
            if each.ours == each.theirs:
                code, names = "concept_shared", {"concept": each.ours}
            else:
                code, names = "concept_near", {"from": each.ours, "to": each.theirs}
            found.append(Reason(code, 0.0, {**names, **quotes}, (*here, *there)))
        return found

    def _near(self, project: TextSide, mentor: TextSide, found: list[Reason]) -> list[Reason]:
        if not (project.phrases and mentor.phrases):
            return []
        taken = [place for reason in found for place in reason.places]
        pairs = nearest_phrases(project.phrases, mentor.phrases, taken, MOST_NEAR)
        return [
            Reason(
                "text_near",
                0.0,
                {"ours": project.reading.quote(here), "theirs": mentor.reading.quote(there)},
                (here, there),
            )
            for here, there in pairs
        ]


def _weighed(found: list[Reason], lost: Floats) -> list[Reason]:
    weighed = [
        replace(reason, weight=float(weight))
        for reason, weight in zip(found, lost, strict=True)
        if weight >= WORTH_SAYING
    ]
    return sorted(weighed, key=lambda reason: -reason.weight)


def with_needs(needs: list[Reason], texts: list[Reason]) -> list[Reason]:
    """Let a need that is met stand for the words that only say it again.

    Parameters
    ----------
    needs, texts : list of Reason
        What the needs and what the texts say.

    Returns
    -------
    list of Reason
        What stands on the same words as a need that is met adds its weight and
        its places to it; so does the need itself, where both speak of it.
    """
    told = list(needs)
    rest: list[Reason] = []
    for reason in texts:
        for n, need in enumerate(told):
            if need.code == "need_met" and _says_again(need, reason):
                weight = need.weight + reason.weight
                places = joined((*need.places, *reason.places))
                told[n] = replace(need, weight=weight, places=places)
                break
        else:
            rest.append(reason)
    return [*told, *rest]


def _says_again(need: Reason, reason: Reason) -> bool:
    ours, theirs = (
        touch([place for place in need.places if place.side == side], reason.places)
        for side in ("project", "mentor")
    )
    if reason.code == "concept_shared":
        return theirs or reason.params["concept"] == need.params["need"]
    return ours and theirs


def _with_words(found: list[Reason], shared: list[Shared]) -> list[Reason]:
    """Add words to the reasons that stand on them already, the others as one of their own."""
    found = list(found)
    rest: list[Shared] = []
    for phrase in shared:
        places = (*phrase.ours, *phrase.theirs)
        standing = [n for n, reason in enumerate(found) if touch(places, reason.places)]
        if not standing:
            rest.append(phrase)
            continue
        # What stands on several reasons' words at once stays with each of them.
        taken = [each for n, other in enumerate(found) if n != standing[0] for each in other.places]
        own = (*found[standing[0]].places, *_free(places, taken))
        found[standing[0]] = replace(found[standing[0]], places=joined(own))
    taken = [place for reason in found for place in reason.places]
    free = [Shared(each.words, _free(each.ours, taken), _free(each.theirs, taken)) for each in rest]
    told = [each for each in free if each.ours and each.theirs]
    if told:
        first = [place for each in told for place in (each.ours[0], each.theirs[0])]
        more = [place for each in told for place in (*each.ours[1:], *each.theirs[1:])]
        words: dict[str, Parameter] = {"words": tuple(each.words for each in told)}
        found.append(Reason("text_shared", 0.0, words, joined((*first, *more))))
    return found


def _free(places: Sequence[Place], taken: Sequence[Place]) -> tuple[Place, ...]:
    return tuple(place for place in places if not touch((place,), taken))
