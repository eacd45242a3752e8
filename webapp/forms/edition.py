"""What an organizer types about a lab and one of its years."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from webapp import limits
from webapp.forms.base import AtMost, CampfireForm
from webapp.forms.rows import Choices

NUMBER = _("Give a number.")
ANSWERS = (
    "name",
    "place",
    "timezone",
    "starts_on",
    "ends_on",
    "languages",
    "demand_low",
    "demand_high",
    "load_low",
    "load_high",
    "contact",
)


class LabForm(CampfireForm):
    """A lab's name."""

    name = StringField(
        _("What is your lab or camp called?"),
        [InputRequired(_("Give the lab its name.")), AtMost(limits.NAME)],
    )


class EditionForm(CampfireForm):
    """One year: where, when, in which languages, and how many."""

    name = StringField(
        _("Which year, or which one?"),
        [InputRequired(_("Give it a short name, such as 2026.")), AtMost(limits.NAME)],
    )
    place = StringField(_("Where is it?"), [AtMost(limits.SHORT_TEXT)])
    timezone = SelectField(_("Whose clocks hold there?"))
    starts_on = DateField(_("First day"), [Optional()])
    ends_on = DateField(_("Last day"), [Optional()])
    languages = SelectMultipleField(
        _("Languages of pages and letters"),
        [InputRequired(_("Choose at least one language."))],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )
    demand_low = IntegerField(
        _("At least"), [InputRequired(NUMBER), NumberRange(0, limits.MAX_DEMAND)], default=1
    )
    demand_high = IntegerField(
        _("At most"), [InputRequired(NUMBER), NumberRange(0, limits.MAX_DEMAND)], default=1
    )
    load_low = IntegerField(
        _("At least"), [InputRequired(NUMBER), NumberRange(0, limits.MAX_LOAD)], default=0
    )
    load_high = IntegerField(_("At most"), [Optional(), NumberRange(0, limits.MAX_LOAD)])
    contact = StringField(_("How can people reach you?"), [AtMost(limits.SHORT_TEXT)])

    def offer(self, zones: Choices, languages: Choices) -> None:
        """Give the two lists their choices; a zone that is set already stays."""
        known = {zone for zone, _name in zones}
        own = [(z, z) for z in [self.timezone.object_data] if z and z not in known]
        self.timezone.choices = [SelectChoice(*each) for each in (*zones, *own)]
        self.languages.choices = [SelectChoice(*each) for each in languages]

    def values(self) -> dict[str, Any]:
        """Give what was typed, as the service takes it."""
        return {name: self[name].data for name in ANSWERS}


class NewEditionForm(EditionForm):
    """A new year; whether films are chosen can be changed later."""

    has_selection = BooleanField(
        _("We choose the films first: selected, waiting list, not this time"), default=True
    )
