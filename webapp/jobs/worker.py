"""The worker: takes job rows one at a time, shows its heartbeat, and stops when asked."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, Final, NamedTuple
from uuid import uuid4

from sqlalchemy.exc import OperationalError

from webapp import queue
from webapp.enums import JobKind
from webapp.errors import CampfireError
from webapp.jobs import learning, letters, runs, texts
from webapp.jobs.bell import Bell
from webapp.jobs.place import Place, Report
from webapp.models import Job
from webapp.services import jobs, learned_weights, outbox

log = logging.getLogger(__name__)

# Without a call, too, nobody waits longer than this.
LOOK_SECONDS: Final = 1.0
BEAT_SECONDS: Final = 5.0
UNEXPECTED: Final = {"code": "unexpected", "params": {}}


class Handler(NamedTuple):
    """Who does one kind of job, and who tidies up when it fails for good."""

    work: Callable[[Place, Job, Report], None]
    give_up: Callable[[Place, Job, dict[str, Any]], None]
    # What it leaves is taken up by the clock: no need to finish before going home.
    may_stop_between_steps: bool = False


HANDLERS: Final[Mapping[JobKind, Handler]] = {
    JobKind.RUN: Handler(runs.work, runs.give_up),
    JobKind.READ_TEXTS: Handler(texts.work, texts.give_up, may_stop_between_steps=True),
    JobKind.LEARN_WEIGHTS: Handler(learning.work, learning.give_up),
    JobKind.SEND_LETTERS: Handler(letters.work, letters.give_up, may_stop_between_steps=True),
}


class Worker:
    """One worker in its process: one job at a time, in the main thread."""

    def __init__(self, place: Place, handlers: Mapping[JobKind, Handler] = HANDLERS) -> None:
        self.place = place
        self.handlers = handlers
        self.owner = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"
        self.bell = Bell()
        self.is_stopping = False

    def run(self) -> None:
        """Work until a signal says stop; the job at hand is finished first."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        listener = queue.listen(self.place.config, wake=self.bell.ring, tick=self.tick)
        self.tick()
        listener.start()
        log.info("The worker is here.")
        while not self.is_stopping:
            if not self._work_one_safely():
                self.bell.wait(LOOK_SECONDS)
        listener.stop(graceful=True)
        log.info("The worker went home.")

    def work_one(self) -> bool:
        """Do the next job, if there is one."""
        with self.place.sessions.to_read() as session:
            if not jobs.has_waiting_job(session):
                return False
        with self.place.sessions.writing() as session:
            job = jobs.claim_job(session, self.owner)
        if job is None:
            return False
        self._carry_out(job)
        return True

    def work_all(self) -> int:
        """Do every job that waits, and give how many there were."""
        n_done = 0
        while self.work_one():
            n_done += 1
        return n_done

    def tick(self) -> None:
        """Once a minute: put back what lost its worker, and call for what is due."""
        with self.place.sessions.writing() as session:
            failed = jobs.reap_jobs(session, self._is_gone)
            outbox.give_up_lost_letters(session)
            outbox.queue_due_letters(session)
            texts.queue_due(session, self.place)
            learned_weights.queue_due_judgements(session)
        for job in failed:
            self.handlers[job.kind].give_up(self.place, job, dict(jobs.WORKER_LOST))
        self.bell.ring()

    def _work_one_safely(self) -> bool:
        try:
            return self.work_one()
        except OperationalError:
            # Locked for long, or the database server restarts: it will be back.
            log.exception("The database did not answer; trying again.")
            return False

    def _carry_out(self, job: Job) -> None:
        handler = self.handlers[job.kind]
        progress = partial(jobs.report_progress, self.place.sessions, job.id, owner=self.owner)

        def report(done: int, total: int, step: str) -> bool:
            goes_on = progress(done, total, step)
            return goes_on and not (handler.may_stop_between_steps and self.is_stopping)

        try:
            with self._heartbeat(job.id):
                handler.work(self.place, job, report)
        except Exception as error:
            log.exception("Job %s (%s) failed.", job.id, job.kind.value)
            self._fail(handler, job, _as_value(error))
            return
        with self.place.sessions.writing() as session:
            jobs.finish_job(session, job.id, self.owner)

    def _fail(self, handler: Handler, job: Job, error: dict[str, Any]) -> None:
        with self.place.sessions.writing() as session:
            is_ours = jobs.fail_job(session, job.id, self.owner, error)
        if is_ours:
            handler.give_up(self.place, job, error)

    @contextmanager
    def _heartbeat(self, job_id: int) -> Iterator[None]:
        """Beat while the block runs: a long step reports nothing, and is alive."""
        over = threading.Event()

        def beat() -> None:
            while not over.wait(BEAT_SECONDS):
                try:
                    with self.place.sessions.writing() as session:
                        jobs.beat(session, job_id, self.owner)
                except OperationalError:
                    log.warning("A heartbeat found the database locked.")

        thread = threading.Thread(target=beat, name="heartbeat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _is_gone(self, owner: str) -> bool:
        """Tell whether an owner was a process of this machine that is no more."""
        host, _, rest = owner.partition(":")
        number = rest.partition(":")[0]
        if host != socket.gethostname() or not number.isdigit() or owner == self.owner:
            return False
        if int(number) == os.getpid():
            # Our own number, and not us: it belonged to an earlier worker.
            return True
        try:
            os.kill(int(number), 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        return False

    def _stop(self, _number: int, _frame: object) -> None:
        self.is_stopping = True
        self.bell.ring()


def _as_value(error: Exception) -> dict[str, Any]:
    if isinstance(error, CampfireError):
        return {"code": error.code, "params": dict(error.params)}
    return dict(UNEXPECTED)
