"""What an organizer types about people: invitations, and what is filled in for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    FieldList,
    FormField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from webapp import limits
from webapp.enums import InvitationRole
from webapp.forms.base import AtMost, CampfireForm
from webapp.forms.mentor import N_LANGUAGES_SHOWN, MentorForm
from webapp.forms.rows import Choices, LanguageRow

ROLES = [
    SelectChoice(InvitationRole.FILMMAKER.value, _("a filmmaker, with a film")),
    SelectChoice(InvitationRole.MENTOR.value, _("a mentor")),
    SelectChoice(InvitationRole.GUEST.value, _("a guest, of whom nothing is asked")),
    SelectChoice(InvitationRole.ORGANIZER.value, _("an organizer: sees and does everything here")),
]


class InviteForm(CampfireForm):
    """Whom to invite, as what, and in which language."""

    role = RadioField(
        _("Whom do you invite?"),
        [InputRequired(_("Say as what."))],
        choices=ROLES,
        default=InvitationRole.FILMMAKER.value,
    )
    name = StringField(_("Name"), [AtMost(limits.NAME)])
    email = StringField(_("E-mail address"), [AtMost(limits.EMAIL)], render_kw={"type": "email"})
    language = SelectField(_("Language of the text"))

    def offer(self, languages: Choices, first: Sequence[str]) -> None:
        """Give the languages to write in, the year's own first."""
        ordered = sorted(languages, key=lambda each: each[0] not in first)
        self.language.choices = [SelectChoice(*each) for each in ordered]


class PersonForm(CampfireForm):
    """The name and address of somebody without an account."""

    name = StringField(
        _("Name, as they write it"), [InputRequired(_("Write the name.")), AtMost(limits.NAME)]
    )
    email = StringField(
        _("E-mail address"), [Optional(), AtMost(limits.EMAIL)], render_kw={"type": "email"}
    )


class PasteForm(PersonForm):
    """A mentor's name and the biography that somebody sent."""

    bio = TextAreaField(_("Paste the biography"), [AtMost(limits.LONG_TEXT)])


class MentorByOrganizerForm(MentorForm):
    """A mentor's profile as an organizer changes it; the times stay the mentor's own."""

    expertise = SelectMultipleField(_("What do people come to them for?"), validate_choice=False)
    own_expertise = TextAreaField(_("And in other words"), [AtMost(limits.LONG_TEXT)])
    offers_text = TextAreaField(
        _("What would they gladly do here, and what not?"), [AtMost(limits.LONG_TEXT)]
    )
    bio = TextAreaField(_("Biography"), [AtMost(limits.LONG_TEXT)])
    forms = SelectMultipleField(_("Forms they help best"), validate_choice=False)
    genres = SelectMultipleField(_("Genres they help best"), validate_choice=False)
    stages = SelectMultipleField(_("Stages at which they help best"), validate_choice=False)
    languages = FieldList(
        FormField(LanguageRow),
        _("Languages they work in"),
        min_entries=N_LANGUAGES_SHOWN,
        max_entries=limits.N_LANGUAGES,
    )
    countries = StringField(_("Countries whose cinema they know"), [AtMost(limits.SHORT_TEXT)])
    place = StringField(_("Where are they from, in their words?"), [AtMost(limits.SHORT_TEXT)])
    keep_apart_note = TextAreaField(
        _("Is there anybody they should not be put together with, and why?"),
        [AtMost(limits.NOTE)],
    )

    def values(self) -> dict[str, Any]:
        """Give what was typed, but for the times, which this form does not ask."""
        given = super().values()
        del given["windows"]
        return given


class MentorForSomeoneForm(PersonForm, MentorByOrganizerForm):
    """A mentor with their name, who has not been here."""
