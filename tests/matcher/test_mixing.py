import numpy as np
import pytest

from matcher.affinity import AffinityModel
from matcher.feature_names import FEATURE_NAMES
from matcher.features import PairFeatures
from matcher.mixing import mixed, shares_of
from matcher.weights import DEFAULT_NEUTRAL

WEIGHTS = {"needs": 4.0, "words": 1.0, "vectors": 3.0, "craft": 2.0, "wishes": 2.0}


def _mixed(values, weights=WEIGHTS):
    names = tuple(WEIGHTS)
    known = np.array([[[name in values for name in names]]])
    row = np.array([[[values.get(name, 0.9) for name in names]]])
    return mixed(PairFeatures(names, row, known), weights, DEFAULT_NEUTRAL)


def _affinity(**values):
    return float(_mixed(values).contributions.sum())


def test_a_silent_channel_leaves_its_weight_to_the_others_of_its_family():
    assert _affinity(needs=1.0, vectors=0.5) == pytest.approx((4 + 4 * 0.5) / 8)
    assert _affinity(needs=1.0, words=0.5) == pytest.approx((4 + 4 * 0.5) / 8)
    assert _affinity(needs=1.0, words=0.2, vectors=0.6) == pytest.approx((4 + 0.2 + 1.8) / 8)
    neutral = DEFAULT_NEUTRAL["words"] + 3 * DEFAULT_NEUTRAL["vectors"]
    assert _affinity(needs=1.0) == pytest.approx((4 + neutral) / 8)


def test_what_nobody_was_asked_has_no_effect_and_a_wish_never_lowers():
    plain = _affinity(needs=1.0, vectors=0.5)
    assert _affinity(needs=1.0, vectors=0.5, wishes=0.0) == plain
    assert _affinity(needs=1.0, vectors=0.5, craft=0.0) == pytest.approx(plain * 8 / 10)
    wished = [_affinity(needs=1.0, vectors=0.9, wishes=share) for share in (0.1, 0.25, 0.5, 1.0)]
    assert wished == sorted(wished)
    assert wished[0] > _affinity(needs=1.0, vectors=0.9)


def test_parts_add_up_and_known_ones_are_counted():
    found = _mixed({"needs": 1.0, "vectors": 0.5, "wishes": 0.5})
    assert found.parts.sum() == pytest.approx(1.0)
    assert found.known_share()[0, 0] == pytest.approx(1.0)
    assert _mixed({"needs": 1.0}).known_share()[0, 0] == pytest.approx(0.5)


def test_shares_leave_out_what_only_some_pairs_have():
    assert shares_of(tuple(WEIGHTS), WEIGHTS).tolist() == [0.5, 0.125, 0.375, 0.25, 0.25]
    assert shares_of(("wishes",), WEIGHTS).tolist() == [1.0]


def test_an_older_runs_features_still_give_an_affinity():
    names = ("needs", "words", "characters", "form", "genre", "stage", "language")
    assert set(names) < set(FEATURE_NAMES)
    ones = np.ones((2, 3, len(names)))
    old = PairFeatures(names, ones, ones.astype(bool))
    np.testing.assert_allclose(AffinityModel().affinity(old), np.ones((2, 3)))
