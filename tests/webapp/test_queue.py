"""The bell: rung after a page that kept a job, and by no other."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from flask import Flask

from webapp import db, queue
from webapp.enums import JobKind
from webapp.services import jobs


@pytest.fixture
def small_app(instance: Path) -> Flask:
    app = Flask("small")
    app.config.update(
        DATABASE_URL=f"sqlite:///{instance / 'campfire.db'}",
        QUEUE_FILE=str(instance / "queue.db"),
        REDIS_URL="",
    )
    db.init_app(app)
    queue.init_app(app)

    @app.post("/job")
    def job() -> str:
        jobs.queue_job(db.session(), JobKind.SEND_LETTERS)
        db.commit()
        return "queued"

    @app.post("/none")
    def none() -> str:
        db.session()
        db.commit()
        return "nothing to do"

    return app


def n_rung(instance: Path) -> int:
    with sqlite3.connect(instance / "queue.db") as connection:
        found: int = connection.execute("SELECT count(*) FROM task").fetchone()[0]
    connection.close()
    return found


def test_a_page_that_kept_a_job_rings_once(small_app: Flask, instance: Path) -> None:
    client = small_app.test_client()
    client.post("/none")
    assert n_rung(instance) == 0
    client.post("/job")
    assert n_rung(instance) == 1
    client.post("/none")
    assert n_rung(instance) == 1
    small_app.extensions["campfire.sessions"].engine.dispose()


def test_a_bell_that_fails_does_not_fail_the_page(small_app: Flask, instance: Path) -> None:
    with sqlite3.connect(instance / "queue.db") as connection:
        connection.execute("DROP TABLE task")
    connection.close()
    answer = small_app.test_client().post("/job")
    assert (answer.status_code, answer.text) == (200, "queued")
    with small_app.extensions["campfire.sessions"].to_read() as session:
        assert jobs.has_waiting_job(session)
    small_app.extensions["campfire.sessions"].engine.dispose()
