"""Small labs, every set of people in them, and every act."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.constraints import Constraints
from matcher.diagnosis import Act, ActWeights, after_acts
from matcher.profiles import Conflict, Demand, Load, Lock
from tests.matcher.every_plan import best_of_all

N_ROUNDS = int(os.environ.get("CAMPFIRE_SOAK_ROUNDS", "1"))
Floats = NDArray[np.float64]
Value = tuple[int, int, float]


def short_case(seed: int, most_cells: int = 12) -> tuple[Floats, Constraints]:
    """A small lab in which little fits: few places, many conflicts, some locks."""
    rng = np.random.default_rng(seed)
    while True:
        n_projects, n_mentors = (int(n) for n in rng.integers(1, 6, size=2))
        if n_projects * n_mentors <= most_cells:
            break
    projects = [f"p{i}" for i in range(n_projects)]
    mentors = [f"m{j}" for j in range(n_mentors)]
    shape = (n_projects, n_mentors)
    affinity = rng.random(shape).round(2) if seed % 2 else rng.normal(scale=1e6, size=shape)
    dense = float(rng.choice([0.1, 0.3, 0.6]))
    kinds = rng.choice(["", "never", "lock"], p=[0.9 - dense, dense, 0.1], size=shape)
    cells = list(itertools.product(range(n_projects), range(n_mentors)))
    locks = [Lock(projects[i], mentors[j]) for i, j in cells if kinds[i, j] == "lock"]
    conflicts = [Conflict(projects[i], mentors[j]) for i, j in cells if kinds[i, j] == "never"]
    by_project, by_mentor = (kinds == "lock").sum(axis=1), (kinds == "lock").sum(axis=0)
    demand, loads = [], []
    for i in range(n_projects):
        low = int(rng.integers(0, 4))
        demand.append(Demand(low, max(low + int(rng.integers(0, 2)), int(by_project[i]))))
    for j in range(n_mentors):
        high = max(int(rng.integers(0, 4)), int(by_mentor[j]))
        loads.append(Load(int(rng.integers(0, high + 1)), high))
    return affinity, Constraints.build(
        projects, mentors, demand=demand, loads=loads, conflicts=conflicts, locks=locks
    )


@dataclass(frozen=True)
class Side:
    """One side's minimums against the other's places, as anybody would count them."""

    low: NDArray[np.int64]
    high: NDArray[np.int64]
    possible: NDArray[np.bool_]
    locked: NDArray[np.bool_]

    def offered(self, askers: tuple[int, ...]) -> int:
        """What the others have for some askers: their places, and no more than their pairs."""
        inside = list(askers)
        elsewhere = self.locked.sum(axis=0) - self.locked[inside].sum(axis=0)
        pairs = self.possible[inside].sum(axis=0)
        return int(np.minimum(self.high - elsewhere, pairs).sum())

    def excess(self, askers: tuple[int, ...]) -> int:
        """Ask for more than is offered. Locks beyond a minimum serve nobody else's."""
        inside = list(askers)
        idle = np.maximum(self.locked.sum(axis=1) - self.low, 0)[inside].sum()
        return int(self.low[inside].sum() + idle) - self.offered(askers)

    def sets(self) -> Iterator[tuple[int, ...]]:
        for size in range(1, len(self.low) + 1):
            yield from itertools.combinations(range(len(self.low)), size)


def sides(limits: Constraints) -> tuple[Side, Side]:
    """The projects' and the mentors'."""
    possible = ~limits.forbidden
    return (
        Side(limits.demand_low, limits.load_high, possible, limits.locked),
        Side(limits.load_low, limits.demand_high, possible.T, limits.locked.T),
    )


def every_act(limits: Constraints, places: int) -> Iterator[Act]:
    """Each change of so many places; locks and conflicts count as one."""
    for j, mentor in enumerate(limits.mentor_ids):
        low, high = int(limits.load_low[j]), int(limits.load_high[j])
        if high > 0:
            yield Act("raise_load", mentor=mentor, before=high, after=high + places)
        if low >= places:
            yield Act("lower_min_load", mentor=mentor, before=low, after=low - places)
    for i, project in enumerate(limits.project_ids):
        low, high = int(limits.demand_low[i]), int(limits.demand_high[i])
        if high > 0:
            yield Act("raise_demand", project=project, before=high, after=high + places)
        if low >= places:
            yield Act("lower_demand", project=project, before=low, after=low - places)
    if places == 1:
        for kind, marks in (("release_lock", limits.locked), ("lift_conflict", limits.forbidden)):
            for i, j in np.argwhere(marks).tolist():
                yield Act(kind, limits.project_ids[i], limits.mentor_ids[j])  # type: ignore[arg-type]


def solved(affinity: Floats, limits: Constraints, *acts: Act) -> Value:
    """Pairs, missing places and total of the best plan after some acts."""
    pairs, kept, total = best_of_all(affinity, after_acts(limits, acts))
    return pairs, -kept, total


def lightest_by_every_plan(
    affinity: Floats, limits: Constraints, weights: ActWeights, liftable: NDArray[np.bool_]
) -> Value:
    """Weight, pairs and total of the best of all plans, whatever acts each would take."""
    cells = affinity.size
    plans = (np.arange(2**cells)[:, None] >> np.arange(cells)) & 1 > 0
    plans = plans.reshape(-1, *affinity.shape)
    by_project, by_mentor = plans.sum(axis=2), plans.sum(axis=1)
    closed = limits.forbidden & ~liftable
    closed |= (limits.demand_high == 0)[:, None] | (limits.load_high == 0)[None, :]
    weighed = (
        weights.lift_conflict * (plans & limits.forbidden).sum(axis=(1, 2))
        + weights.release_lock * (~plans & limits.locked).sum(axis=(1, 2))
        + weights.lower_demand * _rising(limits.demand_low - by_project)
        + weights.raise_demand * _rising(by_project - limits.demand_high)
        + weights.lower_min_load * _rising(limits.load_low - by_mentor)
        + weights.raise_load * _rising(by_mentor - limits.load_high)
    )
    weighed = np.where((plans & closed).any(axis=(1, 2)), 10**9, weighed)
    light = plans[weighed == weighed.min()]
    pairs = light.sum(axis=(1, 2))
    most = light[pairs == pairs.max()]
    totals = np.where(most, affinity, 0.0).sum(axis=(1, 2))
    return int(weighed.min()), int(pairs.max()), float(totals.max())


def _rising(places: NDArray[np.int64]) -> NDArray[np.int64]:
    over = np.maximum(places, 0)
    return (over * (over + 1) // 2).sum(axis=1)
