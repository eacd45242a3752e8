"""The worker's wake-up and its clock, by huey. What is to be done stands in job rows.

A page that queued a job rings the bell after its commit; the worker hears it
within a quarter of a second (at once through Redis) and looks at the job rows.
It looks every second anyway, so a bell that fails costs nothing but that
second. The bell's file is its own: ringing never waits for the lab's database.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from flask import Flask, Response, g
from huey import RedisHuey, SqliteHuey, crontab
from huey.api import Huey
from huey.consumer import Consumer

log = logging.getLogger(__name__)

NAME = "campfire"
LISTEN_SECONDS = 0.25


def make_huey(config: Mapping[str, Any]) -> Huey:
    """Give the bell: a small file beside the database, or Redis for several machines."""
    if config["REDIS_URL"]:
        return RedisHuey(NAME, url=config["REDIS_URL"], results=False)
    path = Path(config["QUEUE_FILE"])
    path.parent.mkdir(parents=True, exist_ok=True)
    return SqliteHuey(NAME, filename=str(path), results=False, fsync=False, timeout=1)


def make_bell(config: Mapping[str, Any]) -> Callable[[], object]:
    """Give what calls the worker. Ring it after the commit, not before."""

    # Huey knows a task by module and name; what this one does is the worker's.
    def wake() -> None:
        """Only a name here."""

    bell: Callable[[], object] = make_huey(config).task(name="wake")(wake)
    return bell


def init_app(app: Flask) -> None:
    """Ring after every page that kept a new job."""
    bell = make_bell(app.config)

    def ring(response: Response) -> Response:
        session = g.get("db_session")
        if session is not None and session.info.pop("job_queued", False):
            try:
                bell()
            except Exception:
                # The worker looks at the rows every second without being called.
                log.warning("The worker could not be called; it will look by itself.")
        return response

    app.after_request(ring)


def listen(
    config: Mapping[str, Any], *, wake: Callable[[], object], tick: Callable[[], object]
) -> Consumer:
    """Give a listener that calls ``wake`` at the bell and ``tick`` every minute.

    It works in threads of its own; the caller starts and stops it.
    """
    huey = make_huey(config)
    huey.flush()

    def hear() -> None:
        wake()

    def pass_on() -> None:
        tick()

    huey.task(name="wake")(hear)
    huey.periodic_task(crontab(), name="tick")(pass_on)
    return Listener(
        huey, workers=1, initial_delay=LISTEN_SECONDS, backoff=1, max_delay=LISTEN_SECONDS
    )


class Listener(Consumer):
    """A huey consumer that leaves signals to the process it lives in."""

    def _set_signal_handlers(self) -> None:
        """Leave them alone."""
