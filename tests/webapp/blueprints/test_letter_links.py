from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories import PASSWORD, make_user
from webapp.enums import LetterState, LinkPurpose
from webapp.models import Letter, PersonalLink, SignInFailure, SignInSession, User, utc_now
from webapp.services import links
from webapp.wording.account import word_reset_letter

NEW = "another quiet valley"


def make_link(session: Session, user: User, purpose: LinkPurpose) -> str:
    _, token = links.make_link(session, user, purpose, hours=1)
    session.commit()
    return token


def test_a_link_signs_in_once_and_only_by_its_button(client: FlaskClient, session: Session) -> None:
    user = make_user(session, "Aida")
    token = make_link(session, user, LinkPurpose.SIGN_IN)
    for _ in range(3):
        assert "You are Aida." in client.get(f"/enter/{token}").text
        client.head(f"/enter/{token}")
    assert session.scalars(select(PersonalLink)).one().spent_at is None
    session.commit()
    assert client.post(f"/enter/{token}").location == "/"
    assert client.get("/account").status_code == 200
    for answer in (client.get(f"/enter/{token}"), client.post(f"/enter/{token}")):
        assert answer.status_code == 409
        assert "This link has been used." in answer.text


@pytest.mark.parametrize("ending", ["time", "revoked", "stamp", "erased", "purpose"])
def test_an_ended_link_opens_nothing(client: FlaskClient, session: Session, ending: str) -> None:
    user = make_user(session)
    token = make_link(session, user, LinkPurpose.SIGN_IN)
    link = session.scalars(select(PersonalLink)).one()
    match ending:
        case "time":
            link.expires_at = utc_now() - timedelta(seconds=1)
        case "revoked":
            link.revoked_at = utc_now()
        case "stamp":
            user.stamp = "changed"
        case "erased":
            user.erased_at = utc_now()
        case "purpose":
            link.purpose = LinkPurpose.PROFILE
    session.commit()
    status = 404 if ending == "purpose" else 409
    assert client.get(f"/enter/{token}").status_code == status
    assert client.post(f"/enter/{token}").status_code == status
    assert session.scalars(select(SignInSession)).all() == []


def test_forgetting_gives_the_same_page_and_writes_only_to_whom_it_knows(
    client: FlaskClient, session: Session
) -> None:
    make_user(session, "Aida", email="aida@example.org", password=PASSWORD, language="ru")
    session.commit()
    pages = [
        client.post("/forgot", data={"email": address})
        for address in ("aida@example.org", "dana@example.org")
    ]
    assert [page.status_code for page in pages] == [200, 200]
    assert pages[0].text.replace("aida@", "") == pages[1].text.replace("dana@", "")
    letter = session.scalars(select(Letter)).one()
    assert (letter.address, letter.state) == ("aida@example.org", LetterState.QUEUED)
    assert re.search(r"http://127\.0\.0\.1:8000/reset/\S+", letter.body)


def test_forgetting_takes_as_long_for_nobody_as_for_somebody(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    app.config["LETTER_SECONDS"] = 0.4
    make_user(session, email="aida@example.org", password=PASSWORD)
    session.commit()
    for address in ("aida@example.org", "nobody@example.org"):
        started = time.monotonic()
        client.post("/forgot", data={"email": address})
        assert time.monotonic() - started >= 0.4


def test_a_mailbox_is_not_filled_by_strangers(client: FlaskClient, session: Session) -> None:
    make_user(session, email="aida@example.org", password=PASSWORD)
    session.commit()
    for _ in range(5):
        assert client.post("/forgot", data={"email": "aida@example.org"}).status_code == 200
    assert len(session.scalars(select(Letter)).all()) == 3


def test_a_new_password_ends_what_was_before(
    app: Flask, client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    user = make_user(session, "Aida", email="aida@example.org", password=PASSWORD)
    token = make_link(session, user, LinkPurpose.PASSWORD_RESET)
    spare = make_link(session, user, LinkPurpose.PASSWORD_RESET)
    elsewhere = sign_in(app.test_client(), user)
    client.post("/sign-in", data={"email": "aida@example.org", "password": "wrong"})
    assert "Aida" in client.get(f"/reset/{token}").text
    short = client.post(f"/reset/{token}", data={"password": "short"})
    assert short.status_code == 422
    assert "use at least 10 characters" in short.text
    assert client.post(f"/reset/{token}", data={"password": NEW}).location == "/"
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302
    assert client.get(f"/reset/{token}").status_code == 409
    assert client.get(f"/reset/{spare}").status_code == 409
    session.commit()
    assert session.scalars(select(SignInFailure)).all() == []
    session.commit()
    fresh = app.test_client()
    for password, status in ((PASSWORD, 422), (NEW, 303)):
        data = {"email": "aida@example.org", "password": password}
        assert fresh.post("/sign-in", data=data).status_code == status


def test_the_link_stands_on_a_line_of_its_own(app: Flask) -> None:

    with app.test_request_context():
        subject, body = word_reset_letter("Aida", "http://x.example/reset/1", "en")
    assert subject == "A new password"
    assert "http://x.example/reset/1" in body.split("\n\n")
