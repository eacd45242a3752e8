"""A question written as a program, line by line."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.constraints import BoolArray, IntArray
from matcher.fairness.best_plans import BestPlans
from matcher.programs import Drafting
from matcher.teams.lines import TeamLines
from matcher.teams.question import Question
from matcher.teams.standing import Requirement

Floats = NDArray[np.float64]
# The solver forgives a millionth in each line; so scaled, that is a billionth of the hours.
HOURS_SCALE = 1e3


def lines_of(question: Question, plans: BestPlans | None) -> TeamLines:
    """Write a question as a program.

    Parameters
    ----------
    question : Question
    plans : BestPlans, optional
        Where given, only these plans; else all, with what they lack of demands
        and min_loads.
    """
    limits, rules = question.constraints, question.rules
    locked = limits.locked
    if plans is not None:
        always, pairs = plans.always, plans.always | plans.open_pairs
    else:
        usable = (limits.demand_high > locked.sum(axis=1))[:, None]
        usable = usable & (limits.load_high > locked.sum(axis=0))[None, :]
        always, pairs = locked, locked | (usable & ~limits.forbidden)
    rows, columns = (part.astype(np.int64) for part in np.nonzero(pairs))
    number = np.full(pairs.shape, -1, dtype=np.int64)
    number[rows, columns] = np.arange(len(rows))
    draft = Drafting()
    draft.choices(len(rows), least=always[rows, columns].astype(np.float64))
    short = _write_sides(draft, question, plans, number)
    _write_ceilings(draft, question, number)
    covered = _write_coverage(draft, question, number)
    lacking, helped = [], []
    for one in rules.requirements:
        lack, help_ = _write_requirement(draft, one, number)
        lacking.append(lack)
        helped.append(help_)
    unit, gains = _gains(question, pairs & ~always, draft.n_choices, (rows, columns))
    for (row, need), choice in np.ndenumerate(covered):
        if choice >= 0:
            gains[choice] = rules.weights[row, need] / unit
    for one, lack, help_ in zip(rules.requirements, lacking, helped, strict=True):
        gains[lack[lack >= 0]] = -(one.price or 0.0) / unit
        gains[help_[help_ >= 0]] = -one.stand_in_price / unit
    return TeamLines(
        question,
        draft.finished(),
        rows,
        columns,
        covered,
        tuple(lacking),
        tuple(helped),
        *short,
        unit,
        gains,
    )


def _gains(
    question: Question, moving: BoolArray, n_choices: int, cells: tuple[IntArray, IntArray]
) -> tuple[float, Floats]:
    values, rules = question.values, question.rules
    some = values[moving] if moving.any() else np.zeros(1)
    least = float(some.min())
    prices = [one.price or 0.0 for one in rules.requirements]
    prices += [one.stand_in_price for one in rules.requirements]
    unit = max(float(some.max()) - least, float(rules.weights.max(initial=0.0)), *prices, 0.0)
    unit = unit if unit > 0 else 1.0
    gains = np.zeros(n_choices)
    gains[: len(cells[0])] = np.where(moving[cells], (values[cells] - least) / unit, 0.0)
    return unit, gains


def _write_sides(
    draft: Drafting, question: Question, plans: BestPlans | None, number: IntArray
) -> tuple[IntArray, IntArray]:
    """The projects' lines, the mentors' lines, and what they lack where that may be."""
    limits = question.constraints
    rows, columns = np.nonzero(number >= 0)
    sides = (
        (rows, limits.demand_low, limits.demand_high, 1),
        (columns, limits.load_low, limits.load_high, 0),
    )
    if plans is not None:
        bounds = (
            (plans.row_low, plans.row_high),
            (plans.column_low, plans.column_high),
        )
        for (index, _, _, axis), (low, high) in zip(sides, bounds, strict=True):
            fixed = plans.always.sum(axis=axis)
            draft.lines(index, number[rows, columns], 1.0, low=low + fixed, high=high + fixed)
        none = np.full(0, -1, dtype=np.int64)
        return none, none
    for index, _, high, _ in sides:
        draft.lines(index, number[rows, columns], 1.0, high=high)
    short = []
    for index, low, _, _ in sides:
        asking = np.flatnonzero(low > 0)
        where = np.full(len(low), -1, dtype=np.int64)
        where[asking] = draft.choices(len(asking), most=low[asking], whole=False)
        line = np.full(len(low), -1, dtype=np.int64)
        line[asking] = np.arange(len(asking))
        mine = line[index] >= 0
        draft.lines(
            np.concatenate([line[index[mine]], np.arange(len(asking))]),
            np.concatenate([number[rows, columns][mine], where[asking]]),
            1.0,
            low=low[asking],
        )
        short.append(where)
    return short[0], short[1]


def _write_ceilings(draft: Drafting, question: Question, number: IntArray) -> None:
    """Everything that is at most so much beside demands and loads."""
    limits, rules = question.constraints, question.rules
    for ceiling in rules.ceilings:
        some = number[:, ceiling.columns]
        most = np.minimum((some >= 0).sum(axis=1), limits.demand_high)
        binding = np.flatnonzero(most > ceiling.most)
        at, of = np.nonzero(some[binding] >= 0)
        draft.lines(at, some[binding][at, of], 1.0, high=ceiling.most[binding])
    for person in rules.people:
        theirs = number[person.rows]
        if person.most_mentors is not None:
            cells = theirs[theirs >= 0]
            draft.lines(
                np.zeros(len(cells), dtype=np.int64), cells, 1.0, high=[person.most_mentors]
            )
        if person.each_mentor_once:
            twice = np.flatnonzero((theirs >= 0).sum(axis=0) > 1)
            of, at = np.nonzero(theirs[:, twice].T >= 0)
            draft.lines(of, theirs[:, twice].T[of, at], 1.0, high=np.ones(len(twice)))
    used = np.where(number >= 0, rules.hours, 0.0)
    full = np.flatnonzero(used.sum(axis=0) > rules.most_hours)
    at, of = np.nonzero(used[:, full] > 0)
    most = rules.most_hours[full]
    scale = HOURS_SCALE / np.where(most > 0, most, 1.0)
    draft.lines(of, number[at, full[of]], used[at, full[of]] * scale[of], high=most * scale)


def _write_coverage(draft: Drafting, question: Question, number: IntArray) -> IntArray:
    """A need counts as covered as far as somebody chosen covers it."""
    rules = question.rules
    rows, columns, needs = rules.cells.T
    useful = (number[rows, columns] >= 0) & (rules.weights[rows, needs] > 0)
    rows, columns, needs = rows[useful], columns[useful], needs[useful]
    met = np.zeros(rules.weights.shape, dtype=np.bool_)
    met[rows, needs] = True
    some = np.argwhere(met)
    covered = np.full(met.shape, -1, dtype=np.int64)
    covered[met] = draft.choices(len(some), whole=False)
    line = np.full(met.shape, -1, dtype=np.int64)
    line[met] = np.arange(len(some))
    draft.lines(
        np.concatenate([line[rows, needs], np.arange(len(some))]),
        np.concatenate([number[rows, columns], covered[met]]),
        np.concatenate([np.ones(len(rows)), np.full(len(some), -1.0)]),
        low=np.zeros(len(some)),
    )
    return covered


def _write_requirement(
    draft: Drafting, one: Requirement, number: IntArray
) -> tuple[IntArray, IntArray]:
    """So many of a kind, or as many are lacking; or somebody stands in."""
    asking = np.flatnonzero(one.asked > 0)
    asked = one.asked[asking].astype(np.float64)
    some = np.where(one.marks, number, -1)[asking]
    at, of = np.nonzero(some >= 0)
    parts = [(at, some[at, of])]
    lacking = np.full(len(one.asked), -1, dtype=np.int64)
    helped = lacking.copy()
    own = np.arange(len(asking), dtype=np.int64)
    lacking[asking] = draft.choices(len(asking), most=asked, whole=False)
    parts.append((own, lacking[asking]))
    if one.stand_ins > 0:
        helped[asking] = draft.choices(len(asking), whole=False)
        parts.append((own, helped[asking]))
    draft.lines(
        np.concatenate([rows for rows, _ in parts]),
        np.concatenate([columns for _, columns in parts]),
        1.0,
        low=asked,
    )
    if one.stand_ins > 0:
        zeros = np.zeros(len(asking), dtype=np.int64)
        draft.lines(zeros, helped[asking], 1.0, high=[float(one.stand_ins)])
    return lacking, helped
