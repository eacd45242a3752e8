"""Texts to numbers: stems and character n-grams, each text a row of its own.

Both channels are plain TF-IDF over everything that the profiles of a pool say,
with what was measured to matter on reviewers and papers: small words left
out, stems, sublinear counts, phrases of two words. How rare a word is follows
from the pool and from other texts of the trade (:mod:`matcher.channels.background`),
so that one profile more hardly changes what the others share.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from matcher.channels.background import shipped
from matcher.words import telling_words

# Sparse rows (n_texts, n_features); scipy ships no types of its own.
Rows: TypeAlias = Any

# An odd number with well-mixed bits; arithmetic is modulo 2**64.
_HASH_BASE = np.uint64(0x9E3779B97F4A7C15)


def count_features(
    texts: Iterable[Iterable[str]], vocabulary: dict[str, int], *, learn: bool
) -> Rows:
    """Count each text's features; with ``learn``, unseen ones get a column."""
    find: Callable[[str], Any] = vocabulary.get
    if learn:
        column_of: defaultdict[str, int] = defaultdict(None, vocabulary)
        column_of.default_factory = column_of.__len__
        find = column_of.__getitem__
    data: list[int] = []
    columns: list[int] = []
    ends = [0]
    for features in texts:
        counts = Counter(map(find, features))
        counts.pop(None, None)  # what is not known has no column
        columns.extend(counts)
        data.extend(counts.values())
        ends.append(len(columns))
    if learn:
        vocabulary.update(column_of)
    shape = (len(ends) - 1, max(len(vocabulary), 1))
    return sparse.csr_matrix((np.array(data, dtype=np.float64), columns, ends), shape=shape)


