"""The best plan in whole numbers, with rows and columns in the order of ids."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.constraints import BoolArray, Constraints, IntArray
from matcher.flow import Places, solve
from matcher.id_order import id_order
from matcher.pair_costs import Floats, PairCosts, largest_cost, pairs_of, price_pairs


@dataclass(frozen=True, eq=False, slots=True)
class IdOrder:
    """Where the rows and columns by id stand in the order that was given.

    Attributes
    ----------
    rows : int64 array, shape (n_projects,)
    columns : int64 array, shape (n_mentors,)
    """

    rows: IntArray
    columns: IntArray

    @classmethod
    def of(cls, constraints: Constraints) -> IdOrder:
        """Order the projects and mentors of some constraints."""
        return cls(id_order(constraints.project_ids), id_order(constraints.mentor_ids))

    @property
    def by_id(self) -> tuple[IntArray, ...]:
        """The index that takes a matrix as given to the order of ids, and back on the left."""
        return np.ix_(self.rows, self.columns)

    def sorted(self, constraints: Constraints) -> Constraints:
        """Give the constraints with rows and columns in the order of ids."""
        rows, columns = self.rows, self.columns
        return Constraints(
            project_ids=tuple(constraints.project_ids[row] for row in rows),
            mentor_ids=tuple(constraints.mentor_ids[column] for column in columns),
            demand_low=constraints.demand_low[rows],
            demand_high=constraints.demand_high[rows],
            load_low=constraints.load_low[columns],
            load_high=constraints.load_high[columns],
            forbidden=constraints.forbidden[self.by_id],
            locked=constraints.locked[self.by_id],
        )


@dataclass(frozen=True, eq=False, slots=True)
class Optimum:
    """The best plan and the whole numbers it is best by, all in the order of ids.

    Attributes
    ----------
    order : IdOrder
    values : float64 array, shape (n_projects, n_mentors)
        The affinities as given.
    open_pairs : bool array, shape (n_projects, n_mentors)
        Pairs neither locked nor forbidden whose costs mean something.
    priced : PairCosts
    free : bool array, shape (n_projects, n_mentors)
        The chosen pairs that are not locked.
    """

    order: IdOrder
    values: Floats
    open_pairs: BoolArray
    priced: PairCosts
    free: BoolArray

    @property
    def rounding_bound(self) -> float:
        """What rounding can hide: twice a pair's, times the pairs that were free to choose."""
        return 2 * self.priced.rounding * int(np.count_nonzero(self.free))


def chosen_values(optimum: Optimum, constraints: Constraints) -> Floats:
    """Give the affinities of a plan's pairs, locked ones included, in no order that matters."""
    rows, columns = pairs_of(constraints.locked)
    rank_of_row = np.argsort(optimum.order.rows)
    rank_of_column = np.argsort(optimum.order.columns)
    locked = optimum.values[rank_of_row[rows], rank_of_column[columns]]
    return np.concatenate([optimum.values[pairs_of(optimum.free)], locked])


def find_optimum(values: Floats, constraints: Constraints, *, for_paths: bool = False) -> Optimum:
    """Give the best plan by one flow.

    Parameters
    ----------
    values : float64 array, shape (n_projects, n_mentors)
        Finite affinities.
    constraints : Constraints
    for_paths : bool
        Whether the whole numbers must leave room to weigh exchanges of pairs.

    Returns
    -------
    Optimum
    """
    order = IdOrder.of(constraints)
    by_id = order.by_id
    values = values[by_id]
    locked = constraints.locked[by_id]
    open_pairs = ~(locked | constraints.forbidden[by_id])
    open_pairs &= (constraints.demand_high[order.rows] > 0)[:, None]
    open_pairs &= (constraints.load_high[order.columns] > 0)[None, :]
    places = _places_left(constraints, order, locked, open_pairs)
    has_floors = bool(places.project_floor.any() or places.mentor_floor.any())
    largest = largest_cost(constraints.shape, has_floors=has_floors, for_paths=for_paths)
    priced = price_pairs(values, open_pairs, largest, ties=True)
    free = np.zeros_like(locked)
    if places.open_pairs.any():
        try:
            free = solve(priced.costs, places)
        except ArithmeticError:
            # Rarely the solver's node potentials run out of 64 bits; they stay below
            # four times the nodes' number of largest costs.
            largest //= 4 * (sum(constraints.shape) + 3)
            priced = price_pairs(values, open_pairs, largest, ties=True)
            free = solve(priced.costs, places)
    return Optimum(order, values, open_pairs, priced, free)


def _places_left(
    constraints: Constraints, order: IdOrder, locked: BoolArray, open_pairs: BoolArray
) -> Places:
    """The room beside the locked pairs."""
    rows, columns = order.rows, order.columns
    by_project, by_mentor = locked.sum(axis=1), locked.sum(axis=0)
    project_ceiling = constraints.demand_high[rows] - by_project
    mentor_ceiling = constraints.load_high[columns] - by_mentor
    # Pairs of somebody whose places are all locked would only slow the flow.
    usable = open_pairs & (project_ceiling > 0)[:, None] & (mentor_ceiling > 0)[None, :]
    return Places(
        open_pairs=usable,
        project_floor=np.maximum(constraints.demand_low[rows] - by_project, 0),
        project_ceiling=np.minimum(project_ceiling, usable.sum(axis=1)),
        mentor_floor=np.maximum(constraints.load_low[columns] - by_mentor, 0),
        mentor_ceiling=np.minimum(mentor_ceiling, usable.sum(axis=0)),
    )
