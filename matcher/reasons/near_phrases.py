"""Phrases of two texts that come close to each other in meaning, in any two languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.item_pairs import MENTOR_RANKS
from matcher.reason_values import Place
from matcher.reasons.meaning import Meaning, times_as
from matcher.reasons.places import touch
from matcher.reasons.reading import Reading, Token

Floats = NDArray[np.float64]
Span = tuple[int, int]

# Two phrases are said to come close from this cosine on.
CLOSE_FROM = 0.65
# Phrases are looked for in so many pairs of texts, those that carry most, and
# there around so many pairs of words.
MOST_PAIRS = 3
MOST_TRIED = 5
# A phrase ends with its third telling word, and with its eighth of any kind.
MOST_TELLING = 3
LONGEST = 8
# So much of what two phrases carry is enough for fewer words of them.
NEARLY = 0.8
# Words that begin alike for so many letters are taken for forms of one.
LONGEST_BEGINNING = 6
_CLAUSE_END = frozenset('.,;:!?()[]«»“”"\n…—–')


class _Around(NamedTuple):
    """Phrases around a word: what each adds, how long that is, and its words but one."""

    spans: list[Span]
    added: Floats
    lengths: Floats
    further: NDArray[np.int64]


@dataclass(frozen=True)
class ItemPhrases:
    """The words of one text that a phrase may be made of.

    Attributes
    ----------
    vectors : float array (n_words, n_dimensions)
        What each word adds to the text's direction.
    telling : int array (n_telling,)
        Which words tell something.
    sums : float array (n_words + 1, n_dimensions)
        What all words before each add.
    holding : dict of int to list of (int, int)
        The phrases that hold a telling word: first and last of their words.
    """

    vectors: Floats
    sums: Floats
    telling: NDArray[np.int64]
    holding: dict[int, list[Span]]
    _around: dict[int, _Around] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, reading: Reading, meaning: Meaning, item: int) -> ItemPhrases:
        """Read the phrases of one text."""
        tokens, times = reading.tokens[item], meaning.times[item]
        columns = [meaning.column_of[token.folded] for token in tokens]
        counted = [times_as(times[token.folded]) / times[token.folded] for token in tokens]
        vectors = meaning.words[columns] * np.array(counted).reshape(-1, 1)
        length = float(np.linalg.norm(meaning.sums[item]))
        if length > 1e-9:
            vectors /= length
            # What only tells the language is taken off each word by its part of the text.
            part = vectors @ vectors.sum(axis=0)
            vectors -= part[:, np.newaxis] * (meaning.shares[item] @ meaning.means)
        holding: dict[int, list[Span]] = {}
        for span in spans_of(reading.items[item].text, tokens):
            for place in range(span[0], span[1] + 1):
                if tokens[place].tells:
                    holding.setdefault(place, []).append(span)
        sums = np.concatenate([np.zeros((1, vectors.shape[1])), np.cumsum(vectors, axis=0)])
        return cls(vectors, sums, np.array(sorted(holding), dtype=np.int64), holding)

    def around(self, word: int) -> _Around:
        """Give the phrases that hold a word, and what each adds."""
        if word not in self._around:
            first, last = np.array(self.holding[word]).T
            added = self.sums[last + 1] - self.sums[first]
            lengths = np.linalg.norm(added, axis=1)
            self._around[word] = _Around(self.holding[word], added, lengths, last - first)
        return self._around[word]


@dataclass(frozen=True)
class Phrases:
    """The phrases of a profile, each text read when it is asked for.

    Attributes
    ----------
    reading : Reading
    meaning : Meaning
    """

    reading: Reading
    meaning: Meaning
    _known: dict[int, ItemPhrases] = field(default_factory=dict, repr=False)

    def of_item(self, item: int) -> ItemPhrases:
        """Give the phrases of one text."""
        if item not in self._known:
            self._known[item] = ItemPhrases.of(self.reading, self.meaning, item)
        return self._known[item]

    def place(self, item: int, span: Span) -> Place:
        """Give where a phrase of a text stands."""
        tokens = self.reading.tokens[item]
        return self.reading.place(item, tokens[span[0]].start, tokens[span[1]].end)

    def beginnings(self, item: int, span: Span) -> set[str]:
        """Give how the telling words of a phrase begin."""
        said = self.reading.tokens[item][span[0] : span[1] + 1]
        return {token.folded[:LONGEST_BEGINNING] for token in said if token.tells}


def spans_of(text: str, tokens: Sequence[Token]) -> list[Span]:
    """Give the phrases of a text as (first, last) of its words.

    Each begins and ends with a telling word and stays within a clause.
    """
    ends = [
        not _CLAUSE_END.isdisjoint(text[token.end : later.start])
        for token, later in pairwise(tokens)
    ]
    spans: list[Span] = []
    tells = [place for place, token in enumerate(tokens) if token.tells]
    for nth, first in enumerate(tells):
        spans.append((first, first))
        reached = first
        for last in tells[nth + 1 : nth + MOST_TELLING]:
            if last - first >= LONGEST or True in ends[reached:last]:
                break
            spans.append((first, last))
            reached = last
    return spans


class _Close(NamedTuple):
    """Two phrases that come close: what they carry, the texts and the words."""

    carried: float
    ours: int
    theirs: int
    mine: Span
    its: Span


def nearest_phrases(
    project: Phrases, mentor: Phrases, taken: Sequence[Place], most: int
) -> list[tuple[Place, Place]]:
    """Give phrases of both sides that come close, those that carry most first.

    They are looked for in the pairs of texts that carry the pair of people,
    around the words that carry these; of two phrases no more words are told
    than carry nearly all.

    Parameters
    ----------
    project, mentor : Phrases
    taken : sequence of Place
        What other reasons stand on already.
    most : int
        How many at most.

    Returns
    -------
    list of (Place, Place)
        The project's and the mentor's.
    """
    found = sorted(_close(project, mentor), key=lambda each: (-each.carried, *each[1:]))
    kept: list[tuple[Place, Place]] = []
    told = list(taken)
    for each in found:
        if len(kept) == most:
            break
        mine, its = project.place(each.ours, each.mine), mentor.place(each.theirs, each.its)
        # A word that both say is shared, not close.
        same = project.beginnings(each.ours, each.mine) & mentor.beginnings(each.theirs, each.its)
        if not (same or touch((mine, its), told) or mentor.reading.denies(its)):
            kept.append((mine, its))
            told += (mine, its)
    return kept


def _close(project: Phrases, mentor: Phrases) -> list[_Close]:
    found: list[_Close] = []
    for carried, ours, theirs in _item_pairs(project, mentor):
        here, there = project.of_item(ours), mentor.of_item(theirs)
        words = here.vectors[here.telling] @ there.vectors[there.telling].T
        tried = min(MOST_TRIED, words.size)
        places = np.argpartition(words, words.size - tried, axis=None)[-tried:] if tried else words
        for place in places.ravel().tolist():
            row, column = divmod(int(place), len(there.telling))
            if words[row, column] > 0:
                pair = int(here.telling[row]), int(there.telling[column])
                added, mine, its = _phrases_around(here, there, *pair)
                if added > 0:
                    found.append(_Close(carried * added, ours, theirs, mine, its))
    return found


def _phrases_around(
    here: ItemPhrases, there: ItemPhrases, word: int, other: int
) -> tuple[float, Span, Span]:
    """Give what the best phrases around two words carry, and the shortest that nearly do."""
    ours, theirs = here.around(word), there.around(other)
    carried = ours.added @ theirs.added.T
    carried[carried < CLOSE_FROM * np.outer(ours.lengths, theirs.lengths)] = 0.0
    n_words = np.add.outer(ours.further, theirs.further)
    enough = carried >= NEARLY * carried.max()
    row, column = divmod(int(np.where(enough, n_words, LONGEST * 3).argmin()), len(theirs.spans))
    return float(carried[row, column]), ours.spans[row], theirs.spans[column]


def _item_pairs(project: Phrases, mentor: Phrases) -> list[tuple[float, int, int]]:
    """Give the pairs of texts that carry most: how much, the project's and the mentor's."""
    if not project.reading.items or not mentor.reading.items:
        return []
    ours, theirs = project.reading.sets, mentor.reading.sets
    cosines = (project.meaning.rows @ mentor.meaning.rows.T) * theirs.focus
    cosines[~np.array(project.reading.shown)] = 0.0
    places = np.argsort(-cosines, axis=1, kind="stable")[:, : len(MENTOR_RANKS)]
    ranks = MENTOR_RANKS[: places.shape[1]]
    carried = np.take_along_axis(cosines, places, axis=1) * ranks * ours.weights[:, np.newaxis]
    best = np.argsort(-carried, axis=None, kind="stable")[:MOST_PAIRS].tolist()
    pairs = [divmod(place, places.shape[1]) for place in best]
    return [
        (float(carried[row, rank]), row, int(places[row, rank]))
        for row, rank in pairs
        if carried[row, rank] > 0
    ]
