"""Which language's mentors get the places, ties shared out."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.evaluation import evaluate_ranking
from matcher.evaluation.shares import part_of_top

RUSSIAN = np.array([False, True, False, True])


@pytest.mark.parametrize(
    ("affinity", "places", "part"),
    [
        ([0.9, 0.8, 0.2, 0.1], 1, 0.0),
        ([0.9, 0.8, 0.2, 0.1], 2, 0.5),
        ([0.8, 0.9, 0.2, 0.1], 1, 1.0),
        ([0.5, 0.5, 0.5, 0.5], 1, 0.5),
        ([0.9, 0.5, 0.5, 0.5], 2, 1 / 3),  # one place left for three, two of them Russian
        ([0.9, 0.5, 0.5, 0.5], 4, 0.5),
    ],
)
def test_the_part_of_the_first_places(affinity: list[float], places: int, part: float) -> None:
    assert part_of_top(np.array([affinity]), RUSSIAN, places).tolist() == pytest.approx([part])


def test_the_parts_of_all_languages_make_a_whole() -> None:
    rng = np.random.default_rng(1)
    affinity = rng.integers(0, 4, (30, 8)).astype(float)
    languages = ["en", "ru", "kk", "ky"] * 2
    for places in (1, 3, 5, 8):
        parts = [
            part_of_top(affinity, np.array([one == other for other in languages]), places)
            for one in ("en", "ru", "kk", "ky")
        ]
        np.testing.assert_allclose(np.sum(parts, axis=0), 1.0)


def test_a_report_gives_every_language_beside_its_part_of_the_pool() -> None:
    affinity = np.array([[0.9, 0.1, 0.8], [0.1, 0.9, 0.2], [0.9, 0.2, 0.1]])
    gold = np.array([[1, 0, 0], [0, 1, 0], [0, 1, 1]], dtype=bool)
    report = evaluate_ranking(
        affinity,
        gold,
        project_languages=["ky", "ky", "en"],
        mentor_languages=["en", "ru", "en"],
    )
    told = [
        (
            one.project_language,
            one.mentor_language,
            one.n_projects,
            one.in_pool,
            one.among_right,
            one.top[1].value,
        )
        for one in report.shares
    ]
    assert told == [
        ("en", "en", 1, 2 / 3, 0.5, 1.0),
        ("en", "ru", 1, 1 / 3, 0.5, 0.0),
        ("ky", "en", 2, 2 / 3, 0.5, 0.5),
        ("ky", "ru", 2, 1 / 3, 0.5, 0.5),
    ]
    # In a pool of three, the first five places are all of them.
    assert report.shares[0].top[5].value == pytest.approx(2 / 3)
