"""What an organizer says about pairs: small forms behind buttons."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from webapp import limits
from webapp.enums import PairPlace
from webapp.forms.base import AtMost, CampfireForm

PLACES = {place.value: place.value for place in PairPlace}
IS_ROW = NumberRange(1, limits.LAST_ROW)
ACTIONS = ("yes", "back", "set_aside", "offer_again", "keep", "let_go", "not_together", "allow")


class PairForm(CampfireForm):
    """One word about one pair; ``before`` is where the page showed it."""

    project_id = IntegerField(validators=[InputRequired(), IS_ROW])
    mentor_id = IntegerField(validators=[InputRequired(), IS_ROW])
    before = SelectField(choices=PLACES)
    action = SelectField(choices={name: name for name in ACTIONS})
    reason = TextAreaField(
        _("Why not? Only organizers read this"),
        validators=[Optional(), AtMost(limits.NOTE)],
    )


class ChooseForm(CampfireForm):
    """Another mentor for a film, instead of one or beside them; or nobody instead.

    ``agreed`` is the seal of the consequence that the page showed.
    """

    mentor_id = IntegerField(validators=[Optional(), IS_ROW])
    nobody = BooleanField()
    agreed = StringField(validators=[Optional(), AtMost(limits.SHORT_TEXT)])
    instead_of = IntegerField(validators=[Optional(), IS_ROW])
    instead_before = SelectField(choices=PLACES, default=PairPlace.PROPOSED.value)
    reason = TextAreaField(
        _("Why not? Only organizers read this"),
        validators=[Optional(), AtMost(limits.NOTE)],
    )


class SwapForm(CampfireForm):
    """The pair with whom another swaps mentors; ``agreed`` as for a choice."""

    project_id = IntegerField(validators=[InputRequired(), IS_ROW])
    mentor_id = IntegerField(validators=[InputRequired(), IS_ROW])
    before = SelectField(choices=PLACES)
    other_before = SelectField(choices=PLACES)
    agreed = StringField(validators=[Optional(), AtMost(limits.SHORT_TEXT)])


class DraftForm(CampfireForm):
    """The lines of a draft that are taken over."""

    lines = SelectMultipleField(coerce=int, validate_choice=False)
    all = BooleanField()


class LetterForm(CampfireForm):
    """A letter before it goes."""

    subject = StringField(_("Subject"), validators=[DataRequired(), AtMost(limits.SHORT_TEXT)])
    body = TextAreaField(_("Letter"), validators=[DataRequired(), AtMost(limits.LONG_TEXT)])


class PlainForm(CampfireForm):
    """A button: nothing but the seal and the version."""
