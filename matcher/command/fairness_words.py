"""What a fairness aim gives and costs, in words and in values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.command.plan_arguments import AIM_OF
from matcher.command.planning import Fairness
from matcher.command.terminal import clip, columns, wrap
from matcher.command.wording import counted, figure, named, short_figure, total_figure
from matcher.constraints import Constraints
from matcher.fairness import Aim, FairPlan

NAME_OF: dict[Aim, str] = {aim: name for name, aim in AIM_OF.items()}
TITLES: dict[Aim, str] = {
    "best_overall": "THE BEST OVERALL",
    "nobody_left_behind": "WHAT IT BRINGS AND COSTS TO LEAVE NOBODY BEHIND",
    "close_to_own_best": "WHAT IT BRINGS AND COSTS TO KEEP EVERYONE CLOSE TO THEIR OWN BEST",
    "leximin": "WHAT IT BRINGS AND COSTS TO SERVE THE WEAKEST FIRST",
}
_MOST_LINES = 12
# Two lots that differ by less are the same.
_SAME = 1e-9


def fairness_headline(plan: FairPlan) -> str:
    """Give the total beside the best there is."""
    if plan.price <= 0:
        return (
            f"All affinities together: {total_figure(plan.total)}, as much as in the best plan "
            "overall."
        )
    return (
        f"All affinities together: {total_figure(plan.total)}, which is "
        f"{short_figure(plan.price)}{_part(plan)} less than in the best plan overall."
    )


def fairness_lines(
    fairness: Fairness, limits: Constraints, project_names: Sequence[str]
) -> list[str]:
    """Say how the weakest fares now, how sure that is, and whose lot changed."""
    plan, best, project_ids = fairness.plan, fairness.best, limits.project_ids
    name_of = dict(zip(project_ids, project_names, strict=True))
    lines = wrap(_floor_sentence(plan, best, limits), 2, first="  ")
    lines += wrap(_sureness(plan), 2, first="  ") if not plan.proven else []
    if plan.price <= 0:
        lines += wrap("It costs nothing: the total is that of the best plan overall.", 2, first=" ")
    if plan.left_out:
        who = ", ".join(named(name_of[one], one) for one in plan.left_out)
        lines += wrap(f"Not compared, since no best plan gives them anybody: {who}.", 2, first="  ")
    before, after = _lots(best, plan.aim), _lots(plan, plan.aim)
    order = np.argsort(-np.abs(after - before), kind="stable")
    for said, sign in (("Better off", 1), ("Worse off", -1)):
        rows = [int(row) for row in order if sign * (after[row] - before[row]) > _tolerance(before)]
        if rows:
            lines += ["", f"  {said} than in the best plan overall:"]
            shown = [
                [
                    clip(named(project_names[row], project_ids[row]), 60),
                    f"{_lot(float(before[row]), plan.aim)} -> {_lot(float(after[row]), plan.aim)}",
                ]
                for row in rows[:_MOST_LINES]
            ]
            lines += [columns(shown, indent=4, numbers=[1])]
            more = len(rows) - _MOST_LINES
            lines += [f"    and {more} more"] if more > 0 else []
    return lines


def aims_lines(plans: Sequence[FairPlan], limits: Constraints) -> list[str]:
    """Give a line for each aim: its total, its price, and how the weakest fares."""
    head = ["--fairness", "all together", "less", "worst-off", "of its best", "better", "worse"]
    best = plans[0]
    rows = [head]
    for plan in plans:
        change = plan.values - best.values
        span = _tolerance(best.values)
        value, share = (_least(lots, plan, limits) for lots in (plan.values, plan.shares))
        rows.append(
            [
                NAME_OF[plan.aim],
                total_figure(plan.total),
                f"{short_figure(plan.price)}{_part(plan)}" if plan.price > 0 else "-",
                figure(value) if math.isfinite(value) else "-",
                f"{100 * share:.0f} %" if math.isfinite(share) else "-",
                str(int((change > span).sum())),
                str(int((change < -span).sum())),
            ]
        )
    lines = [columns(rows, numbers=range(1, 7))]
    lines += wrap(
        "Worst-off: what the project that fares worst has a mentor. Of its best: the least share "
        "that a project has of what it could have were it alone. Better, worse: how many projects "
        "fare so beside the best plan overall.",
        2,
        first="  ",
    )
    unproven = [NAME_OF[plan.aim] for plan in plans if not plan.proven]
    if unproven:
        lines += wrap(
            f"The search for {' and '.join(unproven)} was stopped after some seconds: there may "
            "be a fairer plan, or as fair a one with a greater total.",
            2,
            first="  ",
        )
    return lines


def fairness_json(plan: FairPlan, project_ids: Sequence[str]) -> dict[str, Any]:
    """Give a fair plan's figures as values; what is no number is null."""
    return {
        "aim": NAME_OF[plan.aim],
        "floor": _finite(plan.floor),
        "floor_bound": _finite(plan.floor_bound),
        "total": plan.total,
        "best_total": plan.best_total,
        "price": plan.price,
        "relative_price": plan.relative_price,
        "upper_bound": plan.certificate.upper_bound,
        "gap": plan.certificate.gap,
        "proven": plan.proven,
        "n_proven": plan.n_proven,
        "poorest": list(plan.poorest),
        "left_out": list(plan.left_out),
        "projects": [
            {"project": one, "value": float(value), "share": _finite(float(share))}
            for one, value, share in zip(project_ids, plan.values, plan.shares, strict=True)
        ],
    }


