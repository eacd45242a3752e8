"""How projects are to be split into groups, as a frozen value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.constraints import BoolArray, Constraints
from matcher.errors import MatcherError
from matcher.teams.checks import numbers, shaped

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class GroupRules:
    """What a group must be.

    Attributes
    ----------
    size_low, size_high : int
        Projects in a group.
    n_groups : int or None
        None: as many as are best among those that the sizes allow.
    co_tutors : {0, 1}
        How many co-tutors each group has beside its tutor.
    co_tutor_weight : float
        How much a co-tutor's affinity counts beside the tutor's, 0 to 1.
    most_groups : int
        Groups that one mentor leads, or is co-tutor of, at most.
    tutors : bool array, shape (n_mentors,), or None
        Who may be a tutor or co-tutor; None: everybody.
    project_speaks : bool array, shape (n_projects, n_languages), or None
    mentor_speaks : bool array, shape (n_mentors, n_languages), or None
        Where both are given, a group has one language that all its projects, its
        tutor and its co-tutor speak.
    projects_apart : tuple of tuples of str
        Projects' ids: not two of one tuple in one group. For two people who must
        not meet, the projects of both.
    mentors_apart : tuple of tuples of str
        Mentors' ids: not two of one tuple in one group.
    nearness : float64 array, shape (n_projects, n_projects), or None
        What two projects in one group add to the worth; symmetric, any sign.
    pairs_beside : bool
        Whether single pairs stand beside the groups, by the constraints' demands
        and loads.
    load_of_group : int
        What a group takes of the load of its tutor, and of its co-tutor.
    """

    size_low: int
    size_high: int
    n_groups: int | None = None
    co_tutors: int = 0
    co_tutor_weight: float = 0.5
    most_groups: int = 1
    tutors: BoolArray | None = None
    project_speaks: BoolArray | None = None
    mentor_speaks: BoolArray | None = None
    projects_apart: tuple[tuple[str, ...], ...] = ()
    mentors_apart: tuple[tuple[str, ...], ...] = ()
    nearness: Floats | None = None
    pairs_beside: bool = False
    load_of_group: int = 1


def check_group_rules(rules: GroupRules, constraints: Constraints) -> None:
    """Refuse rules that contradict themselves or do not fit the projects and mentors.

    Raises
    ------
    MatcherError
        The sentence names the number or array to change.
    """
    n_projects, n_mentors = constraints.shape
    if rules.size_low < 1:
        raise MatcherError("group_size_below_one", low=rules.size_low)
    if rules.size_low > rules.size_high:
        raise MatcherError("group_size_min_above_max", low=rules.size_low, high=rules.size_high)
    if rules.n_groups is not None and rules.n_groups < 1:
        raise MatcherError("group_count", value=rules.n_groups)
    if rules.co_tutors not in (0, 1):
        raise MatcherError("group_co_tutors", value=rules.co_tutors)
    numbers("groups", (rules.co_tutor_weight, rules.most_groups, rules.load_of_group))
    if rules.tutors is not None:
        shaped("tutors", rules.tutors, (n_mentors,))
    if rules.project_speaks is not None and rules.mentor_speaks is not None:
        n_languages = np.shape(rules.mentor_speaks)[-1]
        shaped("project_speaks", rules.project_speaks, (n_projects, n_languages))
        shaped("mentor_speaks", rules.mentor_speaks, (n_mentors, n_languages))
    if rules.nearness is not None:
        shaped("nearness", rules.nearness, (n_projects, n_projects))
        _check_nearness(np.asarray(rules.nearness, dtype=np.float64), constraints)
    locks = constraints.locked.sum(axis=1)
    for row in np.flatnonzero(locks > 1 + rules.co_tutors):
        if not rules.pairs_beside:
            raise MatcherError(
                "group_locks",
                project=constraints.project_ids[row],
                locks=int(locks[row]),
                tutors=1 + rules.co_tutors,
            )


def _check_nearness(nearness: Floats, constraints: Constraints) -> None:
    apart = ~(np.isfinite(nearness) & (nearness == nearness.T))
    np.fill_diagonal(apart, val=False)
    for row, other in np.argwhere(apart):
        raise MatcherError(
            "group_nearness_cell",
            project=constraints.project_ids[row],
            other=constraints.project_ids[other],
            value=str(float(nearness[row, other])),
        )
