"""What a run found, as a draft keeps it: lines, numbers, and all pairs' features."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from matcher.assignment import Assignment
from matcher.certainty import too_little_known
from matcher.features import PairFeatures
from webapp.enums import PairPlace, RunState
from webapp.models import Run, RunLine, utc_now
from webapp.services.matching.kept_pairs import KeptPairs, pack_pairs
from webapp.services.matching.material import Material
from webapp.services.matching.reading import Reader

Pair = tuple[int, int]


@dataclass(frozen=True)
class Draft:
    """What a run found: the plan, and all pairs' features behind it."""

    features: PairFeatures
    affinity: NDArray[np.float64]
    known_share: NDArray[np.float64]
    assignment: Assignment
    reasons: dict[Pair, list[dict[str, Any]]]
    reader: Reader


def keep_draft(session: Session, run_id: int, material: Material, draft: Draft) -> None:
    """Write a draft plan into its run, unless somebody stopped the run meanwhile."""
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
    run.features = pack_pairs(
        KeptPairs(
            names=draft.features.names,
            values=draft.features.values,
            known=draft.features.known,
            affinity=draft.affinity,
            known_share=draft.known_share,
        )
    )
    run.versions = {
        **{name: version(name) for name in ("numpy", "scikit-learn", "ortools")},
        **draft.reader.versions(),
    }
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
        # Why texts were compared without the sentence encoder that was wanted.
        "without_encoder": draft.reader.missing,
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
