"""Why not everybody can have their minimum, and what would repair it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from matcher.assignment import Assignment, assign, checked
from matcher.constraints import BoolArray, Constraints, nearest_id
from matcher.counterfactuals import Pair, SolvedPlan
from matcher.counterfactuals.state import State
from matcher.diagnosis.acts import ActWeights, after_acts
from matcher.diagnosis.blockages import Blockage, find_blockages
from matcher.diagnosis.candidates import Shortage
from matcher.diagnosis.combination import lightest_acts
from matcher.diagnosis.market import Market
from matcher.diagnosis.repairs import Repair, missing_places, repair_by
from matcher.diagnosis.single_acts import SingleActs
from matcher.errors import MatcherError


@dataclass(frozen=True, eq=False, slots=True)
class Diagnosis:
    """What blocks a plan, and its repairs.

    Attributes
    ----------
    plan : Assignment
        The best plan as things are.
    blockages : tuple of Blockage
        Projects' first, then mentors'; empty where everybody has their minimum.
        What they miss adds up to ``missing``.
    repairs : tuple of Repair
        By :attr:`matcher.diagnosis.Repair.rank`: those of one act that repair
        everything; the lightest combination of acts, where it takes several or
        weighs less; and where no single act is enough, the best first steps.
    """

    plan: Assignment
    blockages: tuple[Blockage, ...]
    repairs: tuple[Repair, ...]

    @property
    def complete(self) -> bool:
        """Whether everybody has their minimum."""
        return self.plan.complete

    @property
    def missing(self) -> int:
        """The places missing to projects' and mentors' minimums."""
        return missing_places(self.plan)

    @property
    def lightest(self) -> Repair | None:
        """The complete repair of least weight; None where nothing is missing."""
        complete = [one for one in self.repairs if one.complete]
        return min(complete, key=lambda one: (one.weight, one.rank), default=None)


def diagnose(
    affinity: ArrayLike,
    constraints: Constraints,
    *,
    weights: ActWeights | None = None,
    may_lift: Iterable[tuple[str, str]] | None = None,
    each: int = 3,
) -> Diagnosis:
    """Say who blocks a plan in which somebody is short, and what would repair it.

    Parameters
    ----------
    affinity : array_like of float, shape (n_projects, n_mentors)
        Finite, any scale and sign; not changed.
    constraints : Constraints
    weights : ActWeights, optional
        How hard each kind of act is.
    may_lift : iterable of (project id, mentor id), optional
        Pairs whose conflict may be asked about; without it any. Pairs without
        a conflict make no difference.
    each : int
        The most repairs of one kind, 1 or more.

    Returns
    -------
    Diagnosis
        Without blockages and repairs where everybody has their minimum.

    Raises
    ------
    MatcherError
        As :func:`matcher.assignment.assign`; an unknown id in ``may_lift``.
    ValueError
        When ``each`` is below 1.

    Notes
    -----
    No act asks more than three places of one person, but for the combination;
    mentors with max_load 0 and projects with demand 0 are asked for none. A
    repair that lifts a conflict says so (:attr:`matcher.diagnosis.Repair.asks`).
    Each repair's numbers are those of a plan solved again under it, and what is
    no repair then is not shown.

    Examples
    --------
    >>> from matcher.profiles import Demand, Load
    >>> limits = Constraints.build(
    ...     ["film-a", "film-b", "film-c"],
    ...     ["aida", "bolot"],
    ...     demand=[Demand(1, 1)] * 3,
    ...     loads=[Load(0, 1), Load(0, 1)],
    ... )
    >>> found = diagnose([[0.9, 0.8], [0.7, 0.1], [0.6, 0.5]], limits)
    >>> [(one.needed, one.offered, one.mentor_ids) for one in found.blockages]
    [(3, 2, ('aida', 'bolot'))]
    >>> best = found.repairs[0]
    >>> [(act.kind, act.mentor, act.before, act.after) for act in best.acts], round(best.total, 3)
    ([('raise_load', 'aida', 1, 2)], 2.1)
    """
    if each < 1:
        raise ValueError(f"{each} repairs of one kind were asked for: ask for 1 or more")
    values = checked(affinity, constraints)
    weights = weights or ActWeights()
    liftable = _liftable(constraints, may_lift)
    state = State.solve(values, constraints)
    plan = SolvedPlan(state)
    before = plan.assignment
    if before.complete:
        return Diagnosis(before, (), ())
    projects = Market.of_projects(constraints, before.chosen)
    mentors = Market.of_mentors(constraints, before.chosen)
    blockages = (
        *find_blockages("projects_short", projects, constraints),
        *find_blockages("mentors_short", mentors, constraints),
    )
    slack = before.rounding_bound + 1e-9 * abs(before.total)
    shortage = Shortage(state, projects, mentors, liftable, before.n_pairs, before.total, slack)
    singles = SingleActs(plan, before, shortage, weights, each)
    repairs = singles.complete()
    acts = lightest_acts(values, constraints, weights, liftable)
    lightest = repair_by(acts, weights, before, assign(values, after_acts(constraints, acts)))
    if not any(one.weight <= lightest.weight for one in repairs):
        repairs = [*(repairs or singles.first_steps()), lightest]
    return Diagnosis(before, blockages, tuple(sorted(repairs, key=lambda one: one.rank)))


def _liftable(limits: Constraints, may_lift: Iterable[tuple[str, str]] | None) -> BoolArray:
    """Mark the conflicts that may be asked about."""
    if may_lift is None:
        return limits.forbidden
    marks = np.zeros(limits.shape, dtype=np.bool_)
    rows = {one: at for at, one in enumerate(limits.project_ids)}
    columns = {one: at for at, one in enumerate(limits.mentor_ids)}
    for project, mentor in may_lift:
        pair = Pair(project, mentor)
        for side, one, known in (("project", pair.project, rows), ("mentor", pair.mentor, columns)):
            if one in known:
                continue
            if not known:
                raise MatcherError(f"no_{side}s_to_ask", id=one)
            raise MatcherError(f"{side}_unknown", id=one, nearest=nearest_id(one, known))
        marks[rows[project], columns[mentor]] = True
    return limits.forbidden & marks
