"""A profile's words as vectors of meaning, so that some can be taken out of a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

# A text's language is believed exactly as far as the channel itself believes it.
from matcher.channels.vectors import _BELIEF as BELIEF
from matcher.channels.vectors import MeaningVectors
from matcher.static_vectors import StaticVectors, VectorTable

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Meaning:
    """The words of one profile as points.

    Attributes
    ----------
    column_of : dict of str to int
        Each folded word's place in ``words``.
    words : float array (n_words, n_dimensions)
    times : list of Counter of str
        How often each item says each word.
    shares : float array (n_items, n_languages)
        How far each item is in each language.
    sums : float array (n_items, n_dimensions)
        Each item's words together, n times as 1 + log(n).
    rows : float array (n_items, n_dimensions)
        The items, centred by language, each of length 1 or 0.
    means : float array (n_languages, n_dimensions)
    """

    column_of: dict[str, int]
    words: Floats
    times: list[Counter[str]]
    shares: Floats
    sums: Floats
    rows: Floats
    means: Floats

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]], channel: MeaningVectors) -> Meaning:
        """Look up the folded words of items.

        Parameters
        ----------
        texts : sequence of sequence of str
            Of each item all words, folded, small ones too.
        channel : MeaningVectors
            Fitted, without an encoder.
        """
        times = [Counter(text) for text in texts]
        column_of = {word: n for n, word in enumerate(dict.fromkeys(w for t in times for w in t))}
        words, scores = _looked_up(StaticVectors().table, list(column_of))
        counts = np.zeros((len(times), len(column_of)))
        for row, said in enumerate(times):
            for word, n in said.items():
                counts[row, column_of[word]] = times_as(n)
        logits = BELIEF * (counts @ scores)
        odds = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
        shares = odds / odds.sum(axis=1, keepdims=True)
        sums, means = counts @ words, channel.centring_.means_
        return cls(column_of, words, times, shares, sums, _centred(sums, shares, means), means)

    def without(self, gone: Sequence[tuple[int, Sequence[str]]]) -> Floats:
        """Give the rows of items of which some words are taken out.

        Parameters
        ----------
        gone : sequence of (int, sequence of str)
            Which item, and the words; its language stays.
        """
        items = [item for item, _ in gone]
        sums = self.sums[items]
        for row, (item, words) in enumerate(gone):
            said = self.times[item]
            for word, n in Counter(words).items():
                less = times_as(said[word]) - times_as(said[word] - n)
                sums[row] -= less * self.words[self.column_of[word]]
            if len(words) == said.total():
                sums[row] = 0.0
        return _centred(sums, self.shares[items], self.means)


def times_as(times: int) -> float:
    """Give what a word counts that is said so often."""
    return 1.0 + log(times) if times > 0 else 0.0


def _looked_up(table: VectorTable, words: Sequence[str]) -> tuple[Floats, Floats]:
    """Give each word's summed pieces, and what they say of the language."""
    pieces = [table.segmenter.pieces_of(word) for word in words]
    flat = np.array([piece for each in pieces for piece in each], dtype=np.int64)
    owners = np.repeat(np.arange(len(words)), [len(each) for each in pieces])
    vectors = np.zeros((len(words), table.n_dimensions))
    scores = np.zeros((len(words), len(table.languages)))
    if len(flat):
        first = np.flatnonzero(np.diff(owners, prepend=-1))
        scaled = table.vectors[flat] * table.scales[flat, np.newaxis]
        vectors[owners[first]] = np.add.reduceat(scaled, first)
        scores[owners[first]] = np.add.reduceat(table.language_scores[flat], first)
    return vectors, scores


def _centred(sums: Floats, shares: Floats, means: Floats) -> Floats:
    units = _units(sums)
    centred = units - shares @ means
    centred[~units.any(axis=1)] = 0.0
    return _units(centred)


def _units(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    units: Floats = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-9)
    return units
