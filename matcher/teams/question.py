"""Affinities, constraints and rules in the order of ids, checked against each other."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.assignment import checked
from matcher.constraints import BoolArray, Constraints, IntArray
from matcher.optimum import IdOrder
from matcher.teams.checks import check_rules, refuse_contradictions
from matcher.teams.rules import TeamRules
from matcher.teams.settling import impossible_pairs, requirements, settled
from matcher.teams.standing import Rules

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class Question:
    """What is asked, in the order of ids.

    Attributes
    ----------
    given : float64 array, shape (n_projects, n_mentors)
        The affinities in the order that was given.
    given_constraints : Constraints
    given_rules : TeamRules
    rows, columns : int64 array
        The order of ids.
    values : float64 array, shape (n_projects, n_mentors)
        The affinities in the order of ids.
    constraints : Constraints
        In the order of ids; pairs that a rule alone makes impossible are
        forbidden too.
    rules : Rules
    """

    given: Floats
    given_constraints: Constraints
    given_rules: TeamRules
    rows: IntArray
    columns: IntArray
    values: Floats
    constraints: Constraints
    rules: Rules

    @classmethod
    def of(cls, affinity: ArrayLike, constraints: Constraints, rules: TeamRules) -> Question:
        """Check what is given and put it into the order of ids.

        Raises
        ------
        MatcherError
            As :func:`matcher.teams.assign_teams`.
        """
        given = checked(affinity, constraints)
        check_rules(rules, constraints)
        order = IdOrder.of(constraints)
        rows, columns = order.rows, order.columns
        in_order = order.sorted(constraints)
        told = settled(rules, in_order, rows, columns)
        refuse_contradictions(rules, told, in_order)
        closed = in_order.forbidden | impossible_pairs(told, in_order)
        in_order = replace(in_order, forbidden=closed)
        told = replace(told, requirements=requirements(rules, in_order, rows, columns))
        return cls(given, constraints, rules, rows, columns, given[order.by_id], in_order, told)

    def shortfall(self, chosen: BoolArray) -> int:
        """Count what projects and mentors lack of their minimums together."""
        by_row, by_column = chosen.sum(axis=1), chosen.sum(axis=0)
        projects = np.maximum(self.constraints.demand_low - by_row, 0).sum()
        mentors = np.maximum(self.constraints.load_low - by_column, 0).sum()
        return int(projects + mentors)

    def worth(self, chosen: BoolArray) -> float:
        """Give a plan's total, with rewards and without what is paid."""
        total = float(self.values[chosen].sum())
        return total + self.rules.reward(chosen) - self.rules.paid(chosen)

    def given_order(self, chosen: BoolArray) -> BoolArray:
        """Give a plan in the order of the input, read-only."""
        plan = chosen[np.ix_(np.argsort(self.rows), np.argsort(self.columns))]
        plan.setflags(write=False)
        return plan
