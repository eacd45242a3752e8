"""Texts as vectors of what they mean, so that two languages can be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from matcher.channels.centring import LanguageCentring
from matcher.channels.scale import unit_rows
from matcher.static_vectors import StaticVectors, VectorTable
from matcher.text import count_features
from matcher.words import folded_words

# How far the words of a text are believed about its language: log odds are
# taken for half their worth, since the words of one text depend on each other.
_BELIEF = 0.5


class Encoder(Protocol):
    """Whatever turns texts into vectors of what they mean."""

    @property
    def name(self) -> str:
        """What it is called in settings and reports."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Give a row for each text (n_texts, n_dimensions)."""


class MeaningVectors(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Texts as unit vectors of what they mean, centred by language.

    Parameters
    ----------
    encoder : Encoder, optional
        A sentence encoder; without it, the word-piece table that ships with
        the matcher.
    shrinkage : float, default=20.0
        How many texts of the pool weigh as much as the shipped language means.

    Attributes
    ----------
    centring_ : LanguageCentring
        Fitted on the pool's texts.

    Examples
    --------
    >>> rows = MeaningVectors().fit_transform(["sound of the film", "звук фильма", "a lawyer"])
    >>> bool(rows[0] @ rows[1] > rows[0] @ rows[2])
    True
    """

    def __init__(self, encoder: Encoder | None = None, *, shrinkage: float = 20.0) -> None:
        self.encoder = encoder
        self.shrinkage = shrinkage

    def fit(self, texts: Sequence[str], y: object = None) -> Self:
        """Learn what the texts of each language share."""
        self.fit_transform(texts, y)
        return self

    def fit_transform(self, texts: Sequence[str], y: object = None) -> NDArray[np.float32]:  # noqa: ARG002
        """Learn from texts and give their rows, each of length 1 or 0."""
        rows, shares = self._read(texts)
        means = self._shipped_means(rows.shape[1])
        self.centring_ = LanguageCentring(means, shrinkage=self.shrinkage)
        if not len(rows):
            self.centring_.fit(np.zeros((1, rows.shape[1])), shares=np.zeros((1, shares.shape[1])))
            return rows
        return self.centring_.fit_transform(rows, shares=shares).astype(np.float32)

    def transform(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Give texts' rows (n_texts, n_dimensions), each of length 1 or 0."""
        check_is_fitted(self, "centring_")
        rows, shares = self._read(texts)
        if not len(rows):
            return rows
        return self.centring_.transform(rows, shares=shares).astype(np.float32)

    def _shipped_means(self, n_dimensions: int) -> NDArray[np.float32] | None:
        """Give what the vectors of each language share in other texts, where that is known."""
        if self.encoder is None:
            return StaticVectors().means
        known: Mapping[str, NDArray[np.float32]] = getattr(self.encoder, "language_means", {})
        own = [mean for mean in known.values() if len(mean) == n_dimensions]
        if not own:
            return None
        # Of a language that nobody measured, what all have in common.
        shared = np.mean(own, axis=0)
        return np.stack([known.get(each, shared) for each in StaticVectors().table.languages])

    def _read(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
        """Give texts' vectors and how far each is in each language."""
        sums, said = _sum_texts(StaticVectors().table, texts)
        odds = np.exp(_BELIEF * (said - said.max(axis=1, keepdims=True, initial=-np.inf)))
        shares = odds / odds.sum(axis=1, keepdims=True)
        if self.encoder is not None:
            sums = np.zeros((0, 1), dtype=np.float32)
            if len(texts):
                sums = np.asarray(self.encoder.encode(list(texts)), dtype=np.float32)
        return unit_rows(sums), shares.astype(np.float64)


def _sum_texts(
    table: VectorTable, texts: Sequence[str]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Give texts' summed vectors and language scores: what the table gives, sooner."""
    words: dict[str, int] = {}
    said = count_features(map(folded_words, texts), words, learn=True).astype(np.float32)
    said.data = 1.0 + np.log(said.data)
    spelled = [table.segmenter.pieces_of(word) for word in words] or [()]
    pieces = np.fromiter(chain.from_iterable(spelled), dtype=np.int64)
    ends = np.cumsum([0, *map(len, spelled)])
    used, columns = np.unique(pieces, return_inverse=True)
    shape = (len(spelled), len(used))
    ones = np.ones(len(pieces), dtype=np.float32)
    weighed = sparse.csr_matrix((table.scales[pieces], columns, ends), shape=shape)
    counted = sparse.csr_matrix((ones, columns, ends), shape=shape)
    # A word is summed once, however many texts say it.
    of_words = weighed @ table.vectors[used].astype(np.float32)
    return said @ of_words, said @ (counted @ table.language_scores[used])
