"""A worker's place: the test's own database, with no mail server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from webapp import config
from webapp.db import Sessions, make_engine
from webapp.jobs.place import Place


@pytest.fixture
def place(instance: Path) -> Iterator[Place]:
    engine = make_engine(f"sqlite:///{instance / 'campfire.db'}")
    yield Place(Sessions(engine), {**config.load(instance), "REDIS_URL": "", "SMTP_HOST": ""})
    engine.dispose()
