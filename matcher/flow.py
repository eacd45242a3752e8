"""The plan as a flow: projects send out their demand, mentors take in their load."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

from matcher.constraints import BoolArray, IntArray

# The solver multiplies every cost by its number of nodes plus one and keeps the
# product in 64 bits; a factor of four stays free for its node potentials.
COST_BUDGET = 2**61
# A float holds no more digits than these.
FINEST_LEVELS = 10**16
# Ties are decided by id only as far as six digits of affinity remain.
COARSEST_LEVELS = 10**6


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

    @property
    def has_floors(self) -> bool:
        """Whether anybody should have something."""
        return bool(self.project_floor.any() or self.mentor_floor.any())

    @property
    def largest_cost(self) -> int:
        """The largest cost a pair may have before the solver runs out of bits."""
        n_people = len(self.project_ceiling) + len(self.mentor_ceiling)
        per_arc = COST_BUDGET // (n_people + 3)
        return per_arc // (self.side + 1) if self.has_floors else per_arc


@dataclass(frozen=True, eq=False, slots=True)
class PairCosts:
    """Affinities as whole numbers, the greatest affinity costing nothing.

    Attributes
    ----------
    costs : int64 array, shape (n_projects, n_mentors)
        0 or more; only the open pairs' costs mean anything.
    rounding : float
        The most by which one pair's affinity was rounded, in its own unit.
    """

    costs: IntArray
    rounding: float


def price_pairs(affinity: NDArray[np.float64], places: Places) -> PairCosts:
    """Give every open pair its whole-number cost, whatever the affinity's scale.

    The affinities of the open pairs are shifted and scaled by their own range,
    so neither values near 1e15 nor values near 1e-9 lose their differences. The
    unit is a power of ten: the greatest that all of them are multiples of, so
    that numbers written with a few decimals stay exact and so do their ties;
    else the smallest that the solver's 64 bits have room for.

    Exact ties go to the lower ids, rows and columns being in the order of ids:
    below the unit each pair carries a tiny second cost that rises as the
    product of the two positions falls, counted from the end. That sum is
    strictly supermodular, so of two equal pairings the one that puts low ids
    with low ids wins; it never adds up to a whole unit, so it cannot outweigh
    a difference in affinity. Where 64 bits are too few (very large plans with
    floors) the second cost is coarser, at last absent, and the solver's own
    fixed order decides.

    Parameters
    ----------
    affinity : float64 array, shape (n_projects, n_mentors)
        Finite, any scale and sign.
    places : Places

    Returns
    -------
    PairCosts
    """
    values = affinity[places.open_pairs]
    costs = np.zeros(affinity.shape, dtype=np.int64)
    budget = places.largest_cost
    tie_steps = min(affinity.size - 1, max(0, budget // COARSEST_LEVELS // (places.side + 1)))
    tie_room = tie_steps * places.side + 1
    levels = min(FINEST_LEVELS, (budget - tie_steps) // tie_room)
    best = float(values.max())
    gap = best - values
    noise = float(np.spacing(np.abs(values).max()))
    unit = _decimal_unit(gap, levels, noise)
    steps = np.rint(gap / unit)
    rounding = float(np.abs(steps * unit - gap).max())
    costs[places.open_pairs] = steps.astype(np.int64)
    if tie_steps:
        costs *= tie_room
        costs += _tie_costs(affinity.shape, tie_steps)
    return PairCosts(costs=costs, rounding=rounding)


def _decimal_unit(gap: NDArray[np.float64], levels: int, noise: float) -> float:
    """The power of ten to count in: that of the numbers' last digit, else the finest.

    ``noise`` is what a number of this size is off by merely for being a float.
    """
    span = float(gap.max())
    if span <= 0:
        return 1.0
    finest = max(-300, int(np.ceil(np.log10(span) - np.log10(levels))))
    if span / _power_of_ten(finest) > levels:
        finest += 1
    for exponent in range(int(np.log10(span)) + 1, finest, -1):
        unit = _power_of_ten(exponent)
        if noise > unit / 16:
            break
        # A few values rule out almost every unit; only then are all looked at.
        for some in (gap[:64], gap):
            if (np.abs(some - np.rint(some / unit) * unit) > 2 * noise).any():
                break
        else:
            return unit
    return _power_of_ten(finest)


def _power_of_ten(exponent: int) -> float:
    # From text, not by multiplying: the nearest float to the decimal number.
    return float(f"1e{exponent}")


def _tie_costs(shape: tuple[int, int], steps: int) -> IntArray:
    """The second cost: 0 for the two lowest ids, up to ``steps``."""
    n_projects, n_mentors = shape
    rows = np.arange(n_projects, 0, -1, dtype=np.int64)
    columns = np.arange(n_mentors, 0, -1, dtype=np.int64)
    lowness = np.multiply.outer(rows, columns)
    highest = n_projects * n_mentors
    rise: IntArray = highest - lowness
    return rise if steps >= highest - 1 else rise * steps // highest


def solve(costs: IntArray, places: Places) -> BoolArray:
    """Give the open pairs to choose: most pairs, fewest missing floors, least cost.

    Parameters
    ----------
    costs : int64 array, shape (n_projects, n_mentors)
        0 or more, at most ``places.largest_cost``.
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
    n_projects, n_mentors = costs.shape
    rows, columns = np.nonzero(places.open_pairs)
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
    if status != network.OPTIMAL:  # pragma: no cover - largest_cost keeps clear of it
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
