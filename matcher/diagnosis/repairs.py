"""Repairs of a plan that leaves somebody short, each solved again."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.assignment import Assignment
from matcher.counterfactuals import SolvedPlan
from matcher.diagnosis.acts import Act, ActWeights
from matcher.profiles import Demand, Load

Rank = tuple[bool, int, int, int, int, float, tuple[Act, ...]]


@dataclass(frozen=True, slots=True)
class Repair:
    """Acts, and the plan as it is after them: solved again, not estimated.

    Attributes
    ----------
    acts : tuple of Act
    weight : int
        The sum of the acts' weights.
    filled : int
        Places of the minimums that were missing and no longer are.
    remaining : int
        Places still missing.
    n_pairs : int
    total : float
    gain : float
        By how much the total differs from the plan's without the acts.
    """

    acts: tuple[Act, ...]
    weight: int
    filled: int
    remaining: int
    n_pairs: int
    total: float
    gain: float

    @property
    def complete(self) -> bool:
        """Whether everybody has their minimum."""
        return self.remaining == 0

    @property
    def asks(self) -> bool:
        """Whether it would lift a conflict: to be asked about, never done in silence."""
        return any(act.asks for act in self.acts)

    @property
    def rank(self) -> Rank:
        """What repairs are ordered by.

        Complete ones first; among these the fewest acts, otherwise what
        remains; then the least weight; then the better plan: more pairs, a
        greater total. Ties go to the acts' order by kind and id.
        """
        return (
            not self.complete,
            self.remaining,
            len(self.acts),
            self.weight,
            -self.n_pairs,
            -self.total,
            self.acts,
        )


def repair_by(
    acts: tuple[Act, ...], weights: ActWeights, before: Assignment, after: Assignment
) -> Repair:
    """Give the repair that turns one best plan into another."""
    remaining = missing_places(after)
    return Repair(
        acts=acts,
        weight=sum(act.weight(weights) for act in acts),
        filled=missing_places(before) - remaining,
        remaining=remaining,
        n_pairs=after.n_pairs,
        total=after.total,
        gain=after.total - before.total,
    )


def missing_places(plan: Assignment) -> int:
    """Count the places missing to minimums on both sides."""
    return sum(one.missing for one in (*plan.short_projects, *plan.short_mentors))


def solved_after(plan: SolvedPlan, act: Act) -> Assignment:
    """Give the best plan after one act, from the one before it."""
    limits = plan.constraints
    match act.kind:
        case "raise_load":
            low = int(limits.load_low[limits.mentor_ids.index(act.mentor)])
            edited = plan.with_load(act.mentor, Load(low, act.after))
        case "lower_min_load":
            high = int(limits.load_high[limits.mentor_ids.index(act.mentor)])
            # Without a max_load, `high` is the number of projects, which may be fewer.
            edited = plan.with_load(act.mentor, Load(act.after, max(high, act.after)))
        case "raise_demand":
            low = int(limits.demand_low[limits.project_ids.index(act.project)])
            edited = plan.with_demand(act.project, Demand(low, act.after))
        case "lower_demand":
            high = int(limits.demand_high[limits.project_ids.index(act.project)])
            edited = plan.with_demand(act.project, Demand(act.after, high))
        case "release_lock":
            edited = plan.unlock(act.project, act.mentor)
        case "lift_conflict":
            edited = plan.allow(act.project, act.mentor)
    return edited.assignment
