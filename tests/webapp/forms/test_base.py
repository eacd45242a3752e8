from __future__ import annotations

import pytest
from flask import Flask
from wtforms import StringField
from wtforms.validators import DataRequired

from webapp.forms.base import AtMost, CampfireForm


class FilmForm(CampfireForm):
    title = StringField("Title", [DataRequired(), AtMost(5)])


def test_the_version_a_page_showed_comes_back(app: Flask) -> None:
    with app.test_request_context():
        shown = FilmForm(title="Salt", expected_version=3)
        assert 'name="expected_version"' in shown.hidden_tag()
        assert 'value="3"' in str(shown.expected_version())
    data = {"title": "Salt", "expected_version": "3"}
    with app.test_request_context(method="POST", data=data):
        form = FilmForm(expected_version=4)
        assert form.validate_on_submit()
        assert form.expected_version.data == 3
        form.show_version(4)
        assert 'value="4"' in str(form.expected_version())


@pytest.mark.parametrize("version", ["", "x", "1e9"])
def test_a_spoiled_version_is_none(app: Flask, version: str) -> None:
    with app.test_request_context(method="POST", data={"expected_version": version}):
        assert FilmForm().expected_version.data is None


def test_each_form_has_a_number_that_stays_when_it_comes_back(app: Flask) -> None:
    with app.test_request_context():
        first, second = FilmForm().nonce.data, FilmForm().nonce.data
        assert first != second
    with app.test_request_context(method="POST", data={"nonce": first}):
        assert FilmForm().nonce.data == first


def test_a_long_text_is_kept_whole_and_said_by_how_much(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"title": "Горизонт"}):
        form = FilmForm()
        assert not form.validate()
        assert form.title.errors == [
            "“Title” is 3 characters too long: at most 5 fit. Shorten it a little."
        ]
        assert form.title.data == "Горизонт"
        assert "maxlength" not in str(form.title())


def test_an_error_stands_at_its_field_or_above_the_form(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"title": "Salt"}):
        form = FilmForm()
        form.validate()
        form.add_error("title", "Not this one.")
        form.add_error("nonce", "Twice.")
        form.add_error("", "Somewhere.")
        form.add_error("no_such_field", "Elsewhere.")
        assert form.title.errors == ["Not this one."]
        assert form.form_errors == ["Twice.", "Somewhere.", "Elsewhere."]


def test_built_in_messages_speak_russian_to_kyrgyz_readers(app: Flask) -> None:
    address = "/?lang=ky"
    with app.test_request_context(address, method="POST", data={"title": ""}):
        form = FilmForm()
        form.validate()
        assert form.title.errors == ["Обязательное поле."]
