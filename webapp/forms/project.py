"""What a filmmaker types about a film: six questions, then the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import (
    FieldList,
    FormField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from webapp import limits
from webapp.enums import UploadKind
from webapp.forms.base import AtMost, CampfireForm
from webapp.forms.rows import (
    Choices,
    LanguageRow,
    languages_of,
    offer,
    offer_languages,
)

N_NEEDS_SHOWN = 3
N_LANGUAGES_SHOWN = 2

_ROLE_IN_BRACKETS = re.compile(r"^(?P<name>.+?)\s*\((?P<role>[^()]*)\)$")
_ROLE_BEHIND_A_DASH = re.compile(r"^(?P<name>.+?)\s*(?:\s[-–—]\s|[,;:])\s*(?P<role>.+)$")


class FirstStepsForm(CampfireForm):
    """The six questions. None of them has to be answered to save."""

    title = StringField(_("What is your film called?"), [AtMost(limits.TITLE)])
    logline = TextAreaField(_("What is it about, in a few words?"), [AtMost(limits.LOGLINE)])
    pasted = TextAreaField(_("Or paste an old application"), [AtMost(limits.LONG_TEXT)])
    difficulties = TextAreaField(_("What doesn't work yet?"), [AtMost(limits.LONG_TEXT)])
    needs = FieldList(
        SelectField(validate_choice=False),
        _("What do you need most?"),
        min_entries=N_NEEDS_SHOWN,
        max_entries=limits.N_NEEDS,
    )
    own_need = StringField(_("Something else? In your own words"), [AtMost(limits.CREDIT)])
    stage = SelectField(_("Where are you now?"), validate_choice=False)
    forms = SelectMultipleField(_("What kind of film is it?"), validate_choice=False)
    languages = FieldList(
        FormField(LanguageRow),
        _("In which languages do you like to talk about your film?"),
        min_entries=N_LANGUAGES_SHOWN,
        max_entries=limits.N_LANGUAGES,
    )
    own_language = StringField(_("Another language"), [AtMost(limits.CREDIT)])

    def offer(self, choices: Mapping[str, Choices]) -> None:
        """Give the lists their choices: need, stage, form, language, level."""
        for field in self.needs:
            offer(field, choices["need"], blank="—")
        offer(self.stage, choices["stage"], blank="—")
        offer(self.forms, choices["form"])
        offer_languages(self.languages, choices["language"], choices["level"])

    def values(self) -> dict[str, Any]:
        """Give what was typed, as the service takes it."""
        needs = [need for need in self.needs.data if need]
        own_need = (self.own_need.data or "").strip()
        return {
            "title": self.title.data,
            "logline": self.logline.data,
            "pasted": self.pasted.data,
            "difficulties": self.difficulties.data,
            "needs": [*needs, own_need] if own_need else needs,
            "stages": [self.stage.data] if self.stage.data else [],
            "forms": self.forms.data or [],
            "languages": languages_of(self.languages.data, self.own_language.data),
        }


class MoreForm(CampfireForm):
    """The rest, when there is time."""

    synopsis = TextAreaField(_("Synopsis"), [AtMost(limits.LONG_TEXT)])
    statement = TextAreaField(_("Director's statement"), [AtMost(limits.LONG_TEXT)])
    goals = TextAreaField(_("What would you like to take home?"), [AtMost(limits.LONG_TEXT)])
    genres = SelectMultipleField(_("Genre"), validate_choice=False)
    own_role = StringField(_("What do you do on this film?"), [AtMost(limits.NAME)])
    team = TextAreaField(_("Who else is on the team?"), [AtMost(limits.LONG_TEXT)])
    countries = StringField(_("Countries of the film"), [AtMost(limits.SHORT_TEXT)])
    place = StringField(_("Where are you from, in your words?"), [AtMost(limits.SHORT_TEXT)])
    company = StringField(_("Company or studio"), [AtMost(limits.SHORT_TEXT)])
    title_original = StringField(_("Title in its own language"), [AtMost(limits.TITLE)])
    title_outside = StringField(_("Another title for outside the room"), [AtMost(limits.TITLE)])
    keep_apart_note = TextAreaField(
        _("Is there anybody your film should not be put together with, and why?"),
        [AtMost(limits.NOTE)],
    )

    def offer(self, choices: Mapping[str, Choices]) -> None:
        """Give the ticks their choices."""
        offer(self.genres, choices["genre"])

    def values(self) -> dict[str, Any]:
        """Give what was typed, as the service takes it."""
        texts = (
            "synopsis",
            "statement",
            "goals",
            "own_role",
            "place",
            "company",
            "title_original",
            "title_outside",
            "keep_apart_note",
        )
        return {name: self[name].data for name in texts} | {
            "genres": self.genres.data or [],
            "countries": re.split(r"[;,\n]", self.countries.data or ""),
            "team": [team_member(line) for line in (self.team.data or "").splitlines()],
        }


def team_member(line: str) -> dict[str, str]:
    """Read a line such as "Aida Bekova (editor)"; a dash or a comma does as well."""
    text = line.strip()
    found = _ROLE_IN_BRACKETS.match(text) or _ROLE_BEHIND_A_DASH.match(text)
    if found is None:
        return {"name": text, "role": ""}
    return {"name": found["name"], "role": found["role"].strip()}


class UploadForm(CampfireForm):
    """A file of a film."""

    file = FileField(_("PDF file"))
    kind = SelectField(
        _("What is it?"),
        choices=[
            SelectChoice(UploadKind.TREATMENT.value, _("Treatment")),
            SelectChoice(UploadKind.SCRIPT.value, _("Script")),
            SelectChoice(UploadKind.OTHER.value, _("Something else")),
        ],
    )


class ActForm(CampfireForm):
    """A button: the seal, the version and the number, nothing else."""
