"""The best plan within the rules, step by step, with what proves each."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.constraints import BoolArray
from matcher.fairness.best_plans import BestPlans
from matcher.programs import Guess, Relaxation, best
from matcher.teams.greedy import filled, greedy_plan
from matcher.teams.lines import TeamLines
from matcher.teams.question import Question
from matcher.teams.redealing import redealt
from matcher.teams.writing import lines_of

Floats = NDArray[np.float64]
# What each search for the least that must be lacking may take of the time.
LACKING_SHARE = 0.3
# What exchanging mentors may take of it.
REDEALING_SHARE = 0.3
# And at the end, beyond it.
POLISHING_SECONDS = 1.0


@dataclass(frozen=True, eq=False, slots=True)
class Found:
    """A plan in the order of ids, and what no plan exceeds.

    Attributes
    ----------
    chosen : bool array, shape (n_projects, n_mentors)
    least_missing : int
        No plan lacks less of the hard minimums.
    most_pairs : int
        No plan that lacks no more has more pairs.
    least_shortfall : int
        No plan as good in both has a smaller shortfall.
    gap : float
        No plan as good in all three has more worth by more than this.
    """

    chosen: BoolArray
    least_missing: int
    most_pairs: int
    least_shortfall: int
    gap: float


def find(question: Question, *, deadline: float, relative_gap: float) -> Found:
    """Give the best plan.

    Notes
    -----
    The plans with the most pairs and the smallest shortfall under the
    constraints alone are known as bounds (:class:`matcher.fairness.best_plans.
    BestPlans`). Where one of them lacks as little of the hard rules as any plan
    does, nothing is left to weigh but the worth. Otherwise pairs and shortfall
    are themselves hard to settle, and a program is solved for each step of the
    order.
    """
    plans = BestPlans.of(question.constraints)
    lines = lines_of(question, plans)
    lacking = _least_lacking(lines, plans, deadline=_part_of(deadline))
    missing = None if lacking is None else question.rules.missing(lacking)
    least = 0
    if missing != 0:
        everything = lines_of(question, None)
        start = greedy_plan(question) if lacking is None else lacking
        bound, start = _step(
            everything, -everything.hard_lacking(), start, deadline=_part_of(deadline)
        )
        least = max(0, -round(bound)) if np.isfinite(bound) else 0
        if missing != question.rules.missing(start):
            return _step_by_step(
                everything, start, least, deadline=deadline, relative_gap=relative_gap
            )
    assert lacking is not None
    return _worthiest(lines, plans, lacking, least, deadline=deadline, relative_gap=relative_gap)


def _part_of(deadline: float) -> float:
    now = time.monotonic()
    return now + LACKING_SHARE * (deadline - now)


def _dealt(lines: TeamLines, plans: BestPlans, gains: Floats, deadline: float) -> Guess:
    """Make plans by a flow that sees the lines' prices: what a pair is worth to the rules."""
    question = lines.question
    n_sides = sum(question.values.shape)

    def dealt(linear: Relaxation) -> Floats | None:
        side = lines.program.lines[n_sides:].T @ linear.duals[n_sides:]
        worth = np.zeros(question.values.shape)
        worth[lines.rows, lines.columns] = (gains - side)[: len(lines.rows)]
        chosen, _ = plans.best(worth)
        now = time.monotonic()
        some = now + REDEALING_SHARE * (deadline - now)
        chosen = redealt(question, plans, chosen, lines.unit, deadline=some)
        return lines.choices(chosen) if question.rules.allow(chosen) else None

    return dealt


def _worthiest(
    lines: TeamLines,
    plans: BestPlans,
    start: BoolArray,
    least_missing: int,
    *,
    deadline: float,
    relative_gap: float,
) -> Found:
    """The most worth among those plans that lack no more than the start."""
    question = lines.question
    lines = lines.lacking_at_most(question.rules.missing(start))
    start = _polished(lines, plans, start, deadline)
    answer = best(
        lines.program,
        lines.gains,
        lines.first(),
        deadline=deadline,
        known=lines.choices(start),
        guess=_dealt(lines, plans, lines.gains, deadline),
        relative_gap=relative_gap,
    )
    chosen = start if answer.choices is None else lines.chosen(answer.choices)
    gain = float(lines.gains @ lines.choices(chosen))
    if answer.bound - gain > relative_gap * abs(gain):
        chosen = _polished(lines, plans, chosen, time.monotonic() + POLISHING_SECONDS)
    return Found(
        chosen=chosen,
        least_missing=least_missing,
        most_pairs=int(chosen.sum()),
        least_shortfall=question.shortfall(chosen),
        gap=_gap(min(answer.bound, _crude(lines, chosen)), lines, chosen),
    )


