"""A mentor's own pages: the profile, one quick look, and the films."""

from __future__ import annotations

from webapp.blueprints.mentors import films, profile
from webapp.blueprints.mentors.pages import blueprint

__all__ = ["blueprint", "films", "profile"]
