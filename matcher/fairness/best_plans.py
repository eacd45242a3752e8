"""Every plan that is best in pairs and shortfall, as bounds that none of the others keeps."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.constraints import BoolArray, Constraints, IntArray
from matcher.flow import Places, solve
from matcher.pair_costs import PairCosts, largest_cost, price_pairs

# A pair counts more than both minimums that it can meet.
PAIR_COST = -3
FLOOR_COST = -1
FAR = np.iinfo(np.int64).max // 4

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class BestPlans:
    """The plans with the most pairs and, among those, the smallest shortfall.

    A plan is one of them exactly when it holds ``always``, takes the rest of
    its pairs from ``open_pairs``, and every row and column keeps its bounds:
    what is best in pairs and minimums is a face of the flow's polytope, and a
    face is cut out by complementary slackness with any one optimal dual [1]_.
    So whatever is wanted next (a total, a floor, few changes) can be asked of
    plain bounds, without weighing it against a missing place.

    Attributes
    ----------
    always : bool array, shape (n_projects, n_mentors)
        Locked pairs, and pairs that no best plan can do without.
    open_pairs : bool array, shape (n_projects, n_mentors)
        Pairs that a best plan may take or leave; none of ``always``.
    row_low, row_high : int64 array, shape (n_projects,)
        Pairs of a project beside ``always``.
    column_low, column_high : int64 array, shape (n_mentors,)
        Pairs of a mentor beside ``always``.
    some_plan : bool array, shape (n_projects, n_mentors)
        One of the plans.

    References
    ----------
    .. [1] R. K. Ahuja, T. L. Magnanti, J. B. Orlin, *Network Flows: Theory,
       Algorithms, and Applications*, Prentice Hall, 1993, section 9.4.
    """

    always: BoolArray
    open_pairs: BoolArray
    row_low: IntArray
    row_high: IntArray
    column_low: IntArray
    column_high: IntArray
    some_plan: BoolArray

    @classmethod
    def of(cls, constraints: Constraints) -> BestPlans:
        """Give the best plans of these constraints, whatever the affinities.

        Examples
        --------
        >>> from matcher.profiles import Demand, Load
        >>> limits = Constraints.build(
        ...     ["film-a", "film-b"],
        ...     ["aida", "bolot"],
        ...     demand=[Demand(1, 1), Demand(0, 1)],
        ...     loads=[Load(0, 1), Load(0, 0)],
        ... )
        >>> plans = BestPlans.of(limits)  # film-a must have somebody, so film-b cannot
        >>> plans.row_low.tolist(), plans.column_high.tolist()
        ([1, 0], [1, 0])
        """
        locked = constraints.locked
        rows, columns = locked.sum(axis=1), locked.sum(axis=0)
        row_room, column_room = constraints.demand_high - rows, constraints.load_high - columns
        open_pairs = ~(locked | constraints.forbidden)
        open_pairs &= (row_room > 0)[:, None] & (column_room > 0)[None, :]
        places = Places(
            open_pairs=open_pairs,
            project_floor=np.maximum(constraints.demand_low - rows, 0),
            project_ceiling=np.minimum(row_room, open_pairs.sum(axis=1)),
            mentor_floor=np.maximum(constraints.load_low - columns, 0),
            mentor_ceiling=np.minimum(column_room, open_pairs.sum(axis=0)),
        )
        chosen = np.zeros_like(locked)
        if open_pairs.any():
            chosen = solve(np.zeros(locked.shape, dtype=np.int64), places)
        costs = np.full(locked.shape, PAIR_COST, dtype=np.int64)
        sides = (
            _Side(places.project_floor, places.project_ceiling, chosen.sum(axis=1)),
            _Side(places.mentor_floor, places.mentor_ceiling, chosen.sum(axis=0)),
        )
        return _face(locked, chosen, costs, open_pairs, sides)

    @property
    def places(self) -> Places:
        """The bounds as the flow takes them; all of its floors can be met."""
        return Places(
            open_pairs=self.open_pairs,
            project_floor=self.row_low,
            project_ceiling=self.row_high,
            mentor_floor=self.column_low,
            mentor_ceiling=self.column_high,
        )

    def priced(self, values: Floats, *, ties: bool) -> PairCosts:
        """Give the open pairs' values as whole-number costs; ids decide ties, or nothing does."""
        has_floors = bool(self.row_low.any() or self.column_low.any())
        largest = largest_cost(values.shape, has_floors=has_floors)
        return price_pairs(values, self.open_pairs, largest, ties=ties)

    def best(self, values: Floats) -> tuple[BoolArray, float]:
        """Give the plan of the greatest total, and how much rounding may hide."""
        if not self.open_pairs.any():
            return self.always.copy(), 0.0
        priced = self.priced(values, ties=True)
        free = solve(priced.costs, self.places)
        return self.always | free, 2 * priced.rounding * int(free.sum())

    def cheapest(self, costs: IntArray) -> BestPlans:
        """Give those of the plans whose pairs cost the least, as bounds again.

        Parameters
        ----------
        costs : int64 array, shape (n_projects, n_mentors)
            0 or more, at most what :func:`matcher.pair_costs.largest_cost` allows;
            for instance 1 for each pair to be avoided.
        """
        if not self.open_pairs.any():
            return self
        chosen = solve(costs, self.places)
        return _face(self.always, chosen, costs, self.open_pairs, self._hard_sides(chosen))

    def reduced(self, costs: IntArray) -> tuple[BoolArray, IntArray]:
        """Give a plan of least cost, and what each open pair takes off that at least.

        Parameters
        ----------
        costs : int64 array, shape (n_projects, n_mentors)
            0 or more, at most what :func:`matcher.pair_costs.largest_cost` allows.

        Returns
        -------
        chosen : bool array, shape (n_projects, n_mentors)
        reduced : int64 array, shape (n_projects, n_mentors)
            A plan with a pair above 0, or without a pair below 0, costs at least
            that much more; 0 for pairs that are not open.
        """
        if not self.open_pairs.any():
            return self.always.copy(), np.zeros(costs.shape, dtype=np.int64)
        chosen = solve(costs, self.places)
        of_row, of_column = _potentials(chosen, costs, self.open_pairs, self._hard_sides(chosen))
        reduced = costs + of_row[:, None] - of_column[None, :]
        return self.always | chosen, np.where(self.open_pairs, reduced, 0)

    def within(self, allowed: BoolArray, row_low: IntArray) -> BestPlans | None:
        """Give those of the plans that keep to some pairs and meet higher minimums, or None."""
        open_pairs = self.open_pairs & allowed
        row_low = np.maximum(row_low, self.row_low)
        narrower = replace(
            self,
            open_pairs=open_pairs,
            row_low=row_low,
            row_high=np.minimum(self.row_high, open_pairs.sum(axis=1)),
            column_high=np.minimum(self.column_high, open_pairs.sum(axis=0)),
        )
        if (row_low > narrower.row_high).any():
            return None
        if (narrower.column_low > narrower.column_high).any():
            return None
        chosen = np.zeros_like(open_pairs)
        if open_pairs.any():
            chosen = solve(np.zeros(chosen.shape, dtype=np.int64), narrower.places)
        if self._holds(chosen) and (chosen.sum(axis=1) >= row_low).all():
            return replace(narrower, some_plan=self.always | chosen)
        return None

    def _hard_sides(self, chosen: BoolArray) -> tuple[_Side, _Side]:
        return (
            _Side(self.row_low, self.row_high, chosen.sum(axis=1), hard=True),
            _Side(self.column_low, self.column_high, chosen.sum(axis=0), hard=True),
        )

    def _holds(self, chosen: BoolArray) -> bool:
        """Whether a plan's open pairs keep the bounds of every row and column."""
        by_row, by_column = chosen.sum(axis=1), chosen.sum(axis=0)
        return bool(
            (by_row >= self.row_low).all()
            and (by_row <= self.row_high).all()
            and (by_column >= self.column_low).all()
            and (by_column <= self.column_high).all()
        )