def _polished(lines: TeamLines, plans: BestPlans, chosen: BoolArray, deadline: float) -> BoolArray:
    """The plan after exchanges, where those break no line."""
    now = time.monotonic()
    some = now + REDEALING_SHARE * (deadline - now)
    better = redealt(lines.question, plans, chosen, lines.unit, deadline=some)
    choices = lines.choices(better)
    gains = lines.gains @ choices > lines.gains @ lines.choices(chosen)
    return better if gains and lines.program.kept_by(choices) else chosen


def _gap(bound: float, lines: TeamLines, chosen: BoolArray) -> float:
    return lines.unit * max(0.0, bound - float(lines.gains @ lines.choices(chosen)))


def _crude(lines: TeamLines, chosen: BoolArray) -> float:
    """What as many of the best pairs would gain with every need covered."""
    n_pairs = len(lines.rows)
    free = lines.program.most[:n_pairs] > lines.program.least[:n_pairs]
    n_free = int(chosen[lines.rows, lines.columns][free].sum())
    best_first = -np.sort(-lines.gains[:n_pairs][free])
    return float(best_first[:n_free].sum() + np.maximum(lines.gains[n_pairs:], 0.0).sum())


def _least_lacking(lines: TeamLines, plans: BestPlans, *, deadline: float) -> BoolArray | None:
    """Of those plans one that lacks as little as can be found of the hard minimums."""
    gains = -lines.hard_lacking()
    answer = best(
        lines.program,
        gains,
        lines.first(),
        deadline=deadline,
        known=lines.choices(plans.best(lines.question.values)[0]),
        guess=_dealt(lines, plans, gains, deadline),
        steps=1.0,
    )
    return None if answer.choices is None else lines.chosen(answer.choices)


def _step(
    lines: TeamLines, gains: Floats, start: BoolArray, *, deadline: float
) -> tuple[float, BoolArray]:
    """The bound of one step of the order, and a plan that is the best at it so far."""
    answer = best(
        lines.program,
        gains,
        lines.first(),
        deadline=deadline,
        known=lines.choices(start),
        steps=1.0,
    )
    if answer.choices is None:  # pragma: no cover - the start keeps the lines
        return answer.bound, start
    return answer.bound, filled(lines.question, lines.chosen(answer.choices))


def _step_by_step(
    lines: TeamLines,
    start: BoolArray,
    least_missing: int,
    *,
    deadline: float,
    relative_gap: float,
) -> Found:
    """The most pairs, then the least shortfall, then the most worth."""
    question = lines.question
    lines = lines.lacking_at_most(question.rules.missing(start))
    bounds = []
    for left, gains in ((3, lines.pair_marks()), (2, -lines.short_marks())):
        now = time.monotonic()
        bound, start = _step(lines, gains, start, deadline=now + (deadline - now) / left)
        bounds.append(round(bound) if np.isfinite(bound) else (_most(question), 0)[3 - left])
        reached = float(np.rint(gains @ lines.choices(start)))
        # Pairs are held exactly: a plan's worth is compared with those of as many.
        high = reached if left == 3 else np.inf
        lines = replace(lines, program=lines.program.with_line(gains, reached, high))
    answer = best(
        lines.program,
        lines.gains,
        lines.first(),
        deadline=deadline,
        known=lines.choices(start),
        relative_gap=relative_gap,
    )
    chosen = start if answer.choices is None else lines.chosen(answer.choices)
    return Found(
        chosen=chosen,
        least_missing=least_missing,
        most_pairs=bounds[0],
        least_shortfall=-bounds[1],
        gap=_gap(min(answer.bound, _crude(lines, chosen)), lines, chosen),
    )


def _most(question: Question) -> int:
    """No plan has more pairs."""
    limits = question.constraints
    return int(min(limits.demand_high.sum(), limits.load_high.sum()))
