"""Figures of a ranking against what a hand works out."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.errors import MatcherError
from matcher.evaluation import evaluate_ranking

AFFINITY = np.array(
    [
        [0.9, 0.5, 0.4, 0.1],  # right: the first
        [0.9, 0.5, 0.4, 0.1],  # right: the third and the fourth
        [0.2, 0.2, 0.7, 0.2],  # right: one of three tied behind another
        [0.3, 0.1, 0.2, 0.4],  # nobody is right
    ]
)
GOLD = np.array([[1, 0, 0, 0], [0, 0, 1, 1], [1, 0, 0, 0], [0, 0, 0, 0]], dtype=bool)
TIED = (1 / 2 + 1 / 3 + 1 / 4) / 3


def test_the_mean_over_projects_with_somebody_right() -> None:
    report = evaluate_ranking(AFFINITY, GOLD)
    overall = report.overall
    assert overall.mean_reciprocal_rank.value == pytest.approx((1 + 1 / 3 + TIED) / 3)
    assert {places: hit.value for places, hit in overall.hits.items()} == pytest.approx(
        {1: 1 / 3, 3: (1 + 1 + 2 / 3) / 3, 5: 1.0}
    )
    assert (overall.n_projects, overall.n_mentors, report.left_out) == (3, 4, (3,))
    np.testing.assert_allclose(report.reciprocal_ranks, [1, 1 / 3, TIED, np.nan])
    np.testing.assert_allclose(report.places, [1, 3, 3, np.nan])


def test_chance_counts_several_right_mentors() -> None:
    overall = evaluate_ranking(AFFINITY, GOLD).overall
    one = (1 + 1 / 2 + 1 / 3 + 1 / 4) / 4
    # Of four, two right: first in 1/2, second in 1/3, third in 1/6 of all orders.
    two = 1 / 2 + 1 / 3 / 2 + 1 / 6 / 3
    assert overall.chance == pytest.approx((one + two + one) / 3)
    assert overall.chance_hits == pytest.approx(
        {1: (1 / 4 + 1 / 2 + 1 / 4) / 3, 3: (3 / 4 + 1 + 3 / 4) / 3, 5: 1.0}
    )


def test_chance_is_what_random_affinities_give() -> None:
    gold = np.zeros((8000, 12), dtype=bool)
    gold[:, :3] = True
    affinity = np.random.default_rng(5).random(gold.shape)
    overall = evaluate_ranking(affinity, gold, n_resamples=1).overall
    assert overall.mean_reciprocal_rank.value == pytest.approx(overall.chance, abs=0.015)
    for places, hit in overall.hits.items():
        assert hit.value == pytest.approx(overall.chance_hits[places], abs=0.015)


def test_languages_rank_among_their_own_mentors() -> None:
    report = evaluate_ranking(
        AFFINITY, GOLD, project_languages=["ky", "ky", "", "ru"], mentor_languages=["en", "ru"] * 2
    )
    found = {
        (one.project_language, one.mentor_language): (
            one.n_projects,
            one.n_mentors,
            one.mean_reciprocal_rank.value,
            one.chance,
        )
        for one in report.by_language
    }
    # The first: 1st of two English ones. The second: 2nd of two English, 2nd of two Russian.
    assert found == {("ky", "en"): (2, 2, 0.75, 0.75), ("ky", "ru"): (1, 2, 0.5, 0.75)}


def test_no_languages_make_no_groups() -> None:
    report = evaluate_ranking(AFFINITY, GOLD)
    assert (report.by_language, report.shares, report.loss) == ((), (), None)


def test_grades_below_one_are_right_and_zero_is_not() -> None:
    grades = np.array([[0.0, 0.5, np.nan]])
    report = evaluate_ranking(np.array([[0.9, 0.5, 0.1]]), grades)
    assert report.overall.mean_reciprocal_rank.value == 0.5
    assert report.loss is not None
    assert report.loss.value == 1.0


def test_the_same_call_gives_the_same_intervals() -> None:
    rng = np.random.default_rng(3)
    affinity, gold = rng.random((20, 9)), np.eye(20, 9, dtype=bool)
    gold[:, 0] = True
    first, second = evaluate_ranking(affinity, gold), evaluate_ranking(affinity, gold)
    assert first.overall == second.overall
    other = evaluate_ranking(affinity, gold, random_state=1)
    assert other.overall.mean_reciprocal_rank != first.overall.mean_reciprocal_rank


def test_nothing_given_is_changed() -> None:
    affinity, gold = AFFINITY.copy(), GOLD.copy()
    evaluate_ranking(affinity, gold, project_languages=list("abcd"), mentor_languages=list("abcd"))
    np.testing.assert_array_equal(affinity, AFFINITY)
    np.testing.assert_array_equal(gold, GOLD)


@pytest.mark.parametrize(
    ("affinity", "gold", "code"),
    [
        (AFFINITY, GOLD[:3], "gold_shape"),
        (AFFINITY[0], GOLD[0], "gold_shape"),
        (AFFINITY, np.zeros_like(GOLD), "gold_empty"),
        (np.empty((0, 0)), np.empty((0, 0)), "gold_empty"),
        (np.full((1, 1), np.nan), np.ones((1, 1)), "affinity_not_finite"),
        (np.full((1, 1), np.inf), np.ones((1, 1)), "affinity_not_finite"),
    ],
)
def test_what_cannot_be_ranked_is_refused(
    affinity: np.ndarray, gold: np.ndarray, code: str
) -> None:
    with pytest.raises(MatcherError) as caught:
        evaluate_ranking(affinity, gold)
    assert caught.value.code == code
    assert str(caught.value).endswith(".")


def test_a_language_for_each_is_asked() -> None:
    with pytest.raises(MatcherError, match="3 languages for 4 mentors"):
        evaluate_ranking(AFFINITY, GOLD, mentor_languages=["en"] * 3)
