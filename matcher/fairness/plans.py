"""A plan for a fairness aim, with its price beside the best overall."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.assignment import Assignment, Certificate, assign, checked
from matcher.constraints import BoolArray, Constraints
from matcher.errors import MatcherError
from matcher.fairness.aims import AIMS, Aim, Yardstick, own_best, yardstick
from matcher.fairness.best_plans import BestPlans
from matcher.fairness.by_id import ById
from matcher.fairness.floors import Fair, fairest
from matcher.fairness.leximin import leximin
from matcher.fairness.question import TOLERANCE, Question

Floats = NDArray[np.float64]
# Proven means: to within this part of what the pairs differ by.
PROVEN_TO = 1e-6


@dataclass(frozen=True, eq=False, slots=True)
class FairPlan:
    """A plan for one aim, what it costs and what is proven of it.

    Attributes
    ----------
    aim : {"best_overall", "nobody_left_behind", "close_to_own_best", "leximin"}
    assignment : Assignment
        The plan. What it is proven to be is said by ``certificate`` here.
    floor : float
        The least of the counted projects' values under the aim: affinity a
        place, or for ``close_to_own_best`` the share of the own best, 0 to 1.
        Infinite where no project is counted.
    floor_bound : float
        No plan as good in pairs and minimums has a greater floor.
    total, best_total : float
        The sum of the plan's affinities, and that of the best plan overall.
    price : float
        ``best_total - total``, never negative.
    relative_price : float
        The price as a part of ``best_total``; 0 where that is 0.
    certificate : Certificate
        The total beside its bound among the plans whose floor is no lower
        (for leximin: whose settled values are no lower).
    proven : bool
        Whether floor and total both are within a millionth of what the pairs
        differ by of their bounds; for leximin also every position is settled.
    n_proven : int
        Of the values sorted from the least, how many are proven: for the aims
        that raise the least only, 1 or 0.
    values : float64 array, shape (n_projects,)
        Affinity a place: the sum of a project's pairs over the mentors it asks
        for at least (or 1). Read-only.
    shares : float64 array, shape (n_projects,)
        Each project's share of its own best; NaN where there is nothing to have
        a share of. Read-only.
    poorest : tuple of str
        The counted projects whose value is the floor, in the order of rows.
    left_out : tuple of str
        Projects that ask for somebody and are not counted, since no best plan
        gives them anybody (for shares: or their every pair is worth 0).
    """

    aim: Aim
    assignment: Assignment
    floor: float
    floor_bound: float
    total: float
    best_total: float
    price: float
    relative_price: float
    certificate: Certificate
    proven: bool
    n_proven: int
    values: Floats = field(repr=False)
    shares: Floats = field(repr=False)
    poorest: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def floor_gap(self) -> float:
        """By how much the floor may fall short of the highest there is; never negative."""
        return self.floor_bound - self.floor if np.isfinite(self.floor) else 0.0


def fair_assign(
    affinity: ArrayLike, constraints: Constraints, aim: Aim, *, time_limit: float = 10.0
) -> FairPlan:
    """Give the best plan for a fairness aim, and its price.

    Every aim chooses among the plans that are best in pairs and then in
    shortfall; fairness never costs anybody a place.

    - ``best_overall``: the greatest total.
    - ``nobody_left_behind``: the least value a place as great as it can be, then
      the greatest total.
    - ``close_to_own_best``: the least share of the own best as great as it can
      be, then the greatest total.
    - ``leximin``: the least value a place as great as it can be, then the second
      least, and so on, then the greatest total.

    What a value and a share are: :func:`matcher.fairness.aims.yardstick`.

    Parameters
    ----------
    affinity : array_like of float, shape (n_projects, n_mentors)
        Finite, any scale and sign; not changed.
    constraints : Constraints
    aim : str
        One of :data:`matcher.fairness.AIMS`.
    time_limit : float
        Seconds. What is not proven by then is given with its gap.

    Raises
    ------
    MatcherError
        As :func:`matcher.assignment.assign`; also when there is no such aim.

    Notes
    -----
    Rows and columns are looked at in the order of ids. Where floor and total
    leave several plans, ``best_overall`` and projects with one place decide by
    id; else the search's own fixed order does. The same input gives the same
    plan as long as the time limit does not cut the search short.

    Examples
    --------
    >>> from matcher.profiles import Demand, Load
    >>> limits = Constraints.build(
    ...     ["film-a", "film-b"],
    ...     ["aida", "bolot"],
    ...     demand=[Demand(1, 1), Demand(1, 1)],
    ...     loads=[Load(0, 1), Load(0, 1)],
    ... )
    >>> plan = fair_assign([[0.9, 0.5], [0.6, 0.1]], limits, "nobody_left_behind")
    >>> plan.assignment.chosen.astype(int).tolist(), plan.floor
    ([[0, 1], [1, 0]], 0.5)
    """
    return _Asked(affinity, constraints).plan(aim, time_limit)


def compare_aims(
    affinity: ArrayLike, constraints: Constraints, *, time_limit: float = 40.0
) -> tuple[FairPlan, ...]:
    """Give a plan for each aim, so that each tells its price before one is chosen.

    Parameters
    ----------
    affinity : array_like of float, shape (n_projects, n_mentors)
    constraints : Constraints
    time_limit : float
        Seconds for all aims together.

    Returns
    -------
    tuple of FairPlan
        In the order of :data:`matcher.fairness.AIMS`.

    Raises
    ------
    MatcherError
        As :func:`matcher.assignment.assign`.
    """
    asked, ends = _Asked(affinity, constraints), time.monotonic() + time_limit
    plans = []
    for n_before, aim in enumerate(AIMS):
        left = max(0.0, ends - time.monotonic())
        plans.append(asked.plan(aim, left / (len(AIMS) - n_before)))
    return tuple(plans)


class _Asked:
    """One input for any number of aims."""

    def __init__(self, affinity: ArrayLike, constraints: Constraints) -> None:
        self._input = ById.of(checked(affinity, constraints), constraints)
        self._plans = BestPlans.of(self._input.constraints)
        self._best = assign(self._input.given, constraints)

    def plan(self, aim: Aim, time_limit: float) -> FairPlan:
        """Give the plan for one aim."""
        if aim not in AIMS:
            raise MatcherError("aim_unknown", aim=str(aim), aims=AIMS)
        deadline = time.monotonic() + time_limit
        measure = yardstick(aim, self._input.values, self._input.constraints, self._plans)
        question = Question.of(self._plans, self._input.values, measure)
        chosen = self._input.sorted(self._best.chosen)
        if aim == "best_overall":
            alone = float(question.alone()[question.counted].min(initial=np.inf))
            fair, n_proven = Fair(chosen, alone, -np.inf), 0
        elif aim == "leximin":
            found = leximin(question, deadline=deadline)
            fair, n_proven = found.fair, found.n_proven
        else:
            fair, n_proven = fairest(question, deadline=deadline), -1
        return self._told(aim, fair, n_proven, measure, question)

    def _told(
        self, aim: Aim, fair: Fair, n_proven: int, measure: Yardstick, question: Question
    ) -> FairPlan:
        """Say in the given order and numbers what was found."""
        values, constraints = self._input.values, self._input.constraints
        assignment = self._input.described(fair.chosen)
        floor = measure.floor(fair.chosen)
        highest = min(fair.floor_bound, question.settled)
        floor_bound = max(floor, question.shift + question.unit * highest)
        if floor_bound - floor <= 2 * TOLERANCE * question.unit:
            floor_bound = floor
        certificate = self._certificate(assignment.total, fair, question)
        raised = floor_bound - floor <= PROVEN_TO * question.unit or not np.isfinite(floor)
        whole = certificate.gap <= PROVEN_TO * max(self._span(), abs(assignment.total))
        proven = whole and (raised or aim == "best_overall")
        if n_proven < 0:
            n_proven = int(raised and bool(measure.counted.any()))
        if aim == "leximin":
            proven = proven and n_proven == int(question.counted.sum())
        price = max(0.0, self._best.total - assignment.total)
        at_floor = measure.counted & (
            measure.values(fair.chosen) <= floor + 2 * TOLERANCE * question.unit
        )
        asking = constraints.demand_high > 0
        return FairPlan(
            aim=aim,
            assignment=assignment,
            floor=floor,
            floor_bound=floor_bound,
            total=assignment.total,
            best_total=self._best.total,
            price=price,
            relative_price=price / abs(self._best.total) if self._best.total else 0.0,
            certificate=certificate,
            proven=bool(proven),
            n_proven=n_proven,
            values=self._input.rows_back(_values_a_place(fair.chosen, values, constraints)),
            shares=self._input.rows_back(_shares(fair.chosen, values, constraints)),
            poorest=self._input.named(at_floor),
            left_out=self._input.named(asking & ~measure.counted),
        )

    def _certificate(self, total: float, fair: Fair, question: Question) -> Certificate:
        """The total's bound in the affinities' own numbers; never above the best overall."""
        span = self._span()
        gap = span * max(0.0, fair.total_bound - question.total(fair.chosen))
        bound = min(total + gap, max(total, self._best.total))
        if bound - total <= 2 * TOLERANCE * span * max(1, self._best.n_pairs):
            bound = total
        return Certificate(total=total, upper_bound=bound, gap=bound - total)

    def _span(self) -> float:
        """What the open pairs' affinities differ by."""
        some = self._input.values[self._plans.open_pairs]
        return float(some.max() - some.min()) if some.size else 0.0


def _values_a_place(chosen: BoolArray, affinity: Floats, constraints: Constraints) -> Floats:
    sums = np.array([math.fsum(row[mine]) for row, mine in zip(affinity, chosen, strict=True)])
    return sums / np.maximum(constraints.demand_low, 1)


def _shares(chosen: BoolArray, affinity: Floats, constraints: Constraints) -> Floats:
    lifted = affinity - min(0.0, float(affinity[~constraints.forbidden].min(initial=0.0)))
    best = own_best(lifted, constraints)
    sums = np.where(chosen, lifted, 0.0).sum(axis=1)
    share: Floats = np.where(best > 0, sums / np.where(best > 0, best, 1.0), np.nan)
    return share
