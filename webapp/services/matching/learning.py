"""Organizers' decisions as the matcher learns from them: features and a yes or no, no person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.features import PairFeatures
from matcher.learning import Decisions, Judgement, from_pairs, joined, judge
from webapp.models import Edition, Run
from webapp.services.decisions import Decision, list_decisions
from webapp.services.matching.kept_pairs import unpack_pairs


def judge_edition(session: Session, edition: Edition) -> Judgement:
    """Learn from an edition's decisions in shadow, and say what came of it.

    Nothing is changed: neither the plan nor what counts in the next run.
    """
    return judge(read_decisions(session, edition), edition.weights)


def read_decisions(session: Session, edition: Edition) -> Decisions:
    """Give the decisions with the features that a run kept of their pairs.

    Those of the last run before the decision, as the organizer saw the pair;
    of the first one after it where there was none. A pair that no run compared
    is left out.
    """
    runs = session.scalars(
        select(Run)
        .where(Run.edition_id == edition.id, Run.features.is_not(None))
        .order_by(Run.number)
    ).all()
    by_run: dict[int, list[Decision]] = defaultdict(list)
    for decision in list_decisions(session, edition):
        run = _run_for(decision, runs)
        if run is not None:
            by_run[run.id].append(decision)
    kept = session.execute(select(Run.id, Run.features).where(Run.id.in_(by_run)))
    features = {row.id: row.features for row in kept}
    return joined(
        [_of_run(run, features[run.id], by_run[run.id]) for run in runs if run.id in by_run]
    )


def _run_for(decision: Decision, runs: Sequence[Run]) -> Run | None:
    comparing = [
        run
        for run in runs
        if decision.project_id in run.project_ids and decision.mentor_id in run.mentor_ids
    ]
    before = [run for run in comparing if run.finished_at and run.finished_at <= decision.at]
    if before:
        return before[-1]
    return comparing[0] if comparing else None


def _of_run(run: Run, packed: bytes | None, decisions: Sequence[Decision]) -> Decisions:
    kept = unpack_pairs(packed or b"")
    decided: Mapping[tuple[int, int], bool] = {
        (
            run.project_ids.index(decision.project_id),
            run.mentor_ids.index(decision.mentor_id),
        ): decision.wanted
        for decision in decisions
    }
    found = from_pairs(PairFeatures(kept.names, kept.values, kept.known), decided)
    # A film met in two runs is still one film.
    same_film = [run.project_ids[row] for row in found.projects.tolist()]
    return replace(found, projects=np.array(same_film, dtype=np.int64))
