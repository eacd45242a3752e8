"""The plan as a flow: projects send out their demand, mentors take in their load."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matcher.constraints import BoolArray, IntArray
from matcher.pair_costs import pairs_of

if TYPE_CHECKING:
    from ortools.graph.python import min_cost_flow


@dataclass(frozen=True, eq=False, slots=True)
class Places:
    """The room that is left once the locked pairs are fixed.

    Attributes
    ----------
    open_pairs : bool array, shape (n_projects, n_mentors)
        Pairs the plan may still choose.
    project_floor, project_ceiling : int64 array, shape (n_projects,)
        Further mentors a project should have, and may have.
    mentor_floor, mentor_ceiling : int64 array, shape (n_mentors,)
        Further projects a mentor should take, and may take.
    """

    open_pairs: BoolArray
    project_floor: IntArray
    project_ceiling: IntArray
    mentor_floor: IntArray
    mentor_ceiling: IntArray

    @property
    def side(self) -> int:
        """The shorter side: more pairs than this no exchange of pairs can add."""
        return max(1, min(len(self.project_ceiling), len(self.mentor_ceiling)))


def solve(costs: IntArray, places: Places) -> BoolArray:
    """Give the open pairs to choose: most pairs, fewest missing floors, least cost.

    Parameters
    ----------
    costs : int64 array, shape (n_projects, n_mentors)
        0 or more, at most what :func:`matcher.pair_costs.largest_cost` allows.
    places : Places

    Returns
    -------
    bool array, shape (n_projects, n_mentors)

    Notes
    -----
    One unit of flow is one pair. A project's or mentor's places up to the floor
    are one arc without cost, those above it another that costs ``price``. The
    greatest flow of least cost [1]_ is then the plan wanted, for two reasons:

    * Most pairs and fewest missing floors never compete: by the theorem of
      Mendelsohn and Dulmage [2]_ (each place taken as a node of its own), the
      rows served by one plan and the columns served by another can be served
      by one plan together, and a plan grows to the most pairs along augmenting
      paths, which take nothing away from either side.
    * ``price`` needs no "big M". The difference of two greatest flows is a sum
      of simple cycles of the residual graph [1]_. A simple cycle takes in at
      most one new pair for each node of the shorter side and gives up as many,
      so its pairs cost less than ``price = largest cost * (shorter side) + 1``
      in either direction: no gain in affinity can buy a missing floor.

    References
    ----------
    .. [1] R. K. Ahuja, T. L. Magnanti, J. B. Orlin, *Network Flows: Theory,
       Algorithms, and Applications*, Prentice Hall, 1993, chapters 3 and 9-10.
    .. [2] N. S. Mendelsohn, A. L. Dulmage, "Some generalizations of the problem
       of distinct representatives", *Canadian Journal of Mathematics* 10 (1958),
       230-241. https://doi.org/10.4153/CJM-1958-027-8
    """
    # Only here: a page that asks about a standing plan solves nothing.
    from ortools.graph.python import min_cost_flow  # noqa: PLC0415

    n_projects, n_mentors = costs.shape
    rows, columns = pairs_of(places.open_pairs)
    pair_costs = costs[rows, columns]
    price = int(pair_costs.max()) * places.side + 1
    source, sink = n_projects + n_mentors, n_projects + n_mentors + 1
    network = min_cost_flow.SimpleMinCostFlow()
    arcs = network.add_arcs_with_capacity_and_unit_cost(
        rows, columns + n_projects, np.ones(len(rows), dtype=np.int64), pair_costs
    )
    _add_places(network, source, None, (places.project_floor, places.project_ceiling), price)
    _add_places(network, n_projects, sink, (places.mentor_floor, places.mentor_ceiling), price)
    total = int(min(places.project_ceiling.sum(), places.mentor_ceiling.sum()))
    network.set_node_supply(source, total)
    network.set_node_supply(sink, -total)
    status = network.solve_max_flow_with_min_cost()
    if status != network.OPTIMAL:  # pragma: no cover - largest_cost keeps clear
        raise ArithmeticError(f"the flow solver gave up: {status!r}")
    chosen = np.zeros(costs.shape, dtype=np.bool_)
    chosen[rows, columns] = network.flows(arcs) > 0
    return chosen


def _add_places(
    network: min_cost_flow.SimpleMinCostFlow,
    start: int,
    sink: int | None,
    places: tuple[IntArray, IntArray],
    price: int,
) -> None:
    """One side's places: source to projects (no sink given), or mentors to sink."""
    floor, ceiling = places
    floor = np.minimum(floor, ceiling)
    nodes = np.arange(len(ceiling), dtype=np.int64)
    for room, cost in ((floor, 0), (ceiling - floor, price if floor.any() else 0)):
        some = room > 0
        mine, count = nodes[some], int(some.sum())
        near = mine if sink is None else mine + start
        hub = np.full(count, start if sink is None else sink, dtype=np.int64)
        tails, heads = (hub, near) if sink is None else (near, hub)
        network.add_arcs_with_capacity_and_unit_cost(
            tails, heads, room[some], np.full(count, cost, dtype=np.int64)
        )
