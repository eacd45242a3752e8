"""Graded pairs in the wrong order, counted by hand and by brute force."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.evaluation import ordering_loss


def by_hand(affinity: np.ndarray, grades: np.ndarray) -> float:
    wrong = total = 0.0
    for values, own in zip(affinity, grades, strict=True):
        for i in range(len(own)):
            for j in range(len(own)):
                if own[i] > own[j]:  # never where one of the two is NaN
                    total += own[i] - own[j]
                    wrong += (own[i] - own[j]) * (
                        0.5 if values[i] == values[j] else float(values[i] < values[j])
                    )
    return wrong / total


def test_it_is_what_two_loops_find() -> None:
    rng = np.random.default_rng(8)
    affinity = rng.integers(0, 6, (12, 9)).astype(float)
    grades = rng.integers(1, 6, (12, 9)).astype(float)
    grades[rng.random(grades.shape) < 0.4] = np.nan
    loss = ordering_loss(affinity, grades)
    assert loss is not None
    assert loss.value == pytest.approx(by_hand(affinity, grades))
    assert loss.low < loss.value < loss.high


@pytest.mark.parametrize(
    ("affinity", "loss"), [([0.9, 0.5, 0.1], 0.0), ([0.1, 0.5, 0.9], 1.0), ([0.3, 0.3, 0.3], 0.5)]
)
def test_right_wrong_and_tied(affinity: list[float], loss: float) -> None:
    found = ordering_loss(np.array([affinity]), np.array([[5.0, 3.0, 1.0]]))
    assert found is not None
    assert found.value == loss


def test_equal_grades_say_nothing() -> None:
    assert ordering_loss(np.array([[0.9, 0.1]]), np.array([[2.0, 2.0]])) is None
