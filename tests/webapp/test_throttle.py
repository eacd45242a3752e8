from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.settings import TEST_SETTINGS
from webapp import create_app
from webapp.throttle import limiter


@pytest.fixture
def braked(instance: Path) -> Iterator[FlaskClient]:
    """A browser of an application that counts requests."""
    app = create_app(
        {
            **TEST_SETTINGS,
            "DATABASE_URL": f"sqlite:///{instance / 'campfire.db'}",
            "RATELIMIT_ENABLED": True,
        },
        instance=instance,
    )
    yield app.test_client()
    limiter.reset()
    limiter.enabled = False
    app.extensions["campfire.sessions"].engine.dispose()


def test_letters_are_braked_and_pages_are_not(braked: FlaskClient) -> None:
    statuses = [
        braked.post("/forgot", data={"email": f"p{n}@example.org"}).status_code for n in range(21)
    ]
    assert statuses == [200] * 20 + [429]
    assert "Wait a minute" in braked.post("/forgot", data={"email": "p@example.org"}).text
    assert braked.get("/forgot").status_code == 200
