"""A form with one field of each kind, for the page that shows all components."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FileField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

STAGES = {"script": "Script draft", "rough": "Rough cut", "fine": "Fine cut"}
NEEDS = {
    "": "…",
    "structure": "Structure & dramaturgy",
    "editing": "Editing & rough cut",
    "festivals": "Festival strategy",
}
LANGUAGES = {"en": "English", "ru": "Русский", "kk": "Қазақша", "ky": "Кыргызча"}
LOGLINE = "A salt carrier on the Aral shore teaches his granddaughter to steer by a sea that left."


class SampleForm(Form):
    """One field of each kind; nothing is kept."""

    title = StringField("Title", [InputRequired("Please give a title, even a working one.")])
    logline = TextAreaField("Your film in two or three sentences")
    form = SelectField("Form", choices={"doc": "Documentary", "fiction": "Fiction feature"})
    stage = RadioField("Where are you now?", choices=STAGES)
    languages = SelectMultipleField(
        "Languages you speak",
        choices=LANGUAGES,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )
    needs = FieldList(SelectField("Need", choices=NEEDS), label="Needs", min_entries=3)
    max_load = IntegerField(
        "How many projects at most?",
        [NumberRange(0, 9, "Please give a number from 0 to 9: 12 is more than a week holds.")],
    )
    arrives = DateField("Here from")
    treatment = FileField("Treatment or script, PDF")
    whole_week = BooleanField("I am here the whole week")


def sample_form(*, with_errors: bool = False) -> SampleForm:
    """Give the sample form, filled in well or with mistakes."""
    answers: list[tuple[str, Any]] = [
        ("title", "" if with_errors else "Тұз · Salt"),
        ("logline", LOGLINE),
        ("form", "doc"),
        ("stage", "rough"),
        ("languages", "ru"),
        ("languages", "kk"),
        ("needs-0", "structure"),
        ("needs-1", "editing"),
        ("needs-2", "editing" if with_errors else ""),
        ("max_load", "12" if with_errors else "3"),
        ("arrives", "2026-07-01"),
        ("whole_week", "y"),
    ]
    prefix = "again-" if with_errors else ""
    form = SampleForm(
        MultiDict([(prefix + name, answer) for name, answer in answers]), prefix=prefix
    )
    if with_errors:
        form.validate()
    return form
