"""Values into sentences, in the reader's language."""

from __future__ import annotations

from flask import Flask

from webapp.services.plan_view import line_word
from webapp.services.terms import label, labels, language_label
from webapp.wording.errors import word_error, word_stored_error
from webapp.wording.reasons import word_doubts, word_pair, word_reason, word_reasons_for
from webapp.wording.states import word_state
from webapp.wording.times import day, day_and_time, days


def init_app(app: Flask) -> None:
    """Let templates word errors and states."""
    app.jinja_env.globals.update(
        days_between=days, term_label=label, term_labels=labels, language_label=language_label
    )
    app.jinja_env.filters.update(
        day=day,
        when=day_and_time,
        word_doubts=word_doubts,
        word_error=word_error,
        word_pair=word_pair,
        word_reason=word_reason,
        word_reasons_for=word_reasons_for,
        word_state=word_state,
        word_stored_error=word_stored_error,
        line_word=line_word,
    )
