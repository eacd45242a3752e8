"""The instance folder: where the database, uploads, letters and secrets of one place live."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.exc import OperationalError

from webapp import config, migrations
from webapp.db import Sessions, make_engine


class CannotStart(Exception):
    """One sentence for the terminal: what is wrong, and what to do."""


def folder() -> Path:
    """Give the instance folder: ``CAMPFIRE_INSTANCE``, else ``instance`` right here."""
    return Path(os.environ.get("CAMPFIRE_INSTANCE") or "instance").resolve()


def short(path: Path) -> str:
    """Give a path as a person here would write it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def settings() -> dict[str, Any]:
    """Read the settings, making the folder on the first start."""
    place = folder()
    try:
        return config.load(place)
    except OSError as error:
        raise CannotStart(
            f"Campfire cannot write to {short(place)} ({error.strerror}). "
            "Give this account the folder, or name another one in CAMPFIRE_INSTANCE."
        ) from error


@contextmanager
def database() -> Iterator[Sessions]:
    """Open the instance's database, brought up to date."""
    engine = make_engine(settings()["DATABASE_URL"])
    try:
        migrations.upgrade(engine)
        yield Sessions(engine)
    except OperationalError as error:
        raise CannotStart(f"The database cannot be used: {error.orig}") from error
    finally:
        engine.dispose()
