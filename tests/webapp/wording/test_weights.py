from __future__ import annotations

import pytest
from flask import Flask

from webapp.services.learned_weights import VERBS
from webapp.wording.weights import ACTS, word_change


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        (20.0, 0.2, "no longer counts"),
        (0.0, 4.0, "counts now"),
        (20.0, 21.0, "as before"),
        (0.1, 0.3, "as before"),
        (20.0, 26.0, "more"),
        (20.0, 31.0, "much more"),
        (26.0, 20.0, "less"),
        (31.0, 20.0, "much less"),
    ],
)
def test_how_much_more_or_less(app: Flask, before: float, after: float, word: str) -> None:
    with app.test_request_context():
        assert word_change(before, after) == word


def test_every_act_has_words() -> None:
    assert set(ACTS) == set(VERBS)
