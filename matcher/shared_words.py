"""The words that two sets of texts share, and where each side says them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from matcher.item_pairs import MENTOR_RANKS, ItemSets
from matcher.items import Item
from matcher.needs import is_denied
from matcher.text import CharacterVectors, Rows, StemVectors, count_folded
from matcher.words import Word, content_words

# Two words with different stems are forms of one when they begin alike for so
# many letters, and for so much of the shorter one.
COMMON_BEGINNING = 5
COMMON_PART = 0.7
# Rarer beginnings than this are not looked for: it is a net, not a search.
MOST_FORMS = 200
_CLAUSE_END = frozenset(",.;:!?()\n…—")
# Reasons are shown to both sides; the organizers' own reading is not.
PRIVATE_FIELDS = frozenset({"reading"})
# A word that carries less than so much of what the best one does is not named.
WORTH_NAMING = 0.25


@dataclass(frozen=True, slots=True)
class Shared:
    """One phrase of a project that a mentor's text says too.

    Attributes
    ----------
    words : str
        As the project wrote them.
    project_field, project_start, project_end
        Where the project says it.
    mentor_field, mentor_start, mentor_end
        Where the mentor does.
    """

    words: str
    project_field: str
    project_start: int
    project_end: int
    mentor_field: str
    mentor_start: int
    mentor_end: int


@dataclass(frozen=True)
class Side:
    """One profile's items with what is worked out of them once.

    Attributes
    ----------
    items : list of Item
    sets : ItemSets
        The same, as a pool of one profile.
    words : list of list of Word
        Each item's telling words.
    stem_rows, character_rows : sparse (n_items, n_features)
    stem_columns, character_columns : sparse (n_items, n_features)
        The same, by columns: quick to take some, or to multiply with.
    said : int array
        The stems' columns in which anything is said.
    folded : list of str
        The distinct words, folded.
    counts : sparse (n_items, n_words)
        How often each item says each.
    spelled : sparse (n_words, n_features)
        Their character n-grams.
    """

    items: list[Item]
    sets: ItemSets
    words: list[list[Word]]
    stem_rows: Rows
    stem_columns: Rows
    said: NDArray[np.int64]
    folded: list[str]
    counts: Rows
    spelled: Rows
    character_rows: Rows
    character_columns: Rows

    @classmethod
    def of(cls, items: list[Item], stems: StemVectors, characters: CharacterVectors) -> Side:
        """Read a profile's items."""
        words = [content_words(item.text) for item in items]
        folded, counts = count_folded([word.folded for word in each] for each in words)
        stem_rows = stems.transform_stems([word.stem for word in each] for each in words)
        stem_columns = stem_rows.tocsc()
        spelled = characters.spell(folded)
        character_rows = characters.weigh(counts, spelled)
        return cls(
            items=items,
            sets=ItemSets.of([items]),
            words=words,
            stem_rows=stem_rows,
            stem_columns=stem_columns,
            said=np.flatnonzero(np.diff(stem_columns.indptr)),
            folded=folded,
            counts=counts,
            spelled=spelled,
            character_rows=character_rows,
            character_columns=character_rows.tocsc(),
        )


def shared_phrases(project: Side, mentor: Side, stems: StemVectors, most: int) -> list[Shared]:
    """Give the phrases that carry a pair, weightiest first.

    Whole stems come first; where there are none, words that begin alike, which
    is how Kazakh and Kyrgyz words with different endings meet.

    Parameters
    ----------
    project, mentor : Side
    stems : StemVectors
        Fitted.
    most : int
        How many at most.

    Returns
    -------
    list of Shared
    """
    phrases: list[Shared] = []
    told: set[str] = set()
    found = _by_weight(project, mentor, stems)
    longer = {stem: each for each in reversed(found) if " " in each.stems for stem in each.run}
    for each in found:
        if len(phrases) == most or each.carried < WORTH_NAMING * found[0].carried:
            break
        if told.isdisjoint(each.run):
            whole = longer.get(each.stems, each)
            phrase = _place(project, mentor, whole)
            if phrase is None:
                whole = each
                phrase = _place(project, mentor, each)
            if phrase and not _is_denied(mentor, phrase):
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


