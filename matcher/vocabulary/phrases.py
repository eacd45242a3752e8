"""Where a text speaks of a concept: by its words, their stems or their beginnings.

Names of the lists are written without endings, so that their Russian, Kazakh
and Kyrgyz words are also found by their stems. What only texts speak of is
found as its rows say, whole words and beginnings: an English stem makes one
word of *operator* and *operation*, a Russian one of *долг* and *долго*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from matcher.folding import fold
from matcher.stopwords import STOP_WORDS
from matcher.turkic import turkic_stem
from matcher.vocabulary.concept import SPOKEN_KINDS, Concept, Kind
from matcher.vocabulary.spreadsheets import read_only_in_lists
from matcher.vocabulary.terms import Vocabulary

# The very places at which every other reading of a text sees its words.
from matcher.words import _WORD as WRITTEN_WORD
from matcher.words import folded_words, places_of_words, stem_of

# Languages people speak and reasons to keep apart are no matter of a text.
LISTS_IN_TEXTS: tuple[Kind, ...] = ("need", "craft", "form", "genre", "stage", "country")
# A commissioning editor, a craft, is no editor, a role.
_ONE_KIND: dict[Kind, Kind] = {"craft": "role"}
# A script doctor is no doctor: within a longer phrase of whatever kind, no people.
_PEOPLE: frozenset[Kind] = frozenset({"role", "figure"})
# A number counts the word behind it: two of our protagonists are not two protagonists.
_NUMBERS = frozenset({"two", "three", "двое", "трое"})
# A sign as short as this, such as the code of a country, is another word in a text.
SHORTEST_LISTED = 4
# A stem as short as this is shared by words that have nothing to do with each other.
SHORTEST_STEM = 5
# Between two words of a phrase may stand so many others: "the second act of
# my film is weak".
MOST_BETWEEN = 2
_ENDS = frozenset('.,:;!?()[]«»“”"\n')

# What one word of a phrase is matched by, each a number of its own.
Unit = int


# A phrase by the places of its words in the text, and the concepts it speaks of.
Said = tuple[tuple[int, ...], tuple[int, ...]]


class Found(NamedTuple):
    """A phrase within a text, ``text[start:end]``, and the concepts it speaks of."""

    start: int
    end: int
    concepts: tuple[int, ...]


class _Node(dict[Unit, "_Node"]):
    """A place in the tree of phrases: what may follow, and what ends here."""

    concepts: tuple[int, ...] = ()


class _Known(NamedTuple):
    """A word of a text: the units it is, what they begin, and the concepts it speaks of alone."""

    units: tuple[Unit, ...]
    opens: tuple[_Node, ...]
    alone: tuple[int, ...]


class PhraseBook:
    """All phrases of a vocabulary, found in a text together.

    Parameters
    ----------
    concepts : sequence of Concept
        Found by their place in this sequence.
    only_in_lists : frozenset of str
        Folded words of lists that say nothing in a text.
    """

    def __init__(self, concepts: Sequence[Concept], only_in_lists: frozenset[str]) -> None:
        self._kinds = [_ONE_KIND.get(concept.kind, concept.kind) for concept in concepts]
        self._only_in_lists = only_in_lists
        self._listed = {n for n, each in enumerate(concepts) if each.kind not in SPOKEN_KINDS}
        self._units: dict[tuple[str, str], Unit] = {}
        self._exact: dict[str, list[Unit]] = {}
        self._stems: dict[str, list[Unit]] = {}
        # Stemming is slow, and a stem begins as its word does.
        self._stem_starts: set[str] = set()
        self._beginnings: dict[str, list[Unit]] = {}
        self._alone: dict[Unit, list[int]] = {}
        self._tree = _Node()
        self._numbers: set[Unit] = set()
        for column, concept in enumerate(concepts):
            for lang, words in _phrases(concept, only_in_lists):
                self._add(column, lang if concept.kind not in SPOKEN_KINDS else "", words)
        self._known = lru_cache(maxsize=100_000)(self._word)

    def find(self, text: str) -> list[Found]:
        """Give the phrases of a text in their order, of each kind the longest at each place.

        Parameters
        ----------
        text : str

        Returns
        -------
        list of Found
            No word belongs to a phrase within a longer one of its kind, and no
            person within a longer one of any kind.
        """
        said = self.said(text)
        places = places_of_words(text)
        return sorted(
            Found(places[words[0]][0], places[words[-1]][1], concepts) for words, concepts in said
        )

    def said(self, text: str) -> list[Said]:
        """Give what :meth:`find` gives by the places of its words, in no order: fast, for counting.

        Parameters
        ----------
        text : str

        Returns
        -------
        list of (tuple of int, tuple of int)
            Which of the text's :func:`matcher.words.folded_words`, and the concepts.
        """
        known = list(map(self._known, folded_words(text)))
        several = self._longest_first(text, known)
        alone: list[Said] = [
            ((place,), each.alone) for place, each in enumerate(known) if each.alone
        ]
        if not several:
            return alone
        phrases: list[Said] = []
        # The longest phrase of each kind at a word, and the concepts said there.
        taken: dict[tuple[Kind, int], int] = {}
        longer: list[tuple[int, ...]] = []
        said: set[tuple[int, int]] = set()
        for words, concepts in (*several, *alone):
            within = any(len(words) < len(each) and {*words} <= {*each} for each in longer)
            free = tuple(
                column
                for column in concepts
                if not (within and self._kinds[column] in _PEOPLE)
                and all(taken.get((self._kinds[column], word), 0) <= len(words) for word in words)
                and said.isdisjoint((column, word) for word in words)
            )
            for column in free:
                taken.update(((self._kinds[column], word), len(words)) for word in words)
                said.update((column, word) for word in words)
            if free:
                if len(words) > 1:
                    longer.append(words)
                phrases.append((words, free))
        return phrases

    def _longest_first(self, text: str, known: Sequence[_Known]) -> list[Said]:
        """Give every phrase of several words."""
        found: list[Said] = []
        for place, each in enumerate(known):
            for node in each.opens:
                found += self._walk(node, (place,), known)
        if not found:
            return found
        places = places_of_words(text)
        found = [
            (words, concepts)
            for words, concepts in found
            if not _ends_between(text, places[words[0]][1], places[words[-1]][0])
        ]
        found.sort(key=lambda each: (-len(each[0]), each[0][-1] - each[0][0], each[0]))
        return found

    def _walk(self, node: _Node, words: tuple[int, ...], known: Sequence[_Known]) -> Iterator[Said]:
        if node.concepts:
            yield words, node.concepts
        if not node:
            return
        counting = not self._numbers.isdisjoint(known[words[-1]].units)
        most = 0 if counting else MOST_BETWEEN
        for place in range(words[-1] + 1, min(words[-1] + 2 + most, len(known))):
            for unit in known[place].units:
                if unit in node:
                    yield from self._walk(node[unit], (*words, place), known)

    def _add(self, column: int, lang: str, words: Sequence[str]) -> None:
        units = [self._unit(lang, word) for word in words]
        self._numbers.update(
            unit for unit, word in zip(units, words, strict=True) if word in _NUMBERS
        )
        if len(units) == 1:
            columns = self._alone.setdefault(units[0], [])
            if column not in columns:
                columns.append(column)
            return
        # Of two telling words either may come first: "the script is weak".
        either = len(words) == 2 and (STOP_WORDS | _NUMBERS).isdisjoint(words)
        for order in (units, units[::-1]) if either else (units,):
            node = self._tree
            for unit in order:
                node = node.setdefault(unit, _Node())
            node.concepts = tuple(sorted({*node.concepts, column}))

    def _unit(self, lang: str, word: str) -> Unit:
        stem = _stem(lang, word)
        key = (stem, word)
        if key in self._units:
            return self._units[key]
        unit = self._units[key] = len(self._units)
        if word.endswith("*"):
            self._beginnings.setdefault(word[:-1], []).append(unit)
            return unit
        self._exact.setdefault(word, []).append(unit)
        if len(stem) > SHORTEST_STEM:
            self._stems.setdefault(stem, []).append(unit)
            self._stem_starts.add(word[:SHORTEST_STEM])
        return unit

    def _word(self, folded: str) -> _Known:
        """Give what a folded word is; of each kind alone, what matches most of its letters."""
        letters: dict[Unit, int] = {}
        for length in range(2, len(folded) + 1):
            for unit in self._beginnings.get(folded[:length], ()):
                letters[unit] = length
        may_be_known = folded[:SHORTEST_STEM] in self._stem_starts
        for stem in (_stem("ru", folded), _stem("ky", folded)) if may_be_known else ():
            for unit in self._stems.get(stem, ()):
                letters[unit] = max(letters.get(unit, 0), len(stem) - 1)
        for unit in self._exact.get(folded, ()):
            letters[unit] = len(folded) + 1
        opens = tuple(self._tree[unit] for unit in letters if unit in self._tree)
        if folded in STOP_WORDS:
            return _Known(tuple(letters), opens, ())
        speaking = [
            (column, length)
            for unit, length in letters.items()
            for column in self._alone.get(unit, ())
            if folded not in self._only_in_lists or column not in self._listed
        ]
        longest: dict[Kind, int] = {}
        for column, length in speaking:
            kind = self._kinds[column]
            longest[kind] = max(longest.get(kind, 0), length)
        alone = {column for column, length in speaking if longest[self._kinds[column]] == length}
        return _Known(tuple(letters), opens, tuple(sorted(alone)))


def _stem(lang: str, word: str) -> str:
    """Give a word's stem behind a sign of its language, or nothing."""
    if lang == "ru":
        return f"={stem_of(word)}"
    return f"~{turkic_stem(word)}" if lang in ("kk", "ky") else ""


