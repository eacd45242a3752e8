import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.utils.estimator_checks import parametrize_with_checks

from matcher.learning import WeightLearner

PRIOR = np.array([4.0, 2.0, 1.0, 0.0])


def asked(n: int, truth: tuple[float, ...], seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Give pairs and an organizer's word on each."""
    rng = np.random.default_rng(seed)
    rows = rng.random((n, len(truth)))
    odds = 8.0 * (rows @ np.array(truth) - sum(truth) / 2)
    return rows, rng.random(n) < 1 / (1 + np.exp(-odds))


@parametrize_with_checks([WeightLearner(), WeightLearner(shrinkage=30.0)])
def test_it_keeps_scikit_learns_contract(estimator, check) -> None:
    check(estimator)


def test_a_great_shrinkage_leaves_the_prior_and_learns_only_how_sharply_one_decides() -> None:
    rows, said = asked(200, (0.6, 0.4, 0.0, 0.0))
    learner = WeightLearner(PRIOR, shrinkage=1e7).fit(rows, said)
    np.testing.assert_allclose(learner.weights_, PRIOR / 7, atol=1e-4)
    assert learner.coef_.sum() > 3.0


def test_a_small_shrinkage_gives_what_plain_regression_finds() -> None:
    rows, said = asked(400, (1.0, 0.5, 0.7, 0.3))
    learner = WeightLearner(PRIOR, shrinkage=1e-6).fit(rows, said)
    plain = LogisticRegression(C=1e8, tol=1e-10, max_iter=10_000).fit(rows, said)
    np.testing.assert_allclose(learner.coef_, plain.coef_, rtol=0.01)


def test_what_only_its_scale_tells_apart_is_learned_alike() -> None:
    rows, said = asked(120, (1.0, 0.2, 0.7, 0.3))
    one, other = (WeightLearner(scale * PRIOR).fit(rows, said).weights_ for scale in (1.0, 1e6))
    np.testing.assert_allclose(one, other, rtol=1e-6)


def test_more_decisions_move_the_weights_further() -> None:
    away = []
    for n in (20, 80, 320):
        rows, said = asked(n, (0.0, 0.0, 1.0, 1.0))
        away.append(np.abs(WeightLearner(PRIOR).fit(rows, said).weights_ - PRIOR / 7).sum())
    assert away == sorted(away)


def test_no_weight_is_negative_where_a_feature_speaks_against() -> None:
    rows, said = asked(400, (1.0, 1.0, 1.0, -1.0))
    learner = WeightLearner(PRIOR).fit(rows, said)
    assert learner.coef_.min() == 0.0
    assert learner.weights_[3] == 0.0
    assert learner.weights_.sum() == pytest.approx(1.0)


def test_all_against_leaves_the_prior() -> None:
    rows, said = asked(400, (-1.0, -1.0, -1.0, -1.0))
    learner = WeightLearner(PRIOR).fit(rows, said)
    np.testing.assert_array_equal(learner.weights_, PRIOR / 7)


def test_decisions_without_a_single_mistake_do_not_run_away() -> None:
    rows, _ = asked(60, (1.0, 1.0, 1.0, 1.0))
    learner = WeightLearner(PRIOR).fit(rows, rows @ PRIOR > 3.5)
    assert np.isfinite(learner.coef_).all()
    assert learner.coef_.max() < 100.0
    assert learner.score(rows, rows @ PRIOR > 3.5) > 0.95


@pytest.mark.parametrize(
    ("prior", "shrinkage", "named"),
    [
        ([1.0, 2.0], 1.0, "4 numbers"),
        ([1.0, 1.0, 1.0, -1.0], 1.0, "0 or more"),
        ([0.0, 0.0, 0.0, 0.0], 1.0, "not all 0"),
        ([1.0, 1.0, np.nan, 1.0], 1.0, "0 or more"),
        ([1.0, 1.0, 1.0, 1.0], 0.0, "shrinkage must be above 0"),
    ],
)
def test_what_cannot_be_used_is_named(prior: list[float], shrinkage: float, named: str) -> None:
    rows, said = asked(30, (1.0, 1.0, 1.0, 1.0))
    with pytest.raises(ValueError, match=named):
        WeightLearner(prior, shrinkage=shrinkage).fit(rows, said)
