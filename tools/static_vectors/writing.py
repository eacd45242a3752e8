"""The finished student as the package's data file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from corpus import Corpus, bags, unit
from numpy.typing import NDArray

from matcher.static_vectors.segmentation import Segmenter
from matcher.vocabulary import LANGUAGES

# A word of its own prose says more about how people write than one of a menu.
_COUNTS = {"own prose": 5.0, "vocabulary": 1.0, "dictionaries": 0.3}
# Share of every language's words that is taken to be anybody's.
_ANYBODYS = 0.1


def language_scores(
    corpus: Corpus, texts: Sequence[tuple[NDArray[np.int64], NDArray[np.float32]]], n_pieces: int
) -> NDArray[np.float32]:
    """Give log probabilities of pieces by language, less the mean over languages."""
    counts = np.zeros((n_pieces, len(LANGUAGES)))
    for (pieces, weights), language, source in zip(
        texts, corpus.languages, corpus.sources, strict=True
    ):
        np.add.at(counts[:, LANGUAGES.index(language)], pieces, weights * _COUNTS.get(source, 1.0))
    shares = counts / counts.sum(axis=0)
    base = shares.mean(axis=1, keepdims=True) + 1e-7
    logs = np.log((1 - _ANYBODYS) * shares + _ANYBODYS * base)
    return (logs - logs.mean(axis=1, keepdims=True)).astype(np.float32)


def language_means(
    corpus: Corpus,
    texts: Sequence[tuple[NDArray[np.int64], NDArray[np.float32]]],
    vectors: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Give each language's mean unit vector over the trade's own sentences and words."""
    own: defaultdict[str, list[int]] = defaultdict(list)
    others: defaultdict[str, list[int]] = defaultdict(list)
    for row, (language, source) in enumerate(zip(corpus.languages, corpus.sources, strict=True)):
        if source == "own prose":
            own[language].append(row)
        elif source == "vocabulary":
            others[language].append(row)
    means = np.zeros((len(LANGUAGES), vectors.shape[1]), np.float32)
    for number, language in enumerate(LANGUAGES):
        kinds = [rows for rows in (own[language], others[language]) if rows]
        means[number] = np.mean(
            [
                unit(np.stack([texts[row][1] @ vectors[texts[row][0]] for row in rows])).mean(
                    axis=0
                )
                for rows in kinds
            ],
            axis=0,
        )
    return means


def write_table(
    path: Path,
    names: Sequence[str],
    scores: NDArray[np.float32],
    vectors: NDArray[np.float32],
    corpus: Corpus,
) -> None:
    """Write the file that ``matcher.static_vectors`` reads; same input, same bytes."""
    largest = np.maximum(np.abs(vectors).max(axis=1), 1e-12)
    vectors = vectors * np.float32(127 / np.median(largest))  # scales near 1 suit half precision
    scales = np.abs(vectors).max(axis=1).astype(np.float16).astype(np.float32) / 127
    scales = np.maximum(scales, np.float32(1e-6)).astype(np.float16).astype(np.float32)
    rounded = np.clip(np.round(vectors / scales[:, None]), -127, 127).astype(np.int8)
    kept = rounded * scales[:, None]
    stored = scores.astype(np.float16)
    texts = bags(corpus.texts, Segmenter(names, stored.astype(np.float32).tolist()))
    by_language = language_scores(corpus, texts, len(names))
    step = float(np.abs(by_language).max()) / 127
    arrays = {
        "pieces": np.frombuffer("\n".join(names).encode(), np.uint8),
        "scores": stored,
        "vectors": rounded,
        "scales": scales.astype(np.float16),
        "languages": np.frombuffer("\n".join(LANGUAGES).encode(), np.uint8),
        "language_scores": np.round(by_language / step).astype(np.int8),
        "language_step": np.float32(step),
        "means": language_means(corpus, texts, kept),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        np.savez(file, **arrays)
