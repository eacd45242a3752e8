"""What an encoder is shown of a text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.encoders.encoder import MOST_CHARACTERS, readable, unit_or_zero


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a\x00b", "a b"),
        ("ﬁlm  №5\n\tⅣ", "film No5 IV"),
        ("  ", ""),
        ("🎬🎬 …", ""),
        ("half \ud83d of a sign", "half of a sign"),
        ("Монтаж — это всё", "Монтаж — это всё"),
        ("\u200fمرحبا", "\u200fمرحبا"),
        ("Монтажды эмне учун бутуро албайм", "Монтажды эмне үчүн бүтүрө албайм"),
    ],
)
def test_a_text_is_made_readable(written: str, shown: str) -> None:
    assert readable(written) == shown


def test_a_sign_of_eighteen_letters_is_written_out_and_a_long_text_is_cut() -> None:
    assert readable("\ufdfa") == "صلى الله عليه وسلم"
    assert len(readable("\ufdfa" * 1_000_000)) <= MOST_CHARACTERS
    assert readable("слово " * 200_000) == ("слово " * 400)[:MOST_CHARACTERS].rstrip()


@given(st.text(max_size=300))
def test_what_is_readable_stays_and_has_an_utf_8_form(text: str) -> None:
    shown = readable(text)
    shown.encode("utf-8")
    assert readable(shown) == shown
    assert "\x00" not in shown


def test_rows_are_of_length_one_or_zeros() -> None:
    rows = np.array([[3.0, 4.0], [0.0, 0.0], [np.nan, 1.0], [np.inf, 0.0]], dtype=np.float32)
    expected = np.array([[0.6, 0.8], [0, 0], [0, 0], [0, 0]], dtype=np.float32)
    np.testing.assert_allclose(unit_or_zero(rows), expected)
    assert unit_or_zero(rows).dtype == np.float32
