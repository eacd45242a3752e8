"""Texts as the trade's concepts: what they speak of, in whatever language.

A filmmaker's *экинчи акт* and a mentor's *story structure* share no letter;
both are concepts of :mod:`matcher.vocabulary`, and near to each other there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from matcher.vocabulary import Concept, Kind, Vocabulary
from matcher.vocabulary.phrases import concepts_in_texts, shipped_phrases
from matcher.words import n_telling_words

Floats = NDArray[np.float64]
# Sparse rows (n_texts, n_concepts); scipy ships no types of its own.
Rows: TypeAlias = Any

# Of 100 texts about films, how many speak of a concept whose row does not say.
USUAL_IN_100: dict[Kind, float] = {
    "need": 5.0,
    "craft": 5.0,
    "form": 4.0,
    "genre": 3.0,
    "stage": 3.0,
    "country": 2.0,
}
USUAL_ELSE = 2.0
# A text that speaks of the trade in fewer than one of ten telling words, its
# first twenty aside, is not about films: the few it has, every trade uses.
LEAST_SHARE = 0.1
FREE_WORDS = 20


class ConceptVectors(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Texts as rows of concepts, weighed by how seldom a film text speaks of each.

    Parameters
    ----------
    nearness : float, default=0.5
        How much of a concept also counts for those that are near to it.
    background : float, default=1000.0
        As how many texts the shipped frequencies count beside the pool's own.

    Attributes
    ----------
    concepts_ : list of str
        The concept's id of each column.
    idf_ : float array (n_concepts,)
        How seldom texts speak of each concept.
    n_texts_ : int
        How many of the texts it was fitted on speak of any concept.

    Examples
    --------
    >>> rows = ConceptVectors().fit_transform(["Экинчи акт бош", "I fix weak second acts"])
    >>> bool((rows @ rows.T)[0, 1] > 0.9)
    True
    """

    def __init__(self, *, nearness: float = 0.5, background: float = 1000.0) -> None:
        self.nearness = nearness
        self.background = background

    def fit(self, texts: Sequence[str], y: object = None) -> Self:  # noqa: ARG002
        """Let texts shift the shipped frequencies a little."""
        self._learn(_counts(texts))
        return self

    def fit_transform(self, texts: Sequence[str], y: object = None) -> Rows:  # noqa: ARG002
        """Learn from texts and give their rows, each of length 1 or 0."""
        counts = _counts(texts)
        self._learn(counts)
        return self._weighed(counts)

    def transform(self, texts: Sequence[str]) -> Rows:
        """Give texts' rows (n_texts, n_concepts), each of length 1 or 0."""
        check_is_fitted(self, "idf_")
        return self._weighed(_counts(texts))

    def places(self, text: str) -> list[tuple[str, int, int]]:
        """Give where a text speaks of which concept, in the order of the text.

        Parameters
        ----------
        text : str

        Returns
        -------
        list of (str, int, int)
            Concept's id and the place ``text[start:end]``; a phrase of several
            concepts stands once for each.

        Examples
        --------
        >>> text = "Моя бабушка живёт в юрте"
        >>> [text[start:end] for _, start, end in ConceptVectors().places(text)]
        ['бабушка', 'юрте']
        """
        columns = _columns()
        return [
            (columns[column].id, found.start, found.end)
            for found in shipped_phrases().find(text)
            for column in found.concepts
        ]

    def _learn(self, counts: Rows) -> None:
        concepts = _columns()
        self.concepts_ = [concept.id for concept in concepts]
        usual = np.array([_in_100(concept) for concept in concepts]) / 100.0
        speaking = np.asarray(counts.getnnz(axis=0), dtype=np.float64)
        self.n_texts_ = int((np.diff(counts.indptr) > 0).sum())
        n_texts = self.background + self.n_texts_
        self.idf_: Floats = np.log((1.0 + n_texts) / (1.0 + self.background * usual + speaking))
        # A concept that every text speaks of still counts for something.
        self.idf_ = np.maximum(self.idf_, 0.1)

    def _weighed(self, counts: Rows) -> Rows:
        said = counts.copy()
        said.data = np.log1p(said.data)
        spread = said + self.nearness * (said @ _near())
        rows = sparse.csr_matrix(spread.multiply(self.idf_))
        lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
        rows.data /= np.repeat(np.where(lengths > 0, lengths, 1.0), np.diff(rows.indptr))
        rows.sort_indices()
        return rows


@cache
def _columns() -> tuple[Concept, ...]:
    return concepts_in_texts(Vocabulary.load())


@cache
def _near() -> Rows:
    """Give a 1 where two concepts are near, either way, sparse (n_concepts, n_concepts)."""
    concepts = _columns()
    column_of = {concept.id: column for column, concept in enumerate(concepts)}
    pairs = {
        pair
        for column, concept in enumerate(concepts)
        for near in (*concept.near, *concept.meets)
        for pair in ((column, column_of[near]), (column_of[near], column))
    }
    rows, columns = zip(*sorted(pairs), strict=True)
    shape = (len(concepts), len(concepts))
    return sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)


def _in_100(concept: Concept) -> float:
    return concept.in_100 or USUAL_IN_100.get(concept.kind, USUAL_ELSE)


def _counts(texts: Iterable[str]) -> Rows:
    """Count what each text speaks of; a phrase of several concepts is shared among them."""
    data: list[float] = []
    columns: list[int] = []
    ends = [0]
    said_in = shipped_phrases().said
    for text in texts:
        counts: defaultdict[int, float] = defaultdict(float)
        said = said_in(text)
        if len(said) < LEAST_SHARE * (n_telling_words(text) - FREE_WORDS):
            said = []
        for _, concepts in said:
            share = len(concepts) ** -0.5
            for column in concepts:
                counts[column] += share
        columns.extend(counts)
        data.extend(counts.values())
        ends.append(len(columns))
    shape = (len(ends) - 1, len(_columns()))
    return sparse.csr_matrix((np.array(data, dtype=np.float64), columns, ends), shape=shape)
