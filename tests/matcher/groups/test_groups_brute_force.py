"""The split beside every split there is."""

from __future__ import annotations

import os
from dataclasses import replace

import numpy as np
import pytest

from matcher.assignment import assign
from matcher.constraints import Constraints
from matcher.groups import GroupPlan, GroupRules, split_into_groups
from matcher.profiles import Conflict, Demand, Load, Lock
from tests.matcher.fairness.every_plan import Floats
from tests.matcher.groups.every_split import (
    Group,
    every_split,
    led_by,
    meets_locks,
    worth,
)

N_ROUNDS = int(os.environ.get("CAMPFIRE_SOAK_ROUNDS", "1"))
N_CASES = 40 * N_ROUNDS


def random_camp(seed: int, *, beside: bool) -> tuple[Floats, Constraints, GroupRules]:
    """A few projects and mentors, with some of the rules."""
    rng = np.random.default_rng([seed, int(beside)])
    n_projects, n_mentors = int(rng.integers(1, 6)), int(rng.integers(2, 5))
    shape = n_projects, n_mentors
    projects = [f"p{i}" for i in range(n_projects)]
    mentors = [f"m{j}" for j in range(n_mentors)]
    scale = float(rng.choice([1.0, 1e-6, 1e9]))
    affinity = scale * rng.integers(-2, 9, size=shape) / 4

    def has(chance: float = 0.5) -> bool:
        return bool(rng.random() < chance)

    mark = rng.choice(["", "never", "lock"], p=[0.85, 0.1, 0.05], size=shape)
    locks = [Lock(projects[i], mentors[j]) for i, j in np.argwhere(mark == "lock")]
    if not beside:
        locks = locks[:1]
    low = int(rng.integers(1, 3))
    languages = int(rng.integers(1, 3)) if has(0.4) else None
    near = scale * rng.integers(-2, 5, size=(n_projects, n_projects)) / 8
    rules = GroupRules(
        size_low=low,
        size_high=low + int(rng.integers(0, 3)),
        n_groups=int(rng.integers(1, 4)) if has() else None,
        co_tutors=int(has(0.3)),
        co_tutor_weight=float(rng.choice([0.5, 1.0, 0.25])),
        most_groups=int(rng.integers(1, 3)),
        tutors=rng.random(n_mentors) < 0.9 if has() else None,
        project_speaks=None if languages is None else rng.random((n_projects, languages)) < 0.9,
        mentor_speaks=None if languages is None else rng.random((n_mentors, languages)) < 0.9,
        projects_apart=(tuple(projects[:2]),) if n_projects > 1 and has(0.4) else (),
        mentors_apart=(tuple(mentors[:2]),) if n_mentors > 1 and has(0.3) else (),
        nearness=near + near.T if has(0.4) else None,
        pairs_beside=beside,
    )
    demand = [
        Demand(int(n), max(int(n), int((mark[i] == "lock").sum())))
        for i, n in enumerate(rng.integers(0, 2, size=n_projects))
    ]
    loads = [
        Load(int(rng.integers(0, 2)), max(2, int((mark[:, j] == "lock").sum())))
        for j in range(n_mentors)
    ]
    limits = Constraints.build(
        projects,
        mentors,
        demand=demand if beside else [Demand(1, 2)] * n_projects,
        loads=loads,
        conflicts=[Conflict(projects[i], mentors[j]) for i, j in np.argwhere(mark == "never")],
        locks=locks,
    )
    return affinity, limits, rules


def found(plan: GroupPlan, limits: Constraints) -> list[Group]:
    """The groups as positions."""
    mentors, projects = limits.mentor_ids.index, limits.project_ids.index
    return [
        (
            mentors(one.tutor),
            None if one.co_tutor is None else mentors(one.co_tutor),
            tuple(sorted(projects(each) for each in one.projects)),
        )
        for one in plan.groups
    ]


def test_the_split_is_the_best_of_all() -> None:
    n_possible = 0
    for seed in range(4 * N_CASES):
        affinity, limits, rules = random_camp(seed, beside=False)
        plan = split_into_groups(affinity, limits, rules)
        splits = [one for one in every_split(limits, rules) if meets_locks(one, limits)]
        size = float(np.abs(affinity).max()) or 1.0
        assert plan.possible == bool(splits), f"seed {seed}: {[str(b) for b in plan.blocked]}"
        if not splits:
            assert all(str(one) for one in plan.blocked)
            continue
        n_possible += 1
        best = max(sum(worth(one, affinity, rules) for one in split) for split in splits)
        mine = found(plan, limits)
        assert sorted(mine) in [sorted(split) for split in splits], f"seed {seed}"
        assert sum(worth(one, affinity, rules) for one in mine) == pytest.approx(
            best, abs=1e-7 * size
        ), f"seed {seed}"
        assert plan.worth == pytest.approx(best, abs=1e-7 * size)
        assert plan.certificate.gap <= 1e-6 * size
    assert n_possible > N_CASES


def pairs_beside(
    groups: list[Group], affinity: Floats, limits: Constraints, rules: GroupRules
) -> tuple[int, int, float] | None:
    """The best pairs beside some groups, by the flow; None where locks find no place."""
    led = led_by(groups, limits)
    busy = [one for tutor, helper, _ in groups for one in (tutor, helper)]
    count = np.array([busy.count(one) for one in range(limits.shape[1])])
    left = replace(
        limits,
        load_low=np.maximum(limits.load_low - count, 0),
        load_high=limits.load_high - count,
        locked=limits.locked & ~led,
        forbidden=limits.forbidden | led,
    )
    if (left.locked.sum(axis=0) > left.load_high).any():
        return None
    plan = assign(affinity, left)
    short = sum(one.missing for one in (*plan.short_projects, *plan.short_mentors))
    return plan.n_pairs, -short, plan.total + sum(worth(one, affinity, rules) for one in groups)


def test_groups_and_pairs_together_are_the_best_of_all() -> None:
    n_possible = 0
    for seed in range(N_CASES):
        affinity, limits, rules = random_camp(seed, beside=True)
        plan = split_into_groups(affinity, limits, rules)
        size = float(np.abs(affinity).max()) or 1.0
        values = [
            value
            for split in every_split(limits, rules)
            if (value := pairs_beside(split, affinity, limits, rules)) is not None
        ]
        assert plan.possible == bool(values), f"seed {seed}: {[str(b) for b in plan.blocked]}"
        if not values:
            continue
        n_possible += 1
        best = max(values, key=lambda one: (*one[:2], round(one[2] / size, 6)))
        mine = pairs_beside(found(plan, limits), affinity, limits, rules)
        assert mine is not None
        assert mine[:2] == best[:2], f"seed {seed}"
        assert plan.worth == pytest.approx(best[2], abs=2e-6 * size), f"seed {seed}"
        assert plan.pairs is not None
        assert (plan.pairs.n_pairs, plan.most_pairs) == (best[0], best[0])
        assert plan.order == "jointly"
    assert n_possible > N_CASES // 4
