"""Tied places against every order there is."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.evaluation.places import (
    first_right,
    mean_place,
    mean_reciprocal,
    odds_of_places,
    odds_within,
)


def orders(affinity: list[int], right: list[bool]) -> list[int]:
    """The first right mentor's place in every order that the affinities allow."""
    found = []
    for order in permutations(range(len(affinity))):
        values = [affinity[mentor] for mentor in order]
        if values == sorted(values, reverse=True):
            found.append(1 + [right[mentor] for mentor in order].index(True))
    return found


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=1, max_size=6).filter(
        lambda mentors: any(right for _, right in mentors)
    )
)
def test_ties_are_the_mean_over_all_orders(mentors: list[tuple[int, bool]]) -> None:
    affinity, right = [a for a, _ in mentors], [r for _, r in mentors]
    places = np.array(orders(affinity, right))
    standing = first_right(np.array(affinity, dtype=float), np.array(right))
    assert mean_place(*standing) == pytest.approx(places.mean())
    assert mean_reciprocal(*standing) == pytest.approx((1.0 / places).mean())
    for most in (1, 2, 3, 5):
        assert odds_within(*standing, most) == pytest.approx((places <= most).mean())


def test_all_tied_is_chance_and_not_first_place() -> None:
    ahead, odds = first_right(np.full(4, 0.25), np.array([True, False, False, False]))
    assert mean_reciprocal(ahead, odds) == pytest.approx((1 + 1 / 2 + 1 / 3 + 1 / 4) / 4)
    assert mean_place(ahead, odds) == pytest.approx(2.5)


def test_a_right_mentor_lower_down_does_not_matter() -> None:
    right = np.array([False, True, False, True])
    ahead, odds = first_right(np.array([0.9, 0.8, 0.5, 0.1]), right)
    assert (ahead, odds.tolist()) == (1, [1.0])


def test_the_odds_of_many_stay_a_whole() -> None:
    odds = odds_of_places(400, 37)
    assert odds.shape == (364,)
    assert odds.sum() == pytest.approx(1.0)
    # The mean place of the first of r right ones among n is (n + 1) / (r + 1).
    assert odds @ np.arange(1, 365) == pytest.approx(401 / 38)


def test_everybody_right_is_always_first() -> None:
    assert odds_of_places(3, 3).tolist() == [1.0]
