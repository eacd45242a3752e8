"""A real database, new for each test, and browsers to visit the pages with."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from tests.settings import TEST_SETTINGS
from webapp import create_app, db
from webapp.access import TOKEN
from webapp.models import Base, User
from webapp.services import sessions as sign_in_sessions

SignIn = Callable[[FlaskClient, User], FlaskClient]


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with every table and no rows, copied for each test."""
    path = tmp_path_factory.mktemp("database") / "empty.db"
    engine = db.make_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def instance(tmp_path: Path, empty_database: Path) -> Path:
    """An instance folder of the test's own, with an empty database in it."""
    folder = tmp_path / "instance"
    folder.mkdir()
    shutil.copy(empty_database, folder / "campfire.db")
    return folder


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> BytecodeCache:
    """Templates compiled once for all tests: each has an application of its own."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(instance: Path, compiled_templates: BytecodeCache) -> Iterator[Flask]:
    """The application on a database of its own.

    No application context is left open: a page would share what it keeps.
    """
    app = create_app(
        {**TEST_SETTINGS, "DATABASE_URL": f"sqlite:///{instance / 'campfire.db'}"},
        instance=instance,
    )
    app.jinja_env.bytecode_cache = compiled_templates
    yield app
    app.extensions["campfire.sessions"].engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser in which nobody is signed in."""
    return app.test_client()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session to arrange and to look with.

    ``session.commit()`` keeps what was arranged and lets go of the write lock
    (a page waits for it otherwise). What a page did is seen after the next
    ``session.commit()``: until then the session goes on seeing what it saw.
    """
    with Session(app.extensions["campfire.sessions"].engine) as session:
        yield session


@pytest.fixture
def sign_in(app: Flask) -> SignIn:
    """Sign a person in, in a browser: ``sign_in(client, user)``."""

    def sign(client: FlaskClient, user: User) -> FlaskClient:
        with app.extensions["campfire.sessions"].writing() as writing:
            # Without asking the test's session, which would look from then on.
            person = writing.get_one(User, inspect(user).identity)
            token = sign_in_sessions.start_session(writing, person, device="test")
        with client.session_transaction() as cookie:
            cookie.clear()
            cookie[TOKEN] = token
        return client

    return sign
