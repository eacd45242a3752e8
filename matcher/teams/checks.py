"""What rules may not say: wrong shapes, impossible numbers, locks against rules."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.constraints import Constraints, IntArray, nearest_id
from matcher.errors import MatcherError
from matcher.teams.rules import Mix, TeamRules
from matcher.teams.standing import HOURS_KEPT_TO, Rules

Floats = NDArray[np.float64]


def positions(ids: Iterable[str], known: tuple[str, ...], side: str) -> IntArray:
    """Give where each id stands, each once; an unknown one is an error.

    Raises
    ------
    MatcherError
        An unknown id; the nearest known one is named.
    """
    where = {one: position for position, one in enumerate(known)}
    found = set()
    for one in ids:
        if one not in where:
            if not known:
                raise MatcherError(f"no_{side}s_to_ask", id=one)
            raise MatcherError(f"{side}_unknown", id=one, nearest=nearest_id(one, known))
        found.add(where[one])
    return np.array(sorted(found), dtype=np.int64)


def shaped(rule: str, array: ArrayLike, *allowed: tuple[int, ...]) -> None:
    """Refuse an array of another shape than one of the allowed."""
    shape = np.shape(np.asarray(array))
    if shape not in allowed:
        wanted = " / ".join(str(one) for one in allowed)
        raise MatcherError("rule_shape", rule=rule, given=str(shape), wanted=wanted)


def numbers(rule: str, values: ArrayLike, *, infinite: bool = False) -> None:
    """Refuse numbers below 0, NaN, and infinite ones where they mean nothing."""
    array = np.atleast_1d(np.asarray(values, dtype=np.float64))
    fit = array >= 0
    if not infinite:
        fit &= np.isfinite(array)
    if not fit.all():
        raise MatcherError("rule_number", rule=rule, value=str(float(array[~fit].flat[0])))


def check_rules(rules: TeamRules, constraints: Constraints) -> None:
    """Refuse rules whose arrays do not fit the projects and mentors, or hold no usable numbers."""
    shape = n_projects, n_mentors = constraints.shape
    for one in rules.someone:
        shaped(one.name, one.who, shape)
        numbers(one.name, (one.price or 0.0, one.stand_ins, one.stand_in_price))
    if rules.mix is not None:
        _check_mix(rules.mix, constraints)
    if rules.hours is not None:
        shaped("hours", rules.hours.cost, (n_projects,), shape)
        shaped("hours", rules.hours.most, (n_mentors,))
        numbers("hours", rules.hours.cost)
        numbers("hours", rules.hours.most, infinite=True)
    for person in rules.people:
        numbers("people", person.most_mentors or 0)
    if rules.coverage is not None:
        weights, cells = rules.coverage.weights, rules.coverage.cells
        shaped("coverage", weights, (n_projects, np.shape(weights)[-1]))
        shaped("coverage", cells, (len(cells), 3))
        numbers("coverage", weights)
        ends = (n_projects, n_mentors, weights.shape[1])
        if len(cells) and ((cells < 0).any() or (cells >= np.array(ends)).any()):
            raise MatcherError(
                "rule_shape", rule="coverage", given=str(tuple(cells.max(axis=0))), wanted=str(ends)
            )


def _check_mix(mix: Mix, constraints: Constraints) -> None:
    n_projects, n_mentors = constraints.shape
    n_categories = len(mix.names)
    shaped("mix", mix.categories, (n_mentors, n_categories))
    for bound in (mix.low, mix.high):
        if bound is not None:
            shaped("mix", bound, (n_categories,), (n_projects, n_categories))
            numbers("mix", bound)
    numbers("mix", mix.price or 0.0)
    if mix.low is None or mix.high is None:
        return
    low, high = category_bounds(mix.low, n_projects), category_bounds(mix.high, n_projects)
    for row, category in np.argwhere(low > high):
        raise MatcherError(
            "mix_min_above_max",
            project=constraints.project_ids[row],
            category=mix.names[category],
            low=int(low[row, category]),
            high=int(high[row, category]),
        )


def category_bounds(bounds: IntArray, n_projects: int) -> IntArray:
    """Give each project's bounds, shape (n_projects, n_categories)."""
    array = np.asarray(bounds, dtype=np.int64)
    return np.broadcast_to(array, (n_projects, array.shape[-1]))


def refuse_contradictions(given: TeamRules, rules: Rules, constraints: Constraints) -> None:
    """Refuse locks that no plan within the rules could keep; all in the order of ids."""
    locked = constraints.locked
    n_apart = len(given.apart)
    for position, ceiling in enumerate(rules.ceilings):
        mine = locked[:, ceiling.columns]
        for row in np.flatnonzero(mine.sum(axis=1) > ceiling.most):
            project = constraints.project_ids[row]
            if position >= n_apart:
                assert given.mix is not None
                raise MatcherError(
                    "locks_beyond_mix",
                    project=project,
                    category=given.mix.names[position - n_apart],
                    locks=int(mine[row].sum()),
                    most=int(ceiling.most[row]),
                )
            one, other = ceiling.columns[np.flatnonzero(mine[row])[:2]]
            ids = constraints.mentor_ids
            raise MatcherError("locks_apart", project=project, mentor=ids[one], other=ids[other])
    _refuse_people(rules, constraints)
    used = np.where(locked, rules.hours, 0.0).sum(axis=0)
    for column in np.flatnonzero(used > rules.most_hours * (1 + HOURS_KEPT_TO)):
        raise MatcherError(
            "locks_beyond_hours",
            mentor=constraints.mentor_ids[column],
            hours=float(used[column]),
            most=float(rules.most_hours[column]),
        )


def _refuse_people(rules: Rules, constraints: Constraints) -> None:
    for person in rules.people:
        theirs = constraints.locked[person.rows]
        ids = tuple(constraints.project_ids[row] for row in person.rows)
        count = int(theirs.sum())
        if person.most_mentors is not None and count > person.most_mentors:
            raise MatcherError(
                "locks_beyond_person", projects=ids, locks=count, most=person.most_mentors
            )
        twice = np.flatnonzero(theirs.sum(axis=0) > 1)
        if person.each_mentor_once and len(twice):
            mentor = constraints.mentor_ids[twice[0]]
            raise MatcherError("locks_repeat_mentor", projects=ids, mentor=mentor)
