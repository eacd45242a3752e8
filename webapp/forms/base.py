"""What every form carries: a seal, the version it shows, and a number of its own."""

from __future__ import annotations

import secrets
from typing import Any

from flask_babel import get_locale, gettext
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, IntegerField
from wtforms.i18n import get_translations
from wtforms.validators import Optional, StopValidation
from wtforms.widgets import HiddenInput

from webapp.config import FALLBACKS


def new_nonce() -> str:
    """Give a number that one form carries, and nobody else has."""
    return secrets.token_urlsafe(24)


class CampfireForm(FlaskForm):
    """A form of the house.

    ``expected_version`` is the version of the row the page showed, given as
    ``XForm(obj=row, expected_version=row.version)``; services compare it.
    ``nonce`` catches the second post of the same form.
    """

    expected_version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    nonce = HiddenField(default=new_nonce)

    class Meta(FlaskForm.Meta):
        """How the form speaks."""

        def get_translations(self, _form: Any) -> Any:
            """Word the built-in messages in the reader's language."""
            code = str(get_locale() or "en")
            return get_translations([FALLBACKS.get(code, code)])

    def show_version(self, version: int) -> None:
        """Carry another version: after a refusal, saving again is a decision."""
        self.expected_version.data = version
        self.expected_version.raw_data = None

    def add_error(self, field: str, sentence: str) -> None:
        """Put a sentence beside the field it speaks of, or above the form."""
        found = self._fields.get(field)
        if found is None or isinstance(found.widget, HiddenInput):
            self.form_errors.append(sentence)
        else:
            found.errors = [*found.errors, sentence]


class AtMost:
    """At most so many characters; the sentence says by how many it is too long.

    It sets no ``maxlength``: a browser would cut a pasted text without a word.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, _form: Any, field: Field) -> None:
        """Stop with a sentence when the text is too long."""
        over = len(field.data or "") - self.limit
        if over > 0:
            raise StopValidation(
                gettext(
                    "“%(label)s” is %(over)s characters too long: "
                    "at most %(limit)s fit. Shorten it a little.",
                    label=field.label.text,
                    over=over,
                    limit=self.limit,
                )
            )
