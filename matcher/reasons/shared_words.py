"""The words that two sets of texts share, and where each side says them."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from matcher.affinity import AffinityModel
from matcher.item_pairs import MENTOR_RANKS
from matcher.reason_values import Place
from matcher.reasons.plain_words import is_plain
from matcher.reasons.reading import Reading, common_columns

# Two words with different stems are forms of one when they begin alike for so
# many letters, and for so much of the shorter one.
COMMON_BEGINNING = 5
COMMON_PART = 0.7
# Rarer beginnings than this are not looked for: it is a net, not a search.
MOST_FORMS = 200
# A phrase is pointed out at so many places of one side.
MOST_PLACES = 3
_CLAUSE_END = frozenset(".,;:!?()\n…—")
# A word that carries less than so much of what the best one does is not named.
WORTH_NAMING = 0.25


@dataclass(frozen=True, slots=True)
class Shared:
    """One phrase that both sides say.

    Attributes
    ----------
    words : str
        As the project wrote it.
    ours, theirs : tuple of Place
        Where each side says it, the place that carries most first.
    """

    words: str
    ours: tuple[Place, ...]
    theirs: tuple[Place, ...]


def shared_phrases(
    project: Reading, mentor: Reading, model: AffinityModel, most: int
) -> list[Shared]:
    """Give the phrases that carry a pair, weightiest first.

    Whole stems come first; where there are none, words that begin alike, which
    is how Kazakh and Kyrgyz words with different endings meet.

    Parameters
    ----------
    project, mentor : Reading
    model : AffinityModel
        Fitted.
    most : int
        How many at most.

    Returns
    -------
    list of Shared
    """
    phrases: list[Shared] = []
    told: set[str] = set()
    found = _by_weight(project, mentor, model)
    longer = {stem: each for each in reversed(found) if " " in each.stems for stem in each.run}
    for each in found:
        if len(phrases) == most or each.carried < WORTH_NAMING * found[0].carried:
            break
        if told.isdisjoint(each.run):
            whole = longer.get(each.stems, each)
            phrase = _placed(project, mentor, whole)
            if phrase is None and whole is not each:
                whole = each
                phrase = _placed(project, mentor, each)
            if phrase and not whole.is_plain(project):
                phrases.append(phrase)
            told.update(whole.run)
    return phrases or _begin_alike(project, mentor, most)


@dataclass(frozen=True, slots=True)
class _Common:
    """A stem or phrase that both sides say, where it carries most, and how much."""

    stems: str
    carried: float
    ours: int
    theirs: int

    @property
    def run(self) -> list[str]:
        return self.stems.split(" ")

    def is_plain(self, project: Reading) -> bool:
        said = {word.stem: word for word in project.words[self.ours]}
        return all(is_plain(said[stem]) for stem in self.run)


def _by_weight(project: Reading, mentor: Reading, model: AffinityModel) -> list[_Common]:
    """Give all that both sides say, what carries most first."""
    common, mine, its = common_columns(project.stems.columns, mentor.stems.columns)
    if not len(common):
        return []
    ours_all, theirs_all = project.stems.rows[:, mine], mentor.stems.rows[:, its]
    total = np.zeros(len(common))
    most = np.zeros(len(common))
    at = np.zeros((2, len(common)), dtype=np.int64)
    for ours, item in enumerate(project.items):
        if not project.shown[ours] or not ours_all[ours].any():
            continue
        products = theirs_all * ours_all[ours]
        nearest = np.argsort(-products.sum(axis=1), kind="stable")[: len(MENTOR_RANKS)]
        for rank, theirs in zip(MENTOR_RANKS, nearest.tolist(), strict=False):
            carried = products[theirs] * rank * item.weight
            total += carried
            better = carried > most
            most[better] = carried[better]
            at[0, better], at[1, better] = ours, theirs
    names = model.stems_.phrases_
    found = [
        _Common(names[common[place]], float(total[place]), int(at[0, place]), int(at[1, place]))
        for place in np.flatnonzero(total > 0).tolist()
    ]
    return sorted(found, key=lambda each: (-each.carried, each.stems))


def _placed(project: Reading, mentor: Reading, common: _Common) -> Shared | None:
    """Give where both sides say it, or None where one of them says it nowhere as it is."""
    ours = _said(project, common.run, common.ours)
    theirs = _said(mentor, common.run, common.theirs)
    if not ours or not theirs:
        return None
    item = project.items[common.ours]
    return Shared(item.text[ours[0].start : ours[0].end], ours, theirs)


def _said(reading: Reading, run: Sequence[str], first: int) -> tuple[Place, ...]:
    """Give the places at which one side says it within a clause, those of one item first."""
    places: list[Place] = []
    standing = reading.stem_places.get(run[0], [])
    for item, at in sorted(standing, key=lambda place: place[0] != first):
        if item != first and not places:
            return ()
        said = reading.words[item][at : at + len(run)]
        text = reading.items[item].text
        if [word.stem for word in said] == list(run) and all(
            _CLAUSE_END.isdisjoint(text[one.end : other.start]) for one, other in pairwise(said)
        ):
            place = reading.place(item, said[0].start, said[-1].end)
            if not reading.denies(place):
                places.append(place)
        if len(places) == MOST_PLACES:
            break
    return tuple(places)


def _begin_alike(project: Reading, mentor: Reading, most: int) -> list[Shared]:
    ours = {word.folded[:COMMON_BEGINNING] for words in project.words for word in words}
    forms = _forms(mentor, ours)
    found: dict[str, tuple[float, Shared]] = {}
    tried: set[tuple[str, float]] = set()
    for item, words in enumerate(project.words):
        item_weight = project.items[item].weight
        for word in words if project.shown[item] else ():
            beginning = word.folded[:COMMON_BEGINNING]
            said = (word.folded, item_weight)
            if beginning not in forms or said in tried or is_plain(word):
                continue
            tried.add(said)
            for folded, there in forms[beginning].items():
                part = _common_part(word.folded, folded)
                weight = part * item_weight
                if part >= COMMON_PART and weight > found.get(beginning, (0.0, None))[0]:
                    here = project.place(item, word.start, word.end)
                    found[beginning] = (weight, Shared(project.quote(here), (here,), (there,)))
    ranked = sorted(found.items(), key=lambda each: (-each[1][0], each[0]))
    return [shared for _, (_, shared) in ranked[:most]]


def _forms(mentor: Reading, beginnings: Container[str]) -> dict[str, dict[str, Place]]:
    """Give the words that begin so, each with the first place where it is not denied."""
    forms: dict[str, dict[str, Place]] = {}
    for item, words in enumerate(mentor.words):
        n_tried: dict[str, int] = {}
        for word in words:
            beginning = word.folded[:COMMON_BEGINNING]
            if len(word.folded) < COMMON_BEGINNING or beginning not in beginnings:
                continue
            same = forms.setdefault(beginning, {})
            n_tried[word.folded] = n_tried.get(word.folded, 0) + 1
            if word.folded in same or max(len(same), n_tried[word.folded]) > MOST_FORMS:
                continue
            place = mentor.place(item, word.start, word.end)
            if not mentor.denies(place):
                same[word.folded] = place
    return forms


def _common_part(word: str, other: str) -> float:
    shorter = min(len(word), len(other))
    common = 0
    while common < shorter and word[common] == other[common]:
        common += 1
    return common / shorter if common >= COMMON_BEGINNING else 0.0
