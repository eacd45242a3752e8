"""A sweep of the prices of a change: the corners of the frontier, and what lies between."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from matcher.constraints import BoolArray, IntArray
from matcher.stability.exchanges import trails
from matcher.stability.plans import Desk

Floats = NDArray[np.float64]
# Totals nearer than this part of the affinities' range are the same.
SAME = 1e-9


@dataclass(frozen=True, eq=False, slots=True)
class FrontierPoint:
    """The best plan found with at most so many changes.

    Attributes
    ----------
    n_changes : int
        The plan has at most so many.
    total : float
        The sum of its affinities.
    upper_bound : float
        No plan as good in pairs and minimums has more with so few changes, but
        for what the rounding of affinities to whole numbers can hide (a
        ten-millionth of the total at 300 x 80).
    gap : float
        ``upper_bound - total``, never negative.
    supported : bool
        Whether some price of a change makes this the best plan: the point lies
        on the concave hull.
    chosen : bool array, shape (n_projects, n_mentors)
        The plan. Read-only.
    """

    n_changes: int
    total: float
    upper_bound: float
    gap: float
    supported: bool
    chosen: BoolArray = field(repr=False)


@dataclass(frozen=True, eq=False, slots=True)
class _Known:
    n_changes: int
    total: float
    chosen: BoolArray


class Sweep:
    """The plans found so far, and the bounds that prices and programs have given."""

    def __init__(self, desk: Desk, deadline: float) -> None:
        self._desk, self._deadline = desk, deadline
        self._best: dict[int, _Known] = {}
        # A price and what it leaves of the best plan: no total is above
        # ``worth + price * n_changes``.
        self._lines: list[tuple[float, float]] = []
        self._proven: dict[int, float] = {}
        some = desk.values[desk.plans.open_pairs]
        span = float(some.max() - some.min()) if some.size else 0.0
        n_pairs = max(1, int(desk.plans.some_plan.sum()))
        rounding = desk.plans.priced(desk.values, ties=False).rounding
        self._same = max(SAME * span, 2 * rounding) * n_pairs

    def points(self) -> tuple[FrontierPoint, ...]:
        """Sweep the prices, fill in between, and say what is proven of each point."""
        hull = self._hull(self._at(np.inf), self._at(0.0))
        for left, right in pairwise(hull):
            self._take_in_part(left, right)
            self._decide(left, right)
        points, best = [], hull[0]
        for n_changes in range(hull[0].n_changes, hull[-1].n_changes + 1):
            found = self._best.get(n_changes, best)
            best = found if found.total > best.total else best
            points.append(self._point(n_changes, best))
        return tuple(points)

    def _point(self, n_changes: int, known: _Known) -> FrontierPoint:
        hull = self._hull_at(n_changes)
        on_hull = known.n_changes == n_changes and known.total >= hull - self._same
        bound = min(hull, self._proven.get(n_changes, np.inf))
        bound = known.total if bound - known.total <= self._same else bound
        return FrontierPoint(
            n_changes=n_changes,
            total=known.total,
            upper_bound=bound,
            gap=bound - known.total,
            supported=on_hull or not self._lines_below(n_changes),
            chosen=self._desk.input.back(known.chosen),
        )

    def _lines_below(self, n_changes: int) -> bool:
        """Whether there are fewer changes to compare with: the fewest are always supported."""
        return n_changes > min(self._best)

    def _at(self, price: float) -> _Known:
        """The best plan at a price, which also bounds every other plan."""
        desk = self._desk
        if 0 < price < np.inf:
            chosen, _ = desk.plans.best(desk.values + price * desk.standing)
        else:
            chosen, _ = desk.best(price)
        known = self._keep(chosen)
        if np.isfinite(price):
            self._lines.append((price, known.total - price * known.n_changes))
        else:
            self._proven[known.n_changes] = known.total
        return known

    def _keep(self, chosen: BoolArray) -> _Known:
        known = _Known(self._desk.n_changes(chosen), self._desk.total(chosen), chosen)
        before = self._best.get(known.n_changes)
        if before is None or known.total > before.total:
            self._best[known.n_changes] = known
        return known

    def _hull_at(self, n_changes: int) -> float:
        return min(worth + price * n_changes for price, worth in self._lines)

    def _hull(self, first: _Known, last: _Known) -> list[_Known]:
        """The corners of the concave hull, from the fewest changes to the most."""
        corners, edges = [first], [last]
        while edges:
            left, right = corners[-1], edges[-1]
            between = self._between(left, right)
            if between is None:
                corners.append(edges.pop())
            else:
                edges.append(between)
        return [corner for at, corner in enumerate(corners) if not at or corner is not first]

    def _between(self, left: _Known, right: _Known) -> _Known | None:
        """A corner above the line from one to the other, if there is one."""
        step = right.n_changes - left.n_changes
        if step < 1 or right.total - left.total <= 0 or self._is_late():
            return None
        price = (right.total - left.total) / step
        found = self._at(price)
        above = found.total - left.total - price * (found.n_changes - left.n_changes)
        inside = left.n_changes < found.n_changes < right.n_changes
        return found if inside and above > self._same else None

    def _is_late(self) -> bool:
        return time.monotonic() > self._deadline

    def _take_in_part(self, left: _Known, right: _Known) -> None:
        """Take some of the exchanges between two plans: every number of changes they add up to.

        Both are best plans, and outside an exchange nobody is concerned, so any
        of them in part is a best plan too.
        """
        if right.n_changes - left.n_changes < 2:
            return
        values, standing = self._desk.values, self._desk.standing
        exchanges, gains, steps = trails(left.chosen, right.chosen), [], []
        for trail in exchanges:
            gains.append(sum(values[c] for c in trail.gained) - sum(values[c] for c in trail.lost))
            kept = sum(standing[c] for c in trail.lost) - sum(standing[c] for c in trail.gained)
            steps.append(int(kept))
        best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
        for at, (gain, step) in enumerate(zip(gains, steps, strict=True)):
            for offset, (total, taken) in list(best.items()):
                known = best.get(offset + step)
                if known is None or total + gain > known[0]:
                    best[offset + step] = total + gain, (*taken, at)
        for offset, (_, taken) in best.items():
            if 0 < offset < right.n_changes - left.n_changes:
                chosen = left.chosen.copy()
                for trail in (exchanges[at] for at in taken):
                    for cell in trail.lost:
                        chosen[cell] = False
                    for cell in trail.gained:
                        chosen[cell] = True
                self._keep(chosen)

    def _decide(self, left: _Known, right: _Known) -> None:
        """Decide the points between two corners that lie below the hull."""
        step = right.n_changes - left.n_changes
        if step < 2:
            return
        desk, price = self._desk, (right.total - left.total) / step
        priced = desk.plans.priced(desk.values + price * desk.standing, ties=False)
        _, reduced = desk.plans.reduced(priced.costs)
        loss = priced.amount(reduced)
        floor = left.total
        for n_changes in range(left.n_changes + 1, right.n_changes):
            known = self._best.get(n_changes)
            floor = max(floor, known.total) if known else floor
            room = self._hull_at(n_changes) - floor
            if room <= self._same or self._is_late():
                continue
            # Half a unit for each pair may have been rounded away.
            room += self._same + 2 * priced.rounding * int(left.chosen.sum())
            found = self._branch_and_cut(n_changes, loss <= room, loss < -room)
            if found is not None:
                floor = max(floor, found.total)
            if n_changes in self._proven:
                self._proven[n_changes] = max(self._proven[n_changes], floor)

    def _branch_and_cut(
        self, n_changes: int, allowed: BoolArray, needed: BoolArray
    ) -> _Known | None:
        """The best plan with at most so many changes among some pairs, and its bound."""
        desk, plans = self._desk, self._desk.plans
        cells = np.nonzero(allowed & plans.open_pairs)
        n_pairs = int(plans.some_plan.sum())
        least_kept = max(n_pairs, int(desk.standing.sum())) - n_changes
        least_kept -= int((plans.always & desk.standing).sum())
        least = float(desk.values[plans.open_pairs].min())
        solved = milp(
            -(desk.values[cells] - least),
            integrality=np.ones(len(cells[0])),
            bounds=Bounds(needed[cells].astype(np.float64), 1.0),
            constraints=[
                LinearConstraint(
                    _lines(cells[0], len(plans.row_low)), plans.row_low, plans.row_high
                ),
                LinearConstraint(
                    _lines(cells[1], len(plans.column_low)), plans.column_low, plans.column_high
                ),
                LinearConstraint(
                    desk.standing[cells].astype(np.float64)[None, :], least_kept, np.inf
                ),
            ],
            options={
                "time_limit": max(0.01, self._deadline - time.monotonic()),
                "mip_rel_gap": 0.0,
            },
        )
        if solved.mip_dual_bound is not None:
            free = n_pairs - int(plans.always.sum())
            settled = desk.total(plans.always)
            self._proven[n_changes] = settled + least * free - float(solved.mip_dual_bound)
        elif solved.status == 2:
            self._proven[n_changes] = -np.inf
        if solved.x is None:
            return None
        chosen = plans.always.copy()
        chosen[cells] |= solved.x > 0.5
        return self._keep(chosen)


def _lines(index: IntArray, n_lines: int) -> csr_array:
    ones = np.ones(len(index))
    return csr_array((ones, (index, np.arange(len(index)))), shape=(n_lines, len(index)))
