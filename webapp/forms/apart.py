"""What an organizer says about who is not to be put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import DataRequired

from webapp import limits
from webapp.enums import ConflictStrength
from webapp.forms.base import AtMost, CampfireForm
from webapp.forms.rows import Choices

# Rows of the database by id, with what they are called.
Rows = Sequence[tuple[int, str]]
STRENGTHS = [
    SelectChoice(ConflictStrength.NEVER.value, _("never: they are not put together")),
    SelectChoice(
        ConflictStrength.ASK.value, _("ask first: it stands beside the pair, and you decide")
    ),
    SelectChoice(ConflictStrength.TELL.value, _("only tell: it is good to know, no more")),
]


class ApartForm(CampfireForm):
    """A film and a mentor who are not to be put together, how strongly, and why."""

    project_id = SelectField(_("Film"), [DataRequired(_("Choose a film."))], coerce=int)
    mentor_id = SelectField(_("Mentor"), [DataRequired(_("Choose a mentor."))], coerce=int)
    strength = RadioField(
        _("How strongly?"), choices=STRENGTHS, default=ConflictStrength.NEVER.value
    )
    conflict_kind = SelectField(_("Why?"))
    note = TextAreaField(_("Anything to add?"), [AtMost(limits.NOTE)])

    def offer(self, films: Rows, mentors: Rows, kinds: Choices) -> None:
        """Give the lists their choices, each after a blank one."""
        self.project_id.choices = _with_blank(0, films)
        self.mentor_id.choices = _with_blank(0, mentors)
        self.conflict_kind.choices = _with_blank("", kinds)


def _with_blank(blank: Any, choices: Sequence[tuple[Any, str]]) -> list[SelectChoice]:
    return [SelectChoice(*choice) for choice in [(blank, "—"), *choices]]
