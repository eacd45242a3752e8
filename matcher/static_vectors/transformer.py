"""Texts as vectors of meaning, without an encoder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from matcher.static_vectors.table import VectorTable, read_table

# A language is believed only as far as words that stand in one text by chance
# allow: log odds are taken for half their worth.
_BELIEF = 0.5


class StaticVectors(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Texts as unit vectors in which translations lie near each other.

    Each text is folded, so that one typed without ә ғ қ ң ө ұ ү і has exactly
    the vector of the rightly spelled one; its words are cut into pieces, their
    vectors summed (common words count little), and the mean of its language is
    taken off, so that two texts are not near for being in the same language.

    Parameters
    ----------
    centred : bool, default=True
        Take the language's mean off. Without, whoever uses the vectors does it,
        for instance with ``means`` moved towards the texts of a pool.
    path : str or Path, optional
        Another table than the package's own.

    Examples
    --------
    >>> vectors = StaticVectors()
    >>> rows = vectors.transform(["film editing", "монтаж фильма", "горные лошади"])
    >>> bool(rows[0] @ rows[1] > rows[0] @ rows[2])
    True
    >>> raw, folded = vectors.transform(["Құрылымды көрсету", "курылымды корсету"])
    >>> bool((raw == folded).all())
    True
    """

    def __init__(self, *, centred: bool = True, path: str | Path | None = None) -> None:
        self.centred = centred
        self.path = path

    def fit(self, texts: Sequence[str] | None = None, y: object = None) -> Self:  # noqa: ARG002
        """Learn nothing: the table is finished. Reads it, so that the first text is quick."""
        _ = self.table
        return self

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.requires_fit = False
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags

    @property
    def table(self) -> VectorTable:
        """The table behind the vectors, read once for all."""
        return read_table(None if self.path is None else Path(self.path))

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of the languages that the table knows, in the order of ``means``."""
        return self.table.languages

    @property
    def means(self) -> NDArray[np.float32]:
        """Mean vector of each language's texts, float32 (n_languages, n_dimensions)."""
        return self.table.means

    def transform(
        self, texts: Sequence[str], languages: Sequence[str | None] | None = None
    ) -> NDArray[np.float32]:
        """Give texts' vectors, each of length 1, or 0 where no word is known.

        Parameters
        ----------
        texts : sequence of str
        languages : sequence of str or None, optional
            Language of each text, where it is known; None, or a code that the
            table does not hold, is found out from the text.

        Returns
        -------
        float32 array (n_texts, n_dimensions)

        Raises
        ------
        ValueError
            If ``languages`` has not one entry for each text.
        """
        if isinstance(texts, str):
            texts = [texts]
        texts = list(texts)
        if languages is not None and len(languages) != len(texts):
            raise ValueError(
                f"{len(languages)} languages for {len(texts)} texts: give one for each, or none."
            )
        sums, language_sums = self.table.sum_texts(texts)
        rows = _unit(sums)
        if not self.centred:
            return rows
        shares = _shares(language_sums)
        for row, language in enumerate(languages or ()):
            if language in self.languages:
                shares[row] = 0.0
                shares[row, self.languages.index(language)] = 1.0
        known = np.any(rows != 0.0, axis=1, keepdims=True)
        return _unit(np.where(known, rows - shares @ self.means, np.float32(0.0)))

    def language_shares(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Give how far each text is in each language: rows (n_texts, n_languages) of sum 1.

        Short texts and languages with the same words share; a text of which
        nothing is known belongs to all alike.
        """
        return _shares(self.table.sum_texts(list(texts))[1])

    def languages_of(self, texts: Sequence[str]) -> list[str]:
        """Give the likeliest language of each text.

        Examples
        --------
        >>> StaticVectors().languages_of(["How does the film end?", "Чем кончается фильм?"])
        ['en', 'ru']
        """
        return [self.languages[column] for column in self.language_shares(texts).argmax(axis=1)]


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: NDArray[np.float32] = np.divide(
        rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-9
    )
    return unit


def _shares(language_sums: NDArray[np.float32]) -> NDArray[np.float32]:
    logits = _BELIEF * (language_sums - language_sums.max(axis=1, keepdims=True))
    odds = np.exp(logits, dtype=np.float32)
    shares: NDArray[np.float32] = odds / odds.sum(axis=1, keepdims=True)
    return shares