def _ends_between(text: str, start: int, end: int) -> bool:
    return not _ENDS.isdisjoint(text[start:end])


def _phrases(concept: Concept, only_in_lists: frozenset[str]) -> Iterator[tuple[str, list[str]]]:
    """Give (language, folded words) of each way in which a text speaks of a concept."""
    listed = concept.kind not in SPOKEN_KINDS
    for lang, words in (*concept.spellings, *concept.beginnings):
        folded = _folded(words)
        # Codes of countries and other short signs are words of their own in a text.
        if not lang or not folded or (listed and len("".join(folded)) < SHORTEST_LISTED):
            continue
        if listed and " ".join(folded) in only_in_lists:
            continue
        if concept.kind == "country" and lang in ("kk", "ky"):
            # An ending taken off Камерун leaves the beginning of a camera.
            yield "", [_with_endings(word) for word in folded]
        else:
            yield lang, folded


def _with_endings(name: str) -> str:
    return f"{name}*" if len(name) > SHORTEST_STEM else name


def _folded(words: str) -> list[str]:
    """Give the words of a phrase, folded; a beginning keeps its star."""
    found: list[str] = []
    for piece in fold(words).split():
        whole = [piece] if piece.isalnum() else WRITTEN_WORD.findall(piece)
        if whole and piece.endswith("*"):
            whole[-1] += "*"
        found += whole
    return found


def concepts_in_texts(vocabulary: Vocabulary) -> tuple[Concept, ...]:
    """Give the concepts that a text may speak of, in a settled order."""
    kinds: Iterable[Kind] = (*LISTS_IN_TEXTS, *SPOKEN_KINDS)
    return tuple(concept for kind in kinds for concept in vocabulary.concepts(kind))


@cache
def shipped_phrases() -> PhraseBook:
    """Give the phrases of the vocabulary that ships with the matcher, read once."""
    concepts = concepts_in_texts(Vocabulary.load())
    return PhraseBook(concepts, read_only_in_lists(resources.files(__package__)))
