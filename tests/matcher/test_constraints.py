from __future__ import annotations

import doctest

import numpy as np
import pytest

import matcher.constraints
from matcher.constraints import Constraints, nearest_id
from matcher.errors import MatcherError
from matcher.profiles import Conflict, ConflictStrength, Demand, Load, Lock

PROJECTS, MENTORS = ["p1", "p2"], ["m1", "m2", "m3"]


def build(
    *,
    projects: list[str] = PROJECTS,
    mentors: list[str] = MENTORS,
    demand: list[Demand] | None = None,
    loads: list[Load] | None = None,
    conflicts: list[Conflict] | None = None,
    locks: list[Lock] | None = None,
) -> Constraints:
    return Constraints.build(
        projects,
        mentors,
        demand=demand or [Demand(1, 2)] * len(projects),
        loads=loads or [Load()] * len(mentors),
        conflicts=conflicts or [],
        locks=locks or [],
    )


def test_numbers_become_arrays_in_the_given_order() -> None:
    limits = build(demand=[Demand(0, 3), Demand(2, 2)], loads=[Load(1, 4), Load(), Load(0, 0)])
    assert limits.shape == (2, 3)
    assert limits.demand_low.tolist() == [0, 2]
    assert limits.demand_high.tolist() == [3, 2]
    assert limits.load_low.tolist() == [1, 0, 0]
    assert limits.load_high.tolist() == [4, 2, 0]
    assert limits.demand_low.dtype == limits.load_high.dtype == np.int64


@pytest.mark.parametrize(
    ("strength", "forbids"), [("never", True), ("ask", False), ("tell", False)]
)
def test_only_a_never_conflict_forbids(strength: ConflictStrength, forbids: bool) -> None:
    limits = build(conflicts=[Conflict("p2", "m3", "company", strength)])
    assert limits.forbidden.tolist() == [[False] * 3, [False, False, forbids]]


def test_a_lock_given_twice_is_one_lock() -> None:
    limits = build(demand=[Demand(1, 1)] * 2, locks=[Lock("p1", "m2"), Lock("p1", "m2")])
    assert limits.locked.tolist() == [[False, True, False], [False] * 3]


def test_a_lock_may_stand_against_a_conflict_that_only_asks() -> None:
    limits = build(locks=[Lock("p1", "m1")], conflicts=[Conflict("p1", "m1", "", "ask")])
    assert limits.locked[0, 0]


def test_a_minimum_beyond_all_there_is_is_shortage_and_no_error() -> None:
    limits = build(loads=[Load(50), Load(9, 9), Load()], demand=[Demand(7, 8)] * 2)
    assert limits.load_low.tolist() == [50, 9, 0]


def test_nobody_at_all_is_no_error() -> None:
    assert build(projects=[], mentors=[]).shape == (0, 0)


def test_arrays_cannot_be_changed() -> None:
    limits = build()
    for array in (limits.demand_low, limits.load_high, limits.forbidden, limits.locked):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_one_demand_for_each_project_is_asked_for() -> None:
    with pytest.raises(ValueError, match="1 demands and 3 loads were given for 2 projects"):
        build(demand=[Demand(1, 1)])


CONTRADICTIONS = {
    "Project id “p1” is given twice: give each project an id of its own.": {
        "projects": ["p1", "p1"]
    },
    "Mentor id “m” is given twice: give each mentor an id of their own.": {"mentors": ["m", "m"]},
    "Project “p2” asks for -1 mentors: give 0 or more.": {"demand": [Demand(1, 1), Demand(-1, 2)]},
    "Project “p1” asks for at least 3 and at most 2 mentors: lower the first number or raise the "
    "second.": {"demand": [Demand(3, 2), Demand(1, 1)]},
    "Mentor “m3” has a load of -2 projects: give 0 or more.": {
        "loads": [Load(), Load(), Load(0, -2)]
    },
    "Mentor “m2” takes at least 3 and at most 1 projects: lower min_load or raise max_load.": {
        "loads": [Load(), Load(3, 1), Load()]
    },
    "A conflict names project “p-2”, which is not among the projects: did you mean “p2”?": {
        "conflicts": [Conflict("p-2", "m1")]
    },
    "A conflict names mentor “M3”, who is not among the mentors: did you mean “m3”?": {
        "conflicts": [Conflict("p1", "M3", "", "tell")]
    },
    "A lock names project “p”, which is not among the projects: did you mean “p1”?": {
        "locks": [Lock("p", "m1")]
    },
    "A lock names mentor “Aida”, who is not among the mentors: did you mean “m1”?": {
        "locks": [Lock("p1", "Aida")]
    },
    "A lock names mentor “m1”, but there are no mentors.": {
        "mentors": [],
        "locks": [Lock("p1", "m1")],
    },
    "A conflict names project “p1”, but there are no projects.": {
        "projects": [],
        "conflicts": [Conflict("p1", "m1")],
    },
    "Project “p1” and mentor “m2” are locked together and also have a conflict that forbids it: "
    "take out one of the two.": {
        "locks": [Lock("p1", "m2")],
        "conflicts": [Conflict("p1", "m2")],
    },
    "Project “p1” has 2 locked mentors but asks for at most 1: raise its demand or take out a "
    "lock.": {"demand": [Demand(0, 1)] * 2, "locks": [Lock("p1", "m1"), Lock("p1", "m2")]},
    "Mentor “m1” has 2 locked projects but takes at most 1: raise max_load or take out a lock.": {
        "loads": [Load(0, 1), Load(), Load()],
        "locks": [Lock("p1", "m1"), Lock("p2", "m1")],
    },
}


@pytest.mark.parametrize("sentence", CONTRADICTIONS)
def test_a_contradiction_is_named_in_one_sentence(sentence: str) -> None:
    with pytest.raises(MatcherError) as raised:
        build(**CONTRADICTIONS[sentence])  # type: ignore[arg-type]
    assert str(raised.value) == sentence


def test_the_nearest_id_does_not_depend_on_the_order() -> None:
    assert nearest_id("p3", ["p2", "p1"]) == nearest_id("p3", ["p1", "p2"]) == "p1"


def test_examples_run() -> None:
    assert doctest.testmod(matcher.constraints) == (0, 4)
