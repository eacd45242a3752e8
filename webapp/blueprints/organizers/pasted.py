"""What a pasted text already says: terms and languages to tick."""

from __future__ import annotations

from collections.abc import Mapping

from webapp import limits
from webapp.enums import TermKind
from webapp.forms.mentor import N_LANGUAGES_SHOWN
from webapp.forms.rows import padded
from webapp.services import suggestions

# The hidden answer that says: this is the whole form, not the pasted text alone.
WRITTEN = "write"

TICKED = (TermKind.NEED, TermKind.FORM, TermKind.GENRE, TermKind.STAGE)


def count_ticked(named: Mapping[TermKind, list[str]]) -> int:
    """Count the answers that a text has given."""
    return sum(len(named[kind]) for kind in TICKED)


def language_rows(text: str) -> list[Mapping[str, object]]:
    """Give a form's rows for the languages that a text names."""
    rows = [{"code": code, "level": ""} for code in suggestions.suggest_languages(text)]
    return padded(rows, N_LANGUAGES_SHOWN, limits.N_LANGUAGES)
