"""When the worker reads an edition's texts again: after somebody has saved a profile."""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from webapp.enums import EditionState, JobKind, JobState
from webapp.models import Edition, Job, ProfileVersion
from webapp.services import jobs

_UNDER_WAY = (JobState.QUEUED, JobState.RUNNING)


def queue_due_readings(session: Session) -> int:
    """Ask for each edition in which a profile was saved or erased since it was last read.

    Returns
    -------
    int
        How many jobs were queued.
    """
    changed = select(
        ProfileVersion.edition_id,
        func.max(func.coalesce(ProfileVersion.erased_at, ProfileVersion.saved_at)).label("at"),
    ).group_by(ProfileVersion.edition_id)
    due = 0
    for edition_id, at in session.execute(changed).all():
        last = session.scalars(
            select(Job)
            .where(Job.kind == JobKind.READ_TEXTS, Job.subject_id == edition_id)
            .order_by(Job.id.desc())
            .limit(1)
        ).first()
        is_over = session.get_one(Edition, edition_id).state is EditionState.ARCHIVED
        if is_over or (last is not None and (last.state in _UNDER_WAY or last.created_at > at)):
            continue
        queue_reading(session, edition_id)
        due += 1
    return due


def queue_reading(session: Session, edition_id: int) -> Job:
    """Ask for one; of those that are over nothing is kept."""
    session.execute(
        delete(Job).where(
            Job.kind == JobKind.READ_TEXTS,
            Job.subject_id == edition_id,
            Job.state.not_in(_UNDER_WAY),
        )
    )
    return jobs.queue_job(session, JobKind.READ_TEXTS, subject_id=edition_id, edition_id=edition_id)
