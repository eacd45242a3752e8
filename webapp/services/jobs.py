"""Work that a page starts and the worker does: rows, taken one at a time.

A job row is written in the same transaction as its cause. Whoever works on it
owns it and shows a heartbeat; when the heart stops, the job is taken up again,
so every step of a job must stand being done twice. What an earlier owner
reports after that counts for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from webapp.enums import JobKind, JobState
from webapp.errors import NotPossible
from webapp.models import Job, User, utc_now

MAX_TRIES: Final = 3
# Beats come every few seconds; a busy disk may swallow several.
STALE_AFTER: Final = timedelta(seconds=30)
WORKER_LOST: Final = {"code": "worker_lost", "params": {}}


class WritingSessions(Protocol):
    """Whatever opens a write transaction, committed at its end."""

    def writing(self) -> AbstractContextManager[Session]:
        """Open one."""


def queue_job(
    session: Session,
    kind: JobKind,
    *,
    subject_id: int | None = None,
    edition_id: int | None = None,
    actor: User | None = None,
    run_after: datetime | None = None,
) -> Job:
    """Give a new job that starts once the caller's transaction is kept."""
    job = Job(
        kind=kind,
        subject_id=subject_id,
        edition_id=edition_id,
        created_by_id=actor.id if actor else None,
        run_after=run_after or utc_now(),
    )
    session.add(job)
    session.flush()
    # The page's wake-up looks here after the commit.
    session.info["job_queued"] = True
    return job


def has_waiting_job(session: Session) -> bool:
    """Tell whether a job could be claimed right now; cheap enough to ask all day."""
    waiting = exists().where(Job.state == JobState.QUEUED, Job.run_after <= utc_now())
    return bool(session.scalar(select(waiting)))


def claim_job(session: Session, owner: str) -> Job | None:
    """Take the longest waiting job, or None. The session must be open to write.

    SQLite has one writer at a time; PostgreSQL skips rows another worker holds.
    """
    job = session.scalars(
        select(Job)
        .where(Job.state == JobState.QUEUED, Job.run_after <= utc_now())
        .order_by(Job.run_after, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if job is None:
        return None
    job.state = JobState.RUNNING
    job.owner = owner
    job.heartbeat_at = utc_now()
    job.n_tries += 1
    job.n_done = job.n_total = 0
    job.step = ""
    session.flush()
    return job


def beat(session: Session, job_id: int, owner: str) -> bool:
    """Show that the owner is alive; False when the job is no longer theirs."""
    return _change_own(session, job_id, owner, heartbeat_at=utc_now())


def report_progress(
    sessions: WritingSessions, job_id: int, done: int, total: int, step: str, *, owner: str
) -> bool:
    """Show how far a job is; False when it was cancelled and should stop."""
    with sessions.writing() as session:
        return _change_own(
            session,
            job_id,
            owner,
            n_done=done,
            n_total=total,
            step=step,
            heartbeat_at=utc_now(),
        )


def finish_job(session: Session, job_id: int, owner: str) -> bool:
    """Call a job done; False when it was cancelled or taken over meanwhile."""
    return _change_own(
        session, job_id, owner, state=JobState.DONE, finished_at=utc_now(), error=None
    )


def fail_job(session: Session, job_id: int, owner: str, error: Mapping[str, Any]) -> bool:
    """Call a job failed, with the error as a value: a code and its parameters."""
    return _change_own(
        session, job_id, owner, state=JobState.FAILED, finished_at=utc_now(), error=dict(error)
    )


def cancel_job(session: Session, job: Job) -> None:
    """Stop a job: at once if it waits, at its next report if it runs.

    Raises
    ------
    NotPossible
        ``work_finished``: there is nothing left to stop.
    """
    cancelled = session.execute(
        update(Job)
        .where(Job.id == job.id, Job.state.in_((JobState.QUEUED, JobState.RUNNING)))
        .values(state=JobState.CANCELLED, finished_at=utc_now())
    )
    session.refresh(job)
    if not _n_changed(cancelled):
        raise NotPossible("work_finished")


def reap_jobs(session: Session, is_gone: Callable[[str], bool] | None = None) -> list[Job]:
    """Put jobs back whose worker died; after three tries they fail.

    Parameters
    ----------
    session
        Open to write.
    is_gone
        Tells for an owner whether it is known to be dead, which saves waiting
        for its heartbeat to grow old.

    Returns
    -------
    list of Job
        Those that failed for good.
    """
    oldest = utc_now() - STALE_AFTER
    failed = []
    running = session.scalars(
        select(Job)
        .where(Job.state == JobState.RUNNING)
        .order_by(Job.id)
        .with_for_update(skip_locked=True)
    )
    for job in running:
        is_stale = job.heartbeat_at is None or job.heartbeat_at < oldest
        if not is_stale and not (is_gone and is_gone(job.owner)):
            continue
        job.owner = ""
        if job.n_tries < MAX_TRIES:
            job.state = JobState.QUEUED
        else:
            job.state, job.error, job.finished_at = JobState.FAILED, dict(WORKER_LOST), utc_now()
            failed.append(job)
    session.flush()
    return failed


def _change_own(session: Session, job_id: int, owner: str, **values: Any) -> bool:
    changed = session.execute(
        update(Job)
        .where(Job.id == job_id, Job.state == JobState.RUNNING, Job.owner == owner)
        .values(**values)
    )
    return _n_changed(changed) == 1


def _n_changed(result: Any) -> int:
    n_changed: int = result.rowcount
    return n_changed
