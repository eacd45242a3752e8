"""One profile as it is, and without the phrases of each of several reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.item_pairs import ItemSets
from matcher.items import (
    FOCUSED_WORDS,
    evidence_of,
    focus_of,
    profile_focus_of,
)
from matcher.reason_values import Place
from matcher.reasons.places import Span, parted, spans_by_field
from matcher.reasons.reading import Reading, film_phrases
from matcher.text import Rows
from matcher.words import Word

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Changed:
    """An item without some of its words: which item, where, what is gone and what is left."""

    item: int
    spans: list[Span]
    gone: list[Word]
    words: list[Word]


@dataclass(frozen=True)
class Variants:
    """One profile as it is, then without the places of each of several reasons.

    Attributes
    ----------
    reading : Reading
    changed : list of Changed
        Their rows stand after those of the items as they are.
    sets : ItemSets
        Every variant one profile.
    rows : int array (n_items of all variants,)
        Which row each item of each variant has.
    """

    reading: Reading
    changed: list[Changed]
    sets: ItemSets
    rows: Ints

    @classmethod
    def of(cls, reading: Reading, cuts: Sequence[Sequence[Place]]) -> Variants:
        """Take the places of each reason out of a profile."""
        n_items = len(reading.items)
        counts = [len(words) for words in reading.words]
        changed: list[Changed] = []
        rows: list[int] = [*range(n_items)]
        starts = [0, n_items]
        breadth = [float(each) for each in reading.sets.profile_focus]
        for places in cuts:
            own = list(range(n_items))
            for field, spans in spans_by_field(places, reading.side).items():
                item = reading.item_of.get(field)
                if item is not None:
                    gone, left = parted(reading.words[item], spans)
                    own[item] = n_items + len(changed)
                    changed.append(Changed(item, spans, gone, left))
                    counts.append(len(left))
            own = [row for row in own if counts[row]]
            fields = (reading.items[_item_of(row, n_items, changed)].field for row in own)
            if all(field == "title" for field in fields):
                own = []
            rows += own
            starts.append(len(rows))
            breadth.append(profile_focus_of(sum(counts[row] for row in own), len(own)))
        at = np.array(rows, dtype=np.int64)
        items = np.array([_item_of(row, n_items, changed) for row in rows], dtype=np.int64)
        base = reading.sets
        sets = ItemSets(
            starts=np.array(starts, dtype=np.int64),
            texts=[""] * len(rows),
            weights=base.weights[items],
            evidence=np.array([evidence_of(count) for count in counts])[at],
            focus=np.array([focus_of(count, FOCUSED_WORDS) for count in counts])[at],
            profile_focus=np.array(breadth),
            languages=base.languages[items],
        )
        return cls(reading, changed, sets, at)

    @cached_property
    def parts(self) -> Floats:
        """How much of each row is in each whole (n_variants, n_rows)."""
        n_rows = len(self.reading.items) + len(self.changed)
        parts = np.zeros((len(self.sets), n_rows))
        owners = np.repeat(np.arange(len(self.sets)), np.diff(self.sets.starts))
        parts[owners, self.rows] = self.sets.weights * self.sets.evidence
        return parts

    def stems(self, later: Rows) -> Floats:
        """Give all rows of the channel of words, those of the changed items read already."""
        base = self.reading.stems
        return np.concatenate([base.rows, base.read(later)]) if self.changed else base.rows

    def letters(self) -> Floats:
        """Give all rows of the channel of character n-grams."""
        base = self.reading.letters
        if not self.changed:
            return base.rows
        later = self.reading.letter_rows([(each.item, each.gone) for each in self.changed])
        return np.concatenate([base.rows, later])

    def concepts(self) -> Floats:
        """Give all rows of the channel of concepts."""
        assert self.reading.concepts is not None
        left = [
            film_phrases(parted(self.reading.phrases[each.item], each.spans)[1], len(each.words))
            for each in self.changed
        ]
        return np.concatenate([self.reading.spoken, self.reading.concepts.of(left)])

    def meant(self) -> Floats:
        """Give all rows of the channel of vectors."""
        meaning = self.reading.meaning
        assert meaning is not None
        gone = [
            (each.item, [t.folded for t in parted(self.reading.tokens[each.item], each.spans)[0]])
            for each in self.changed
        ]
        return np.concatenate([meaning.rows, meaning.without(gone)])


def _item_of(row: int, n_items: int, changed: Sequence[Changed]) -> int:
    return row if row < n_items else changed[row - n_items].item
