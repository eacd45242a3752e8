"""Limits as lists of pairs: the same refusals as for a whole matrix."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import ArrayLike

from matcher.constraints import Constraints
from matcher.errors import MatcherError
from matcher.profiles import Conflict, Demand, Load, Lock
from matcher.whole_matrix.limits import PairLimits

FINE: dict[str, ArrayLike] = {
    "demand_low": [1, 1, 1],
    "demand_high": [2, 2, 2],
    "load_low": [0, 0],
    "load_high": [2, 2],
}


@pytest.mark.parametrize(
    ("changed", "code", "named"),
    [
        ({"demand_low": [1, -1, 1]}, "demand_below_zero", {"asked": -1, "project": "1"}),
        ({"demand_low": [1, 1, 3]}, "demand_min_above_max", {"low": 3, "high": 2, "project": "2"}),
        ({"load_low": [0, -4]}, "load_below_zero", {"asked": -4, "mentor": "1"}),
        ({"load_low": [3, 0]}, "load_min_above_max", {"low": 3, "high": 2, "mentor": "0"}),
        (
            {"forbidden": [(2, 1), (1, 1)], "locked": [(0, 0), (1, 1)]},
            "lock_against_conflict",
            {"project": "1", "mentor": "1"},
        ),
        (
            {"demand_low": [0, 0, 0], "demand_high": [2, 1, 2], "locked": [(1, 0), (1, 1)]},
            "locks_beyond_demand",
            {"project": "1", "locks": 2, "demand": 1},
        ),
        (
            {"locked": [(0, 1), (1, 1), (2, 1)]},
            "locks_beyond_load",
            {"mentor": "1", "locks": 3, "max_load": 2},
        ),
    ],
)
def test_a_contradiction_is_named(
    changed: dict[str, ArrayLike], code: str, named: dict[str, object]
) -> None:
    with pytest.raises(MatcherError) as error:
        PairLimits.build(**{**FINE, **changed})
    assert (error.value.code, dict(error.value.params)) == (code, named)
    assert str(error.value)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"demand_low": [1, 1]}, "give one number of each for every project"),
        ({"load_high": [[2, 2]]}, "give one number of each for every mentor"),
        ({"forbidden": [(0, 2)]}, r"names the pair \(0, 2\), outside"),
        ({"locked": [(-1, 0)]}, r"names the pair \(-1, 0\), outside"),
        ({"locked": [(0, 1, 0)]}, "give a row and a column"),
        ({"locked": [(0.5, 1.0)]}, "give a row and a column"),
    ],
)
def test_arrays_that_fit_nothing_are_refused(changed: dict[str, ArrayLike], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        PairLimits.build(**{**FINE, **changed})


def test_a_pair_given_twice_counts_once() -> None:
    limits = PairLimits.build(**FINE, forbidden=[(2, 1), (0, 0), (2, 1)], locked=[(1, 0), (1, 0)])
    assert limits.closed.tolist() == [0, 2, 5]
    assert limits.locked.tolist() == [[1, 0]]


def test_the_limits_of_a_whole_matrix_are_the_same() -> None:
    whole = Constraints.build(
        ["a", "b"],
        ["x", "y"],
        demand=[Demand(1, 2), Demand(0, 1)],
        loads=[Load(1, None), Load(0, 1)],
        conflicts=[Conflict("a", "y")],
        locks=[Lock("b", "x")],
    )
    limits = PairLimits.of(whole)
    assert limits.demand_high.tolist() == [2, 1]
    assert limits.load_low.tolist() == [1, 0]
    assert limits.load_high.tolist() == [2, 1]
    assert limits.closed.tolist() == [1, 2]
    assert limits.locked.tolist() == [[1, 0]]


def test_what_was_given_is_not_changed() -> None:
    high = np.array([10**18, 1, 1])
    PairLimits.build(**{**FINE, "demand_low": [0, 0, 0], "demand_high": high})
    assert high.tolist() == [10**18, 1, 1]