def _floor_sentence(plan: FairPlan, best: FairPlan, limits: Constraints) -> str:
    if not math.isfinite(plan.floor):
        return "There is no project whose lot could be compared."
    now = _lot(plan.floor, plan.aim)
    before = _lot(_least(_lots(best, plan.aim), plan, limits), plan.aim)
    if plan.aim == "close_to_own_best":
        return (
            f"Every project has at least {now} of what it could have were it alone; in the best "
            f"plan overall the least is {before}."
        )
    said = (
        f"The project that fares worst has {now} a mentor; in the best plan overall it is {before}."
    )
    if plan.aim == "leximin":
        said += " Then the next weakest is served as well as can be, and so on."
    return said


def _sureness(plan: FairPlan) -> str:
    """Say what the search left open."""
    if plan.aim == "leximin" and plan.n_proven:
        return (
            f"Proven for the {counted(plan.n_proven, 'weakest project', 'weakest projects')}: the "
            "search was stopped after some seconds, and the others may be served better still."
        )
    if plan.floor_gap > 0:
        return (
            f"No plan can bring it above {_lot(plan.floor_bound, plan.aim)}; whether any does "
            "better than this one, the search did not find out in its seconds."
        )
    return (
        "That is as fair as can be; a plan as fair may have up to "
        f"{short_figure(plan.certificate.gap)} more in all."
    )


def _part(plan: FairPlan) -> str:
    return f" ({100 * plan.relative_price:.2g} %)" if plan.relative_price else ""


def _lots(plan: FairPlan, aim: Aim) -> NDArray[np.float64]:
    return plan.shares if aim == "close_to_own_best" else plan.values


def _lot(value: float, aim: Aim) -> str:
    return f"{100 * value:.1f} %" if aim == "close_to_own_best" else figure(value)


def _least(lots: NDArray[np.float64], plan: FairPlan, limits: Constraints) -> float:
    """The least lot of the projects that are compared."""
    left_out = set(plan.left_out)
    asking = [
        float(lot)
        for one, high, lot in zip(limits.project_ids, limits.demand_high, lots, strict=True)
        if high and one not in left_out and math.isfinite(lot)
    ]
    return min(asking, default=math.inf)


def _tolerance(lots: NDArray[np.float64]) -> float:
    some = lots[np.isfinite(lots)]
    return _SAME * float(np.abs(some).max(initial=0.0))


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
