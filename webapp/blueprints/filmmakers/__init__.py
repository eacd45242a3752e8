"""A filmmaker's own films: six questions, the rest, sending in, and the mentors."""

from __future__ import annotations

from webapp.blueprints.filmmakers import files, films, sending, told
from webapp.blueprints.filmmakers.pages import blueprint

__all__ = ["blueprint", "files", "films", "sending", "told"]
