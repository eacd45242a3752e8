"""Every plan of a small lab, named one by one, for the tests beside this file."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from matcher.constraints import Constraints
from matcher.profiles import Conflict, Demand, Load, Lock

Floats = NDArray[np.float64]
Chosen = NDArray[np.bool_]


def random_lab(
    seed: int, *, most_cells: int = 12, single: bool = False
) -> tuple[Floats, Constraints]:
    """Ranges, loads, conflicts, locks, ties, negatives, shortage."""
    rng = np.random.default_rng(seed)
    while True:
        n_projects, n_mentors = (int(n) for n in rng.integers(1, 6, size=2))
        if n_projects * n_mentors <= most_cells:
            break
    projects = [f"p{i}" for i in range(n_projects)]
    mentors = [f"m{j}" for j in range(n_mentors)]
    shape = n_projects, n_mentors
    kind = seed % 4
    if kind == 0:
        affinity = rng.integers(-2, 4, size=shape).astype(float)
    elif kind == 1:
        affinity = rng.normal(size=shape) * 10.0 ** float(rng.integers(-9, 10))
    else:
        affinity = rng.random(shape).round(2 if kind == 2 else 6)
    mark = rng.choice(["", "never", "lock"], p=[0.78, 0.15, 0.07], size=shape)
    cells = list(itertools.product(range(n_projects), range(n_mentors)))
    locks = [Lock(projects[i], mentors[j]) for i, j in cells if mark[i, j] == "lock"]
    conflicts = [Conflict(projects[i], mentors[j]) for i, j in cells if mark[i, j] == "never"]
    by_row, by_column = (mark == "lock").sum(axis=1), (mark == "lock").sum(axis=0)
    demand, loads = [], []
    for i in range(n_projects):
        low = int(rng.integers(0, 2 if single else 4))
        high = max(1, low) if single else low + int(rng.integers(0, 2))
        # A single project's locked mentors leave it one place at most.
        high = max(high, int(by_row[i]))
        demand.append(Demand(low, high))
    for j in range(n_mentors):
        low = int(rng.integers(0, 2))
        high = max(low + int(rng.integers(0, 3)), int(by_column[j]))
        loads.append(Load(low, high if rng.random() < 0.8 else None))
    return affinity, Constraints.build(
        projects, mentors, demand=demand, loads=loads, conflicts=conflicts, locks=locks
    )


def best_plans(limits: Constraints) -> list[Chosen]:
    """Every plan with the most pairs and then the smallest shortfall."""
    free = np.argwhere(~limits.forbidden & ~limits.locked)
    bits = np.array(list(itertools.product([False, True], repeat=len(free))), dtype=bool)
    plans = np.broadcast_to(limits.locked, (len(bits), *limits.shape)).copy()
    plans[:, free[:, 0], free[:, 1]] = bits.reshape(len(bits), len(free))
    by_row, by_column = plans.sum(axis=2), plans.sum(axis=1)
    kept = (by_row <= limits.demand_high).all(axis=1) & (by_column <= limits.load_high).all(axis=1)
    plans, by_row, by_column = plans[kept], by_row[kept], by_column[kept]
    n_pairs = by_row.sum(axis=1)
    missing = np.maximum(limits.demand_low - by_row, 0).sum(axis=1)
    missing += np.maximum(limits.load_low - by_column, 0).sum(axis=1)
    rank = n_pairs * 10_000 - missing
    return list(plans[rank == rank.max()])
