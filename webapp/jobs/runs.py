"""Runs of the model: a job about a run, worked out by the matching service."""

from __future__ import annotations

from typing import Any

from webapp.enums import RunState
from webapp.jobs.place import Place, Report
from webapp.models import Job, Run, utc_now
from webapp.services.jobs import MAX_TRIES
from webapp.services.matching.runs import execute_run
from webapp.services.runs import UNFINISHED


def work(place: Place, job: Job, report: Report) -> None:
    """Work a run out; it ends as a draft, or failed with a reason of its own."""
    assert job.subject_id is not None
    # A worker that was lost twice may have been lost to the encoder.
    encoder = place.config["ENCODER"] if job.n_tries < MAX_TRIES else "none"
    execute_run(place.sessions, job.subject_id, report, encoder=encoder)


def give_up(place: Place, job: Job, error: dict[str, Any]) -> None:
    """Let a run fail with its job, so that its page does not wait for ever."""
    with place.sessions.writing() as session:
        run = session.get(Run, job.subject_id)
        if run is not None and run.state in UNFINISHED:
            run.state, run.error, run.finished_at = RunState.FAILED, error, utc_now()
