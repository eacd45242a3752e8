from __future__ import annotations

import numpy as np
import pytest

from matcher.assignment import assign
from matcher.command.summary import plan_summary
from matcher.constraints import Constraints
from matcher.facts import PlanFacts
from matcher.profiles import Conflict, Demand, Load

ONE, ANY = Demand(1, 1), Load()


def summary(
    affinity: list[list[float]],
    *,
    demand: Demand = ONE,
    load: Load = ANY,
    conflicts: tuple[Conflict, ...] = (),
) -> str:
    """The summary of projects x, y … and mentors a, b …"""
    projects, mentors = "xyz"[: len(affinity)], "abc"[: len(affinity[0])]
    limits = Constraints.build(
        projects,
        mentors,
        demand=[demand] * len(projects),
        loads=[load] * len(mentors),
        conflicts=conflicts,
    )
    values = np.array(affinity)
    return plan_summary(
        PlanFacts(assign(values, limits), limits, values, tuple(projects), tuple(mentors))
    )


def test_large_numbers_keep_the_digits_that_tell_them_apart() -> None:
    told = summary([[1e15 + 0.125, 1e15 + 0.5], [1e15 + 0.5, 1e15 + 0.125]], load=Load(0, 1))
    assert "All affinities together: 2000000000000001, the most" in told
    assert "\n    1000000000000000.5  b\n" in told


@pytest.mark.parametrize(
    ("limits", "remedy"),
    [
        ({"load": Load(0, 1)}, "raise somebody's max_load, or lower these demands."),
        ({"demand": Demand(2, 2)}, "ask another mentor in, or lower these demands."),
        (
            {"conflicts": (Conflict("x", "a"), Conflict("y", "a"))},
            "ask another mentor in, or lower these demands.",
        ),
        ({"load": Load(3, 3)}, "lower these min_loads."),
        (
            {"demand": Demand(0, 0), "load": Load(1, 2)},
            "lower these min_loads, or let projects ask for more.",
        ),
    ],
)
def test_the_remedy_for_a_shortage_is_one_that_helps(
    limits: dict[str, object], remedy: str
) -> None:
    assert f"To mend it: {remedy}" in summary([[0.5], [0.25]], **limits)


def test_who_takes_nobody_wants_nothing() -> None:
    assert "\n  a  0  takes nobody\n" in summary([[0.5]], load=Load(0, 0))
