"""The best plan among the candidates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.graph.python import min_cost_flow

from matcher.constraints import BoolArray, IntArray
from matcher.whole_matrix.room import Room, Side


@dataclass(frozen=True, eq=False, slots=True)
class Candidates:
    """Pairs that the plan may choose, ordered by row and column.

    Attributes
    ----------
    rows, columns, costs : int64 array, one number a pair
    """

    rows: IntArray
    columns: IntArray
    costs: IntArray

    def __len__(self) -> int:
        return len(self.rows)

    @classmethod
    def none(cls) -> Candidates:
        """Give no pairs."""
        nothing = np.zeros(0, dtype=np.int64)
        return cls(nothing, nothing, nothing)

    def with_more(self, more: Candidates) -> Candidates:
        """Give these and further pairs, in order."""
        order = np.lexsort((np.append(self.columns, more.columns), np.append(self.rows, more.rows)))
        both = zip(self._parts, more._parts, strict=True)
        return Candidates(*(np.append(mine, theirs)[order] for mine, theirs in both))

    def marks_of(self, some: Candidates, width: int) -> BoolArray:
        """Mark those that are among ``some``, of a matrix with ``width`` columns."""
        return np.isin(self.rows * width + self.columns, some.rows * width + some.columns)

    def only(self, kept: BoolArray) -> Candidates:
        """Give the marked pairs."""
        return Candidates(*(each[kept] for each in self._parts))

    @property
    def _parts(self) -> tuple[IntArray, IntArray, IntArray]:
        return self.rows, self.columns, self.costs


class TooFineError(ArithmeticError):
    """The solver's node potentials outgrew 64 bits: solve again with fewer, greater steps."""


def best_plan(candidates: Candidates, room: Room) -> BoolArray:
    """Mark the candidates to choose: most pairs, fewest missing floors, least cost.

    The network is that of :func:`matcher.flow.solve`, with one arc for each
    candidate only.

    Raises
    ------
    TooFineError
        Rarely: build the room with coarser steps.
    """
    if not len(candidates):
        return np.zeros(0, dtype=np.bool_)
    n_projects, n_mentors = len(room.projects.ceiling), len(room.mentors.ceiling)
    source, sink = n_projects + n_mentors, n_projects + n_mentors + 1
    network = min_cost_flow.SimpleMinCostFlow()
    arcs = network.add_arcs_with_capacity_and_unit_cost(
        candidates.rows,
        candidates.columns + n_projects,
        np.ones(len(candidates), dtype=np.int64),
        candidates.costs,
    )
    floors = room.projects.floor.any() or room.mentors.floor.any()
    prize = room.prize if floors else 0
    projects = np.arange(n_projects, dtype=np.int64)
    mentors = np.arange(n_mentors, dtype=np.int64) + n_projects
    for tails, heads, side in (
        (np.full(n_projects, source), projects, room.projects),
        (mentors, np.full(n_mentors, sink), room.mentors),
    ):
        _add_places(network, tails, heads, side, prize)
    total = int(min(room.projects.ceiling.sum(), room.mentors.ceiling.sum()))
    network.set_node_supply(source, total)
    network.set_node_supply(sink, -total)
    status = network.solve_max_flow_with_min_cost()
    if status == network.BAD_COST_RANGE:
        raise TooFineError
    if status != network.OPTIMAL:  # pragma: no cover - a flow is always possible
        raise ArithmeticError(f"the flow solver gave up: {status!r}")
    chosen: BoolArray = network.flows(arcs) > 0
    return chosen


def better_plan(
    candidates: Candidates, room: Room, plan: BoolArray, loss: IntArray, gap: int
) -> BoolArray:
    """Mark the candidates of a best plan, given one that is at most ``gap`` from it.

    Parameters
    ----------
    candidates : Candidates
    room : Room
    plan : bool array, one mark a candidate
    loss : int64 array, one number a candidate
        What changing that pair alone costs at the given plan's prices; below 0
        for a pair that improves it.
    gap : int

    Notes
    -----
    No plan is worth more than the given one and ``gap``, less the losses of the
    pairs it changes. A plan at least as good therefore changes no pair of a
    greater loss, and those stay as they are: reduced-cost fixing [1]_.

    References
    ----------
    .. [1] H. Crowder, E. L. Johnson, M. Padberg, "Solving large-scale zero-one
       linear programming problems", *Operations Research* 31 (1983), 803-834.
       https://doi.org/10.1287/opre.31.5.803
    """
    loose = loss <= gap
    fixed = candidates.only(plan & ~loose)
    chosen = plan.copy()
    chosen[loose] = best_plan(candidates.only(loose), room.beside(fixed.rows, fixed.columns))
    return chosen


def _add_places(
    network: min_cost_flow.SimpleMinCostFlow,
    tails: IntArray,
    heads: IntArray,
    side: Side,
    prize: int,
) -> None:
    for room, cost in ((side.floor, 0), (side.ceiling - side.floor, prize)):
        some = room > 0
        network.add_arcs_with_capacity_and_unit_cost(
            tails[some], heads[some], room[some], np.full(int(some.sum()), cost, dtype=np.int64)
        )
