"""What one place, one lock or one conflict would change in the plan: all at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.constraints import IntArray
from matcher.counterfactuals.paths import all_distances
from matcher.counterfactuals.state import State
from matcher.counterfactuals.weights import NEVER
from matcher.diagnosis.acts import ActKind
from matcher.pair_costs import Floats


@dataclass(frozen=True, eq=False, slots=True)
class UnitPrices:
    """How the best plan changes with one act, read off its residual graph.

    A further place, a released lock or a lifted conflict adds one arc, so the
    best plan changes by the lightest path that the arc closes to a cycle (as in
    :mod:`matcher.counterfactuals`); one matrix of shortest paths answers all.
    A further place from the same person can never bring more than the one before.

    Attributes
    ----------
    state : State
    distances : int64 array, shape (n_mentors + 1, n_mentors + 1)
        The lightest paths between mentors and the pool of places, the last.
    starts, ends : int64 array, shape (n_projects, n_mentors + 1)
        A project's steps to mentors and pool, and theirs into it.
    """

    state: State
    distances: IntArray
    starts: IntArray
    ends: IntArray

    @classmethod
    def of(cls, state: State) -> UnitPrices:
        """Look along all paths of a solved plan."""
        residual = state.residual
        gaining = np.where(residual.free, residual.costs, NEVER)
        losing = np.where(residual.held, -residual.costs, NEVER)
        return cls(
            state,
            all_distances(residual.graph()),
            np.column_stack([gaining, residual.pool.from_project]),
            np.column_stack([losing, residual.pool.into_project]),
        )

    def of_places(self, kind: ActKind) -> IntArray:
        """Weigh one place by a kind of act for every mentor, or every project, by id."""
        match kind:
            case "raise_load":
                return self._raise_load()
            case "lower_min_load":
                return self._lower_min_load()
            case "raise_demand":
                return self._raise_demand()
            case _:
                return self._lower_demand()

    def _raise_load(self) -> IntArray:
        weights = self.state.room.weights
        return _gained(self.distances[-1, :-1] + (weights.above - weights.pair))

    def _lower_min_load(self) -> IntArray:
        mentors, weights = self.state.room.mentors, self.state.room.weights
        whole = _gained(self.distances[:-1, -1] + (weights.pair - weights.above))
        return np.where(mentors.taken < mentors.low, 0, whole)

    def _raise_demand(self) -> IntArray:
        paths = self.starts[:, :-1] + self.distances[:-1, -1]
        return _gained(paths.min(axis=1, initial=2 * NEVER) + self.state.room.weights.above)

    def _lower_demand(self) -> IntArray:
        projects = self.state.room.projects
        paths = self.ends[:, :-1] + self.distances[-1, :-1]
        whole = _gained(paths.min(axis=1, initial=2 * NEVER) - self.state.room.weights.above)
        return np.where(projects.taken < projects.low, 0, whole)

    def lift_conflict(self, rows: IntArray, columns: IntArray) -> IntArray | None:
        """Weigh forbidden pairs that may meet, by id; None where their costs do not fit."""
        costs = self._costs(rows, columns)
        paths = (self.distances[columns] + self.ends[rows]).min(axis=1)
        return None if costs is None else _gained(paths + costs)

    def release_lock(self, rows: IntArray, columns: IntArray) -> IntArray | None:
        """Weigh locked pairs that need not stay, by id; None where their costs do not fit."""
        costs = self._costs(rows, columns)
        paths = (self.starts[rows] + self.distances[:, columns].T).min(axis=1)
        return None if costs is None else _gained(paths - costs)

    def _costs(self, rows: IntArray, columns: IntArray) -> IntArray | None:
        cells = np.zeros_like(self.state.known)
        cells[rows, columns] = True
        cells &= ~self.state.known
        priced = self.state.priced.with_cells(self.state.values, cells)
        if priced is None:
            return None
        costs: IntArray = priced.costs[rows, columns]
        return costs

    def apart(self, weights: IntArray) -> tuple[IntArray, Floats]:
        """Take weights apart: further pairs, and by how much the total rises."""
        priced = self.state.priced
        lost, _, costs = self.state.room.weights.apart(weights)
        rises: Floats = -priced.amount(priced.steps(costs)) - priced.best * lost
        return -lost, rises


def _gained(weights: IntArray) -> IntArray:
    """Take a change only where it gains something."""
    gained: IntArray = np.minimum(weights, 0)
    return gained
