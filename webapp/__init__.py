"""Campfire's web application."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from webapp import (
    access,
    addresses,
    assets,
    config,
    db,
    error_pages,
    headers,
    languages,
    queue,
    throttle,
    wording,
)
from webapp.blueprints import account, filmmakers, home, mentors, organizers

INSTANCE = Path(__file__).resolve().parent.parent / "instance"


def create_app(overrides: Mapping[str, Any] | None = None, *, instance: Path = INSTANCE) -> Flask:
    """Give the web application: the whole wiring on one screen."""
    app = Flask(__name__, instance_path=str(instance.resolve()))
    app.config.from_mapping(config.load(instance))
    app.config.from_mapping(overrides or {})

    addresses.init_app(app)
    db.init_app(app)
    access.init_app(app)
    languages.init_app(app)
    wording.init_app(app)
    throttle.init_app(app)
    queue.init_app(app)
    headers.init_app(app)
    error_pages.init_app(app)

    for pages in (home, account, filmmakers, mentors, organizers):
        app.register_blueprint(pages.blueprint)

    # Last: what wraps the whole application.
    assets.init_app(app)
    return app
