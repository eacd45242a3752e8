"""Projects, tutors and rules for groups in the order of ids."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.assignment import checked
from matcher.constraints import BoolArray, Constraints, IntArray
from matcher.groups.rules import GroupRules, check_group_rules
from matcher.optimum import IdOrder
from matcher.teams.checks import positions

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class Question:
    """What is asked, in the order of ids.

    Attributes
    ----------
    values : float64 array, shape (n_projects, n_mentors)
    constraints : Constraints
    rules : GroupRules
        As given, but for its arrays, which are in the order of ids.
    can_lead : bool array, shape (n_projects, n_mentors)
        Whether the mentor may be the tutor or co-tutor of the project.
    seats : int64 array, shape (n_mentors,)
        Groups that each can lead, or be co-tutor of.
    near : float64 array, shape (n_projects, n_projects)
    apart : tuple of int64 array
        Rows of projects that must not meet.
    strangers : bool array, shape (n_mentors, n_mentors)
        Mentors who must not meet.
    common : bool array, shape (n_projects, n_mentors, n_languages)
        The languages that both speak; one that everybody speaks without rules.
    speaks : bool array, shape (n_mentors, n_languages)
    fewest, most : int
        Groups.
    """

    values: Floats
    constraints: Constraints
    rules: GroupRules
    can_lead: BoolArray
    seats: IntArray
    near: Floats
    apart: tuple[IntArray, ...]
    strangers: BoolArray
    common: BoolArray
    speaks: BoolArray
    fewest: int
    most: int

    @classmethod
    def of(cls, affinity: ArrayLike, constraints: Constraints, rules: GroupRules) -> Question:
        """Check what is given and put it into the order of ids."""
        given = checked(affinity, constraints)
        check_group_rules(rules, constraints)
        order = IdOrder.of(constraints)
        rows, columns = order.rows, order.columns
        limits = order.sorted(constraints)
        n_projects, n_mentors = limits.shape
        projects_speak, speaks = _languages(rules, rows, columns)
        common = projects_speak[:, None, :] & speaks[None, :, :]
        strangers = np.zeros((n_mentors, n_mentors), dtype=np.bool_)
        for some in rules.mentors_apart:
            they = positions(some, limits.mentor_ids, "mentor")
            strangers[np.ix_(they, they)] = True
        near = np.zeros((n_projects, n_projects))
        if rules.nearness is not None:
            near = np.asarray(rules.nearness, dtype=np.float64)[np.ix_(rows, rows)]
        tutors = np.ones(n_mentors, dtype=np.bool_)
        if rules.tutors is not None:
            tutors = np.asarray(rules.tutors, dtype=np.bool_)[columns]
        seats = np.minimum(rules.most_groups, limits.load_high // max(rules.load_of_group, 1))
        if rules.load_of_group == 0:
            seats = np.full(n_mentors, rules.most_groups)
        fewest, most = -(-n_projects // rules.size_high), n_projects // rules.size_low
        if rules.n_groups is not None:
            fewest = most = rules.n_groups
        return cls(
            values=given[order.by_id],
            constraints=limits,
            rules=rules,
            can_lead=~limits.forbidden & tutors[None, :] & common.any(axis=2),
            seats=np.where(tutors, seats, 0).astype(np.int64),
            near=near,
            apart=tuple(
                positions(some, limits.project_ids, "project") for some in rules.projects_apart
            ),
            strangers=strangers,
            common=common,
            speaks=speaks,
            fewest=fewest,
            most=most,
        )


def _languages(rules: GroupRules, rows: IntArray, columns: IntArray) -> tuple[BoolArray, BoolArray]:
    if rules.project_speaks is None or rules.mentor_speaks is None:
        return np.ones((len(rows), 1), dtype=np.bool_), np.ones((len(columns), 1), dtype=np.bool_)
    projects = np.asarray(rules.project_speaks, dtype=np.bool_)[rows]
    return projects, np.asarray(rules.mentor_speaks, dtype=np.bool_)[columns]
