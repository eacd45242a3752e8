"""The database: engines that take their locks early, and a session a request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, current_app, g, request
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
BUSY_MILLISECONDS = 5_000

# Somebody else changed a row between a page's reading and its writing.
StaleRow = StaleDataError


def make_engine(url: str) -> Engine:
    """Open an engine. On SQLite: WAL, foreign keys, and honest transactions.

    Python's driver opens no transaction before a SELECT, so read-then-write
    could give a mentor's last place twice; here every transaction begins with
    a BEGIN of ours, and one opened to write takes the write lock at once.
    """
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("campfire_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Sessions:
    """Makes sessions on one engine: to read, or to write."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = engine.execution_options(campfire_write=True)

    def to_read(self) -> Session:
        """Open a session that is not meant to write."""
        return Session(self.engine, expire_on_commit=False)

    def to_write(self) -> Session:
        """Open a session that holds SQLite's write lock from its first query."""
        return Session(self._writing, expire_on_commit=False)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Run a block in one write transaction, committed at its end."""
        with self.to_write() as session, session.begin():
            yield session


def init_app(app: Flask) -> None:
    """Give the app its engine, and close each request's session."""
    app.extensions["campfire.sessions"] = Sessions(make_engine(app.config["DATABASE_URL"]))
    app.teardown_appcontext(_close)


def sessions() -> Sessions:
    """Give the app's session maker."""
    found: Sessions = current_app.extensions["campfire.sessions"]
    return found


def session() -> Session:
    """Give this request's session; unsafe requests open it to write."""
    if "db_session" not in g:
        maker = sessions()
        g.db_session = maker.to_read() if request.method in SAFE_METHODS else maker.to_write()
    current: Session = g.db_session
    return current


def commit() -> None:
    """Keep what this request did. A page commits once."""
    session().commit()


def rollback() -> None:
    """Drop what this request did, and let go of the lock."""
    if "db_session" in g:
        g.db_session.rollback()


def _close(_error: BaseException | None) -> None:
    current = g.pop("db_session", None)
    if current is not None:
        current.close()
