import dataclasses
from collections.abc import Mapping

import numpy as np
import pytest

from matcher.affinity import AffinityModel
from matcher.datasets import load_demo
from matcher.errors import MatcherError
from matcher.features import FEATURE_NAMES, PairFeatures
from matcher.learning import Decisions, WeightLearner, from_pairs, judge, learn_weights
from matcher.weights import DEFAULT_WEIGHTS


@pytest.fixture(scope="module")
def demo() -> PairFeatures:
    lab = load_demo()
    return AffinityModel().fit_features(lab.projects.profiles, lab.mentors.profiles)


def test_nothing_but_features_and_a_number_for_the_project_is_known() -> None:
    fields = {field.name for field in dataclasses.fields(Decisions)}
    assert fields == {"names", "values", "known", "said_yes", "projects"}
    for name in ("name", "id", "country", "email", "company", "gender", "age", "mentor"):
        with pytest.raises(MatcherError, match="There is no feature"):
            Decisions.of((name,), [[1.0]], [True], [1])


def test_only_the_features_reach_the_learner(
    demo: PairFeatures, monkeypatch: pytest.MonkeyPatch
) -> None:
    widths: list[int] = []
    fitted = WeightLearner.fit

    def watched(self: WeightLearner, rows: np.ndarray, *rest: object) -> WeightLearner:
        widths.append(rows.shape[1])
        return fitted(self, rows, *rest)

    monkeypatch.setattr(WeightLearner, "fit", watched)
    decided = {(row, column): row > column for row in range(12) for column in range(8)}
    decisions = from_pairs(demo, decided)
    moved = dataclasses.replace(decisions, projects=decisions.projects * 1000 + 7)
    one, other = (learn_weights(each, DEFAULT_WEIGHTS) for each in (decisions, moved))
    assert decisions.names == FEATURE_NAMES
    assert widths == [int(decisions.heard().sum())] * 2
    assert one == other


def test_the_affinity_is_the_models(demo: PairFeatures) -> None:
    decided = {(2, 3): True, (0, 1): False, (2, 0): True}
    decisions = from_pairs(demo, decided)
    model = AffinityModel()
    expected = model.affinity(demo)[[0, 2, 2], [1, 0, 3]]
    np.testing.assert_allclose(decisions.affinity(model.used_weights()), expected)
    assert decisions.said_yes.tolist() == [False, True, True]
    assert decisions.projects.tolist() == [0, 2, 2]


def moved(weights: Mapping[str, float], name: str, by: float) -> dict[str, float]:
    return {**weights, name: weights[name] + by}


@pytest.mark.parametrize("name", FEATURE_NAMES)
def test_a_feature_speaks_as_it_moves_the_affinity(name: str) -> None:
    """To first order, with some known and some not, in every kind of feature."""
    rng = np.random.default_rng(3)
    values = rng.random((40, len(FEATURE_NAMES)))
    known = rng.random(values.shape) < 0.6
    decisions = Decisions.of(FEATURE_NAMES, values, [True] * 40, range(40), known)
    weights = dict(DEFAULT_WEIGHTS)
    by = 1e-5
    turned = (decisions.affinity(moved(weights, name, by)) - decisions.affinity(weights)) / by
    # The slope of a weighted mean: what is averaged, less the mean, by all weights.
    spoken = decisions.spoken(weights)[:, FEATURE_NAMES.index(name)]
    if name in {"craft", "territory", "wishes", "past"}:
        away = spoken
    else:
        away = spoken - decisions.affinity(weights)
    if name in {"words", "characters", "concepts", "vectors", "encoder"}:
        # Within the family a channel's weight also moves what the others carry.
        assert np.corrcoef(turned, away)[0, 1] > 0.75
    else:
        assert np.corrcoef(turned, away)[0, 1] > 0.99
        assert (np.sign(turned) == np.sign(away))[np.abs(away) > 1e-6].all()


def test_a_feature_that_no_decision_knows_keeps_its_weight(demo: PairFeatures) -> None:
    decided = {(row, column): (row + column) % 3 == 0 for row in range(12) for column in range(8)}
    decisions = from_pairs(demo, decided)
    silent = [
        name for name, heard in zip(FEATURE_NAMES, decisions.heard(), strict=True) if not heard
    ]
    learned = learn_weights(decisions, DEFAULT_WEIGHTS)
    assert "encoder" in silent
    assert {name: learned[name] for name in silent} == {
        name: DEFAULT_WEIGHTS[name] for name in silent
    }
    assert sum(learned.values()) == pytest.approx(sum(DEFAULT_WEIGHTS.values()))


def test_a_silent_channel_speaks_as_the_others_do() -> None:
    names = ("words", "concepts", "vectors", "genre")
    decisions = Decisions.of(
        names, [[0.2, 0.8, 0.9, 0.5]], [True], [1], [[True, True, False, True]]
    )
    spoken = decisions.spoken({"words": 3.0, "concepts": 1.0, "vectors": 5.0, "genre": 1.0})
    np.testing.assert_allclose(spoken, [[0.2, 0.8, 0.35, 0.5]])


def test_a_channel_that_was_switched_off_weighs_nothing_whatever_its_weight() -> None:
    rng = np.random.default_rng(2)
    known = np.array([[True, False, True]]).repeat(80, axis=0)
    decisions = Decisions.of(
        ("words", "encoder", "genre"),
        rng.random((80, 3)),
        rng.random(80) < 0.5,
        np.arange(80) // 3,
        known,
    )
    light, heavy = (judge(decisions, {"encoder": weight}) for weight in (0.0, 90.0))
    assert light.held_out_before == heavy.held_out_before
    assert light.interval == heavy.interval
    assert (light.weights_after["encoder"], heavy.weights_after["encoder"]) == (0.0, 90.0)
    assert light.weights_after["genre"] == heavy.weights_after["genre"]


def test_an_older_run_lacks_a_feature_and_has_one_that_is_gone() -> None:
    old = PairFeatures(("genre", "zodiac"), np.full((1, 2, 2), 0.5), np.ones((1, 2, 2), np.bool_))
    decisions = from_pairs(old, {(0, 0): True, (0, 1): False})
    assert decisions.names == FEATURE_NAMES
    assert decisions.heard().tolist() == [name == "genre" for name in FEATURE_NAMES]


def test_what_does_not_fit_together_is_refused() -> None:
    with pytest.raises(ValueError, match="2 decisions on 1 features"):
        Decisions.of(("needs",), [[0.5], [0.5]], [True, False], [1])
    with pytest.raises(ValueError, match=r"0\.\.1"):
        Decisions.of(("needs",), [[1.5]], [True], [1])
    with pytest.raises(ValueError, match=r"0\.\.1"):
        Decisions.of(("needs",), [[np.nan]], [True], [1])


def test_yes_to_everything_teaches_nothing() -> None:
    decisions = Decisions.of(("needs", "genre"), np.eye(2), [True, True], [1, 2])
    assert learn_weights(decisions, {"needs": 3.0, "genre": 1.0}) == {"needs": 3.0, "genre": 1.0}
