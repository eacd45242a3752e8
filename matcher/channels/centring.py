"""Vectors without what only tells their language."""

from __future__ import annotations

from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data

Rows = NDArray[np.float32] | NDArray[np.float64]


class LanguageCentring(OneToOneFeatureMixin, TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Takes the mean of each text's language off its vector.

    An encoder puts texts of one language near each other whatever they say, so
    that in a pool of two languages each side finds its own. The mean of a
    language is what all its texts share; without it they lie together by what
    they say. A small pool moves the shipped means a little, a large one
    replaces them.

    Parameters
    ----------
    means : array (n_languages, n_features), optional
        The mean of each language's vectors in other texts; without it, zeros.
    shrinkage : float, default=100.0
        How many texts of the pool weigh as much as the shipped mean.

    Attributes
    ----------
    means_ : float array (n_languages, n_features)
        The means in use.
    n_features_in_ : int

    Examples
    --------
    >>> rows = np.array([[3.0, 1.0], [3.0, -1.0], [-3.0, 1.0], [-3.0, -1.0]])
    >>> shares = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    >>> centred = LanguageCentring(shrinkage=0.0).fit_transform(rows, shares=shares)
    >>> bool(centred[0] @ centred[2] > centred[0] @ centred[1])
    True
    """

    def __init__(self, means: ArrayLike | None = None, *, shrinkage: float = 100.0) -> None:
        self.means = means
        self.shrinkage = shrinkage

    def fit(self, X: ArrayLike, y: object = None, shares: ArrayLike | None = None) -> Self:  # noqa: ARG002, N803
        """Move the shipped means towards those of the vectors at hand.

        Parameters
        ----------
        X : float array (n_texts, n_features)
            A row of zeros is no text and counts for nothing.
        y : ignored
        shares : float array (n_texts, n_languages), optional
            How far each text is in each language, each row summing to 1;
            without it all are in one.
        """
        rows = validate_data(self, X, dtype=[np.float64, np.float32])
        parts = _parts(rows, shares, 1 if self.means is None else len(np.asarray(self.means)))
        given = np.zeros((parts.shape[1], rows.shape[1])) if self.means is None else self.means
        shipped = np.asarray(given, dtype=np.float64)
        if shipped.shape != (parts.shape[1], rows.shape[1]):
            wanted = (parts.shape[1], rows.shape[1])
            raise ValueError(f"means have shape {shipped.shape}: give one of shape {wanted}.")
        said = parts * np.any(rows != 0.0, axis=1, keepdims=True)
        weight = self.shrinkage + said.sum(axis=0)[:, np.newaxis]
        total = self.shrinkage * shipped + said.T @ rows
        self.means_ = np.divide(total, weight, out=np.zeros_like(total), where=weight > 0)
        return self

    def transform(self, X: ArrayLike, shares: ArrayLike | None = None) -> Rows:  # noqa: N803
        """Give the vectors without their language's mean, each of length 1 or 0.

        Parameters
        ----------
        X : float array (n_texts, n_features)
        shares : float array (n_texts, n_languages), optional

        Returns
        -------
        float array (n_texts, n_features)
            Of the numbers' own type; a row of zeros stays one.
        """
        check_is_fitted(self, "means_")
        rows = validate_data(self, X, dtype=[np.float64, np.float32], reset=False)
        parts = _parts(rows, shares, len(self.means_))
        centred = rows - (parts @ self.means_).astype(rows.dtype)
        centred[~np.any(rows != 0.0, axis=1)] = 0.0
        lengths = np.linalg.norm(centred, axis=1, keepdims=True)
        unit: Rows = np.divide(centred, lengths, out=np.zeros_like(centred), where=lengths > 1e-9)
        return unit

    def fit_transform(
        self,
        X: ArrayLike,  # noqa: N803
        y: object = None,
        shares: ArrayLike | None = None,
    ) -> Rows:
        """Move the means towards vectors, and give these without them."""
        return self.fit(X, y, shares).transform(X, shares)


def _parts(rows: Rows, shares: ArrayLike | None, n_languages: int) -> NDArray[np.float64]:
    if shares is None:
        return np.full((len(rows), n_languages), 1.0 / n_languages)
    parts = np.asarray(shares, dtype=np.float64)
    if parts.ndim != 2 or len(parts) != len(rows):
        raise ValueError(
            f"shares have shape {parts.shape} for {len(rows)} texts: give one row for each."
        )
    return parts
