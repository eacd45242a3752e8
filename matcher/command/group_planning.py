"""Groups with a tutor each, as a plan like any other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.assignment import Assignment
from matcher.constraints import BoolArray, Constraints
from matcher.errors import MatcherError
from matcher.groups import GroupPlan, GroupRules, split_into_groups
from matcher.overlaps import LEVEL_CREDIT, language_levels
from matcher.profiles import MentorProfile, ProjectProfile

Floats = NDArray[np.float64]
# Below this level a whole group cannot talk.
_ENOUGH = LEVEL_CREDIT["B1"]


@dataclass(frozen=True, eq=False, slots=True)
class Spoken:
    """Who can talk in which language.

    Attributes
    ----------
    codes : tuple of str
    projects : bool array, shape (n_projects, n_languages)
    mentors : bool array, shape (n_mentors, n_languages)
    """

    codes: tuple[str, ...]
    projects: BoolArray
    mentors: BoolArray


@dataclass(frozen=True, eq=False, slots=True)
class Grouped:
    """A split into groups.

    Attributes
    ----------
    plan : GroupPlan
    languages : tuple of str
        A code for each group; empty where none was looked at.
    number_of : dict of (str, str) to int
        The group of each project and its tutor, from 1.
    """

    plan: GroupPlan
    languages: tuple[str, ...]
    number_of: dict[tuple[str, str], int]


def spoken_languages(
    projects: Sequence[ProjectProfile], mentors: Sequence[MentorProfile]
) -> Spoken:
    """Give who can talk in which language: at B1 or better, or at a level not said.

    Who has named no language at all hinders no group.
    """
    spoken = [
        [
            {code for code, level in language_levels(one.languages).items() if level >= _ENOUGH}
            for one in side
        ]
        for side in (projects, mentors)
    ]
    codes = tuple(sorted({code for side in spoken for known in side for code in known}))
    said = [[bool(one.languages) for one in side] for side in (projects, mentors)]
    marks = [
        np.array(
            [
                [code in known or not told for code in codes]
                for known, told in zip(side, whether, strict=True)
            ],
            dtype=np.bool_,
        ).reshape(len(side), len(codes))
        for side, whether in zip(spoken, said, strict=True)
    ]
    return Spoken(codes, marks[0], marks[1])


def grouped(
    affinity: Floats,
    constraints: Constraints,
    n_groups: int,
    *,
    pairs_beside: bool,
    spoken: Spoken | None,
) -> tuple[Assignment, Grouped]:
    """Give the best split into so many groups of about equal size.

    Returns
    -------
    Assignment
        Each project with its tutor, and the single pairs where they were asked for.
    Grouped

    Raises
    ------
    MatcherError
        As :func:`matcher.groups.split_into_groups`; also where no split is
        possible, with what blocks it.
    """
    n_projects = constraints.shape[0]
    languages = spoken if spoken is not None and spoken.codes else None
    plan = split_into_groups(
        affinity,
        constraints,
        GroupRules(
            size_low=max(1, n_projects // n_groups),
            size_high=max(1, math.ceil(n_projects / n_groups)),
            n_groups=n_groups,
            project_speaks=languages.projects if languages else None,
            mentor_speaks=languages.mentors if languages else None,
            pairs_beside=pairs_beside,
        ),
    )
    if not plan.possible:
        raise MatcherError(plan.blocked[0].code, **plan.blocked[0].params)
    number_of = {
        (project, group.tutor): number
        for number, group in enumerate(plan.groups, 1)
        for project in group.projects
    }
    codes = tuple(
        languages.codes[group.language] if languages and group.language is not None else ""
        for group in plan.groups
    )
    return _joined(affinity, constraints, plan, number_of), Grouped(plan, codes, number_of)


def _joined(
    affinity: Floats,
    constraints: Constraints,
    plan: GroupPlan,
    number_of: dict[tuple[str, str], int],
) -> Assignment:
    """The groups' and the single pairs as one plan."""
    rows = {one: row for row, one in enumerate(constraints.project_ids)}
    columns = {one: column for column, one in enumerate(constraints.mentor_ids)}
    chosen = np.zeros(constraints.shape, dtype=np.bool_)
    for project, tutor in number_of:
        chosen[rows[project], columns[tutor]] = True
    pairs = plan.pairs
    if pairs is not None:
        chosen |= pairs.chosen
    chosen.setflags(write=False)
    return Assignment(
        chosen=chosen,
        total=math.fsum(affinity[chosen]),
        rounding_bound=0.0 if pairs is None else pairs.rounding_bound,
        n_pairs=int(chosen.sum()),
        complete=pairs is None or pairs.complete,
        short_projects=() if pairs is None else pairs.short_projects,
        short_mentors=() if pairs is None else pairs.short_mentors,
        mentor_ids=constraints.mentor_ids,
    )
