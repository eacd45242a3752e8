"""A gentle brake on account pages: a whole camp may share one address."""

from __future__ import annotations

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address)

# By network address. Lock-outs, which go by account, live in the database.
ANSWERS = "60 per minute"
LETTERS = "20 per hour"


def init_app(app: Flask) -> None:
    """Count requests for the app."""
    limiter.init_app(app)
