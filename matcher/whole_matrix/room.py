"""Places left beside the locks, and affinities as whole numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from matcher.constraints import IntArray
from matcher.pair_costs import FINEST_EXPONENT
from matcher.whole_matrix.blocks import FloatArray
from matcher.whole_matrix.limits import PairLimits

# The solver multiplies every cost by its number of nodes plus one and keeps the
# product in 64 bits; a factor of four stays free for its node potentials.
COST_BUDGET = 2**61
# Finer steps than a thousand millionth of the range only make the solver slower.
MOST_LEVELS = 10**9


@dataclass(frozen=True, eq=False, slots=True)
class Side:
    """One side's places that are left once the locked pairs are fixed.

    Attributes
    ----------
    floor, ceiling : int64 array, one number a person
        Further pairs each should have, and may have; no floor is above its ceiling.
    """

    floor: IntArray
    ceiling: IntArray


@dataclass(frozen=True, eq=False, slots=True)
class Room:
    """Both sides' places, and what pairs and places are worth in whole numbers.

    A pair's worth is ``prize`` less its cost; a place below the floor is worth
    another ``prize``. A cost is the distance from the greatest affinity in
    steps of ``unit``.

    Attributes
    ----------
    projects, mentors : Side
    greatest : float
        No affinity is above it.
    unit : float
        A power of ten.
    prize : int
        More than all the costs that one exchange of pairs can save.
    """

    projects: Side
    mentors: Side
    greatest: float
    unit: float
    prize: int

    @classmethod
    def build(
        cls, limits: PairLimits, bounds: tuple[float, float], most_levels: int = MOST_LEVELS
    ) -> Room:
        """Give the room beside the locks, for affinities within ``bounds``.

        Parameters
        ----------
        limits : PairLimits
        bounds : tuple of float
            Two numbers that no affinity lies outside.
        most_levels : int
            Steps that the bounds are parted into at most; 64 bits may allow fewer.

        Notes
        -----
        An exchange of pairs is a path or cycle that meets everyone at most
        once, so it holds no more new pairs than the shorter side has people.
        One more pair, or one more place below a floor, therefore outweighs any
        saving: the plan of greatest worth has the most pairs, then the fewest
        missing places (the two never compete, see :func:`matcher.flow.solve`),
        then the greatest affinity.
        """
        n_projects, n_mentors = limits.shape
        projects = _side(limits.demand_low, limits.demand_high, limits.locked[:, 0], n_mentors)
        mentors = _side(limits.load_low, limits.load_high, limits.locked[:, 1], n_projects)
        shorter = max(1, min(n_projects, n_mentors))
        levels = min(most_levels, COST_BUDGET // (n_projects + n_mentors + 3) // (shorter + 2))
        unit = _decimal_unit(bounds[1] - bounds[0], levels)
        dearest = math.ceil((bounds[1] - bounds[0]) / unit) + 1
        return cls(projects, mentors, bounds[1], unit, prize=dearest * (shorter + 1) + 1)

    def beside(self, rows: IntArray, columns: IntArray) -> Room:
        """Give the room that is left beside some pairs."""
        projects, mentors = (
            _side(side.floor, side.ceiling, taken, len(taken) + int(side.ceiling.max()))
            for side, taken in ((self.projects, rows), (self.mentors, columns))
        )
        return replace(self, projects=projects, mentors=mentors)

    def costs(self, affinity: FloatArray) -> IntArray:
        """Give the affinities' costs."""
        return np.rint((self.greatest - affinity) / self.unit).astype(np.int64)

    def worth(self, rows: IntArray, columns: IntArray, costs: IntArray) -> int:
        """Give the worth of a plan from its pairs and their costs."""
        met = sum(
            int(np.minimum(np.bincount(chosen, minlength=len(side.floor)), side.floor).sum())
            for chosen, side in ((rows, self.projects), (columns, self.mentors))
        )
        return self.prize * (len(rows) + met) - int(costs.sum())


def _side(low: IntArray, high: IntArray, kept: IntArray, others: int) -> Side:
    taken = np.bincount(kept, minlength=len(low))
    ceiling = np.minimum(high - taken, others)
    return Side(np.clip(low - taken, 0, ceiling), ceiling)


def _decimal_unit(span: float, levels: int) -> float:
    """The least power of ten that parts the span into at most so many steps."""
    if span <= 0:
        return 1.0
    exponent = max(FINEST_EXPONENT, math.ceil(math.log10(span) - math.log10(levels)))
    while span / float(f"1e{exponent}") > levels:
        exponent += 1
    return float(f"1e{exponent}")
