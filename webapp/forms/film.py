"""What an organizer types about a film: for its filmmaker, and on the way to choosing."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    FieldList,
    FormField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, NumberRange, Optional

from webapp import limits
from webapp.enums import ProjectState, SelectionVerdict
from webapp.forms.base import AtMost, CampfireForm
from webapp.forms.person import PersonForm
from webapp.forms.project import N_LANGUAGES_SHOWN, N_NEEDS_SHOWN, FirstStepsForm, MoreForm
from webapp.forms.rows import Choices, LanguageRow

VERDICTS = [
    SelectChoice(SelectionVerdict.YES.value, _("yes")),
    SelectChoice(SelectionVerdict.MAYBE.value, _("maybe")),
    SelectChoice(SelectionVerdict.NO.value, _("no")),
]


class FilmPasteForm(PersonForm):
    """A filmmaker's name, a film's title, and what they sent about it."""

    title = StringField(
        _("What is the film called?"),
        [InputRequired(_("Give a title, even a working one.")), AtMost(limits.TITLE)],
    )
    pasted = TextAreaField(_("Paste what they sent"), [AtMost(limits.LONG_TEXT)])


class FilmForm(FirstStepsForm, MoreForm):
    """All that can be said about a film, as an organizer fills it in."""

    title = StringField(_("What is the film called?"), [AtMost(limits.TITLE)])
    needs = FieldList(
        SelectField(validate_choice=False),
        _("What does it need most?"),
        min_entries=N_NEEDS_SHOWN,
        max_entries=limits.N_NEEDS,
    )
    own_need = StringField(_("Something else? In their own words"), [AtMost(limits.CREDIT)])
    stage = SelectField(_("Where is it now?"), validate_choice=False)
    languages = FieldList(
        FormField(LanguageRow),
        _("In which languages do they like to talk about their film?"),
        min_entries=N_LANGUAGES_SHOWN,
        max_entries=limits.N_LANGUAGES,
    )
    goals = TextAreaField(_("What would they like to take home?"), [AtMost(limits.LONG_TEXT)])
    own_role = StringField(_("What does the filmmaker do on it?"), [AtMost(limits.NAME)])
    place = StringField(_("Where are they from, in their words?"), [AtMost(limits.SHORT_TEXT)])
    keep_apart_note = TextAreaField(
        _("Is there anybody it should not be put together with, and why?"),
        [AtMost(limits.NOTE)],
    )

    demand_low = IntegerField(_("At least"), [Optional(), NumberRange(0, limits.MAX_DEMAND)])
    demand_high = IntegerField(_("At most"), [Optional(), NumberRange(0, limits.MAX_DEMAND)])

    def offer(self, choices: dict[str, Choices]) -> None:  # type: ignore[override]
        """Give every list its choices."""
        FirstStepsForm.offer(self, choices)
        MoreForm.offer(self, choices)

    def values(self) -> dict[str, Any]:
        """Give what was typed, as the service takes it."""
        numbers = {name: self[name].data for name in ("demand_low", "demand_high")}
        return FirstStepsForm.values(self) | MoreForm.values(self) | numbers


class FilmForSomeoneForm(PersonForm, FilmForm):
    """A film with its filmmaker, who has not been here."""


class ReadingForm(CampfireForm):
    """The organizers' own reading of a film."""

    reading = TextAreaField(_("Our own reading"), [AtMost(limits.LONG_TEXT)])


class VerdictForm(CampfireForm):
    """A reader's yes, maybe or no, and why."""

    verdict = RadioField(_("Your word"), [Optional()], choices=VERDICTS)
    note = TextAreaField(_("Why?"), [AtMost(limits.NOTE)])

    def chosen(self) -> SelectionVerdict | None:
        """Give the word that was said, if one was."""
        return SelectionVerdict(self.verdict.data) if self.verdict.data else None


class ReturnForm(CampfireForm):
    """A question with which a film goes back to its filmmaker."""

    note = TextAreaField(
        _("What should they add?"),
        [InputRequired(_("Write what is missing.")), AtMost(limits.NOTE)],
    )


class SelectForm(CampfireForm):
    """One tap: which list a film goes on."""

    state = SelectField(
        choices=[
            SelectChoice(state.value, state.value)
            for state in (
                ProjectState.SELECTED,
                ProjectState.WAITING_LIST,
                ProjectState.NOT_THIS_TIME,
                ProjectState.SUBMITTED,
            )
        ]
    )
