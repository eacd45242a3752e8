"""Job rows: taken once, owned, taken up again, and ended as they really ended."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from webapp.enums import JobKind, JobState
from webapp.errors import NotPossible
from webapp.jobs.place import Place
from webapp.models import Job, utc_now
from webapp.services import jobs


def queue(place: Place, **values: object) -> int:
    with place.sessions.writing() as session:
        return jobs.queue_job(session, JobKind.RUN, **values).id  # type: ignore[arg-type]


def claim(place: Place, owner: str = "ann") -> Job | None:
    with place.sessions.writing() as session:
        return jobs.claim_job(session, owner)


def read(place: Place, job_id: int) -> Job:
    with place.sessions.to_read() as session:
        return session.get_one(Job, job_id)


def grow_old(place: Place, job_id: int) -> None:
    with place.sessions.writing() as session:
        job = session.get_one(Job, job_id)
        job.heartbeat_at = utc_now() - jobs.STALE_AFTER - timedelta(seconds=1)


def reap(place: Place) -> list[int]:
    with place.sessions.writing() as session:
        return [job.id for job in jobs.reap_jobs(session)]


def test_a_job_waits_until_its_cause_is_kept(place: Place) -> None:
    session = place.sessions.to_write()
    jobs.queue_job(session, JobKind.RUN, subject_id=1)
    session.rollback()
    session.close()
    assert claim(place) is None


def test_the_longest_waiting_job_comes_first_and_only_once(place: Place) -> None:
    later = queue(place, run_after=utc_now() - timedelta(seconds=1))
    first = queue(place, run_after=utc_now() - timedelta(seconds=9))
    taken = [claim(place), claim(place), claim(place)]
    assert [job.id if job else None for job in taken] == [first, later, None]
    assert read(place, first).n_tries == 1
    assert read(place, first).state is JobState.RUNNING


def test_a_job_for_later_waits(place: Place) -> None:
    queue(place, run_after=utc_now() + timedelta(hours=1))
    with place.sessions.to_read() as session:
        assert not jobs.has_waiting_job(session)
    assert claim(place) is None


def test_two_workers_never_take_the_same_job(place: Place) -> None:
    wanted = [queue(place, subject_id=number) for number in range(30)]
    taken: list[int] = []

    def work(owner: str) -> None:
        while job := claim(place, owner):
            taken.append(job.id)

    workers = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(taken) == wanted


def test_progress_is_seen_and_a_done_job_is_done(place: Place) -> None:
    job_id = queue(place)
    claim(place)
    assert jobs.report_progress(place.sessions, job_id, 3, 12, "reading", owner="ann")
    job = read(place, job_id)
    assert (job.n_done, job.n_total, job.step) == (3, 12, "reading")
    with place.sessions.writing() as session:
        assert jobs.finish_job(session, job_id, "ann")
    job = read(place, job_id)
    assert (job.state, job.error) == (JobState.DONE, None)
    assert job.finished_at is not None


def test_a_failure_keeps_its_error_as_a_value(place: Place) -> None:
    job_id = queue(place)
    claim(place)
    error = {"code": "no_mentors", "params": {"n": 0}}
    with place.sessions.writing() as session:
        assert jobs.fail_job(session, job_id, "ann", error)
    assert (read(place, job_id).state, read(place, job_id).error) == (JobState.FAILED, error)


def test_a_cancelled_job_hears_of_it_and_cannot_be_called_done(place: Place) -> None:
    job_id = queue(place)
    claim(place)
    with place.sessions.writing() as session:
        jobs.cancel_job(session, session.get_one(Job, job_id))
    assert not jobs.report_progress(place.sessions, job_id, 1, 2, "", owner="ann")
    with place.sessions.writing() as session:
        assert not jobs.finish_job(session, job_id, "ann")
    assert read(place, job_id).state is JobState.CANCELLED


def test_what_is_over_cannot_be_cancelled(place: Place) -> None:
    job_id = queue(place)
    claim(place)
    with place.sessions.writing() as session:
        jobs.finish_job(session, job_id, "ann")
        with pytest.raises(NotPossible) as caught:
            jobs.cancel_job(session, session.get_one(Job, job_id))
    assert caught.value.code == "work_finished"
    assert read(place, job_id).state is JobState.DONE


def test_a_living_job_is_left_alone(place: Place) -> None:
    job_id = queue(place)
    claim(place)
    assert reap(place) == []
    assert read(place, job_id).state is JobState.RUNNING


def test_a_beat_keeps_a_job_alive(place: Place) -> None:
    job_id = queue(place)
    claim(place)
    grow_old(place, job_id)
    with place.sessions.writing() as session:
        assert jobs.beat(session, job_id, "ann")
    reap(place)
    assert read(place, job_id).state is JobState.RUNNING


def test_a_lost_job_is_taken_up_again_and_its_first_owner_no_longer_counts(place: Place) -> None:
    job_id = queue(place)
    claim(place, "ann")
    grow_old(place, job_id)
    assert reap(place) == []
    again = claim(place, "bob")
    assert again is not None
    assert (again.id, again.n_tries) == (job_id, 2)
    with place.sessions.writing() as session:
        assert not jobs.finish_job(session, job_id, "ann")
        assert not jobs.beat(session, job_id, "ann")
    assert read(place, job_id).state is JobState.RUNNING


def test_a_job_lost_three_times_fails(place: Place) -> None:
    job_id = queue(place)
    for _ in range(jobs.MAX_TRIES - 1):
        claim(place)
        grow_old(place, job_id)
        assert reap(place) == []
    claim(place)
    grow_old(place, job_id)
    assert reap(place) == [job_id]
    job = read(place, job_id)
    assert (job.state, job.error) == (JobState.FAILED, {"code": "worker_lost", "params": {}})
    assert claim(place) is None


def test_a_known_death_is_not_waited_for(place: Place) -> None:
    job_id = queue(place)
    claim(place, "ann")
    with place.sessions.writing() as session:
        jobs.reap_jobs(session, lambda owner: owner == "ann")
    assert read(place, job_id).state is JobState.QUEUED
