"""One profile read once, in every channel, so that words can be taken out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.affinity import AffinityModel
from matcher.channels.concepts import FREE_WORDS, LEAST_SHARE
from matcher.channels.vectors import MeaningVectors
from matcher.item_pairs import ItemSets
from matcher.items import Item, mentor_items, project_items
from matcher.needs import is_denied
from matcher.profiles import MentorProfile, ProjectProfile
from matcher.reason_values import Place, SideName
from matcher.reasons.concept_rows import ConceptRows
from matcher.reasons.meaning import Meaning
from matcher.reasons.plain_words import is_plain
from matcher.text import Rows
from matcher.vocabulary.phrases import Found, shipped_phrases

# The very places at which every other reading of a text sees its words.
from matcher.words import _WORD as WRITTEN_WORD
from matcher.words import MAX_CHARACTERS, MAX_WORD, Word, _parts, content_words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Reasons are shown to both sides; the organizers' own reading is not.
PRIVATE_FIELDS = frozenset({"reading"})


class Token(NamedTuple):
    """A word of a text, small ones too, at its place."""

    start: int
    end: int
    folded: str
    tells: bool  # enough to begin or end what is quoted


@dataclass(frozen=True)
class Written:
    """Items' rows in a channel of words, over the columns in which anything is said.

    Attributes
    ----------
    columns : int array (n_said,)
        Rising.
    rows : float array (n_items, n_said)
    """

    columns: Ints
    rows: Floats

    @classmethod
    def of(cls, rows: Rows) -> Written:
        """Leave out the columns in which nothing is said."""
        empty = cls(np.unique(rows.indices).astype(np.int64), np.zeros((0, 0)))
        return cls(empty.columns, empty.read(rows))

    def read(self, rows: Rows) -> Floats:
        """Give further rows over the same columns; what only they say is left out."""
        dense = np.zeros((rows.shape[0], len(self.columns)))
        if len(self.columns):
            places = np.searchsorted(self.columns, rows.indices)
            np.minimum(places, len(self.columns) - 1, out=places)
            known = self.columns[places] == rows.indices
            owners = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
            dense[owners[known], places[known]] = rows.data[known]
        return dense


def common_columns(columns: Ints, others: Ints) -> tuple[Ints, Ints, Ints]:
    """Give the numbers that two rising lists share, and the place of each in both."""
    if not len(columns) or not len(others):
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty, empty
    places = np.minimum(np.searchsorted(columns, others), len(columns) - 1)
    same = columns[places] == others
    return others[same], places[same], np.flatnonzero(same)


@dataclass(frozen=True)
class Reading:
    """A profile's items with what is worked out of them once.

    Attributes
    ----------
    side : {"project", "mentor"}
    items : list of Item
    sets : ItemSets
        The same, as a pool of one profile.
    words : list of list of Word
        Each item's telling words.
    model : AffinityModel
        Fitted.
    concepts : ConceptRows or None
        None where that channel is switched off.
    """

    side: SideName
    items: list[Item]
    sets: ItemSets
    words: list[list[Word]]
    model: AffinityModel
    concepts: ConceptRows | None = None

    @classmethod
    def of(
        cls,
        profile: ProjectProfile | MentorProfile,
        model: AffinityModel,
        concepts: ConceptRows | None = None,
    ) -> Reading:
        """Read a profile's items."""
        side: SideName = "project"
        if isinstance(profile, ProjectProfile):
            items = project_items(profile)
        else:
            side, items = "mentor", mentor_items(profile)
        words = [content_words(item.text) for item in items]
        return cls(side, items, ItemSets.of([items]), words, model, concepts)

    @cached_property
    def item_of(self) -> dict[str, int]:
        """Each field's place among the items."""
        return {item.field: place for place, item in enumerate(self.items)}

    @cached_property
    def shown(self) -> list[bool]:
        """Whether each item may be quoted."""
        return [item.field not in PRIVATE_FIELDS for item in self.items]

    @cached_property
    def tokens(self) -> list[list[Token]]:
        """Each item's words, small ones too."""
        return [
            [
                Token(place.start(), place.end(), part.folded, part.tells and not is_plain(part))
                for place in WRITTEN_WORD.finditer(item.text, 0, MAX_CHARACTERS)
                for part in _parts(place.group()[:MAX_WORD])
            ]
            for item in self.items
        ]

    @cached_property
    def phrases(self) -> list[list[Found]]:
        """Where each item speaks of which concepts; nothing where it is not about films."""
        return [
            film_phrases(shipped_phrases().find(item.text), len(words))
            for item, words in zip(self.items, self.words, strict=True)
        ]

    @cached_property
    def spoken(self) -> Floats:
        """The items in the channel of concepts, which is switched on."""
        assert self.concepts is not None
        return self.concepts.of(self.phrases)

    @cached_property
    def stems(self) -> Written:
        """The items in the channel of words."""
        return Written.of(self.stem_rows(self.words))

    @cached_property
    def letters(self) -> Written:
        """The items in the channel of character n-grams."""
        columns = self._spelled[3]
        return Written(columns, self.letter_rows([(item, ()) for item in range(len(self.items))]))

    @cached_property
    def meaning(self) -> Meaning | None:
        """The words as vectors; None where that channel is switched off."""
        channel = self.model.channels_.channels.get("vectors")
        if not isinstance(channel, MeaningVectors):
            return None
        return Meaning.of([[token.folded for token in each] for each in self.tokens], channel)

    def place(self, item: int, start: int, end: int) -> Place:
        """Give a stretch of an item as a place."""
        return Place(self.side, self.items[item].field, start, end)

    def quote(self, place: Place) -> str:
        """Give the words that stand at a place."""
        return self.items[self.item_of[place.field]].text[place.start : place.end]

    def denies(self, place: Place) -> bool:
        """Say whether a mentor's sentence says no: knowing nothing of sound is no reason."""
        if self.side == "project":
            return False
        return is_denied(self.items[self.item_of[place.field]].text, place.start, place.end)

    def stem_rows(self, words: Sequence[Sequence[Word]]) -> Rows:
        """Give the rows of texts that say some words."""
        return self.model.stems_.transform_stems([word.stem for word in each] for each in words)

    def letter_rows(self, gone: Sequence[tuple[int, Sequence[Word]]]) -> Floats:
        """Give the rows of items, each without some of its words."""
        column_of, counts, spelled, columns = self._spelled
        left = counts[[item for item, _ in gone]]
        for row, (_, words) in enumerate(gone):
            for word in words:
                left[row, column_of[word.folded]] -= 1.0
        rarity = self.model.characters_.idf_[columns]
        said = np.asarray(spelled @ left.T).T
        rows: Floats = np.log(said, out=np.full(said.shape, -1.0), where=said > 0)
        rows = (rows + 1.0) * rarity
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        rows /= np.where(lengths > 0, lengths, 1.0)
        return rows

    @cached_property
    def _spelled(self) -> tuple[dict[str, int], Floats, Rows, Ints]:
        """Give the distinct words, each item's counts, the n-grams (n_columns, n_words), and what
        columns these are."""
        folded = dict.fromkeys(word.folded for each in self.words for word in each)
        column_of = {word: place for place, word in enumerate(folded)}
        counts = np.zeros((len(self.words), max(len(folded), 1)))
        for row, words in enumerate(self.words):
            for word, times in Counter(word.folded for word in words).items():
                counts[row, column_of[word]] = times
        spelled = self.model.characters_.spell(list(folded))
        columns, places = np.unique(spelled.indices, return_inverse=True)
        shape = (spelled.shape[0], len(columns))
        narrow = sparse.csr_matrix((spelled.data, places, spelled.indptr), shape=shape)
        return column_of, counts, narrow.T.tocsr(), columns.astype(np.int64)

    @cached_property
    def stem_places(self) -> dict[str, list[tuple[int, int]]]:
        """Where each stem stands, in what may be quoted: item, and which of its words."""
        places: dict[str, list[tuple[int, int]]] = {}
        for item, words in enumerate(self.words):
            for n, word in enumerate(words) if self.shown[item] else ():
                places.setdefault(word.stem, []).append((item, n))
        return places


def film_phrases(phrases: list[Found], n_telling: int) -> list[Found]:
    """Give phrases of a text, or none where it hardly speaks of films."""
    return [] if len(phrases) < LEAST_SHARE * (n_telling - FREE_WORDS) else phrases
