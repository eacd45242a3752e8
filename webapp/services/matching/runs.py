"""One working of the model: from today's rows to a draft plan that changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matcher.affinity import AffinityModel
from matcher.assignment import assign
from matcher.errors import MatcherError
from matcher.reasons import Explainer, Pair
from webapp.enums import RunState
from webapp.errors import NotPossible
from webapp.models import Run, utc_now
from webapp.services.matching.drafts import Draft, keep_draft
from webapp.services.matching.material import Material, constraints_of, read_material
from webapp.services.matching.reading import Reader, SessionMaker, read_material_texts

Report = Callable[[int, int, str], bool]
# How many films are explained between two words about the progress.
EXPLAINED_AT_ONCE = 8


class Cancelled(Exception):
    """An organizer stopped the run; nothing is kept."""


def execute_run(
    sessions: SessionMaker, run_id: int, report: Report, *, encoder: str = "none"
) -> None:
    """Work a queued run out, and leave a draft plan, a failure, or a cancellation.

    ``report(done, total, step)`` is told how far it is, and answers False when
    somebody cancelled. Working it out twice gives the same draft: a run lost
    with its worker can simply be taken up again. ``encoder`` is the name of a
    sentence encoder; where there is none of that name here, the draft says so.
    """
    with sessions.writing() as session:
        run = session.get(Run, run_id)
        if run is None or run.state not in {RunState.QUEUED, RunState.RUNNING}:
            return
        run.state = RunState.RUNNING
    try:
        with sessions.to_read() as session:
            material = read_material(session, run_id)
        reader = read_material_texts(sessions, material, encoder, _step(material, report))
        draft = work_out(material, report, reader)
    except Cancelled:
        _end(sessions, run_id, RunState.CANCELLED)
        return
    except (MatcherError, NotPossible) as error:
        _end(sessions, run_id, RunState.FAILED, {"code": error.code, "params": dict(error.params)})
        return
    with sessions.writing() as session:
        keep_draft(session, run_id, material, draft)


def _step(material: Material, report: Report) -> Callable[[int, str], None]:
    total = 2 * len(material.projects)

    def step(done: int, name: str) -> None:
        if not report(done, total, name):
            raise Cancelled

    return step


def work_out(material: Material, report: Report, reader: Reader | None = None) -> Draft:
    """Let the matcher work: compare all, choose the plan, say why, film by film.

    Progress counts films twice: once all are compared, then as each is explained.
    """
    n_films = len(material.projects)
    step, reader = _step(material, report), reader or Reader()
    step(0, "comparing")
    model = AffinityModel(weights=material.weights or None, encoder=reader.encoder)
    features = model.fit_features(material.project_profiles, material.mentor_profiles)
    affinity = model.affinity(features)
    step(n_films, "choosing")
    assignment = assign(affinity, constraints_of(material))
    # Reasons for the chosen pairs alone; the features of all are kept for later questions.
    explainer = Explainer(model)
    reasons: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for first in range(0, n_films, EXPLAINED_AT_ONCE):
        step(n_films + first, "explaining")
        last = first + EXPLAINED_AT_ONCE
        chosen = [
            (first + int(row), int(column))
            for row, column in np.argwhere(assignment.chosen[first:last])
        ]
        told = explainer.explain_all(
            [
                Pair(
                    material.project_profiles[row],
                    material.mentor_profiles[column],
                    features.values[row, column],
                    features.known[row, column],
                )
                for row, column in chosen
            ]
        )
        for place, found in zip(chosen, told, strict=True):
            reasons[place] = [reason.to_dict() for reason in found]
    step(2 * n_films, "keeping")
    return Draft(
        features=features,
        affinity=affinity,
        known_share=model.known_share(features),
        assignment=assignment,
        reasons=reasons,
        reader=reader,
    )


def _end(
    sessions: SessionMaker, run_id: int, state: RunState, error: dict[str, Any] | None = None
) -> None:
    with sessions.writing() as session:
        run = session.get_one(Run, run_id)
        run.state = state
        run.error = error
        run.finished_at = utc_now()