def _by_weight(project: Side, mentor: Side, stems: StemVectors) -> list[_Common]:
    """Give all that both sides say, what carries most first."""
    names = stems.phrases_
    common = np.intersect1d(project.said, mentor.said, assume_unique=True)
    theirs_all = mentor.stem_columns[:, common].toarray()
    ours_all = project.stem_columns[:, common].toarray()
    best: dict[int, tuple[float, float, int, int]] = {}
    for ours, item in enumerate(project.items):
        if item.field in PRIVATE_FIELDS:
            continue
        products = theirs_all * ours_all[ours]
        nearest = np.argsort(-products.sum(axis=1), kind="stable")[: len(MENTOR_RANKS)]
        for rank, theirs in zip(MENTOR_RANKS, nearest.tolist(), strict=False):
            for place in np.flatnonzero(products[theirs]).tolist():
                carried = float(products[theirs, place] * rank) * item.weight
                total, most, *at = best.get(int(common[place]), (0.0, 0.0, ours, theirs))
                if carried > most:
                    most, at = carried, [ours, theirs]
                best[int(common[place])] = (total + carried, most, at[0], at[1])
    found = [
        _Common(names[column], total, ours, theirs)
        for column, (total, _, ours, theirs) in best.items()
    ]
    return sorted(found, key=lambda each: (-each.carried, each.stems))


def _is_denied(mentor: Side, phrase: Shared) -> bool:
    """Say whether the mentor's sentence says no: knowing nothing of sound is no reason."""
    text = next(item.text for item in mentor.items if item.field == phrase.mentor_field)
    return is_denied(text, phrase.mentor_start, phrase.mentor_end)


def _find(item: Item, words: Sequence[Word], run: Sequence[str]) -> tuple[int, int] | None:
    """Give the first place where stems follow each other within one clause."""
    for first in range(len(words) - len(run) + 1):
        said = words[first : first + len(run)]
        if [word.stem for word in said] == list(run):
            gaps = (item.text[one.end : other.start] for one, other in pairwise(said))
            if all(_CLAUSE_END.isdisjoint(gap) for gap in gaps):
                return said[0].start, said[-1].end
    return None


def _place(project: Side, mentor: Side, common: _Common) -> Shared | None:
    ours, theirs = common.ours, common.theirs
    item, other = project.items[ours], mentor.items[theirs]
    at = _find(item, project.words[ours], common.run)
    there = _find(other, mentor.words[theirs], common.run)
    if at is None or there is None:
        return None
    return Shared(item.text[at[0] : at[1]], item.field, *at, other.field, *there)


def _begin_alike(project: Side, mentor: Side, most: int) -> list[Shared]:
    forms: dict[str, list[tuple[Item, Word]]] = {}
    for item, words in zip(mentor.items, mentor.words, strict=True):
        for word in words:
            same = forms.setdefault(word.folded[:COMMON_BEGINNING], [])
            if len(word.folded) >= COMMON_BEGINNING and len(same) < MOST_FORMS:
                same.append((item, word))
    found: dict[str, tuple[float, Shared]] = {}
    for item, words in zip(project.items, project.words, strict=True):
        for word in words if item.field not in PRIVATE_FIELDS else ():
            beginning = word.folded[:COMMON_BEGINNING]
            for other, theirs in forms.get(beginning, ()):
                part = _common_part(word.folded, theirs.folded)
                weight = part * item.weight
                if part >= COMMON_PART and weight > found.get(beginning, (0.0, None))[0]:
                    text = item.text[word.start : word.end]
                    place = (other.field, theirs.start, theirs.end)
                    shared = Shared(text, item.field, word.start, word.end, *place)
                    found[beginning] = (weight, shared)
    ranked = sorted(found.items(), key=lambda each: (-each[1][0], each[0]))
    return [shared for _, (_, shared) in ranked[:most]]


def _common_part(word: str, other: str) -> float:
    shorter = min(len(word), len(other))
    common = 0
    while common < shorter and word[common] == other[common]:
        common += 1
    return common / shorter if common >= COMMON_BEGINNING else 0.0
