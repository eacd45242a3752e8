"""The account pages with their seals on, as people meet them."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories import PASSWORD, make_edition, make_user
from webapp.enums import InvitationRole, LinkPurpose
from webapp.services import invitations, links


@pytest.fixture
def sealed(app: Flask) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = True
    return app.test_client()


def fill_in(client: FlaskClient, path: str, action: str = "", **answers: str):
    """Send the form of a page with everything hidden in it."""
    page = client.get(path).text
    forms = re.findall(r"<form\b([^>]*)>(.*?)</form>", page, re.DOTALL)
    inside = next(
        inside
        for opening, inside in forms
        if (f'action="{action}"' in opening if action else "action=" not in opening)
    )
    hidden = {}
    for tag in re.findall(r'<input[^>]*type="hidden"[^>]*>', inside):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            hidden[name[1]] = value[1] if value else ""
    return client.post(action or path, data={**hidden, **answers})


def test_every_account_form_carries_its_seal(sealed: FlaskClient, session: Session) -> None:
    started = fill_in(
        sealed,
        "/start",
        program="Valley Lab",
        name="Olga",
        email="olga@example.org",
        password=PASSWORD,
    )
    assert started.status_code == 303
    assert fill_in(sealed, "/account", "/account", name="Olga O.", language="en").status_code == 303
    changed = fill_in(
        sealed,
        "/account",
        "/account/sign-in",
        **{"details-email": "o@example.org", "details-present_password": PASSWORD},
    )
    assert changed.status_code == 303
    out = fill_in(sealed, "/account", "/sign-out")
    assert out.location == "/sign-in"
    assert fill_in(sealed, "/forgot", email="o@example.org").status_code == 200
    back = fill_in(sealed, "/sign-in", email="o@example.org", password=PASSWORD)
    assert back.status_code == 303
    chosen = fill_in(sealed, "/account", "/language?next=/account", language="ru")
    assert (chosen.status_code, chosen.location) == (303, "/account")


def test_buttons_of_links_and_invitations_carry_their_seal(
    sealed: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    edition = make_edition(session)
    user = make_user(session, "Aida")
    _, link = links.make_link(session, user, LinkPurpose.SIGN_IN, hours=1)
    owner = edition.program.members[0].user
    _, door = invitations.invite(
        session, edition.program, edition, InvitationRole.GUEST, actor=owner
    )
    session.commit()
    assert fill_in(sealed, f"/enter/{link}", f"/enter/{link}").location == "/"
    assert fill_in(sealed, f"/join/{door}", f"/join/{door}").location == "/"
    assert "Valley Lab" in sealed.get("/").text


@pytest.mark.parametrize("path", ["/sign-in", "/forgot", "/start", "/sign-out", "/language"])
def test_without_its_seal_nothing_is_taken(sealed: FlaskClient, path: str) -> None:
    assert sealed.post(path, data={"email": "a@example.org"}).status_code == 400
