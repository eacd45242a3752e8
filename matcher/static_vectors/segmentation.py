"""A word cut into the pieces that the table knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import inf

# Marks where a word begins, so that "cut" in "cutter" is not the one in "execute".
BEGINNING = "\u2581"
# Natural logarithm: worse than the rarest piece, so that a letter is passed
# over only where no piece holds it.
_UNKNOWN_LETTER = -25.0
# What a word pays whose first piece is one from inside a word.
_MARK_ALONE = -4.0
_WORDS_KEPT = 100_000
_NO_PIECE = -1


class Segmenter:
    """Cuts folded words into pieces, so that their log probabilities add up highest.

    Parameters
    ----------
    pieces : sequence of str
        Each piece; one that begins a word starts with ``▁``.
    scores : sequence of float
        Natural logarithm of each piece's probability.

    References
    ----------
    Kudo, T. (2018), Subword regularization: improving neural network translation
    models with multiple subword candidates. doi:10.18653/v1/P18-1007

    Examples
    --------
    >>> segmenter = Segmenter(["▁mon", "▁m", "tage", "on", "t"], [-5.0, -4.0, -6.0, -5.0, -3.0])
    >>> segmenter.pieces_of("montage")
    (0, 2)
    """

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        # Beginnings of pieces that are none themselves say that a longer one may follow.
        self._piece_at = dict.fromkeys(_beginnings(pieces), _NO_PIECE)
        self._piece_at.update(zip(pieces, range(len(pieces)), strict=True))
        self._scores = list(scores)
        self.pieces_of = lru_cache(maxsize=_WORDS_KEPT)(self._cut)

    def _cut(self, word: str) -> tuple[int, ...]:
        """Give the numbers of a word's pieces, in order; letters of none are passed over."""
        letters = BEGINNING + word
        size = len(letters)
        piece_at, scores = self._piece_at.get, self._scores
        best = [0.0] + [-inf] * size
        arrived = [(0, _NO_PIECE)] * (size + 1)
        for start in range(size):
            here, end = best[start], start + 1
            # Whoever finds no piece goes on by one letter.
            passed_over = here + (_UNKNOWN_LETTER if start else _MARK_ALONE)
            if passed_over >= best[end]:
                best[end], arrived[end] = passed_over, (start, _NO_PIECE)
            for end in range(start + 1, size + 1):
                piece = piece_at(letters[start:end])
                if piece is None:
                    break
                if piece >= 0 and (total := here + scores[piece]) > best[end]:
                    best[end], arrived[end] = total, (start, piece)
        found: list[int] = []
        at = size
        while at > 0:
            at, piece = arrived[at]
            if piece >= 0:
                found.append(piece)
        return tuple(reversed(found))


def _beginnings(pieces: Iterable[str]) -> set[str]:
    """Give every beginning of every piece."""
    found: set[str] = set()
    for piece in pieces:
        for length in range(len(piece) - 1, 0, -1):
            if piece[:length] in found:
                break  # and so are all shorter ones
            found.add(piece[:length])
    return found
