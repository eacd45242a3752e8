from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories import make_user

PUBLIC = ("/sign-in", "/start", "/forgot", "/nowhere")


@pytest.mark.parametrize("path", PUBLIC)
def test_every_answer_is_strict(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", PUBLIC)
def test_pages_keep_the_policy_themselves(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    assert " style=" not in page
    assert "<style" not in page
    assert "<script>" not in page
    assert " onclick=" not in page


@pytest.mark.parametrize("path", PUBLIC)
def test_head_answers_like_get_without_a_body(client: FlaskClient, path: str) -> None:
    looked, asked = client.head(path), client.get(path)
    assert looked.status_code == asked.status_code
    assert looked.data == b""


def test_what_is_ones_own_is_never_kept(
    client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    user = make_user(session)
    session.commit()
    sign_in(client, user)
    assert client.get("/account").headers["Cache-Control"] == "no-store"


def test_the_cookie_is_shut(client: FlaskClient, session: Session) -> None:
    cookie = client.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_static_files_are_kept_under_an_address_that_changes_with_them(
    app: Flask, client: FlaskClient
) -> None:
    with app.test_request_context():
        address = app.url_for("static", filename="campfire.css")
    name, _, mark = address.partition("?v=")
    assert (name, len(mark)) == ("/static/campfire.css", 12)
    with client.get(address) as answer:
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "max-age=31536000, public"
    assert address in client.get("/sign-in").text
    assert client.get("/static/../config.py").status_code == 404


def test_other_names_of_the_server_are_refused_when_they_are_set(
    app: Flask, client: FlaskClient
) -> None:
    app.config["TRUSTED_HOSTS"] = ["lab.example"]
    assert client.get("/sign-in", base_url="http://evil.example").status_code == 400
    assert client.get("/sign-in", base_url="http://lab.example").status_code == 200
