"""What a pair costs where rules join pairs: by solving again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from matcher.constraints import Constraints
from matcher.errors import MatcherError
from matcher.teams.checks import positions
from matcher.teams.plans import TeamPlan, assign_teams


@dataclass(frozen=True, slots=True)
class TeamPrice:
    """What forcing a pair costs, or dropping a chosen one.

    Attributes
    ----------
    project, mentor : str
    chosen : bool
        Whether the plan has the pair, so that this is the price of dropping it.
    price : float
        The worth that is lost. Comparable only where nothing is lost before it:
        see the three below.
    least, most : float
        The price of the best plans lies between the two; both are ``price`` where
        both plans are proven.
    missing, pairs_lost, shortfall : int
        What hard minimums lack more, how many pairs fewer there are, and what
        demands and min_loads lack more; negative where it is less, which only a
        loss of what stands before can buy, or a plan that was not proven.
    plan : TeamPlan
        The plan with the pair, or without it.
    found_by : {"solving again"}
    """

    project: str
    mentor: str
    chosen: bool
    price: float
    least: float
    most: float
    missing: int
    pairs_lost: int
    shortfall: int
    plan: TeamPlan
    found_by: Literal["solving again"] = "solving again"


def priced(plan: TeamPlan, project: str, mentor: str, *, time_limit: float) -> TeamPrice:
    """Give a pair's price, see :meth:`matcher.teams.TeamPlan.price_of`."""
    asked = plan._question
    limits = asked.given_constraints
    row = int(positions([project], limits.project_ids, "project")[0])
    column = int(positions([mentor], limits.mentor_ids, "mentor")[0])
    chosen = bool(plan.assignment.chosen[row, column])
    edited = _without(limits, row, column) if chosen else _with(plan, row, column)
    other = assign_teams(
        asked.given,
        edited,
        asked.given_rules,
        time_limit=time_limit,
        relative_gap=plan._relative_gap,
    )
    price = plan.worth - other.worth
    return TeamPrice(
        project=project,
        mentor=mentor,
        chosen=chosen,
        price=price,
        least=price - other.certificate.gap,
        most=price + plan.certificate.gap,
        missing=other.missing - plan.missing,
        pairs_lost=plan.assignment.n_pairs - other.assignment.n_pairs,
        shortfall=other.shortfall - plan.shortfall,
        plan=other,
    )


def _without(limits: Constraints, row: int, column: int) -> Constraints:
    locked, forbidden = limits.locked.copy(), limits.forbidden.copy()
    locked[row, column], forbidden[row, column] = False, True
    return replace(limits, locked=locked, forbidden=forbidden)


def _with(plan: TeamPlan, row: int, column: int) -> Constraints:
    asked = plan._question
    limits = asked.given_constraints
    names = {"project": limits.project_ids[row], "mentor": limits.mentor_ids[column]}
    if limits.forbidden[row, column]:
        raise MatcherError("pair_forbidden", **names)
    locked = limits.locked.copy()
    locked[row, column] = True
    by_project, by_mentor = locked[row].sum(), locked[:, column].sum()
    full = by_project > limits.demand_high[row] or by_mentor > limits.load_high[column]
    place = list(asked.rows).index(row), list(asked.columns).index(column)
    if full or asked.constraints.forbidden[place]:
        raise MatcherError("pair_without_place", **names)
    return replace(limits, locked=locked)
