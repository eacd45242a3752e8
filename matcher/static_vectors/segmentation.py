"""A word cut into the pieces that the table knows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

# Marks where a word begins, so that "cut" in "cutter" is not the one in "execute".
BEGINNING = "\u2581"
# Natural logarithm: worse than the rarest piece, so that a letter is passed
# over only where no piece holds it.
_UNKNOWN_LETTER = -25.0
# What a word pays whose first piece is one from inside a word.
_MARK_ALONE = -4.0
_WORDS_KEPT = 100_000


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
        self._piece_at = dict(zip(pieces, range(len(pieces)), strict=True))
        self._scores = list(scores)
        self._longest = max(map(len, pieces), default=0)
        self.pieces_of = lru_cache(maxsize=_WORDS_KEPT)(self._cut)

    def _cut(self, word: str) -> tuple[int, ...]:
        """Give the numbers of a word's pieces, in order; letters of none are passed over."""
        letters = BEGINNING + word
        best = [0.0]
        arrived: list[tuple[int, int]] = [(0, -1)]
        for end in range(1, len(letters) + 1):
            # Whoever finds no piece goes on by one letter.
            top = best[end - 1] + (_UNKNOWN_LETTER if end > 1 else _MARK_ALONE)
            way = (end - 1, -1)
            for start in range(max(0, end - self._longest), end):
                piece = self._piece_at.get(letters[start:end])
                if piece is not None and (total := best[start] + self._scores[piece]) > top:
                    top, way = total, (start, piece)
            best.append(top)
            arrived.append(way)
        found: list[int] = []
        at = len(letters)
        while at > 0:
            at, piece = arrived[at]
            if piece >= 0:
                found.append(piece)
        return tuple(reversed(found))
