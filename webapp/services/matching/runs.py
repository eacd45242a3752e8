"""One working of the model: from today's rows to a draft plan that changes nothing."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.affinity import AffinityModel, affinity_word, too_little_known
from matcher.assignment import Assignment, assign
from matcher.constraints import Constraints
from matcher.errors import MatcherError
from matcher.features import PairFeatures
from matcher.profiles import Conflict, Load, Lock, MentorProfile, ProjectProfile
from matcher.reasons import explain_pairs
from webapp.enums import LineAspect, PairPlace, ParticipationRole, ProjectState, RunState
from webapp.errors import NotPossible
from webapp.models import Edition, Participation, Project, Run, RunLine, Term, utc_now
from webapp.services.matching.profiles import (
    mentor_profile,
    project_profile,
    terms_by_key,
)
from webapp.services.plan_state import PlanState, load_state

__all__ = [
    "Draft",
    "KeptPairs",
    "Material",
    "affinity_word",
    "execute_run",
    "pack_features",
    "read_material",
    "unpack_features",
    "work_out",
]

Report = Callable[[int, int, str], bool]
Pair = tuple[int, int]


class SessionMaker(Protocol):
    """What the worker hands over to reach the database."""

    def to_read(self) -> Session:
        """Open a session to read."""

    def writing(self) -> Any:
        """Open one write transaction, committed at its end."""


class Cancelled(Exception):
    """An organizer stopped the run; nothing is kept."""


@dataclass(frozen=True)
class Material:
    """What a run works on, read in one go: rows, profiles, and what stands."""

    projects: tuple[Project, ...]
    mentors: tuple[Participation, ...]
    project_profiles: tuple[ProjectProfile, ...]
    mentor_profiles: tuple[MentorProfile, ...]
    standing: tuple[Pair, ...]
    forbidden: tuple[Pair, ...]
    places: dict[Pair, PairPlace]
    revision: int
    weights: dict[str, float]


@dataclass(frozen=True)
class Draft:
    """What a run found: the plan, and all pairs' features behind it."""

    features: PairFeatures
    affinity: NDArray[np.float64]
    known_share: NDArray[np.float64]
    assignment: Assignment
    reasons: dict[Pair, list[dict[str, Any]]]


def execute_run(sessions: SessionMaker, run_id: int, report: Report) -> None:
    """Work a queued run out, and leave a draft plan, a failure, or a cancellation.

    ``report(done, total, step)`` is told how far it is, and answers False when
    somebody cancelled. Working it out twice gives the same draft: a run lost
    with its worker can simply be taken up again.
    """
    with sessions.writing() as session:
        run = session.get(Run, run_id)
        if run is None or run.state not in {RunState.QUEUED, RunState.RUNNING}:
            return
        run.state = RunState.RUNNING
    try:
        with sessions.to_read() as session:
            material = read_material(session, run_id)
        draft = work_out(material, report)
    except Cancelled:
        _end(sessions, run_id, RunState.CANCELLED)
        return
    except (MatcherError, NotPossible) as error:
        _end(sessions, run_id, RunState.FAILED, {"code": error.code, "params": dict(error.params)})
        return
    with sessions.writing() as session:
        _keep(session, run_id, material, draft)


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
    from_terms = terms_by_key(session.scalars(select(Term).where(Term.edition_id == edition.id)))
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
    return Material(
        projects=projects,
        mentors=mentors,
        project_profiles=tuple(project_profile(row, edition, from_terms) for row in projects),
        mentor_profiles=tuple(mentor_profile(row, edition, from_terms) for row in mentors),
        standing=tuple(sorted(standing | kept)),
        forbidden=tuple(sorted(_not_to_propose(state, here) - standing)),
        places={pair: state.place(pair) for pair in here},
        revision=run.plan_revision,
        weights={name: float(value) for name, value in run.settings.get("weights", {}).items()},
    )


def _not_to_propose(state: PlanState, here: set[Pair]) -> set[Pair]:
    words = {pair for (pair, aspect) in state.words if aspect is LineAspect.FORBID}
    set_aside = {pair for pair in here if state.place(pair) is PairPlace.SET_ASIDE}
    kept = {pair for (pair, aspect) in state.words if aspect is LineAspect.LOCK}
    return (((state.forbidden | words) & here) | set_aside) - (set_aside & kept)


def work_out(material: Material, report: Report) -> Draft:
    """Let the matcher work: read the words, compare, choose, explain."""
    total = 4

    def step(done: int, name: str) -> None:
        if not report(done, total, name):
            raise Cancelled

    step(0, "reading")
    model = AffinityModel(weights=material.weights or None)
    model.fit(material.project_profiles, material.mentor_profiles)
    step(1, "comparing")
    features = model.features(material.project_profiles, material.mentor_profiles)
    affinity = model.affinity(features)
    step(2, "choosing")
    assignment = assign(affinity, _constraints(material))
    step(3, "explaining")
    # Reasons for the chosen pairs and those that stand; others are asked for one by one.
    pairs = [(int(row), int(column)) for row, column in np.argwhere(assignment.chosen)]
    worded = explain_pairs(
        material.project_profiles, material.mentor_profiles, features, None, pairs, model=model
    )
    step(4, "keeping")
    return Draft(
        features=features,
        affinity=affinity,
        known_share=model.known_share(features),
        assignment=assignment,
        reasons={pair: [reason.to_dict() for reason in found] for pair, found in worded.items()},
    )


