"""What a mentor types: what people come for, how many films, when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    DateField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import NumberRange, Optional

from webapp import limits
from webapp.enums import AvailabilityKind
from webapp.forms.base import AtMost, CampfireForm
from webapp.forms.rows import (
    Choices,
    LanguageRow,
    languages_of,
    lines_of,
    offer,
    offer_languages,
)

N_LANGUAGES_SHOWN = 3
N_WINDOWS_SHOWN = 2

WHOLE_CAMP = [
    SelectChoice("yes", _("Yes, all week")),
    SelectChoice("no", _("No, only at some times")),
]
KINDS = [
    SelectChoice(AvailabilityKind.ON_SITE.value, _("in person")),
    SelectChoice(AvailabilityKind.ONLINE.value, _("online")),
]


class WindowRow(Form):
    """A stretch of one day, in person or online."""

    kind = SelectField(_("How"), choices=KINDS, default=AvailabilityKind.ON_SITE.value)
    day = DateField(_("Day"), [Optional()])
    start = TimeField(_("From"), [Optional()], format=["%H:%M", "%H:%M:%S"])
    end = TimeField(_("To"), [Optional()], format=["%H:%M", "%H:%M:%S"])
    timezone = SelectField(_("By the clocks of"), choices=[], validate_choice=False)

    def is_blank(self) -> bool:
        """Whether nothing of a time was given; a row like that is left out."""
        fields = (self.day, self.start, self.end)
        return not any(field.data or any(field.raw_data or ()) for field in fields)


class LoadForm(CampfireForm):
    """How many films, and whether here all week."""

    load_low = IntegerField(_("At least"), [Optional(), NumberRange(min=0, max=limits.MAX_LOAD)])
    load_high = IntegerField(_("At most"), [Optional(), NumberRange(min=0, max=limits.MAX_LOAD)])
    whole_camp = RadioField(_("Here all week?"), choices=WHOLE_CAMP, default="yes")

    def numbers(self) -> dict[str, Any]:
        """Give the two numbers and the answer, as the service takes them."""
        return {
            "load_low": self.load_low.data,
            "load_high": self.load_high.data,
            "whole_camp": self.whole_camp.data == "yes",
        }


class CheckForm(LoadForm):
    """Right? How many? Here all week?"""


class MentorForm(LoadForm):
    """A mentor's whole profile for one edition."""

    expertise = SelectMultipleField(_("What do people come to you for?"), validate_choice=False)
    own_expertise = TextAreaField(_("And in your own words"), [AtMost(limits.LONG_TEXT)])
    offers_text = TextAreaField(
        _("What would you gladly do here, and what not?"), [AtMost(limits.LONG_TEXT)]
    )
    bio = TextAreaField(_("Who are you?"), [AtMost(limits.LONG_TEXT)])
    credits = TextAreaField(_("Films and posts"), [AtMost(limits.LONG_TEXT)])
    forms = SelectMultipleField(_("Forms you help best"), validate_choice=False)
    genres = SelectMultipleField(_("Genres you help best"), validate_choice=False)
    stages = SelectMultipleField(_("Stages at which you help best"), validate_choice=False)
    languages = FieldList(
        FormField(LanguageRow),
        _("Languages you work in"),
        min_entries=N_LANGUAGES_SHOWN,
        max_entries=limits.N_LANGUAGES,
    )
    own_language = StringField(_("Another language"), [AtMost(limits.CREDIT)])
    place = StringField(_("Where are you from, in your words?"), [AtMost(limits.SHORT_TEXT)])
    countries = StringField(_("Countries whose cinema you know"), [AtMost(limits.SHORT_TEXT)])
    company = StringField(_("Company or institution"), [AtMost(limits.SHORT_TEXT)])
    windows = FieldList(
        FormField(WindowRow),
        _("When"),
        min_entries=N_WINDOWS_SHOWN,
        max_entries=limits.N_WINDOWS,
    )
    keep_apart_note = TextAreaField(
        _("Is there anybody here you should not be put together with, and why?"),
        [AtMost(limits.NOTE)],
    )

    def offer(self, choices: Mapping[str, Choices]) -> None:
        """Give the lists their choices: need, form, genre, stage, language, level, zone."""
        offer(self.expertise, choices["need"])
        offer(self.forms, choices["form"])
        offer(self.genres, choices["genre"])
        offer(self.stages, choices["stage"])
        offer_languages(self.languages, choices["language"], choices["level"])
        for row in self.windows:
            offer(row.form.timezone, choices["zone"])

    def add_window(self) -> None:
        """Show one more row for a stretch of time."""
        if len(self.windows.entries) < limits.N_WINDOWS:
            self.windows.append_entry({})

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Check the fields, then that each row of times is whole or blank."""
        valid = super().validate(extra_validators)
        for row, field in enumerate(self.windows, start=1):
            form = field.form
            if form.is_blank() or (form.day.data and form.start.data and form.end.data):
                continue
            if not any(each.errors for each in form):
                form.day.errors = [
                    gettext("Row %(row)s: give the day, from when and until when.", row=row)
                ]
            valid = False
        return valid

    def values(self) -> dict[str, Any]:
        """Give what was typed, as the service takes it."""
        texts = ("offers_text", "bio", "place", "company", "keep_apart_note")
        return (
            {name: self[name].data for name in texts}
            | {name: self[name].data or [] for name in ("forms", "genres", "stages")}
            | {
                "expertise": [*(self.expertise.data or []), *lines_of(self.own_expertise.data)],
                "credits": lines_of(self.credits.data),
                "languages": languages_of(self.languages.data, self.own_language.data),
                "countries": re.split(r"[;,\n]", self.countries.data or ""),
                "windows": self.local_windows(),
            }
            | self.numbers()
        )

    def local_windows(self) -> list[dict[str, Any]]:
        """Give the rows of times that were filled in."""
        return [
            {
                "kind": AvailabilityKind(form.kind.data),
                "day": form.day.data,
                "start": form.start.data,
                "end": form.end.data,
                "timezone": form.timezone.data or "",
            }
            for form in (field.form for field in self.windows)
            if not form.is_blank()
        ]
