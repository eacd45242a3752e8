"""Texts read ahead by the sentence encoder, so that a run does not wait for it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from webapp.jobs.place import Place, Report
from webapp.models import Job
from webapp.services import jobs, readings
from webapp.services.matching import reading


class _GiveWay(Exception):
    """Somebody waits for the worker, or it goes home: the rest is read later."""


def work(place: Place, job: Job, report: Report) -> None:
    """Read what is new; make room for anybody who waits, and go on after them."""
    assert job.subject_id is not None

    def tell(done: int, total: int) -> None:
        goes_on = report(done, total, "reading")
        with place.sessions.to_read() as session:
            others_wait = jobs.has_waiting_job(session)
        if others_wait or not goes_on:
            raise _GiveWay

    try:
        reading.read_edition(place.sessions, job.subject_id, place.config["ENCODER"], tell)
    except _GiveWay:
        with place.sessions.writing() as session:
            readings.queue_reading(session, job.subject_id)


def give_up(_place: Place, _job: Job, _error: dict[str, object]) -> None:
    """Nothing to mend: a run reads what it misses, and the next change calls again."""


def queue_due(session: Session, place: Place) -> None:
    """Once a minute: ask for editions in which something new was written."""
    if reading.encoder_is_here(place.config["ENCODER"]):
        readings.queue_due_readings(session)