class StemVectors(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Texts as TF-IDF of stems and of phrases of up to ``longest_phrase`` stems.

    Parameters
    ----------
    longest_phrase : int, default=2
        1 for single stems only.
    sublinear : bool, default=True
        Count a word said n times as 1 + log(n), so that repeating it gains little.
    background : bool, default=True
        Count the shipped texts beside those it is fitted on.

    Attributes
    ----------
    vocabulary_ : dict of str to int
        Column of each stem and phrase.
    phrases_ : list of str
        The stem or phrase of each column.
    idf_ : float array (n_features,)
        How rare each is, 1 for what stands in every text.

    Examples
    --------
    >>> rows = StemVectors().fit_transform(["We edit at night", "The editing, at night"])
    >>> round(float((rows @ rows.T)[0, 1]), 6)
    1.0
    """

    def __init__(
        self, *, longest_phrase: int = 2, sublinear: bool = True, background: bool = True
    ) -> None:
        self.longest_phrase = longest_phrase
        self.sublinear = sublinear
        self.background = background

    def fit(self, texts: Sequence[str], y: object = None) -> Self:
        """Learn the texts' stems, and how rare each is."""
        self.fit_transform(texts, y)
        return self

    def fit_transform(self, texts: Sequence[str], y: object = None) -> Rows:  # noqa: ARG002
        """Learn from texts and give their rows, each of length 1 or 0."""
        self.vocabulary_: dict[str, int] = {}
        phrases = (self._phrases(_stems(text)) for text in texts)
        counts = count_features(phrases, self.vocabulary_, learn=True)
        self.phrases_ = list(self.vocabulary_)
        known, n_texts = (shipped().stems, shipped().n_texts) if self.background else ({}, 0.0)
        others = np.array([known.get(phrase, 0.0) for phrase in self.phrases_])
        self.idf_ = _rarity(counts, others, n_texts)
        return self._weighed(counts)

    def transform(self, texts: Sequence[str]) -> Rows:
        """Give texts' rows (n_texts, n_features), each of length 1 or 0."""
        return self.transform_stems([_stems(text) for text in texts])

    def transform_stems(self, texts: Iterable[Sequence[str]]) -> Rows:
        """Give the rows of texts that are read already: the stems of each, in order."""
        check_is_fitted(self, "vocabulary_")
        return self._weighed(
            count_features(map(self._phrases, texts), self.vocabulary_, learn=False)
        )

    def _weighed(self, counts: Rows) -> Rows:
        return weighed(counts, self.idf_, sublinear=self.sublinear)

    def _phrases(self, stems: Sequence[str]) -> list[str]:
        phrases = list(stems)
        for length in range(2, self.longest_phrase + 1):
            phrases += map(" ".join, zip(*(stems[n:] for n in range(length)), strict=False))
        return phrases


class CharacterVectors(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Texts as TF-IDF of the character n-grams inside their telling words.

    Languages that add endings to endings (Kazakh, Kyrgyz) share the beginnings
    of words where they share no stem that a simple stemmer finds. An n-gram
    never crosses from one word into the next; the blank before and after a
    word belongs to it.

    Parameters
    ----------
    shortest, longest : int, default=3 and 5
        Lengths of the n-grams.
    background : bool, default=True
        Count the shipped texts beside those it is fitted on.

    Attributes
    ----------
    grams_ : uint64 array (n_features,)
        The n-grams of all words it was fitted on, as sorted 64-bit hashes.
    idf_ : float array (n_features,)
        How rare each is, 1 for what stands in every text.
    """

    def __init__(self, *, shortest: int = 3, longest: int = 5, background: bool = True) -> None:
        self.shortest = shortest
        self.longest = longest
        self.background = background

    def fit(self, texts: Sequence[str], y: object = None) -> Self:
        """Learn the texts' n-grams, and how rare each is."""
        self.fit_transform(texts, y)
        return self

    def fit_transform(self, texts: Sequence[str], y: object = None) -> Rows:  # noqa: ARG002
        """Learn from texts and give their rows, each of length 1 or 0."""
        words, counts = count_words(texts)
        owners, hashes = self._hashes(words)
        self.grams_, columns = np.unique(hashes, return_inverse=True)
        shape = (max(len(words), 1), max(len(self.grams_), 1))
        ones = np.ones(len(columns))
        grams = counts @ sparse.csr_matrix((ones, (owners, columns)), shape=shape)
        others, n_texts = self._in_other_texts()
        self.idf_ = _rarity(grams, others, n_texts)
        return weighed(grams, self.idf_)

    def transform(self, texts: Sequence[str]) -> Rows:
        """Give texts' rows (n_texts, n_features), each of length 1 or 0."""
        check_is_fitted(self, "grams_")
        words, counts = count_words(texts)
        return self.weigh(counts, self.spell(words))

    def spell(self, words: Sequence[str]) -> Rows:
        """Count the known n-grams of each word, sparse (n_words, n_features)."""
        owners, hashes = self._hashes(words)
        shape = (max(len(words), 1), max(len(self.grams_), 1))
        if not len(self.grams_):
            return sparse.csr_matrix(shape)
        columns = np.minimum(np.searchsorted(self.grams_, hashes), len(self.grams_) - 1)
        known = self.grams_[columns] == hashes
        ones = np.ones(int(known.sum()))
        return sparse.csr_matrix((ones, (owners[known], columns[known])), shape=shape)

    def weigh(self, counts: Rows, spelled: Rows) -> Rows:
        """Give texts' rows from their counts of words and those words' n-grams."""
        return weighed(counts @ spelled, self.idf_)

    def _in_other_texts(self) -> tuple[NDArray[np.float64], float]:
        """Give in how many of the shipped texts each n-gram stands, and of how many."""
        if not self.background or not len(self.grams_):
            return np.zeros(len(self.grams_)), 0.0
        words = shipped().words
        spelled = self.spell(list(words))
        spelled.data[:] = 1.0
        # Words of one text may share an n-gram: their sum is a little too high.
        found = np.asarray(spelled.T @ np.array(list(words.values()))).ravel()
        return np.minimum(found, shipped().n_texts), shipped().n_texts

    def _hashes(self, words: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
        """Give every n-gram of all words as (index of its word, hash)."""
        padded = [f" {word} " for word in words]
        letters = "".join(padded).encode("utf-32-le", "surrogatepass")
        codes = np.frombuffer(letters, dtype=np.uint32).astype(np.uint64)
        owner = np.repeat(np.arange(len(padded)), [len(word) for word in padded])
        owners = [owner[:0]]
        hashes = [codes[:0]]
        for length in range(self.shortest, self.longest + 1):
            n_starts = max(len(codes) - length + 1, 0)
            hashed = np.full(n_starts, length, dtype=np.uint64)
            for letter in range(length):
                hashed = hashed * _HASH_BASE + codes[letter : letter + n_starts]
            inside = owner[:n_starts] == owner[length - 1 : length - 1 + n_starts]
            owners.append(owner[:n_starts][inside])
            hashes.append(hashed[inside])
        return np.concatenate(owners), np.concatenate(hashes)


def count_words(texts: Sequence[str]) -> tuple[list[str], Rows]:
    """Give the distinct telling words of texts, folded, and each text's counts of them."""
    return count_folded([folded for folded, _ in telling_words(text)] for text in texts)


def count_folded(texts: Iterable[Sequence[str]]) -> tuple[list[str], Rows]:
    """Give the distinct words of texts that are read already, and each text's counts of them."""
    words: dict[str, int] = {}
    counts = count_features(texts, words, learn=True)
    return list(words), counts


def _stems(text: str) -> list[str]:
    return [stem for _, stem in telling_words(text)]


def _rarity(counts: Rows, others: NDArray[np.float64], n_others: float) -> NDArray[np.float64]:
    """Give the inverse document frequencies of a pool and of the texts beside it."""
    n_features = len(others)
    said = np.bincount(counts.indices, minlength=n_features)[:n_features] + others
    rarity: NDArray[np.float64] = np.log((1.0 + counts.shape[0] + n_others) / (1.0 + said)) + 1.0
    return rarity


def weighed(counts: Rows, rarity: NDArray[np.float64], *, sublinear: bool = True) -> Rows:
    """Turn counts into rows of length 1 or 0.

    Parameters
    ----------
    counts : sparse (n_texts, n_features)
        Its numbers are changed.
    rarity : float array (n_features,)
    sublinear : bool, default=True
        Count what is said n times as 1 + log(n).
    """
    data = np.log(counts.data) + 1.0 if sublinear else counts.data.copy()
    data *= rarity[counts.indices]
    owner = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    lengths = np.sqrt(np.bincount(owner, weights=data * data, minlength=counts.shape[0]))
    data /= lengths[owner]
    counts.data = data
    return counts


def saturate(cosine: NDArray[np.float64], half_at: float) -> NDArray[np.float64]:
    """Stretch raw cosines into a usable 0..1: x·(1 + h) / (x + h).

    The cosine of two texts that clearly speak of the same thing is seldom
    above 0.3; taken as it is, no pair would ever look good. The curve rises
    with the cosine, keeps 0 and 1, gives about a half at ``half_at``, and does
    not depend on who else is in the pool.

    Parameters
    ----------
    cosine : array of float
        In 0..1.
    half_at : float
        The cosine that stands for half a match, above 0.

    Returns
    -------
    array of float
        In 0..1, same shape.

    Examples
    --------
    >>> saturate(np.array([0.0, 0.1, 1.0]), half_at=0.1).round(2).tolist()
    [0.0, 0.55, 1.0]
    """
    clipped = np.clip(cosine, 0.0, 1.0)
    return clipped * (1.0 + half_at) / (clipped + half_at)
