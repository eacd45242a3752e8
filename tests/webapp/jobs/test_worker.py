"""The worker: carries jobs out, says why one failed, and starts soon after it is called."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from tests.factories import make_edition
from webapp.enums import JobKind, JobState, RunState
from webapp.errors import NotPossible
from webapp.jobs import runs
from webapp.jobs.place import Place, Report
from webapp.jobs.worker import Handler, Worker
from webapp.models import Job, Run
from webapp.queue import make_bell
from webapp.services import jobs


def forget(_place: Place, _job: Job, _error: dict[str, Any]) -> None:
    """Nothing to tidy up."""


def worker_that(place: Place, work: Callable[[Place, Job, Report], None]) -> Worker:
    return Worker(place, {JobKind.RUN: Handler(work, forget)})


def queue(place: Place) -> int:
    with place.sessions.writing() as session:
        return jobs.queue_job(session, JobKind.RUN).id


def read(place: Place, job_id: int) -> Job:
    with place.sessions.to_read() as session:
        return session.get_one(Job, job_id)


def test_it_does_every_job_and_calls_it_done(place: Place) -> None:
    done: list[int] = []
    worker = worker_that(place, lambda _place, job, _report: done.append(job.id))
    queued = [queue(place), queue(place)]
    assert worker.work_all() == 2
    assert done == queued
    assert [read(place, job_id).state for job_id in queued] == [JobState.DONE] * 2


def test_a_named_error_becomes_the_jobs_error(place: Place) -> None:
    def refuse(_place: Place, _job: Job, _report: Report) -> None:
        raise NotPossible("no_mentors", n=0)

    job_id = queue(place)
    worker_that(place, refuse).work_all()
    job = read(place, job_id)
    assert (job.state, job.error) == (
        JobState.FAILED,
        {"code": "no_mentors", "params": {"n": 0}},
    )


def test_a_slip_of_ours_fails_the_job_and_the_worker_lives_on(place: Place) -> None:
    def slip(_place: Place, _job: Job, _report: Report) -> None:
        raise KeyError("secret")

    first, second = queue(place), queue(place)
    assert worker_that(place, slip).work_all() == 2
    error = {"code": "unexpected", "params": {}}
    assert [read(place, job_id).error for job_id in (first, second)] == [error, error]


def test_a_cancelled_job_is_told_to_stop(place: Place) -> None:
    answers: list[bool] = []

    def work(place: Place, job: Job, report: Report) -> None:
        answers.append(report(1, 3, "first"))
        with place.sessions.writing() as session:
            jobs.cancel_job(session, session.get_one(Job, job.id))
        answers.append(report(2, 3, "second"))

    job_id = queue(place)
    worker_that(place, work).work_all()
    assert answers == [True, False]
    assert read(place, job_id).state is JobState.CANCELLED


def test_a_run_fails_with_its_job(place: Place) -> None:
    with place.sessions.writing() as session:
        edition = make_edition(session)
        run = Run(edition_id=edition.id, number=1, state=RunState.RUNNING)
        session.add(run)
        session.flush()
        job = jobs.queue_job(session, JobKind.RUN, subject_id=run.id)
        job.state, job.n_tries, job.owner = JobState.RUNNING, jobs.MAX_TRIES, "gone:1:x"
    Worker(place, {JobKind.RUN: Handler(runs.work, runs.give_up)}).tick()
    with place.sessions.to_read() as session:
        found = session.get_one(Run, run.id)
        assert (found.state, found.error) == (
            RunState.FAILED,
            {"code": "worker_lost", "params": {}},
        )


def test_a_worker_that_was_killed_here_is_not_waited_for(place: Place) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    owners = {
        f"{socket.gethostname()}:{dead.pid}:a": JobState.QUEUED,
        f"{socket.gethostname()}:{os.getpid()}:earlier": JobState.QUEUED,
        f"{socket.gethostname()}:{os.getppid()}:b": JobState.RUNNING,
        f"another-machine:{dead.pid}:c": JobState.RUNNING,
    }
    taken = {}
    for owner in owners:
        queue(place)
        with place.sessions.writing() as session:
            job = jobs.claim_job(session, owner)
            assert job is not None
            taken[owner] = job.id
    Worker(place).tick()
    assert {owner: read(place, job_id).state for owner, job_id in taken.items()} == owners


def wait_until(found: Callable[[], bool], seconds: float) -> float:
    start = time.monotonic()
    while not found():
        assert time.monotonic() - start < seconds
        time.sleep(0.01)
    return time.monotonic() - start


def test_a_called_worker_starts_at_once_and_stops_when_told(place: Place) -> None:
    started: list[float] = []
    worker = worker_that(place, lambda *_: started.append(time.monotonic()))
    waits: list[float] = []

    def organizer() -> None:
        try:
            # The first job is there without a call, at the latest after a second.
            queue(place)
            waits.append(wait_until(lambda: len(started) == 1, 5))
            bell = make_bell(place.config)
            for number in (2, 3, 4):
                time.sleep(0.05)
                queue(place)
                bell()
                waits.append(wait_until(lambda number=number: len(started) == number, 5))
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    before = {number: signal.getsignal(number) for number in (2, 15, 1)}
    thread = threading.Thread(target=organizer)
    try:
        thread.start()
        worker.run()
    finally:
        thread.join()
        for number, handler in before.items():
            signal.signal(number, handler)
    assert len(waits) == 4
    # A quarter of a second to hear the bell; the rest is a busy machine.
    assert min(waits[1:]) < 0.5