@dataclass(frozen=True, eq=False, slots=True)
class _Side:
    """The places of all projects, or of all mentors: how many they take and may take.

    Where ``hard``, nobody goes below the floor; else each unit up to it is worth
    ``FLOOR_COST`` and nothing is forbidden.
    """

    floor: IntArray
    ceiling: IntArray
    taken: IntArray
    hard: bool = False

    @property
    def step(self) -> int:
        return 0 if self.hard else FLOOR_COST

    def one_more(self) -> IntArray:
        """What the next place costs; FAR where there is none."""
        cost = np.where(self.taken < self.floor, self.step, 0)
        return np.where(self.taken < self.ceiling, cost, FAR)

    def one_less(self) -> IntArray:
        """What giving one place back costs; FAR where that is not allowed."""
        cost = np.where(self.taken <= self.floor, -self.step, 0)
        least = np.minimum(self.floor, self.ceiling) if self.hard else 0
        return np.where(self.taken > least, cost, FAR)

    def bounds(self, toll: IntArray) -> tuple[IntArray, IntArray]:
        """The bounds that optimal plans keep; a place costs ``toll`` beside its own cost."""
        floor = np.minimum(self.floor, self.ceiling)
        low = floor if self.hard else np.where(toll + self.step < 0, floor, 0)
        low = np.where(toll < 0, self.ceiling, low)
        high = np.where(toll > 0, floor, self.ceiling)
        if not self.hard:
            high = np.where(toll + self.step > 0, 0, high)
        return low.astype(np.int64), high.astype(np.int64)


