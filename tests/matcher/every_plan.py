"""Small labs, and the best of every plan there is for them."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from matcher.constraints import Constraints
from matcher.profiles import Conflict, Demand, Load, Lock


def random_case(seed: int) -> tuple[NDArray[np.float64], Constraints]:
    """A small lab: ranges, loads, conflicts, locks, ties, negatives, shortage."""
    rng = np.random.default_rng(seed)
    n_projects, n_mentors = (int(n) for n in rng.integers(1, 5, size=2))
    projects = [f"p{i}" for i in range(n_projects)]
    mentors = [f"m{j}" for j in range(n_mentors)]
    if seed % 3 == 0:  # many ties, some negative
        affinity = rng.integers(-2, 3, size=(n_projects, n_mentors)).astype(float)
    elif seed % 3 == 1:
        affinity = rng.normal(scale=10.0 ** rng.integers(-9, 10), size=(n_projects, n_mentors))
    else:
        affinity = rng.random((n_projects, n_mentors)).round(2)
    kinds = rng.choice(["", "never", "lock"], p=[0.65, 0.2, 0.15], size=affinity.shape)
    cells = list(itertools.product(range(n_projects), range(n_mentors)))
    locks = [Lock(projects[i], mentors[j]) for i, j in cells if kinds[i, j] == "lock"]
    conflicts = [Conflict(projects[i], mentors[j]) for i, j in cells if kinds[i, j] == "never"]
    by_project, by_mentor = (kinds == "lock").sum(axis=1), (kinds == "lock").sum(axis=0)
    demand, loads = [], []
    for i in range(n_projects):
        low = int(rng.integers(0, 4))
        demand.append(Demand(low, max(low + int(rng.integers(0, 3)), int(by_project[i]))))
    for j in range(n_mentors):
        low = int(rng.integers(0, 4))
        high = max(low + int(rng.integers(0, 3)), int(by_mentor[j]))
        loads.append(Load(low, high if rng.random() < 0.8 else None))
    return affinity, Constraints.build(
        projects, mentors, demand=demand, loads=loads, conflicts=conflicts, locks=locks
    )


def missing(chosen: NDArray[np.bool_], limits: Constraints) -> int:
    by_project, by_mentor = chosen.sum(axis=1), chosen.sum(axis=0)
    return int(
        np.maximum(limits.demand_low - by_project, 0).sum()
        + np.maximum(limits.load_low - by_mentor, 0).sum()
    )


def allowed(chosen: NDArray[np.bool_], limits: Constraints) -> bool:
    return bool(
        (chosen.sum(axis=1) <= limits.demand_high).all()
        and (chosen.sum(axis=0) <= limits.load_high).all()
        and not (chosen & limits.forbidden).any()
        and (chosen | ~limits.locked).all()
    )


def best_of_all(affinity: NDArray[np.float64], limits: Constraints) -> tuple[int, int, float]:
    """Pairs, shortfall and total of the best of every plan, one by one."""
    n_projects, n_mentors = affinity.shape
    rows = []
    for i in range(n_projects):
        rows.append(
            [
                row
                for row in itertools.product([0, 1], repeat=n_mentors)
                if sum(row) <= limits.demand_high[i]
                and all(row[j] >= limits.locked[i, j] for j in range(n_mentors))
                and not any(row[j] and limits.forbidden[i, j] for j in range(n_mentors))
            ]
        )
    # Row by row; of the plans that use the mentors alike only the best can win.
    states: dict[tuple[int, ...], tuple[int, int, float]] = {(0,) * n_mentors: (0, 0, 0.0)}
    for i, choices in enumerate(rows):
        grown: dict[tuple[int, ...], tuple[int, int, float]] = {}
        for loads, (pairs, short, total) in states.items():
            for row in choices:
                taken = tuple(a + b for a, b in zip(loads, row, strict=True))
                if any(taken[j] > limits.load_high[j] for j in range(n_mentors)):
                    continue
                value = (
                    pairs + sum(row),
                    short - max(0, int(limits.demand_low[i]) - sum(row)),
                    total + sum(affinity[i, j] for j in range(n_mentors) if row[j]),
                )
                if taken not in grown or value > grown[taken]:
                    grown[taken] = value
        states = grown
    finals = [
        (pairs, short - sum(max(0, int(limits.load_low[j]) - n) for j, n in enumerate(loads)), tot)
        for loads, (pairs, short, tot) in states.items()
    ]
    return max(finals)


def every_plan(affinity: NDArray[np.float64], limits: Constraints) -> tuple[int, int, float]:
    """The same by naming all 2 ** cells plans, to check the check."""
    best = None
    for bits in itertools.product([False, True], repeat=affinity.size):
        chosen = np.array(bits, dtype=bool).reshape(affinity.shape)
        if allowed(chosen, limits):
            value = (int(chosen.sum()), -missing(chosen, limits), float(affinity[chosen].sum()))
            best = value if best is None else max(best, value)
    assert best is not None
    return best
