"""Values into sentences, in the reader's language."""

from __future__ import annotations

from flask import Flask

from webapp.wording.errors import word_error
from webapp.wording.states import word_state


def init_app(app: Flask) -> None:
    """Let templates word errors and states."""
    app.jinja_env.filters.update(word_error=word_error, word_state=word_state)
