"""The best plan when every change of the standing one has its price."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.assignment import Assignment, Certificate, checked
from matcher.constraints import BoolArray, Constraints
from matcher.errors import MatcherError
from matcher.fairness.best_plans import BestPlans
from matcher.fairness.by_id import ById
from matcher.stability.changes import Exchange, PlanChange, changes
from matcher.stability.standing import Impossible, Previous, keepable, standing_pairs

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class StablePlan:
    """A plan and the way to it from the one that stands.

    Attributes
    ----------
    assignment : Assignment
        The plan. What it is proven to be is said by ``certificate`` here.
    change_price : float
        What a change costs, in the unit of affinity.
    n_changes : int
        The greater of ``n_lost`` and ``n_gained``.
    n_lost, n_gained : int
        Standing pairs that are not in the plan, and pairs that are new.
    total, previous_total : float
        The sums of the affinities of the plan's and of the standing pairs.
    gain : float
        ``total - previous_total``, the sum of the exchanges' gains.
    lines : tuple of PlanChange
        By project id.
    exchanges : tuple of Exchange
        What can be taken or left by itself, with what it gains.
    impossible : tuple of Impossible
        Standing pairs that no plan could keep, by project and mentor id.
    certificate : Certificate
        Of the total less ``change_price`` times ``n_changes``; at an infinite
        price, of the total among the plans with the fewest changes. The flow's
        plan is the best, but for ``rounding_bound``.
    rounding_bound : float
        What the rounding of affinities to whole numbers can hide.
    """

    assignment: Assignment
    change_price: float
    n_changes: int
    n_lost: int
    n_gained: int
    total: float
    previous_total: float
    gain: float
    lines: tuple[PlanChange, ...] = field(repr=False)
    exchanges: tuple[Exchange, ...]
    impossible: tuple[Impossible, ...]
    certificate: Certificate
    rounding_bound: float


def stable_assign(
    affinity: ArrayLike, constraints: Constraints, previous: Previous, change_price: float
) -> StablePlan:
    """Give the best plan when each change of the standing plan costs so much.

    A change is one pair lost and one gained. Where more are lost than gained, or
    more gained than lost, each of the surplus is a change too: the number of
    changes is the greater of both. The plan has the most pairs, then the
    smallest shortfall, as any other (so a place that can be filled is filled,
    whatever changes cost); then the greatest total less the price of its
    changes; then the fewest changes; then lower ids.

    Parameters
    ----------
    affinity : array_like of float, shape (n_projects, n_mentors)
        Finite, any scale and sign; not changed.
    constraints : Constraints
        Today's. The standing plan may break them: what must go is named.
    previous : bool array, shape (n_projects, n_mentors), or iterable of (str, str)
        The standing plan, or its pairs of project and mentor ids.
    change_price : float
        0 or more, in the unit of affinity; at 0 only changes that gain something
        are made; at infinity all pairs stay that can stay together.

    Raises
    ------
    MatcherError
        As :func:`matcher.assignment.assign`; an unknown id or another shape of
        ``previous``; a price that is negative or no number.

    Notes
    -----
    All plans with the most pairs and the smallest shortfall have the same number
    of pairs, so lost less gained is the same for all of them, and the number of
    changes falls by one with each standing pair that is kept. The price is
    therefore a bonus on each standing pair, and the plan one flow of least cost
    [1]_. Above ``range of affinities * (pairs of the shorter side)`` no exchange
    can gain what one change costs, and the price is as good as infinite.

    References
    ----------
    .. [1] R. K. Ahuja, T. L. Magnanti, J. B. Orlin, *Network Flows: Theory,
       Algorithms, and Applications*, Prentice Hall, 1993, chapters 9-10.

    Examples
    --------
    >>> from matcher.profiles import Demand, Load
    >>> limits = Constraints.build(
    ...     ["film-a", "film-b"],
    ...     ["aida", "bolot"],
    ...     demand=[Demand(1, 1), Demand(1, 1)],
    ...     loads=[Load(0, 1), Load(0, 1)],
    ... )
    >>> standing = [("film-a", "aida"), ("film-b", "bolot")]
    >>> fit = [[0.5, 0.75], [0.75, 0.25]]
    >>> stable_assign(fit, limits, standing, 0.5).n_changes
    0
    >>> plan = stable_assign(fit, limits, standing, 0.25)
    >>> plan.n_changes, plan.gain, [line.kind for line in plan.lines]
    (2, 0.75, ['moves', 'moves'])
    """
    if not change_price >= 0:
        raise MatcherError("change_price_not_usable", value=str(change_price))
    desk = Desk.of(affinity, constraints, previous)
    chosen, rounding = desk.best(float(change_price))
    return desk.told(chosen, float(change_price), rounding)


@dataclass(frozen=True, eq=False, slots=True)
class Desk:
    """One input and the standing plan on it.

    Attributes
    ----------
    input : ById
    standing : bool array, shape (n_projects, n_mentors)
        The standing plan in the order of ids.
    plans : BestPlans
        In the order of ids.
    """

    input: ById
    standing: BoolArray
    plans: BestPlans

    @classmethod
    def of(cls, affinity: ArrayLike, constraints: Constraints, previous: Previous) -> Desk:
        """Check what is given and put it into the order of ids."""
        asked = ById.of(checked(affinity, constraints), constraints)
        standing = asked.sorted(standing_pairs(previous, constraints))
        return cls(asked, standing, BestPlans.of(asked.constraints))

    @property
    def values(self) -> Floats:
        """Affinities in the order of ids, shape (n_projects, n_mentors)."""
        return self.input.values

    @property
    def as_good_as_infinite(self) -> float:
        """A price above this keeps every pair that any exchange could keep."""
        some = self.values[self.plans.open_pairs]
        span = float(some.max() - some.min()) if some.size else 0.0
        return span * float(min(self.values.shape))

    def best(self, price: float) -> tuple[BoolArray, float]:
        """Give the plan at a price of changes, in the order of ids, and the rounding bound."""
        fewest = (~self.standing).astype(np.int64)
        if price > self.as_good_as_infinite:
            return self.plans.cheapest(fewest).best(self.values)
        if not self.plans.open_pairs.any():
            return self.plans.always.copy(), 0.0
        priced = self.plans.priced(self.values + price * self.standing, ties=False)
        narrowed = self.plans.cheapest(priced.costs).cheapest(fewest)
        chosen, more = narrowed.best(self.values)
        n_free = int((chosen & self.plans.open_pairs).sum())
        return chosen, 2 * priced.rounding * n_free + more

    def n_changes(self, chosen: BoolArray) -> int:
        """Count a plan's changes."""
        kept = int((chosen & self.standing).sum())
        return max(int(chosen.sum()), int(self.standing.sum())) - kept

    def total(self, chosen: BoolArray) -> float:
        """Sum a plan's affinities."""
        return math.fsum(self.values[chosen])

    def told(self, chosen: BoolArray, price: float, rounding: float) -> StablePlan:
        """Say what a plan changes."""
        assignment = self.input.described(chosen)
        lines, exchanges = changes(self.standing, chosen, self.values, self.input.constraints)
        lost, gained = self.standing & ~chosen, chosen & ~self.standing
        n_lost, n_gained = int(lost.sum()), int(gained.sum())
        n_changes = max(n_lost, n_gained)
        paid = n_changes * price if n_changes and math.isfinite(price) else 0.0
        gains = [*self.values[gained].tolist(), *(-self.values[lost]).tolist()]
        return StablePlan(
            assignment=assignment,
            change_price=price,
            n_changes=n_changes,
            n_lost=n_lost,
            n_gained=n_gained,
            total=assignment.total,
            previous_total=self.total(self.standing),
            gain=math.fsum(gains),
            lines=lines,
            exchanges=exchanges,
            impossible=self._impossible(),
            certificate=Certificate.exact(assignment.total - paid),
            rounding_bound=rounding,
        )

    def _impossible(self) -> tuple[Impossible, ...]:
        limits = self.input.constraints
        gone = np.argwhere(self.standing & ~keepable(self.standing, self.plans))
        return tuple(
            Impossible(
                limits.project_ids[row],
                limits.mentor_ids[column],
                "conflict" if limits.forbidden[row, column] else "no_place",
            )
            for row, column in gone
        )
