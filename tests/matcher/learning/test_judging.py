from dataclasses import replace

import numpy as np
import pytest

from matcher.errors import MatcherError
from matcher.learning import ENOUGH_DECISIONS, Decisions, Judgement, judge
from matcher.learning.held_out import foretell
from matcher.weights import DEFAULT_WEIGHTS

NAMES = ("needs", "genre", "stage", "language")
OWN = {name: DEFAULT_WEIGHTS[name] for name in NAMES}
OTHER = {"needs": 0.2, "genre": 5.0, "stage": 0.2, "language": 0.5}


def decided(n: int, taste: dict[str, float], seed: int = 0, a_project: int = 3) -> Decisions:
    """Give decisions of an organizer with this taste, and a tenth of them by mood."""
    rng = np.random.default_rng(seed)
    decisions = Decisions.of(NAMES, rng.random((n, 4)), [True] * n, np.arange(n) // a_project)
    affinity = decisions.affinity(taste)
    said = (affinity > np.quantile(affinity, 0.4)) ^ (rng.random(n) < 0.1)
    return replace(decisions, said_yes=said)


def test_another_taste_is_found_out() -> None:
    found = judge(decided(120, OTHER))
    assert (found.n_decisions, found.enough, found.better) == (120, True, True)
    assert found.held_out_before + 10 < found.held_out_after <= 120
    assert 0.0 < found.interval[0] < found.interval[1]
    assert found.weights_before == DEFAULT_WEIGHTS
    assert set(found.silent) == set(DEFAULT_WEIGHTS) - set(NAMES)
    kept = {name: found.weights_after[name] for name in found.silent}
    assert kept == {name: DEFAULT_WEIGHTS[name] for name in found.silent}
    assert found.weights_after["genre"] > 2 * found.weights_before["genre"]
    assert found.weights_after["needs"] < found.weights_before["needs"] / 2


def test_the_taste_of_the_weights_at_hand_is_left_alone() -> None:
    assert [judge(decided(120, OWN, seed)).better for seed in range(5)] == [False] * 5


def test_a_coin_teaches_nothing() -> None:
    found = []
    for seed in range(5):
        decisions = decided(120, OWN, seed)
        said = np.random.default_rng(seed).random(120) < 0.5
        found.append(judge(replace(decisions, said_yes=said)).better)
    assert found == [False] * 5


@pytest.mark.parametrize("n", [0, 1, 10, ENOUGH_DECISIONS - 1])
def test_a_small_camp_is_told_nothing(n: int) -> None:
    decisions = decided(80, OTHER).at(np.arange(n))
    assert judge(decisions) == Judgement(n, decisions.n_yes, enough=False)


def test_many_yeses_and_few_noes_are_not_enough() -> None:
    decisions = decided(100, OTHER)
    said = np.arange(100) >= 9
    assert not judge(replace(decisions, said_yes=said)).enough
    assert not judge(replace(decisions, said_yes=~said)).enough
    assert judge(replace(decisions, said_yes=np.arange(100) >= 10)).enough


def test_many_decisions_about_few_projects_are_not_enough() -> None:
    assert not judge(decided(90, OTHER, a_project=10)).enough
    assert judge(decided(100, OTHER, a_project=10)).enough


def test_same_decisions_same_judgement_whatever_the_projects_are_numbered() -> None:
    decisions = decided(90, OTHER)
    renumbered = replace(decisions, projects=decisions.projects * 7 + 1000)
    assert judge(decisions) == judge(decisions) == judge(renumbered)


def test_the_organizers_own_weights_are_where_it_starts() -> None:
    found = judge(decided(120, OTHER), OTHER)
    assert not found.better
    assert found.weights_before == {**DEFAULT_WEIGHTS, **OTHER}


def test_a_project_is_foretold_from_other_projects_alone() -> None:
    """Each project has a feature of its own: only from itself could one learn what it counts."""
    names = ("needs", "form", "genre", "stage", "language")
    rng = np.random.default_rng(5)
    project = np.repeat(np.arange(5), 20)
    rows = rng.random((100, 5)) * 0.1
    rows[np.arange(100), project] = 0.5
    decisions = Decisions.of(names, rows, project % 2 == 0, project)
    _, after = foretell(decisions, dict.fromkeys(names, 1.0), rounds=4, seed=0)
    assert after.surprise.mean() > np.log(2)


def test_nothing_is_changed_by_asking() -> None:
    decisions, weights = decided(60, OTHER), dict(OWN)
    values = decisions.values.copy()
    judge(decisions, weights)
    np.testing.assert_array_equal(decisions.values, values)
    assert weights == OWN


def test_weights_that_cannot_be_used_are_named() -> None:
    with pytest.raises(MatcherError, match="no feature"):
        judge(decided(60, OTHER), {"zodiac": 1.0})
    with pytest.raises(MatcherError, match="Every weight is 0"):
        judge(decided(60, OTHER), dict.fromkeys(DEFAULT_WEIGHTS, 0.0))
