"""The table of word pieces: what stands in the data file, and texts summed from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from math import log
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from matcher.static_vectors.segmentation import Segmenter
from matcher.words import folded_words

_FILE = "vectors.npz"
# So many pieces are looked up at a time: 16 MB at 256 dimensions.
_PIECES_AT_ONCE = 16_384


@dataclass(frozen=True, slots=True, eq=False)
class VectorTable:
    """Word pieces with their vectors, and what each says about the language.

    Attributes
    ----------
    pieces : tuple of str
        Folded word pieces; ``▁`` marks those that begin a word.
    scores : float32 array (n_pieces,)
        Natural logarithm of each piece's probability.
    vectors : int8 array (n_pieces, n_dimensions)
    scales : float32 array (n_pieces,)
        A piece's vector is its row of ``vectors`` times this; the length is the
        piece's weight in a text, small for what stands everywhere.
    languages : tuple of str
        Codes as the vocabulary has them, such as ``ky`` or ``uz_Cyrl``.
    language_scores : float32 array (n_pieces, n_languages)
        Log probability of the piece in each language, less the average one.
    means : float32 array (n_languages, n_dimensions)
        Mean unit vector of the texts of each language.
    """

    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    vectors: NDArray[np.int8]
    scales: NDArray[np.float32]
    languages: tuple[str, ...]
    language_scores: NDArray[np.float32]
    means: NDArray[np.float32]
    segmenter: Segmenter = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "segmenter", Segmenter(self.pieces, self.scores.tolist()))

    @property
    def n_dimensions(self) -> int:
        """How long each vector is."""
        return int(self.vectors.shape[1])

    def weighed_pieces(self, text: str) -> dict[int, float]:
        """Give the numbers of a text's pieces and how much each counts.

        Parameters
        ----------
        text : str
            As written; it is folded here.

        Returns
        -------
        dict of int to float
            A word said n times counts 1 + log(n), so that repeating gains little.
        """
        weights: dict[int, float] = {}
        for word, times in Counter(folded_words(text)).items():
            for piece in self.segmenter.pieces_of(word):
                weights[piece] = weights.get(piece, 0.0) + 1.0 + log(times)
        return weights

    def sum_texts(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Give each text's summed vector and its summed language scores.

        Parameters
        ----------
        texts : sequence of str

        Returns
        -------
        sums : float32 array (n_texts, n_dimensions)
        language_sums : float32 array (n_texts, n_languages)
            Both are 0 for a text of which the table knows nothing.
        """
        sums = np.zeros((len(texts), self.n_dimensions), dtype=np.float32)
        language_sums = np.zeros((len(texts), len(self.languages)), dtype=np.float32)
        for rows, starts, pieces, weights in self._portions(texts):
            columns = weights[:, np.newaxis]
            scaled = self.vectors[pieces] * (self.scales[pieces, np.newaxis] * columns)
            sums[rows] = np.add.reduceat(scaled, starts)
            language_sums[rows] = np.add.reduceat(self.language_scores[pieces] * columns, starts)
        return sums, language_sums

    def _portions(
        self, texts: Sequence[str]
    ) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]]:
        """Give texts that hold something in portions: rows, starts, pieces, weights."""
        rows: list[int] = []
        starts: list[int] = []
        pieces: list[int] = []
        weights: list[float] = []
        for row, text in enumerate(texts):
            found = self.weighed_pieces(text)
            if found:
                rows.append(row)
                starts.append(len(pieces))
                pieces += found.keys()
                weights += found.values()
            if pieces and (len(pieces) >= _PIECES_AT_ONCE or row == len(texts) - 1):
                yield (
                    np.array(rows, dtype=np.intp),
                    np.array(starts, dtype=np.intp),
                    np.array(pieces, dtype=np.intp),
                    np.array(weights, dtype=np.float32),
                )
                rows, starts, pieces, weights = [], [], [], []


@lru_cache(maxsize=4)
def read_table(path: Path | None = None) -> VectorTable:
    """Give the table of a file, read once.

    Parameters
    ----------
    path : Path, optional
        A file that ``tools/static_vectors`` wrote; by default the package's own.

    Returns
    -------
    VectorTable

    Examples
    --------
    >>> table = read_table()
    >>> table.vectors.shape == (len(table.pieces), table.n_dimensions)
    True
    """
    if path is not None:
        with path.open("rb") as file:
            return _parse(file)
    with resources.files(__package__).joinpath(_FILE).open("rb") as file:
        return _parse(file)


def _parse(file: IO[bytes]) -> VectorTable:
    with np.load(file, allow_pickle=False) as stored:
        return VectorTable(
            pieces=tuple(stored["pieces"].tobytes().decode().split("\n")),
            scores=stored["scores"].astype(np.float32),
            vectors=stored["vectors"],
            scales=stored["scales"].astype(np.float32),
            languages=tuple(stored["languages"].tobytes().decode().split("\n")),
            language_scores=stored["language_scores"].astype(np.float32)
            * np.float32(stored["language_step"]),
            means=stored["means"].astype(np.float32),
        )
