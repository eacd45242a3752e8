from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories import PASSWORD, make_user
from webapp import limits
from webapp.models import Program, SignInFailure, SignInSession, User, utc_now

FAILED = "Address and password do not fit together."


def post_sign_in(client: FlaskClient, email: str, password: str, **query: str):
    return client.post("/sign-in", data={"email": email, "password": password}, query_string=query)


def test_the_right_password_signs_in(client: FlaskClient, session: Session) -> None:
    make_user(session, "Aida", email="aida@example.org", password=PASSWORD)
    session.commit()
    answer = post_sign_in(client, " AIDA@Example.org ", PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Hello, Aida" in client.get("/").text


def test_unknown_address_and_wrong_password_get_the_same_words(
    client: FlaskClient, session: Session
) -> None:
    make_user(session, email="aida@example.org", password=PASSWORD)
    make_user(session, email="quiet@example.org")
    session.commit()
    answers = [
        post_sign_in(client, address, "not the password")
        for address in ("aida@example.org", "quiet@example.org", "nobody@example.org")
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    pages = {
        answer.text.replace(address, "")
        for answer, address in zip(
            answers, ("aida@example.org", "quiet@example.org", "nobody@example.org"), strict=True
        )
    }
    nonces = {page.split('name="nonce"')[0] for page in pages}
    assert len(nonces) == 1
    assert all(FAILED in page for page in pages)


def test_too_many_tries_lock_an_address_whether_it_is_known_or_not(
    client: FlaskClient, session: Session
) -> None:
    make_user(session, email="aida@example.org", password=PASSWORD)
    session.commit()
    for address in ("aida@example.org", "nobody@example.org"):
        for _ in range(limits.LOCKOUT_TRIES):
            assert post_sign_in(client, address, "not the password").status_code == 422
        locked = post_sign_in(client, address, PASSWORD)
        assert locked.status_code == 429
        assert "Wait 15 minutes" in locked.text
    failure = session.scalars(select(SignInFailure)).first()
    assert failure is not None
    session.commit()
    for failure in session.scalars(select(SignInFailure)):
        failure.last_at = utc_now() - timedelta(minutes=limits.LOCKOUT_MINUTES, seconds=1)
    session.commit()
    assert post_sign_in(client, "aida@example.org", PASSWORD).status_code == 303


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/account?x=1", "/account?x=1"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("////elsewhere.example/", "/"),
        ("/\\elsewhere.example/", "/"),
        ("\\/elsewhere.example", "/"),
        ("/\telsewhere", "/"),
        ("javascript:alert(1)", "/"),
        ("account", "/"),
        ("", "/"),
    ],
)
def test_signing_in_leads_nowhere_else(
    client: FlaskClient, session: Session, target: str, expected: str
) -> None:
    make_user(session, email="aida@example.org", password=PASSWORD)
    session.commit()
    answer = post_sign_in(client, "aida@example.org", PASSWORD, next=target)
    assert answer.location == expected


def test_signing_in_makes_a_new_cookie_and_keeps_nothing_planted(
    client: FlaskClient, session: Session
) -> None:
    make_user(session, email="aida@example.org", password=PASSWORD)
    session.commit()
    with client.session_transaction() as cookie:
        cookie["sign_in"] = "planted"
        cookie["planted"] = "yes"
    post_sign_in(client, "aida@example.org", PASSWORD)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie["sign_in"] != "planted"


def test_signing_out_ends_the_row_so_that_an_old_cookie_opens_nothing(
    app: Flask, client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    user = make_user(session)
    session.commit()
    sign_in(client, user)
    old = client.get_cookie("campfire")
    assert old is not None
    assert client.post("/sign-out").location == "/sign-in"
    thief = app.test_client()
    thief.set_cookie("campfire", old.value)
    assert thief.get("/account").location == "/sign-in?next=/account"
    assert session.scalars(select(SignInSession)).one().ended_at is not None


def test_a_sign_in_lasts_its_days_and_no_longer(
    client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    user = make_user(session)
    session.commit()
    sign_in(client, user)
    assert client.get("/account").status_code == 200
    row = session.scalars(select(SignInSession)).one()
    assert row.expires_at - row.created_at <= timedelta(days=limits.SESSION_DAYS, seconds=1)
    row.expires_at = utc_now() - timedelta(seconds=1)
    session.commit()
    assert client.get("/account").status_code == 302


def test_an_empty_house_guides_the_first_organizer(client: FlaskClient, session: Session) -> None:
    assert client.get("/").location == "/start"
    assert "Nobody is here yet" in client.get("/start").text
    answers = {
        "program": "Valley Lab",
        "name": "Olga",
        "email": "olga@example.org",
        "password": "short",
    }
    refused = client.post("/start", data=answers)
    assert refused.status_code == 422
    assert "use at least 10 characters" in refused.text
    assert 'value="Valley Lab"' in refused.text
    assert session.scalars(select(User)).all() == []
    session.commit()
    accepted = client.post("/start", data={**answers, "password": PASSWORD})
    assert (accepted.status_code, accepted.location) == (303, "/")
    assert session.scalars(select(Program.name)).all() == ["Valley Lab"]
    again = client.post("/start", data={**answers, "password": PASSWORD})
    assert again.status_code == 409
    assert "already set up" in again.text


def test_the_language_is_kept_by_a_post_and_by_no_get(
    client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    user = make_user(session)
    session.commit()
    assert client.get("/language?language=ru").status_code == 405
    answer = client.post("/language?next=/sign-in", data={"language": "ru"})
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert '<html lang="ru">' in client.get("/sign-in").text
    sign_in(client, user)
    client.post("/language", data={"language": "ky"})
    session.commit()
    assert session.get_one(User, user.id).language == "ky"
    assert client.post("/language", data={"language": "xx"}).status_code == 422
    assert client.post("/language?next=//x.example", data={"language": "ru"}).location == "/"
