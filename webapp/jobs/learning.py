"""Learning from decisions, in shadow: judged in the worker, kept for the organizers' page."""

from __future__ import annotations

from webapp.jobs.place import Place, Report
from webapp.models import Edition, Job
from webapp.services import learned_weights, plan
from webapp.services.matching.learning import judge_edition


def work(place: Place, job: Job, _report: Report) -> None:
    """Judge an edition's decisions as they stand, and keep what came of it."""
    with place.sessions.to_read() as session:
        edition = session.get(Edition, job.edition_id)
        if edition is None:
            return
        revision = plan.get_revision(session, edition)
        found = judge_edition(session, edition)
    with place.sessions.writing() as session:
        learned_weights.keep_judgement(session, job.edition_id, revision, found)


def give_up(place: Place, job: Job, _error: dict[str, object]) -> None:
    """Leave it until somebody decides about a pair again."""
    with place.sessions.writing() as session:
        learned_weights.skip_judgement(session, job.edition_id)
