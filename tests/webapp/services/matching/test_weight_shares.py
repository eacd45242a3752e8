"""What counts how much, as people read it."""

from __future__ import annotations

import pytest

from matcher.feature_names import FEATURE_NAMES
from webapp.services.matching.weight_shares import TEXTS, list_changes
from webapp.wording.weights import SIDES


def test_the_ways_of_comparing_texts_are_one() -> None:
    silent = set(FEATURE_NAMES) - {"needs", "words", "vectors", "genre"}
    found = list_changes(
        {"needs": 2.0, "words": 4.0, "vectors": 1.0, "genre": 3.0, "past": 90.0},
        {"needs": 0.0, "words": 1.0, "vectors": 1.0, "genre": 2.0},
        silent,
    )
    assert [(each.name, each.before, each.after) for each in found] == [
        (TEXTS, pytest.approx(50.0), pytest.approx(50.0)),
        ("genre", pytest.approx(30.0), pytest.approx(50.0)),
        ("needs", pytest.approx(20.0), 0.0),
    ]


def test_a_weight_that_is_not_given_is_the_first_one() -> None:
    found = {each.name: each for each in list_changes({}, {"genre": 0.0}, ())}
    assert found["genre"].before > 0.0 == found["genre"].after
    assert sum(each.before for each in found.values()) == pytest.approx(100.0)


def test_everything_that_counts_has_words() -> None:
    assert {each.name for each in list_changes({}, {}, ())} == set(SIDES)