def _constraints(material: Material) -> Constraints:
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


def _end(
    sessions: SessionMaker, run_id: int, state: RunState, error: dict[str, Any] | None = None
) -> None:
    with sessions.writing() as session:
        run = session.get_one(Run, run_id)
        run.state = state
        run.error = error
        run.finished_at = utc_now()


def _keep(session: Session, run_id: int, material: Material, draft: Draft) -> None:
    run = session.get_one(Run, run_id)
    if run.state is not RunState.RUNNING:
        return
    ranks = draft.assignment.ranks(draft.affinity)
    run.lines.clear()
    session.flush()
    run.lines = [
        RunLine(
            project_id=project.id,
            mentor_id=mentor.id,
            before=before,
            after=after,
            affinity=float(draft.affinity[row, column]),
            known_share=float(draft.known_share[row, column]),
            rank=int(ranks[row, column]),
            reasons=draft.reasons.get((row, column), []),
        )
        for row, project in enumerate(material.projects)
        for column, mentor in enumerate(material.mentors)
        for before in (material.places[(project.id, mentor.id)],)
        for after in (_after(before, bool(draft.assignment.chosen[row, column])),)
        if after is not None
    ]
    run.project_ids = [project.id for project in material.projects]
    run.mentor_ids = [mentor.id for mentor in material.mentors]
    run.features = pack_features(draft)
    run.versions = {name: version(name) for name in ("numpy", "scikit-learn", "ortools")}
    run.summary = _summary(material, draft)
    run.state = RunState.DRAFT
    run.finished_at = utc_now()


def _after(before: PairPlace, chosen: bool) -> PairPlace | None:
    """Where a draft moves a pair; None leaves it out of the draft."""
    if chosen:
        # A confirmed pair gets its line too: its facts are brought up to date.
        return before if before is PairPlace.CONFIRMED else PairPlace.PROPOSED
    return PairPlace.NONE if before is PairPlace.PROPOSED else None


def _summary(material: Material, draft: Draft) -> dict[str, Any]:
    project_ids = {row.code: row.id for row in material.projects}
    mentor_ids = {row.code: row.id for row in material.mentors}
    chosen, affinity = draft.assignment.chosen, draft.affinity
    means = {
        project.id: float(affinity[row][chosen[row]].mean())
        for row, project in enumerate(material.projects)
        if chosen[row].any()
    }
    return {
        "n_projects": len(material.projects),
        "n_mentors": len(material.mentors),
        "n_pairs": draft.assignment.n_pairs,
        "mean": float(affinity[chosen].mean()) if chosen.any() else None,
        "complete": draft.assignment.complete,
        "worst_project_id": min(means, key=lambda key: (means[key], key)) if means else None,
        "short_projects": [
            [project_ids[short.id], int(short.asked), int(short.got)]
            for short in draft.assignment.short_projects
        ],
        "short_mentors": [
            [mentor_ids[short.id], int(short.asked), int(short.got)]
            for short in draft.assignment.short_mentors
        ],
        "thin_projects": [
            project_ids[row.id] for row in material.project_profiles if too_little_known(row)
        ],
        "thin_mentors": [
            mentor_ids[row.id] for row in material.mentor_profiles if too_little_known(row)
        ],
    }


def pack_features(draft: Draft) -> bytes:
    """Compress all pairs' features, so that unchosen pairs can be asked about later."""
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        names=np.array(draft.features.names),
        values=draft.features.values.astype(np.float32),
        known=np.packbits(draft.features.known),
        affinity=draft.affinity.astype(np.float32),
        known_share=draft.known_share.astype(np.float32),
    )
    return buffer.getvalue()


@dataclass(frozen=True)
class KeptPairs:
    """What a run kept of all its pairs: rows are projects, columns are mentors."""

    features: PairFeatures
    affinity: NDArray[np.float64]
    known_share: NDArray[np.float64]


def unpack_features(packed: bytes) -> KeptPairs:
    """Give back what :func:`pack_features` kept."""
    with np.load(io.BytesIO(packed), allow_pickle=False) as stored:
        values = stored["values"].astype(np.float64)
        known = np.unpackbits(stored["known"], count=values.size).astype(bool)
        return KeptPairs(
            features=PairFeatures(
                names=tuple(str(name) for name in stored["names"]),
                values=values,
                known=known.reshape(values.shape),
            ),
            affinity=stored["affinity"].astype(np.float64),
            known_share=stored["known_share"].astype(np.float64),
        )
