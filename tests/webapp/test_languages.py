from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from flask import Flask, g
from flask.testing import FlaskClient
from flask_babel import force_locale, get_babel, gettext, ngettext
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories import make_user
from webapp.config import LANGUAGES
from webapp.languages import NAMES, language


def spoken(client: FlaskClient, path: str = "/sign-in", **headers: str) -> str:
    page = client.get(path, headers={k.replace("_", "-"): v for k, v in headers.items()}).text
    return page.partition('<html lang="')[2].partition('"')[0]


def test_own_language_then_choice_then_browser_then_english(
    client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    user = make_user(session, language="ky")
    session.commit()
    assert spoken(client) == "en"
    assert spoken(client, Accept_Language="fr, kk-KZ;q=0.9, ru;q=0.5") == "kk"
    assert spoken(client, "/sign-in?lang=kk") == "kk"
    assert spoken(client) == "en"
    client.set_cookie("campfire_language", "ru")
    assert spoken(client, Accept_Language="kk") == "ru"
    sign_in(client, user)
    assert spoken(client, "/account") == "ky"


@pytest.mark.parametrize("junk", ["xx", "ru_RU; DROP", "../../etc", "", "е"])
def test_a_language_we_do_not_speak_is_no_error(client: FlaskClient, junk: str) -> None:
    client.set_cookie("campfire_language", "zz")
    assert spoken(client, f"/sign-in?lang={junk}", Accept_Language="zz;q=x") == "en"


def test_each_language_is_offered_in_its_own_words(client: FlaskClient) -> None:
    page = client.get("/sign-in").text
    for code in LANGUAGES:
        assert f'value="{code}" lang="{code}"' in page
        assert NAMES[code] in page


@pytest.fixture
def catalogues(app: Flask, tmp_path: Path) -> Path:
    folder = tmp_path / "catalogues"
    words = {
        "ru": {"Sign in": "Войти", "Join": "Присоединиться"},
        "ky": {"Sign in": "Кирүү"},
    }
    for code, sentences in words.items():
        catalogue = Catalog(locale=code)
        for source, translation in sentences.items():
            catalogue.add(source, translation)
        if code == "ru":
            catalogue.add(("%(num)d film", "%(num)d films"), ("фильм", "фильма", "фильмов"))
        place = folder / code / "LC_MESSAGES"
        place.mkdir(parents=True)
        with (place / "messages.mo").open("wb") as file:
            write_mo(file, catalogue)
    get_babel(app).translation_directories = [str(folder)]
    return folder


@pytest.mark.usefixtures("catalogues")
def test_kazakh_and_kyrgyz_lean_on_russian_where_they_have_no_words(app: Flask) -> None:
    said = {}
    for code in LANGUAGES:
        with app.test_request_context(), force_locale(code):
            said[code] = (
                language(),
                gettext("Sign in"),
                gettext("Join"),
                ngettext("%(num)d film", "%(num)d films", 5),
                gettext("Never translated"),
            )
    assert said == {
        "en": ("en", "Sign in", "Join", "5 films", "Never translated"),
        "ru": ("ru", "Войти", "Присоединиться", "фильмов", "Never translated"),
        "kk": ("kk", "Войти", "Присоединиться", "фильмов", "Never translated"),
        "ky": ("ky", "Кирүү", "Присоединиться", "фильмов", "Never translated"),
    }


def test_outside_a_page_english_is_spoken(app: Flask) -> None:
    with app.app_context():
        assert "edition" not in g
        with force_locale("ru"):
            assert language() == "ru"
