from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.static_vectors import Segmenter

PIECES = ["▁a", "a", "b", "ab", "▁ab", "ba", "aba", "▁"]
SCORES = [-2.0, -3.0, -2.5, -4.0, -4.2, -3.9, -5.5, -1.0]


def every_cut(letters: str) -> list[tuple[str, ...]]:
    """Give all ways to cut letters, by brute force."""
    ways = []
    for cuts in product((False, True), repeat=len(letters) - 1):
        parts, start = [], 0
        for place, cut in enumerate(cuts, 1):
            if cut:
                parts.append(letters[start:place])
                start = place
        ways.append((*parts, letters[start:]))
    return ways


@given(st.text(alphabet="ab", min_size=1, max_size=7))
def test_the_best_cut_is_found(word: str) -> None:
    score = dict(zip(PIECES, SCORES, strict=True))
    known = [way for way in every_cut("▁" + word) if all(part in score for part in way)]
    best = max(sum(score[part] for part in way) for way in known)
    found = Segmenter(PIECES, SCORES).pieces_of(word)
    assert "".join(PIECES[piece] for piece in found) == "▁" + word
    assert sum(SCORES[piece] for piece in found) == pytest.approx(best)


def test_a_letter_of_no_piece_is_passed_over() -> None:
    assert Segmenter(PIECES, SCORES).pieces_of("a字b") == (0, 2)


def test_a_word_of_which_nothing_is_known_has_no_piece() -> None:
    assert Segmenter(["▁a"], [-1.0]).pieces_of("字") == ()


def test_a_piece_inside_a_word_is_not_taken_at_its_beginning() -> None:
    segmenter = Segmenter(["▁cut", "cut", "▁exe", "exe"], [-5.0, -2.0, -5.0, -2.0])
    assert segmenter.pieces_of("cut") == (0,)
    assert segmenter.pieces_of("execut") == (2, 1)
