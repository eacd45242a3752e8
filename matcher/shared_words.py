"""The words that two sets of texts share, and what they carry.

A phrase's weight is found by taking it out of the project's texts and asking
again, so that a reason says what it is worth and no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.features import HALF_AT
from matcher.item_pairs import MENTOR_RANKS, ItemSets, text_values
from matcher.items import Item
from matcher.text import CharacterVectors, Rows, StemVectors, count_words
from matcher.words import Word, content_words, stem_of

# Two words with different stems are forms of one when they begin alike for so
# many letters, and for so much of the shorter one.
COMMON_BEGINNING = 5
COMMON_PART = 0.7
# Rarer beginnings than this are not looked for: it is a net, not a search.
MOST_FORMS = 200


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
    """One profile's items with what is worked out of them once."""

    items: list[Item]
    sets: ItemSets
    words: list[list[Word]]
    stem_rows: Rows
    columns: NDArray[np.int64]
    folded: list[str]
    counts: Rows
    spelled: Rows
    character_rows: Rows

    @classmethod
    def of(cls, items: list[Item], stems: StemVectors, characters: CharacterVectors) -> Side:
        """Read a profile's items."""
        texts = [item.text for item in items]
        folded, counts = count_words(texts)
        stem_rows = stems.transform(texts).tocsc()
        spelled = characters.spell(folded)
        return cls(
            items=items,
            sets=ItemSets.of([items]),
            words=[content_words(text) for text in texts],
            stem_rows=stem_rows,
            columns=np.flatnonzero(np.diff(stem_rows.indptr)),
            folded=folded,
            counts=counts,
            spelled=spelled,
            character_rows=characters.weigh(counts, spelled),
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
    for ours, theirs, key in _by_weight(project, mentor, stems):
        run = key.split(" ")
        if told.isdisjoint(run):
            found = _place(project, mentor, ours, theirs, run)
            if found:
                phrases.append(found)
                told.update(run)
        if len(phrases) == most:
            return phrases
    return phrases or _begin_alike(project, mentor, most)


def _by_weight(project: Side, mentor: Side, stems: StemVectors) -> Iterable[tuple[int, int, str]]:
    """Give (project item, mentor item, stems), what carries most first."""
    names = stems.phrases_
    common = np.intersect1d(project.columns, mentor.columns, assume_unique=True)
    theirs_all = mentor.stem_rows[:, common].toarray()
    ours_all = project.stem_rows[:, common].toarray()
    best: dict[int, tuple[float, float, int, int]] = {}
    for ours, item in enumerate(project.items):
        products = theirs_all * ours_all[ours]
        nearest = np.argsort(-products.sum(axis=1), kind="stable")[: len(MENTOR_RANKS)]
        for rank, theirs in zip(MENTOR_RANKS, nearest.tolist(), strict=False):
            for place in np.flatnonzero(products[theirs]).tolist():
                carried = float(products[theirs, place] * rank) * item.weight
                total, most, *at = best.get(int(common[place]), (0.0, 0.0, ours, theirs))
                if carried > most:
                    most, at = carried, [ours, theirs]
                best[int(common[place])] = (total + carried, most, at[0], at[1])
    # A phrase of two stems stands for both of them.
    order = sorted(best, key=lambda column: (-best[column][0], names[column]))
    return [(best[column][2], best[column][3], names[column]) for column in order]


def _find(words: Sequence[Word], run: Sequence[str]) -> tuple[int, int] | None:
    for first in range(len(words) - len(run) + 1):
        if all(words[first + n].stem == stem for n, stem in enumerate(run)):
            return words[first].start, words[first + len(run) - 1].end
    return None


def _place(
    project: Side, mentor: Side, ours: int, theirs: int, run: Sequence[str]
) -> Shared | None:
    at = _find(project.words[ours], run)
    there = _find(mentor.words[theirs], run)
    if at is None or there is None:
        return None
    item, other = project.items[ours], mentor.items[theirs]
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
        for word in words:
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


def _without(
    project: Side, gone: set[str], stems: StemVectors, characters: CharacterVectors
) -> dict[str, Rows]:
    """Give the rows of a project's items as if some stems did not stand in them."""
    texts: list[str] = []
    for item, words in zip(project.items, project.words, strict=True):
        parts: list[str] = []
        at = 0
        for word in words:
            if word.stem in gone and word.start >= at:
                parts.append(item.text[at : word.start])
                at = word.end
        texts.append("".join((*parts, item.text[at:])))
    kept = [column for column, word in enumerate(project.folded) if stem_of(word) not in gone]
    spelled = characters.weigh(project.counts[:, kept], project.spelled[kept])
    return {"words": stems.transform(texts), "characters": spelled}


def carried_by(
    phrases: Sequence[Shared],
    project: Side,
    mentor: Side,
    *,
    stems: StemVectors,
    characters: CharacterVectors,
    neutral: dict[str, float],
) -> dict[str, float]:
    """Give what each text channel loses when a project does not say some phrases.

    Parameters
    ----------
    phrases : sequence of Shared
    project, mentor : Side
    stems, characters
        Fitted.
    neutral : dict of str to float

    Returns
    -------
    dict of str to float
        ``words`` and ``characters``, each in 0..1.
    """
    gone = {word.stem for phrase in phrases for word in content_words(phrase.words)}
    after = _without(project, gone, stems, characters)
    before = {"words": project.stem_rows.tocsr(), "characters": project.character_rows}
    others = {"words": mentor.stem_rows.tocsr(), "characters": mentor.character_rows}
    lost: dict[str, float] = {}
    for name, other in others.items():
        first, then = (
            _value(
                project.sets,
                mentor.sets,
                rows,
                other,
                half_at=HALF_AT[name],
                neutral=neutral[name],
            )
            for rows in (before[name], after[name])
        )
        lost[name] = max(first - then, 0.0)
    return lost


def _value(
    ours: ItemSets, theirs: ItemSets, rows: Rows, other: Rows, *, half_at: float, neutral: float
) -> float:
    values: NDArray[np.float64] = text_values(
        ours, theirs, rows, other, half_at=half_at, neutral=neutral
    )[0]
    return float(values[0, 0])
