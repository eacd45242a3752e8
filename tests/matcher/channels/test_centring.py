import numpy as np
import pytest
from sklearn.utils.estimator_checks import parametrize_with_checks

from matcher.channels.centring import LanguageCentring


@parametrize_with_checks([LanguageCentring(), LanguageCentring(shrinkage=0.0)])
def test_centring_keeps_the_estimator_contract(estimator, check):
    check(estimator)


def test_a_small_pool_moves_the_means_a_little_and_a_large_one_replaces_them():
    shipped = np.array([[1.0, 0.0], [0.0, 1.0]])
    shares = np.array([[1.0, 0.0]])
    one = LanguageCentring(shipped, shrinkage=99.0).fit(np.array([[0.0, 1.0]]), shares=shares)
    assert one.means_.tolist() == [[0.99, 0.01], [0.0, 1.0]]
    many = LanguageCentring(shipped, shrinkage=1.0).fit(
        np.tile([[0.0, 1.0]], (999, 1)), shares=np.tile(shares, (999, 1))
    )
    assert many.means_[0].tolist() == pytest.approx([0.001, 0.999])


def test_a_text_in_two_languages_loses_half_of_each_mean():
    centring = LanguageCentring(np.array([[1.0, 0.0], [0.0, 1.0]])).fit(
        np.zeros((1, 2)), shares=np.array([[1.0, 0.0]])
    )
    row = centring.transform(np.array([[0.5, 2.5]], dtype=np.float32), shares=[[0.5, 0.5]])
    assert row.dtype == np.float32
    assert row.tolist() == [[0.0, 1.0]]


def test_what_is_no_text_stays_nothing_and_counts_for_nothing():
    shipped = np.array([[1.0, 0.0]])
    centring = LanguageCentring(shipped).fit(np.zeros((50, 2)))
    assert centring.means_.tolist() == shipped.tolist()
    assert centring.transform(np.zeros((2, 2))).tolist() == [[0.0, 0.0], [0.0, 0.0]]


@pytest.mark.parametrize(
    ("means", "shares", "said"),
    [
        (None, [[1.0], [1.0]], r"shares have shape \(2, 1\) for 1 texts"),
        ([[1.0]], None, r"means have shape \(1, 1\): give one of shape \(1, 2\)"),
    ],
)
def test_shapes_that_do_not_fit_are_named(means, shares, said):
    with pytest.raises(ValueError, match=said):
        LanguageCentring(means).fit(np.ones((1, 2)), shares=shares)
