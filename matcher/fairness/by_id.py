"""An input with its rows and columns in the order of ids, and the way back."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.assignment import Assignment, assign
from matcher.constraints import BoolArray, Constraints, IntArray
from matcher.optimum import IdOrder

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class ById:
    """One input as given, and what it is in the order of ids.

    Attributes
    ----------
    given : float64 array, shape (n_projects, n_mentors)
        Affinities as given.
    given_constraints : Constraints
    rows : int64 array, shape (n_projects,)
        Where the projects by id stand in the input.
    columns : int64 array, shape (n_mentors,)
        Where the mentors by id stand in the input.
    values : float64 array, shape (n_projects, n_mentors)
        Affinities in the order of ids.
    constraints : Constraints
        In the order of ids.
    """

    given: Floats
    given_constraints: Constraints
    rows: IntArray
    columns: IntArray
    values: Floats
    constraints: Constraints

    @classmethod
    def of(cls, affinity: Floats, constraints: Constraints) -> ById:
        """Put a checked input into the order of ids."""
        order = IdOrder.of(constraints)
        rows, columns = order.rows, order.columns
        in_order = order.sorted(constraints)
        return cls(affinity, constraints, rows, columns, affinity[order.by_id], in_order)

    def sorted(self, pairs: BoolArray) -> BoolArray:
        """Give pairs in the order of ids."""
        return pairs[np.ix_(self.rows, self.columns)]

    def back(self, pairs: BoolArray) -> BoolArray:
        """Give pairs in the order of the input, read-only."""
        given = np.empty_like(pairs)
        given[np.ix_(self.rows, self.columns)] = pairs
        given.setflags(write=False)
        return given

    def rows_back(self, of_rows: Floats) -> Floats:
        """Give the projects' numbers in the order of the input, read-only."""
        given = np.empty_like(of_rows)
        given[self.rows] = of_rows
        given.setflags(write=False)
        return given

    def named(self, marked: BoolArray) -> tuple[str, ...]:
        """Give the marked projects' ids in the order of the input."""
        return tuple(self.given_constraints.project_ids[row] for row in np.sort(self.rows[marked]))

    def described(self, chosen: BoolArray) -> Assignment:
        """Give a plan with its total and shortfalls, in the order of the input.

        It is the only plan where its pairs are locked and all others forbidden.
        """
        plan = self.back(chosen)
        return assign(self.given, replace(self.given_constraints, locked=plan, forbidden=~plan))
