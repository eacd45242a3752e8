"""The lightest set of acts after which everybody gets their minimum, by one flow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from ortools.graph.python import min_cost_flow

from matcher.constraints import BoolArray, Constraints, IntArray
from matcher.diagnosis.acts import KINDS, STEEPEST, Act, ActWeights
from matcher.optimum import IdOrder
from matcher.pair_costs import COST_BUDGET, Floats, pairs_of, price_pairs


@dataclass(frozen=True, slots=True)
class _Steps:
    """One side's places by number: (people, capacity, weight of each place)."""

    people: list[IntArray] = field(default_factory=list)
    capacities: list[IntArray] = field(default_factory=list)
    weights: list[IntArray] = field(default_factory=list)

    def add(self, capacity: IntArray, weight: IntArray | int) -> None:
        some = np.flatnonzero(capacity > 0)
        self.people.append(some)
        self.capacities.append(capacity[some])
        self.weights.append(np.broadcast_to(weight, capacity.shape)[some])

    def joined(self) -> tuple[IntArray, IntArray, IntArray]:
        return (
            np.concatenate(self.people),
            np.concatenate(self.capacities),
            np.concatenate(self.weights),
        )


def lightest_acts(
    values: Floats, constraints: Constraints, weights: ActWeights, liftable: BoolArray
) -> tuple[Act, ...]:
    """Give the acts of least weight that serve everybody; of these the best plan's.

    Parameters
    ----------
    values : float64 array, shape (n_projects, n_mentors)
        Finite affinities.
    constraints : Constraints
    weights : ActWeights
    liftable : bool array, shape (n_projects, n_mentors)
        Conflicts that may be lifted.

    Returns
    -------
    tuple of Act
        By kind, then by id. There always are some: minimums can be lowered
        as far as it takes.

    Notes
    -----
    Each act is an arc that costs its weight: a place beyond max_load or the
    demand's ceiling, a conflict's pair, a locked pair given back, a place
    missing to a minimum. Since the n-th place from one person weighs no less
    than the one before, all costs are convex and the cheapest flow [1]_ is the
    lightest set of acts exactly; a charge for each *person* asked, whatever the
    number of places, would make it a hard problem. Among the lightest sets
    those with the most pairs win, then the greatest total: a simple cycle of the
    residual graph changes the number of pairs by one at most, which sets the
    price of each level above the one below. Weights and pairs are exact; totals
    are weighed in whole numbers, at 300 x 80 a ten-millionth of the affinities'
    range.

    References
    ----------
    .. [1] R. K. Ahuja, T. L. Magnanti, J. B. Orlin, *Network Flows: Theory,
       Algorithms, and Applications*, Prentice Hall, 1993, chapters 9 and 14.
    """
    order = IdOrder.of(constraints)
    flow = _Flow.of(constraints, order, liftable)
    found = flow.solve(values[order.by_id], weights)
    return tuple(_acts(flow, found, constraints, order))


