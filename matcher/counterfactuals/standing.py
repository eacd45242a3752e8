"""What choosing a pair does to a plan that somebody made by hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from matcher.assignment import checked
from matcher.constraints import BoolArray, Constraints
from matcher.counterfactuals.consequences import Consequence, Names, Pair, consequence_from
from matcher.counterfactuals.exchanges import Exchange, dropping, forcing
from matcher.counterfactuals.residual import Cell, Residual
from matcher.counterfactuals.weights import NEVER, PoolArcs, Room, Side, Weights
from matcher.errors import MatcherError
from matcher.optimum import IdOrder
from matcher.pair_costs import Floats, price_pairs

# The weights of a standing plan's levels all fit below this.
BUDGET = 2**58


@dataclass(frozen=True, eq=False, slots=True)
class StandingPlan:
    """A plan that somebody made by hand, ready for many questions.

    Attributes
    ----------
    names : Names
    values : float64 array, shape (n_projects, n_mentors)
    chosen, forbidden : bool array, shape (n_projects, n_mentors)
        All matrices in the order of ids.
    residual : Residual
    room : Room

    Examples
    --------
    >>> from matcher.profiles import Demand, Load
    >>> limits = Constraints.build(
    ...     ["film-a", "film-b"],
    ...     ["aida", "bolot"],
    ...     demand=[Demand(1, 1), Demand(1, 1)],
    ...     loads=[Load(0, 1), Load(0, 1)],
    ... )
    >>> plan = StandingPlan.of([[0.9, 0.8], [0.7, 0.1]], limits, [[False, True], [True, False]])
    >>> [tuple(pair) for pair in plan.choosing("film-a", "aida").gained]
    [('film-a', 'aida'), ('film-b', 'bolot')]
    """

    names: Names
    values: Floats
    chosen: BoolArray
    forbidden: BoolArray
    residual: Residual
    room: Room

    @classmethod
    def of(cls, affinity: ArrayLike, constraints: Constraints, standing: ArrayLike) -> StandingPlan:
        """Take up a standing plan; parameters and errors as in :func:`consequence_of`."""
        return _standing_plan(
            checked(affinity, constraints), constraints, np.asarray(standing, dtype=np.bool_)
        )

    def choosing(self, project: str, mentor: str) -> Consequence:
        """Say what must move when a pair is chosen, see :func:`consequence_of`."""
        cell = self.names.row(project), self.names.column(mentor)
        return self._consequence(_chosen(self, cell), cell)

    def dropping(self, project: str, mentor: str) -> Consequence:
        """Say what must move when a pair is dropped, see :func:`consequence_of`."""
        cell = self.names.row(project), self.names.column(mentor)
        return self._consequence(_dropped(self, cell), cell)

    def _consequence(self, exchange: Exchange, cell: Cell) -> Consequence:
        return consequence_from(
            exchange,
            cell,
            names=self.names,
            values=self.values,
            room=self.room,
            chosen=self.values[self.chosen],
        )


def consequence_of(
    affinity: ArrayLike,
    constraints: Constraints,
    standing: BoolArray,
    project: str,
    mentor: str,
    *,
    drop: bool = False,
) -> Consequence:
    """Say what must move in a standing plan, best or not, when one pair is chosen or dropped.

    Organizers do not want their own plan bettered when they ask about one
    pair: everything that need not move stays. Of all exchanges that choose (or
    drop) the pair, this is the one

    1. after which the fewest projects have a mentor fewer than now;
    2. by which the fewest fall below their minimum;
    3. that changes the fewest pairs;
    4. that costs the least affinity; ties go by id.

    So a project that gives way gets another mentor with room where there is
    one, and a chain of moves is proposed only to keep somebody from losing a
    place. Rooms left open elsewhere are not filled.

    Parameters
    ----------
    affinity : array_like of float, shape (n_projects, n_mentors)
    constraints : Constraints
        No conflict, ceiling or lock is newly broken; what the standing plan
        breaks already is left as it is.
    standing : bool array, shape (n_projects, n_mentors)
        The plan's pairs; locked ones count as chosen.
    project, mentor : str
        Ids.
    drop : bool
        Ask about doing without a chosen pair.

    Returns
    -------
    Consequence
        Its ``price`` is below zero where the plan gets better by it.

    Raises
    ------
    MatcherError
        An unknown id; a pair that a conflict forbids or that no plan has place
        for; a pair to drop that is not in the plan; an affinity that is no number.
    ValueError
        A standing plan of another shape.

    Examples
    --------
    >>> from matcher.profiles import Demand, Load
    >>> limits = Constraints.build(
    ...     ["film-a", "film-b"],
    ...     ["aida", "bolot", "chyngyz"],
    ...     demand=[Demand(1, 1), Demand(1, 1)],
    ...     loads=[Load(0, 1), Load(0, 1), Load(0, 1)],
    ... )
    >>> standing = np.array([[False, True, False], [True, False, False]])
    >>> fit = [[0.9, 0.8, 0.1], [0.7, 0.1, 0.6]]
    >>> asked = consequence_of(fit, limits, standing, "film-a", "aida")
    >>> [pair.mentor for pair in asked.gained], round(asked.total, 3)
    (['aida', 'chyngyz'], 1.5)
    """
    plan = StandingPlan.of(affinity, constraints, standing)
    return plan.dropping(project, mentor) if drop else plan.choosing(project, mentor)


def _chosen(plan: StandingPlan, cell: Cell) -> Exchange:
    if plan.chosen[cell]:
        return Exchange((), (), 0)
    if plan.forbidden[cell]:
        raise _refused("pair_forbidden", plan.names.pair(cell))
    exchange = forcing(plan.residual, *cell)
    if exchange is None:
        raise _refused("pair_without_place", plan.names.pair(cell))
    return exchange


def _dropped(plan: StandingPlan, cell: Cell) -> Exchange:
    exchange = None
    if plan.chosen[cell]:
        exchange = dropping(plan.residual, *cell, held=bool(plan.residual.held[cell]))
    if exchange is None:
        raise _refused("pair_not_chosen", plan.names.pair(cell))
    return exchange


def _refused(code: str, pair: Pair) -> MatcherError:
    return MatcherError(code, project=pair.project, mentor=pair.mentor)


def _standing_plan(values: Floats, constraints: Constraints, standing: BoolArray) -> StandingPlan:
    if standing.shape != constraints.shape:
        raise ValueError(
            f"the standing plan has the shape {standing.shape} beside {constraints.shape[0]} "
            f"projects and {constraints.shape[1]} mentors: give one row a project"
        )
    order = IdOrder.of(constraints)
    by_id, rows, columns = order.by_id, order.rows, order.columns
    values, locked = values[by_id], constraints.locked[by_id]
    forbidden = constraints.forbidden[by_id]
    chosen = standing[by_id] | locked
    open_pairs = ~(forbidden | locked)
    exchange = min(constraints.shape) + 1
    # One changed pair outweighs all affinity, one missed minimum all changes, and so on.
    largest = BUDGET // (64 * exchange * exchange)
    priced = price_pairs(values, open_pairs | (chosen & ~locked), largest, ties=False)
    fee = 2 * exchange * priced.largest + 1
    minimum = 2 * exchange * fee
    room = Room(
        Side(constraints.demand_low[rows], constraints.demand_high[rows], chosen.sum(axis=1)),
        Side(constraints.load_low[columns], constraints.load_high[columns], chosen.sum(axis=0)),
        Weights(above=minimum, pair=3 * minimum),
    )
    residual = Residual.of(
        priced.costs, open_pairs & ~chosen, chosen & ~locked, _standing_arcs(room), fee
    )
    names = Names.of(
        tuple(constraints.project_ids[row] for row in rows.tolist()),
        tuple(constraints.mentor_ids[column] for column in columns.tolist()),
    )
    return StandingPlan(names, values, chosen, forbidden, residual, room)


def _standing_arcs(room: Room) -> PoolArcs:
    """Weigh what is lost against the standing plan; what is added beyond it counts for nothing."""
    projects, mentors, weights = room.projects, room.mentors, room.weights
    missed = np.where(mentors.taken <= mentors.low, weights.above, 0)
    short = np.where(projects.taken <= projects.low, weights.above, 0)
    return PoolArcs(
        into_project=np.where(projects.taken < projects.high, 0, NEVER),
        from_project=np.where(projects.taken > 0, weights.pair + short, NEVER),
        into_mentor=np.where(mentors.taken > 0, missed, NEVER),
        from_mentor=np.where(mentors.taken < mentors.high, 0, NEVER),
    )
