"""Rules as given, put into the order of ids."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.constraints import BoolArray, Constraints, IntArray
from matcher.teams.checks import category_bounds, positions
from matcher.teams.rules import TeamRules
from matcher.teams.standing import HOURS_KEPT_TO, Ceiling, Person, Requirement, Rules

Floats = NDArray[np.float64]


def settled(rules: TeamRules, constraints: Constraints, rows: IntArray, columns: IntArray) -> Rules:
    """Give the rules in the order of ids, without what projects must have.

    Parameters
    ----------
    rules : TeamRules
        Of usable shapes and numbers.
    constraints : Constraints
        In the order of ids.
    rows, columns : int64 array
        Where that order stands in the order given.
    """
    hours, most_hours = _hours(rules, constraints.shape)
    cells, weights = _coverage(rules, rows, columns)
    return Rules(
        requirements=(),
        ceilings=_ceilings(rules, constraints, rows, columns),
        people=tuple(
            Person(
                positions(one.projects, constraints.project_ids, "project"),
                one.most_mentors,
                one.each_mentor_once,
            )
            for one in rules.people
        ),
        hours=hours[np.ix_(rows, columns)],
        most_hours=most_hours[columns],
        cells=cells,
        weights=weights,
    )


def _ceilings(
    rules: TeamRules, constraints: Constraints, rows: IntArray, columns: IntArray
) -> tuple[Ceiling, ...]:
    n_projects = len(rows)
    one = np.ones(n_projects, dtype=np.int64)
    found = [
        Ceiling(positions(some, constraints.mentor_ids, "mentor"), one) for some in rules.apart
    ]
    if rules.mix is not None and rules.mix.high is not None:
        high = category_bounds(rules.mix.high, n_projects)[rows]
        marks = np.asarray(rules.mix.categories, dtype=np.bool_)[columns]
        for category in range(len(rules.mix.names)):
            found.append(Ceiling(np.flatnonzero(marks[:, category]), high[:, category]))
    return tuple(found)


def _hours(rules: TeamRules, shape: tuple[int, int]) -> tuple[Floats, Floats]:
    if rules.hours is None:
        return np.zeros(shape), np.full(shape[1], np.inf)
    cost = np.asarray(rules.hours.cost, dtype=np.float64)
    cost = np.broadcast_to(cost[:, None] if cost.ndim == 1 else cost, shape)
    return cost, np.asarray(rules.hours.most, dtype=np.float64)


def _coverage(rules: TeamRules, rows: IntArray, columns: IntArray) -> tuple[IntArray, Floats]:
    if rules.coverage is None:
        return np.zeros((0, 3), dtype=np.int64), np.zeros((len(rows), 0))
    cells = np.asarray(rules.coverage.cells, dtype=np.int64)
    moved = np.column_stack([np.argsort(rows)[cells[:, 0]], np.argsort(columns)[cells[:, 1]]])
    moved = np.column_stack([moved, cells[:, 2]])
    return np.unique(moved, axis=0), np.asarray(rules.coverage.weights, dtype=np.float64)[rows]


def impossible_pairs(rules: Rules, constraints: Constraints) -> BoolArray:
    """Tell the unlocked pairs that would break a rule beside the locked pairs alone."""
    used = np.where(constraints.locked, rules.hours, 0.0).sum(axis=0)
    out = used + rules.hours > rules.most_hours * (1 + HOURS_KEPT_TO)
    for ceiling in rules.ceilings:
        full = constraints.locked[:, ceiling.columns].sum(axis=1) >= ceiling.most
        out[np.ix_(full, ceiling.columns)] = True
    for person in rules.people:
        theirs = constraints.locked[person.rows]
        if person.most_mentors is not None and theirs.sum() >= person.most_mentors:
            out[person.rows] = True
        if person.each_mentor_once:
            out[person.rows] |= theirs.any(axis=0)
    closed: BoolArray = out & ~constraints.locked
    return closed


def requirements(
    rules: TeamRules, constraints: Constraints, rows: IntArray, columns: IntArray
) -> tuple[Requirement, ...]:
    """Give what projects must have, asked for only as far as somebody possible could meet it."""
    found = []
    asking = (constraints.demand_high > 0).astype(np.int64)
    for one in rules.someone:
        marks = np.asarray(one.who, dtype=np.bool_)[np.ix_(rows, columns)]
        most = np.maximum(_possible(marks, constraints), int(one.stand_ins > 0))
        asked = np.minimum(asking, most)
        found.append(
            Requirement(
                one.name, "", marks, asking, asked, one.price, one.stand_ins, one.stand_in_price
            )
        )
    mix = rules.mix
    if mix is not None and mix.low is not None:
        low = category_bounds(mix.low, len(rows))[rows] * asking[:, None]
        of_category = np.asarray(mix.categories, dtype=np.bool_)[columns]
        for category, name in enumerate(mix.names):
            marks = np.broadcast_to(of_category[:, category], constraints.shape)
            wished = low[:, category]
            asked = np.minimum(wished, _possible(marks, constraints))
            found.append(Requirement("mix", name, marks, wished, asked, mix.price, 0, 0.0))
    return tuple(found)


def _possible(marks: BoolArray, constraints: Constraints) -> IntArray:
    """How many mentors of a kind each project could have were it alone."""
    locked = constraints.locked
    open_pairs = ~(locked | constraints.forbidden) & marks
    open_pairs &= (constraints.load_high > locked.sum(axis=0))[None, :]
    room = constraints.demand_high - locked.sum(axis=1)
    most: IntArray = (locked & marks).sum(axis=1) + np.minimum(room, open_pairs.sum(axis=1))
    return most
