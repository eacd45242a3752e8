"""Getting in, joining, and one's own settings."""

from __future__ import annotations

from webapp.blueprints.account import invited, letter_links, own_settings, sign_in
from webapp.blueprints.account.pages import blueprint

__all__ = ["blueprint", "invited", "letter_links", "own_settings", "sign_in"]
