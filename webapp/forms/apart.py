"""What an organizer says about who is not to be put together."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired

from webapp import limits
from webapp.enums import ConflictStrength
from webapp.forms.base import AtMost, CampfireForm
from webapp.forms.rows import Choices

STRENGTHS = [
    (ConflictStrength.NEVER.value, _("never: they are not put together")),
    (ConflictStrength.ASK.value, _("ask first: it stands beside the pair, and you decide")),
    (ConflictStrength.TELL.value, _("only tell: it is good to know, no more")),
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

    def offer(
        self, films: list[tuple[int, str]], mentors: list[tuple[int, str]], kinds: Choices
    ) -> None:
        """Give the lists their choices; the first of each is "choose one"."""
        self.project_id.choices = [(0, "—"), *films]
        self.mentor_id.choices = [(0, "—"), *mentors]
        self.conflict_kind.choices = [("", "—"), *kinds]
