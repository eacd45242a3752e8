"""What the student is taught: each text's pieces and the point where it should lie."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray
from sources import Group
from teacher import Teacher

from matcher.static_vectors.segmentation import Segmenter
from matcher.words import folded_words

N_DIMENSIONS = 256
# Kept of a text's own point; the rest is the mean of its translations, which
# evens out what the teacher knows less of one language.
_OWN_SHARE = 0.35
_SHORT = 3  # words; labels lie elsewhere than sentences, and are centred apart
# How far a language's word is trusted in the mean of a group.
_TRUST = {"en": 1.0, "ru": 1.0, "kk": 0.7, "ky": 0.6, "uz": 0.4, "uz_Cyrl": 0.3, "tg": 0.3}


@dataclass(frozen=True, eq=False)
class Corpus:
    """Texts in groups of one meaning.

    Attributes
    ----------
    texts, languages : list of str
    sources : list of str
    groups : int array (n_texts,)
        Which texts say the same.
    targets : float32 array (n_texts, 256)
        Unit vectors; languages are centred.
    """

    texts: list[str]
    languages: list[str]
    sources: list[str]
    groups: NDArray[np.int64]
    targets: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Projection:
    """The teacher's space without languages: a mean for each, then the main directions."""

    means: dict[tuple[str, bool], NDArray[np.float32]]
    directions: NDArray[np.float32]

    def __call__(
        self, vectors: NDArray[np.float32], texts: Sequence[str], languages: Sequence[str]
    ) -> NDArray[np.float32]:
        """Give centred unit vectors (n_texts, 256)."""
        means = np.stack(
            [
                self.means[language, is_short(text)]
                for text, language in zip(texts, languages, strict=True)
            ]
        )
        return unit((vectors - means) @ self.directions)


def unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Give rows of length 1, or 0."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.maximum(lengths, 1e-9)


def is_short(text: str) -> bool:
    """Say whether a text is a label rather than a sentence."""
    return text.count(" ") < _SHORT


def gather(groups: Sequence[tuple[str, Group]], teacher: Teacher) -> tuple[Corpus, Projection]:
    """Give the corpus of groups, with the teacher's projection learnt from it."""
    rows = [
        (text, lang, source, number)
        for number, (source, group) in enumerate(groups)
        for lang, text in group.items()
    ]
    texts, languages, sources, numbers = (list(column) for column in zip(*rows, strict=True))
    vectors = teacher.encode(texts)
    kinds = [(lang, is_short(text)) for text, lang in zip(texts, languages, strict=True)]
    members: defaultdict[tuple[str, bool], list[int]] = defaultdict(list)
    for row, kind in enumerate(kinds):
        members[kind].append(row)
    means = {kind: vectors[found].mean(axis=0) for kind, found in members.items()}
    for lang in {lang for lang, _ in means}:  # a language with no labels, or no sentences
        for short in (True, False):
            means.setdefault((lang, short), means.get((lang, not short)))
    centred = unit(vectors - np.stack([means[kind] for kind in kinds]))
    spread, directions = np.linalg.eigh(centred.T @ centred)
    directions = directions[:, np.argsort(-spread)[:N_DIMENSIONS]]
    own = unit(centred @ directions)
    trust = np.array([_TRUST[lang] for lang in languages], dtype=np.float32)[:, None]
    shared = np.zeros((len(groups), N_DIMENSIONS), np.float32)
    np.add.at(shared, numbers, own * trust)
    targets = unit(_OWN_SHARE * own + (1 - _OWN_SHARE) * unit(shared)[numbers])
    corpus = Corpus(texts, languages, sources, np.array(numbers), targets)
    return corpus, Projection(means, directions.astype(np.float32))


def bags(
    texts: Sequence[str], segmenter: Segmenter
) -> list[tuple[NDArray[np.int64], NDArray[np.float32]]]:
    """Give each text's pieces and their weights, as the finished table will count them."""
    weigh: Callable[[str], dict[int, float]] = lambda text: _weighed(text, segmenter)  # noqa: E731
    return [
        (np.fromiter(found.keys(), np.int64), np.fromiter(found.values(), np.float32))
        for found in map(weigh, texts)
    ]


def _weighed(text: str, segmenter: Segmenter) -> dict[int, float]:
    weights: dict[int, float] = {}
    for word, times in Counter(folded_words(text)).items():
        for piece in segmenter.pieces_of(word):
            weights[piece] = weights.get(piece, 0.0) + 1.0 + log(times)
    return weights
