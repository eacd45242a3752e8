from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories import PASSWORD, make_user
from webapp.models import User
from webapp.services import accounts

NEW = "another quiet valley"


def version_on(page: str, prefix: str = "") -> str:
    pattern = rf'name="{prefix}expected_version"[^>]*value="(\d+)"'
    found = re.search(pattern, page)
    assert found is not None
    return found[1]


def test_name_and_language_are_kept_and_searchable(
    client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    user = make_user(session, "Aida")
    session.commit()
    sign_in(client, user)
    version = version_on(client.get("/account").text)
    data = {"name": "Әсел Ёлкина", "language": "ru", "expected_version": version}
    assert client.post("/account", data=data).status_code == 303
    session.commit()
    session.refresh(user)
    assert (user.name, user.language, user.name_folded) == ("Әсел Ёлкина", "ru", "асел елкина")
    assert '<html lang="ru">' in client.get("/account").text


def test_somebody_elses_change_is_not_written_over_unseen(
    client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    user = make_user(session, "Aida")
    session.commit()
    sign_in(client, user)
    version = version_on(client.get("/account").text)
    data = {"name": "Aida B.", "language": "en", "expected_version": version}
    user.name = "A. Berik"
    session.commit()
    refused = client.post("/account", data=data)
    assert refused.status_code == 409
    assert "Somebody changed this while you were writing." in refused.text
    assert 'value="Aida B."' in refused.text
    data["expected_version"] = version_on(refused.text)
    assert client.post("/account", data=data).status_code == 303
    session.commit()
    session.refresh(user)
    assert user.name == "Aida B."


def test_address_and_password_change_for_whoever_knows_the_present_one(
    app: Flask, client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    user = make_user(session, email="aida@example.org", password=PASSWORD)
    session.commit()
    sign_in(client, user)
    elsewhere = sign_in(app.test_client(), user)
    data = {
        "details-email": "new@example.org",
        "details-new_password": NEW,
        "details-present_password": "wrong",
        "details-expected_version": version_on(client.get("/account").text, "details-"),
    }
    refused = client.post("/account/sign-in", data=data)
    assert refused.status_code == 422
    assert "The present password is not right." in refused.text
    assert 'value="new@example.org"' in refused.text
    data["details-present_password"] = PASSWORD
    short = client.post("/account/sign-in", data={**data, "details-new_password": "short"})
    assert "use at least 10 characters" in short.text
    stamp = user.stamp
    session.commit()
    assert client.post("/account/sign-in", data=data).status_code == 303
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302
    session.refresh(user)
    assert user.email == "new@example.org"
    assert user.stamp != stamp
    assert user.password_hash is not None
    assert accounts.password_matches(user.password_hash, NEW, app.config["PASSWORD_COST"])


def test_guessing_the_present_password_locks_too(
    client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    user = make_user(session, email="aida@example.org", password=PASSWORD)
    session.commit()
    sign_in(client, user)
    data = {"details-email": "aida@example.org", "details-present_password": "wrong"}
    statuses = [client.post("/account/sign-in", data=data).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]


def test_browsers_are_listed_and_ended_by_their_owner_only(
    app: Flask, client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    user, other = make_user(session, "Aida"), make_user(session, "Bek")
    session.commit()
    sign_in(client, user)
    phone = sign_in(app.test_client(), user)
    stranger = sign_in(app.test_client(), other)
    page = client.get("/account").text
    (ending,) = re.findall(r'action="(/account/browsers/\d+/end)"', page)
    assert stranger.post(ending).status_code == 404
    assert phone.get("/account").status_code == 200
    assert client.get(ending).status_code == 405
    assert client.post(ending).status_code == 303
    assert phone.get("/account").status_code == 302
    again = sign_in(app.test_client(), user)
    assert client.post("/account/browsers/end-others").status_code == 303
    assert again.get("/account").status_code == 302
    assert client.get("/account").status_code == 200
    assert stranger.get("/account").status_code == 200


def test_the_other_form_keeps_nothing_that_was_typed(
    client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    user: User = make_user(session, email="aida@example.org", password=PASSWORD)
    session.commit()
    sign_in(client, user)
    page = client.post("/account/sign-in", data={"details-email": ""})
    assert page.status_code == 422
    assert "Write your e-mail address." in page.text
    assert page.text.count('class="summary"') == 1