@dataclass(frozen=True, eq=False, slots=True)
class _Flow:
    """The constraints in the order of ids, and which pairs may be taken at all."""

    demand: tuple[IntArray, IntArray]
    load: tuple[IntArray, IntArray]
    locked: BoolArray
    lifted: BoolArray
    usable: BoolArray

    @classmethod
    def of(cls, limits: Constraints, order: IdOrder, liftable: BoolArray) -> _Flow:
        forbidden = limits.forbidden[order.by_id]
        lifted = forbidden & liftable[order.by_id]
        demand_high, load_high = limits.demand_high[order.rows], limits.load_high[order.columns]
        usable = ~forbidden | lifted
        # Whoever takes none is not asked to take one.
        usable &= (demand_high > 0)[:, None] & (load_high > 0)[None, :]
        return cls(
            (limits.demand_low[order.rows], demand_high),
            (limits.load_low[order.columns], load_high),
            limits.locked[order.by_id],
            lifted,
            usable,
        )

    def solve(self, values: Floats, weights: ActWeights) -> BoolArray:
        """Give the plan that the lightest acts make possible."""
        n_projects, n_mentors = self.usable.shape
        source, sink = n_projects + n_mentors, n_projects + n_mentors + 1
        exchange = min(self.usable.shape) + 1
        heaviest = STEEPEST * max(weights.of(kind) for kind in KINDS)
        nodes = n_projects + n_mentors + 3
        # The solver's potentials can fall by four times the nodes' number of costs.
        largest = COST_BUDGET // (32 * nodes * nodes * heaviest * exchange)
        priced = price_pairs(values, self.usable, largest, ties=True)
        pair = exchange * largest + 1
        unit = 2 * pair
        costs = priced.costs + np.where(self.lifted, weights.lift_conflict * unit, 0)
        costs -= np.where(self.locked, weights.release_lock * unit, 0)
        network = min_cost_flow.SimpleMinCostFlow()
        rows, columns = pairs_of(self.usable)
        arcs = network.add_arcs_with_capacity_and_unit_cost(
            rows, columns + n_projects, np.ones_like(rows), costs[rows, columns]
        )
        most = self.usable.sum(axis=1)
        people, places, weighed = _steps(
            self.demand, most, weights.lower_demand, weights.raise_demand
        )
        network.add_arcs_with_capacity_and_unit_cost(
            np.full_like(people, source), people, places, weighed * unit - pair
        )
        people, places, weighed = _steps(
            self.load, self.usable.sum(axis=0), weights.lower_min_load, weights.raise_load
        )
        network.add_arcs_with_capacity_and_unit_cost(
            people + n_projects, np.full_like(people, sink), places, weighed * unit
        )
        supply = int(most.sum())
        network.add_arc_with_capacity_and_unit_cost(source, sink, supply, 0)
        network.set_node_supply(source, supply)
        network.set_node_supply(sink, -supply)
        status = network.solve()
        if status != network.OPTIMAL:  # pragma: no cover - the largest cost keeps clear
            raise ArithmeticError(f"the flow solver gave up: {status!r}")
        chosen = np.zeros(self.usable.shape, dtype=np.bool_)
        chosen[rows, columns] = network.flows(arcs) > 0
        return chosen


def _steps(
    limits: tuple[IntArray, IntArray], most: IntArray, lowering: int, raising: int
) -> tuple[IntArray, IntArray, IntArray]:
    """One side's places as arcs: those to the minimum gain what lowering it would weigh."""
    low, high = limits
    steps = _Steps()
    # The last place to the minimum is the first that lowering it gives up.
    for nth in range(1, STEEPEST):
        steps.add(((low >= nth) & (low - nth < most)).astype(np.int64), -nth * lowering)
    steps.add(np.minimum(low - STEEPEST + 1, most), -STEEPEST * lowering)
    steps.add(np.minimum(high, most) - np.minimum(low, most), 0)
    beyond = np.where(high > 0, most - high, 0)
    for nth in range(1, STEEPEST):
        steps.add((beyond >= nth).astype(np.int64), nth * raising)
    steps.add(beyond - STEEPEST + 1, STEEPEST * raising)
    return steps.joined()


def _acts(flow: _Flow, chosen: BoolArray, limits: Constraints, order: IdOrder) -> Iterator[Act]:
    projects = [limits.project_ids[row] for row in order.rows.tolist()]
    mentors = [limits.mentor_ids[column] for column in order.columns.tolist()]
    by_project, by_mentor = chosen.sum(axis=1), chosen.sum(axis=0)
    (low, high), (least, most) = flow.demand, flow.load
    for column in np.flatnonzero(by_mentor > most).tolist():
        yield Act("raise_load", "", mentors[column], int(most[column]), int(by_mentor[column]))
    for column in np.flatnonzero(by_mentor < least).tolist():
        yield Act("lower_min_load", "", mentors[column], int(least[column]), int(by_mentor[column]))
    for row in np.flatnonzero(by_project > high).tolist():
        yield Act("raise_demand", projects[row], "", int(high[row]), int(by_project[row]))
    for row in np.flatnonzero(by_project < low).tolist():
        yield Act("lower_demand", projects[row], "", int(low[row]), int(by_project[row]))
    for row, column in np.argwhere(flow.locked & ~chosen).tolist():
        yield Act("release_lock", projects[row], mentors[column])
    for row, column in np.argwhere(flow.lifted & chosen).tolist():
        yield Act("lift_conflict", projects[row], mentors[column])
