"""Affinities as whole numbers, so that plans and prices are exact."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.constraints import BoolArray, IntArray

# The solver multiplies every cost by its number of nodes plus one and keeps the
# product in 64 bits; a factor of four stays free for its node potentials.
COST_BUDGET = 2**61
# Paths of exchanged pairs are weighed together with lost pairs and minimums
# (see matcher.counterfactuals.weights), which takes eight bits more.
PATH_BUDGET = 2**54
# A float holds no more digits than these.
FINEST_LEVELS = 10**16
# Nearly the least power of ten that a float holds.
FINEST_EXPONENT = -322
# Ties are decided by id only as far as six digits of affinity remain.
COARSEST_LEVELS = 10**6

Floats = NDArray[np.float64]


def pairs_of(marks: BoolArray) -> tuple[IntArray, IntArray]:
    """Give the rows and columns of the marked pairs, row by row; ten times numpy's nonzero."""
    rows, columns = np.divmod(np.flatnonzero(marks), marks.shape[1])
    return rows, columns


def largest_cost(shape: tuple[int, int], *, has_floors: bool, for_paths: bool = False) -> int:
    """Give the largest cost a pair may have before 64 bits run out.

    Parameters
    ----------
    shape : (n_projects, n_mentors)
    has_floors : bool
        Whether anybody has a minimum, which the solver must put above any affinity.
    for_paths : bool
        Whether exchanges of pairs will be weighed too, and not only plans found.
    """
    exchange = min(shape) + 1  # more pairs than this no simple exchange can add
    per_arc = COST_BUDGET // (sum(shape) + 3)
    if has_floors:
        per_arc //= exchange
    return min(per_arc, PATH_BUDGET // exchange) if for_paths else per_arc


@dataclass(frozen=True, eq=False, slots=True)
class PairCosts:
    """Affinities as whole numbers, the greatest affinity costing nothing.

    Attributes
    ----------
    costs : int64 array, shape (n_projects, n_mentors)
        ``tie_room`` times the steps below the greatest affinity, plus what
        decides ties; only the open pairs' costs mean anything.
    rounding : float
        The most by which one pair's affinity was rounded, in its own unit.
    best : float
        The affinity that costs nothing.
    exponent : int
        One step is 10 ** exponent of affinity.
    largest : int
        No cost is above this.
    tie_room : int
        Costs that differ by less than half of this differ only by ids.
    """

    costs: IntArray
    rounding: float
    best: float
    exponent: int
    largest: int
    tie_room: int

    def steps(self, costs: IntArray) -> IntArray:
        """Give an exchange's cost in steps of affinity, without what decides ties."""
        steps: IntArray = (costs + self.tie_room // 2) // self.tie_room
        return steps

    def amount(self, steps: IntArray) -> Floats:
        """Give steps as affinity: by division where a step is a decimal fraction."""
        if -22 <= self.exponent < 0:
            return np.divide(steps, _power_of_ten(-self.exponent), dtype=np.float64)
        return np.multiply(steps, _power_of_ten(self.exponent), dtype=np.float64)

    def with_cells(self, affinity: Floats, cells: BoolArray) -> PairCosts | None:
        """Give the costs with further pairs in them, or None where the steps do not fit them.

        Parameters
        ----------
        affinity : float64 array, shape (n_projects, n_mentors)
        cells : bool array, shape (n_projects, n_mentors)
            Pairs that were not open when the steps were chosen.
        """
        gap = self.best - affinity[cells]
        unit = _power_of_ten(self.exponent)
        most = (self.largest - self._tie_steps(affinity.shape)) // self.tie_room
        fits = (gap >= 0) & (gap <= most * unit)
        if not fits.all():
            return None
        steps = np.rint(gap / unit)
        if (np.abs(steps * unit - gap) > self.rounding).any():
            return None
        costs = self.costs.copy()
        costs[cells] = steps.astype(np.int64) * self.tie_room
        if self.tie_room > 1:
            costs[cells] += _tie_costs(affinity.shape, self._tie_steps(affinity.shape))[cells]
        return PairCosts(
            costs, self.rounding, self.best, self.exponent, self.largest, self.tie_room
        )

    def _tie_steps(self, shape: tuple[int, ...]) -> int:
        return (self.tie_room - 1) // (2 * (min(shape) + 1))


def price_pairs(affinity: Floats, open_pairs: BoolArray, largest: int, *, ties: bool) -> PairCosts:
    """Give every open pair its whole-number cost, whatever the affinity's scale.

    The affinities of the open pairs are shifted and scaled by their own range,
    so neither values near 1e15 nor values near 1e-9 lose their differences. The
    unit is a power of ten: the greatest that all of them are multiples of, so
    that numbers written with a few decimals stay exact and so do their ties;
    else the smallest that 64 bits have room for.

    Exact ties go to the lower ids, rows and columns being in the order of ids:
    below the unit each pair carries a tiny second cost that rises as the
    product of the two positions falls, counted from the end. That sum is
    strictly supermodular, so of two equal pairings the one that puts low ids
    with low ids wins; over a simple exchange of pairs it never adds up to half
    a unit, so it cannot outweigh a difference in affinity, and rounding to whole
    units takes it off a price again. Where 64 bits are too few (very large plans
    with floors) the second cost is coarser, at last absent, and the solver's own
    fixed order decides.

    Parameters
    ----------
    affinity : float64 array, shape (n_projects, n_mentors)
        Finite, any scale and sign.
    open_pairs : bool array, shape (n_projects, n_mentors)
        The pairs whose range counts.
    largest : int
        What :func:`largest_cost` allows.
    ties : bool
        Whether ids decide ties.

    Returns
    -------
    PairCosts
    """
    exchange = min(affinity.shape) + 1
    steps_of_ties = min(affinity.size - 1, largest // COARSEST_LEVELS // (2 * exchange))
    tie_steps = max(0, steps_of_ties) if ties else 0
    tie_room = 2 * tie_steps * exchange + 1
    levels = min(FINEST_LEVELS, (largest - tie_steps) // tie_room)
    costs = np.zeros(affinity.shape, dtype=np.int64)
    values = affinity[open_pairs]
    best = float(values.max()) if values.size else 0.0
    gap = best - values
    noise = float(np.spacing(np.abs(values).max())) if values.size else 0.0
    exponent = _decimal_exponent(gap, levels, noise)
    unit = _power_of_ten(exponent)
    steps = np.rint(gap / unit)
    rounding = float(np.abs(steps * unit - gap).max()) if values.size else 0.0
    costs[open_pairs] = steps.astype(np.int64)
    if tie_steps:
        costs *= tie_room
        costs += _tie_costs(affinity.shape, tie_steps)
    return PairCosts(costs, rounding, best, exponent, largest, tie_room)


def _decimal_exponent(gap: Floats, levels: int, noise: float) -> int:
    """The power of ten to count in: that of the numbers' last digit, else the finest.

    ``noise`` is what a number of this size is off by merely for being a float.
    """
    span = float(gap.max()) if gap.size else 0.0
    if span <= 0:
        return 0
    finest = max(FINEST_EXPONENT, int(np.ceil(np.log10(span) - np.log10(levels))))
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
            return exponent
    return finest


def _power_of_ten(exponent: int) -> float:
    # From text, not by multiplying: the nearest float to the decimal number.
    return float(f"1e{exponent}")


def _tie_costs(shape: tuple[int, ...], steps: int) -> IntArray:
    """The second cost: 0 for the two lowest ids, up to ``steps``."""
    n_projects, n_mentors = shape
    rows = np.arange(n_projects, 0, -1, dtype=np.int64)
    columns = np.arange(n_mentors, 0, -1, dtype=np.int64)
    lowness = np.multiply.outer(rows, columns)
    highest = n_projects * n_mentors
    rise: IntArray = highest - lowness
    return rise if steps >= highest - 1 else rise * steps // highest
