"""How a diagnosis reads on a terminal, and what of it a program gets."""

from __future__ import annotations

import json

import numpy as np
import pytest

from matcher.command.diagnosis_words import blockage_lines, diagnosis_values, repair_lines
from matcher.command.terminal import PAGE_WIDTH, width
from matcher.constraints import Constraints
from matcher.diagnosis import Diagnosis, diagnose
from matcher.profiles import Demand, Load
from tests.matcher.diagnosis.test_diagnose import even, lab, random_lab

PROJECTS = dict(zip("abcdefgh", ["Ash", "Bread", "Clay", "Dust", "Elm", "Fog"], strict=False))
MENTORS = dict(zip("zyxwv", ["Zarina", "Yusuf", "Xenia", "Wim", "Vera"], strict=True))
ONE = Demand(1, 1)


def read(limits: Constraints) -> tuple[str, str]:
    found = diagnose(even(limits), limits)
    return (
        " ".join(" ".join(blockage_lines(found, PROJECTS, MENTORS)).split()),
        " ".join(" ".join(repair_lines(found, PROJECTS, MENTORS)).split()),
    )


def test_many_projects_and_few_places() -> None:
    why, what = read(
        lab(
            [Demand(2, 2)] * 5,
            [Load(0, 3), Load(0, 3), Load(0, 2), Load(0, 4)],
            never="az bz cz dz ez",
        )
    )
    assert why == (
        "* These 5 projects need 10 places, and the 3 mentors they can have offer 8: 2 missing. "
        "Projects: Ash (a), Bread (b), Clay (c), Dust (d) and Elm (e), 2 each. "
        "Mentors: Wim (w) 3, Xenia (x) 3 and Yusuf (y) 2. "
        "5 pairs of theirs are forbidden by conflicts."
    )
    assert what.startswith(
        "1. Let Wim (w) take 5 projects instead of 3. Then nobody is short; total 5 (+1)."
    )
    assert "2 changes together. Then nobody is short; total 5 (+1). * Let" in what


def test_one_project_without_anybody() -> None:
    why, what = read(lab([ONE], [Load(0, 1)], never="az"))
    assert why == (
        "* Ash (a) needs 1 mentor, and there is no mentor it can have: 1 missing. "
        "1 pair of theirs is forbidden by conflicts."
    )
    assert what == (
        "1. Promise Ash (a) no mentor instead of 1. Then nobody is short; total 0, as now. "
        "2. Ask whether Ash (a) and Zarina (z) may meet after all, despite their conflict. Then "
        "nobody is short; total 0.5 (+0.5)."
    )


def test_a_mentor_promised_too_much() -> None:
    why, what = read(lab([ONE], [Load(2, 3)]))
    assert why == (
        "* Zarina (z) is promised at least 2 projects, and the one project they can have, Ash (a), "
        "offers 1: 1 missing."
    )
    assert what == (
        "1. Promise Zarina (z) 1 project instead of 2. Then nobody is short; total 0.5, as now."
    )


def test_locks_and_who_blocks_even_alone() -> None:
    why, what = read(lab([ONE, ONE, Demand(1, 2)], [Load(0, 2)], locked="cz"))
    assert "the one mentor they can have, Zarina (z), offers 1: 1 missing." in why
    assert why.endswith("1 place is locked with others.")
    assert what.startswith("1. Let Zarina (z) take 3 projects instead of 2.")
    why, _ = read(lab([ONE] * 6, [Load(0, 1), Load(0, 2)], never="az bz"))
    assert why.endswith("Even alone Ash (a) and Bread (b) need 2 and can have 1.")
    _, what = read(lab([ONE, Demand(0, 1)], [Load(0, 1)], locked="bz"))
    assert "3. Take off the lock of Bread (b) and Zarina (z). Then nobody is short" in what


def test_first_steps_say_what_remains() -> None:
    _, what = read(lab([Demand(1, 1)] * 2, [Load(2, 2), Load(2, 2)]))
    assert "Let Ash (a) have up to 2 mentors instead of 1. Then" not in what
    why, what = read(lab([ONE] * 6, [Load(0, 1), Load(0, 1)]))
    assert "6 projects need 6 places, and the 2 mentors they can have offer 2: 4 missing" in why
    assert "take 2 projects instead of 1. Fills 1 missing place, 3 would remain; total" in what


@pytest.mark.parametrize("seed", range(12))
def test_lines_fit_the_page_and_values_are_json(seed: int) -> None:
    affinity, limits = random_lab(seed, 30, 12)
    found = diagnose(affinity, limits)
    projects = {one: f"The very long way home, part {one}" for one in limits.project_ids}
    mentors = {one: f"Gulnara Abdyrakhmanova {one}" for one in limits.mentor_ids}
    lines = blockage_lines(found, projects, mentors) + repair_lines(found, projects, mentors)
    assert all(width(line) <= PAGE_WIDTH for line in lines)
    values = json.loads(json.dumps(diagnosis_values(found)))
    assert values["missing"] == found.missing
    assert [one["missing"] for one in values["blockages"]] == [
        one.missing for one in found.blockages
    ]
    assert [one["acts"][0]["kind"] for one in values["repairs"]] == [
        one.acts[0].kind for one in found.repairs
    ]


def test_where_nothing_is_missing_nothing_is_said() -> None:
    found: Diagnosis = diagnose(np.zeros((0, 0)), lab([], []))
    assert blockage_lines(found, {}, {}) == repair_lines(found, {}, {}) == []
    assert diagnosis_values(found) == {
        "complete": True,
        "missing": 0,
        "blockages": [],
        "repairs": [],
    }
