"""What a run works on: today's rows as profiles, and what stands between them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from matcher.constraints import Constraints
from matcher.profiles import Conflict, Load, Lock, MentorProfile, ProjectProfile
from webapp.enums import LineAspect, PairPlace, ParticipationRole, ProjectState
from webapp.errors import NotPossible
from webapp.models import Edition, Participation, Project, Run
from webapp.services.matching.bonds import read_bonds
from webapp.services.matching.profiles import mentor_profile, project_profile
from webapp.services.plan_state import PlanState, load_state
from webapp.services.terms import terms_by_key

Pair = tuple[int, int]


@dataclass(frozen=True)
class Material:
    """What a run works on, read in one go: rows, profiles, and what stands."""

    edition_id: int
    projects: tuple[Project, ...]
    mentors: tuple[Participation, ...]
    project_profiles: tuple[ProjectProfile, ...]
    mentor_profiles: tuple[MentorProfile, ...]
    standing: tuple[Pair, ...]
    forbidden: tuple[Pair, ...]
    places: dict[Pair, PairPlace]
    weights: dict[str, float]


def read_material(session: Session, run_id: int) -> Material:
    """Read everything a run needs; later changes do not reach it.

    Raises
    ------
    NotPossible
        There is no selected project, or no mentor.
    """
    run = session.get_one(Run, run_id)
    edition = session.get_one(Edition, run.edition_id)
    state = load_state(session, edition)
    from_terms = terms_by_key(session, edition)
    projects = tuple(
        project
        for project in sorted(state.projects.values(), key=lambda row: row.id)
        if project.state is ProjectState.SELECTED
    )
    mentors = tuple(
        mentor
        for mentor in sorted(state.mentors.values(), key=lambda row: row.id)
        if mentor.role is ParticipationRole.MENTOR and mentor.withdrawn_at is None
    )
    if not projects:
        raise NotPossible("no_selected_projects")
    if not mentors:
        raise NotPossible("no_mentors")
    here = {(project.id, mentor.id) for project in projects for mentor in mentors}
    standing = {pair for pair in state.matches if pair in here}
    kept = {pair for (pair, aspect) in state.words if aspect is LineAspect.LOCK and pair in here}
    for project_id, mentor_id in sorted(kept & state.forbidden):
        # Declared later than the lock, or found later: a plan cannot have both.
        raise NotPossible("kept_pair_forbidden", project_id=project_id, mentor_id=mentor_id)
    bonds = read_bonds(session, edition, projects, mentors)
    return Material(
        edition_id=edition.id,
        projects=projects,
        mentors=mentors,
        project_profiles=tuple(
            project_profile(row, edition, from_terms, bonds) for row in projects
        ),
        mentor_profiles=tuple(mentor_profile(row, edition, from_terms, bonds) for row in mentors),
        standing=tuple(sorted(standing | kept)),
        forbidden=tuple(sorted(_not_to_propose(state, here) - standing)),
        places={pair: state.place(pair) for pair in here},
        weights={name: float(value) for name, value in run.settings.get("weights", {}).items()},
    )


def _not_to_propose(state: PlanState, here: set[Pair]) -> set[Pair]:
    words = {pair for (pair, aspect) in state.words if aspect is LineAspect.FORBID}
    set_aside = {pair for pair in here if state.place(pair) is PairPlace.SET_ASIDE}
    kept = {pair for (pair, aspect) in state.words if aspect is LineAspect.LOCK}
    return (((state.forbidden | words) & here) | set_aside) - (set_aside & kept)


def constraints_of(material: Material) -> Constraints:
    """Give the limits of today; what already stands may exceed a lowered maximum."""
    codes = {project.id: project.code for project in material.projects}
    names = {mentor.id: mentor.code for mentor in material.mentors}
    held_by = [mentor for _, mentor in material.standing]
    held_for = [project for project, _ in material.standing]
    demand = [
        profile.demand.__class__(
            profile.demand.low, max(profile.demand.high, held_for.count(project.id))
        )
        for project, profile in zip(material.projects, material.project_profiles, strict=True)
        if profile.demand is not None
    ]
    loads = [
        _stretched(profile.load or Load(), held_by.count(mentor.id))
        for mentor, profile in zip(material.mentors, material.mentor_profiles, strict=True)
    ]
    return Constraints.build(
        [profile.id for profile in material.project_profiles],
        [profile.id for profile in material.mentor_profiles],
        demand=demand,
        loads=loads,
        conflicts=[Conflict(codes[row], names[column]) for row, column in material.forbidden],
        locks=[Lock(codes[row], names[column]) for row, column in material.standing],
    )


def _stretched(load: Load, held: int) -> Load:
    return load if load.high is None else Load(load.low, max(load.high, held))
