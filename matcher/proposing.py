"""From profiles to a plan with its reasons, in one call."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.affinity import AffinityModel
from matcher.assignment import Assignment, assign
from matcher.certainty import affinity_word, too_little_known
from matcher.constraints import Constraints
from matcher.errors import Note
from matcher.facts import Fill, InputFacts, PlanFacts, worst_row
from matcher.profiles import Conflict, Demand, Load, Lock, MentorProfile, ProjectProfile
from matcher.reasons import explain_pairs

Choose = Callable[[NDArray[np.float64], Constraints], Assignment]


def propose(
    projects: Sequence[ProjectProfile],
    mentors: Sequence[MentorProfile],
    *,
    conflicts: Sequence[Conflict] = (),
    locks: Sequence[Lock] = (),
    notes: Sequence[tuple[str, Note]] = (),
    fills: Sequence[Fill] = (),
    model: AffinityModel | None = None,
    choose: Choose = assign,
) -> PlanFacts:
    """Give the best plan for two sides of people, and why each pair.

    Parameters
    ----------
    projects : sequence of ProjectProfile, length n_projects
        A project without a demand asks for one mentor.
    mentors : sequence of MentorProfile, length n_mentors
        A mentor without a load takes any number of projects.
    conflicts : sequence of Conflict
    locks : sequence of Lock
    notes : sequence of (str, Note)
    fills : sequence of Fill
        What was noticed while reading, to be told with the plan.
    model : AffinityModel, optional
        With other weights or channels than the usual ones; it is fitted here.
    choose : callable, default :func:`matcher.assignment.assign`
        Gives the plan for the affinities and the constraints.

    Returns
    -------
    PlanFacts

    Raises
    ------
    MatcherError
        When the constraints contradict themselves.

    Examples
    --------
    >>> from matcher.profiles import Term
    >>> editing = Term("editing", "need.editing")
    >>> facts = propose(
    ...     [ProjectProfile(id="p1", needs=(editing,))],
    ...     [MentorProfile(id="m1", bio="Lawyer."), MentorProfile(id="m2", expertise=(editing,))],
    ... )
    >>> facts.pairs(), facts.reasons[0, 1][0].code
    ([(0, 1)], 'need_met')
    """
    limits = Constraints.build(
        [project.id for project in projects],
        [mentor.id for mentor in mentors],
        demand=[project.demand or Demand(1, 1) for project in projects],
        loads=[mentor.load or Load() for mentor in mentors],
        conflicts=conflicts,
        locks=locks,
    )
    model = model or AffinityModel()
    features = model.fit_features(projects, mentors)
    affinity = model.affinity(features)
    plan = choose(affinity, limits)
    known = model.known_share(features)
    pairs = [(int(row), int(column)) for row, column in np.argwhere(plan.chosen)]
    worst = worst_row(plan, affinity, limits.project_ids)
    told = dict.fromkeys(
        pairs if worst is None else [*pairs, *((worst, column) for column in range(len(mentors)))]
    )
    return PlanFacts(
        plan=plan,
        limits=limits,
        affinity=affinity,
        project_names=tuple(project.name for project in projects),
        mentor_names=tuple(mentor.name or mentor.id for mentor in mentors),
        reasons=explain_pairs(projects, mentors, features, None, told, model=model),
        words={pair: affinity_word(float(affinity[pair]), float(known[pair])) for pair in pairs},
        soft_conflicts=tuple(one for one in conflicts if one.strength != "never"),
        read=input_facts(projects, mentors, notes, fills),
    )


def affinities(
    projects: Sequence[ProjectProfile],
    mentors: Sequence[MentorProfile],
    model: AffinityModel | None = None,
) -> NDArray[np.float64]:
    """Give how well every pair fits.

    Parameters
    ----------
    projects, mentors : sequences of profiles
    model : AffinityModel, optional
        With other weights or channels than the usual ones; it is fitted here.

    Returns
    -------
    float64 array, shape (n_projects, n_mentors)
        In 0..1.
    """
    model = model or AffinityModel()
    return model.affinity(model.fit_features(projects, mentors))


def input_facts(
    projects: Sequence[ProjectProfile],
    mentors: Sequence[MentorProfile],
    notes: Sequence[tuple[str, Note]],
    fills: Sequence[Fill],
) -> InputFacts:
    """Give what the files left to be said, whatever is worked out from them."""
    return InputFacts(
        notes=tuple(notes),
        fills=tuple(fills),
        thin_projects=tuple(row for row, one in enumerate(projects) if too_little_known(one)),
        thin_mentors=tuple(column for column, one in enumerate(mentors) if too_little_known(one)),
    )