def _face(
    always: BoolArray,
    chosen: BoolArray,
    costs: IntArray,
    open_pairs: BoolArray,
    sides: tuple[_Side, _Side],
) -> BestPlans:
    """The optimal plans, from one of them, by complementary slackness."""
    of_row, of_column = _potentials(chosen, costs, open_pairs, sides)
    reduced = costs + of_row[:, None] - of_column[None, :]
    fixed = open_pairs & (reduced < 0)
    # The hub's potential is 0: a project's place leads from it, a mentor's to it.
    row_low, row_high = sides[0].bounds(-of_row)
    column_low, column_high = sides[1].bounds(of_column)
    by_row, by_column = fixed.sum(axis=1), fixed.sum(axis=0)
    still_open = open_pairs & (reduced == 0)
    still_open &= (row_high > by_row)[:, None] & (column_high > by_column)[None, :]
    return BestPlans(
        always=always | fixed,
        open_pairs=still_open,
        row_low=np.maximum(row_low - by_row, 0),
        row_high=np.minimum(row_high - by_row, still_open.sum(axis=1)),
        column_low=np.maximum(column_low - by_column, 0),
        column_high=np.minimum(column_high - by_column, still_open.sum(axis=0)),
        some_plan=always | chosen,
    )


def _potentials(
    chosen: BoolArray, costs: IntArray, open_pairs: BoolArray, sides: tuple[_Side, _Side]
) -> tuple[IntArray, IntArray]:
    """Shortest distances in the residual graph (Bellman and Ford), the hub's taken off."""
    forth = np.where(open_pairs & ~chosen, costs, FAR)
    back = np.where(open_pairs & chosen, -costs, FAR)
    rows, columns = sides
    of_row = np.zeros(len(rows.taken), dtype=np.int64)
    of_column = np.zeros(len(columns.taken), dtype=np.int64)
    hub = 0
    # A shortest path comes by nobody twice; longer ones would be a plan that is not optimal.
    for _ in range(len(of_row) + len(of_column) + 3):
        before = (of_row, of_column, hub)
        of_column = np.minimum(of_column, (of_row[:, None] + forth).min(axis=0, initial=FAR))
        of_column = np.minimum(of_column, hub + columns.one_less())
        of_row = np.minimum(of_row, (of_column[None, :] + back).min(axis=1, initial=FAR))
        of_row = np.minimum(of_row, hub + rows.one_more())
        hub = min(
            hub,
            int((of_row + rows.one_less()).min(initial=FAR)),
            int((of_column + columns.one_more()).min(initial=FAR)),
        )
        if (
            hub == before[2]
            and np.array_equal(of_row, before[0])
            and np.array_equal(of_column, before[1])
        ):
            return of_row - hub, of_column - hub
    raise ArithmeticError("the plan is not optimal: its residual graph has a cycle that gains")
