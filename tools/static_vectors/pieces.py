"""The student's word pieces: the teacher's, folded, as far as the trade's languages use them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.folding import fold
from matcher.static_vectors.segmentation import BEGINNING, Segmenter
from matcher.words import folded_words, stem_of

_CYRILLIC = re.compile(r"[а-яѓєѕіїјљњћќџ]+")
_LATIN = re.compile(r"[a-z0-9]+")


def fold_pieces(pieces: Sequence[str]) -> dict[str, list[int]]:
    """Give each folded piece with the teacher's pieces that fold to it.

    Kazakh ``▁көрсет`` and Russian ``▁корсет`` become one: both are how somebody
    types the word, and the text around it decides.
    """
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, piece in enumerate(pieces):
        letters = piece.replace(BEGINNING, "")
        folded = fold(letters)
        if BEGINNING in piece[1:] or not (_CYRILLIC.fullmatch(folded) or _LATIN.fullmatch(folded)):
            continue
        found[(BEGINNING if piece.startswith(BEGINNING) else "") + folded].append(number)
    return dict(found)


def choose_pieces(
    folded: dict[str, list[int]],
    scores: NDArray[np.float32],
    texts: Iterable[str],
    english: Iterable[str],
) -> tuple[list[str], NDArray[np.float32]]:
    """Give the pieces to keep, sorted, and the log probability of each.

    Kept are all Cyrillic ones, short Latin ones, Latin ones that a text uses,
    and those that are an English word or a form of one; not the many Latin
    pieces of other languages.
    """
    names = sorted(folded)
    totals = np.array(
        [np.logaddexp.reduce(scores[folded[name]].astype(np.float64)) for name in names]
    )
    segmenter = Segmenter(names, totals.tolist())
    used = Counter(
        piece
        for text in texts
        for word in folded_words(text)
        for piece in segmenter.pieces_of(word)
    )
    stems = {stem_of(fold(word).split(" ")[0]) for word in english}
    kept = [
        number
        for number, name in enumerate(names)
        if _CYRILLIC.fullmatch(name.removeprefix(BEGINNING))
        or len(name.removeprefix(BEGINNING)) <= 2
        or used[number]
        or (name.startswith(BEGINNING) and stem_of(name[1:]) in stems)
    ]
    return [names[number] for number in kept], totals[kept].astype(np.float32)


def letters_alone(
    names: Sequence[str], folded: dict[str, list[int]], pieces: Sequence[str]
) -> list[str]:
    """Give the letters of every teacher's piece behind the names, in order."""
    return [pieces[number].replace(BEGINNING, "") for name in names for number in folded[name]]


def features_of(
    names: Sequence[str],
    folded: dict[str, list[int]],
    scores: NDArray[np.float32],
    inputs: NDArray[np.float32],
    alone: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Give what the teacher knows of each piece, float32 (n_pieces, 2 * 384).

    Its input vector and its vector as a text of its own; pieces that fold to
    one are averaged by how often they stand.
    """
    numbers = np.array([number for name in names for number in folded[name]])
    owners = np.repeat(np.arange(len(names)), [len(folded[name]) for name in names])
    shares = np.exp(scores[numbers].astype(np.float64))
    shares /= np.bincount(owners, shares)[owners]
    found = np.zeros((len(names), inputs.shape[1] + alone.shape[1]))
    np.add.at(found, owners, np.hstack([inputs[numbers], alone]) * shares[:, None])
    return found.astype(np.float32)
