from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories import (
    make_edition,
    make_filmmaker,
    make_mentor,
    make_program,
    make_project,
    make_user,
)
from webapp.enums import EditionState, ProjectState


def test_strangers_are_asked_to_sign_in(client: FlaskClient, session: Session) -> None:
    make_user(session)
    session.commit()
    assert client.get("/").location == "/sign-in"
    assert client.head("/").status_code == 303


def test_each_place_is_a_card_with_the_one_next_thing(
    client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    user = make_user(session, "Aida")
    lab = make_edition(session, make_program(session, user, "Aida's Lab"))
    guest_of = make_edition(session, make_program(session, name="Valley Lab"))
    make_filmmaker(session, guest_of, user)
    make_mentor(session, guest_of, user)
    film = make_project(session, guest_of, user, state=ProjectState.DRAFT, title="Salt")
    expected = [
        f"/organize/{lab.id}/",
        f"/editions/{guest_of.id}/films/{film.id}/first",
        f"/editions/{guest_of.id}/mentor/profile",
    ]
    session.commit()
    page = sign_in(client, user).get("/").text
    buttons = re.findall(r'<a class="button[^"]*" href="([^"]+)"', page)
    assert buttons == expected
    for address in expected:
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("state", "page"), [(EditionState.RELEASED, "mentors"), (EditionState.ARCHIVED, "")]
)
def test_after_the_telling_the_film_leads_to_its_mentors(
    client: FlaskClient, session: Session, sign_in: SignIn, state: EditionState, page: str
) -> None:
    user = make_user(session)
    edition = make_edition(session, state=state)
    make_filmmaker(session, edition, user)
    film = make_project(session, edition, user)
    films = f"/editions/{edition.id}/films"
    expected = f"{films}/{film.id}/mentors" if page else films
    session.commit()
    assert f'href="{expected}"' in sign_in(client, user).get("/").text


def test_who_is_nowhere_is_told_how_to_get_in(
    client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    user = make_user(session)
    session.commit()
    assert "You are not part of a lab yet" in sign_in(client, user).get("/").text


def test_more_places_need_no_more_queries(
    app: Flask, client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    people = [make_user(session), make_user(session)]
    for user, n_places in zip(people, (1, 3), strict=True):
        for _ in range(n_places):
            make_edition(session, make_program(session, user))
            edition = make_edition(session)
            make_filmmaker(session, edition, user)
            make_project(session, edition, user)
    session.commit()
    counts = []
    for user in people:
        sign_in(client, user)
        client.get("/")
        statements: list[str] = []
        engine = app.extensions["campfire.sessions"].engine
        note = lambda *given: statements.append(given[2])  # noqa: E731, B023
        event.listen(engine, "before_cursor_execute", note)
        client.get("/")
        event.remove(engine, "before_cursor_execute", note)
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert counts[0] > 3


def test_the_living_page_shows_the_parts_only_to_those_who_work_on_them(
    app: Flask, client: FlaskClient
) -> None:
    page = client.get("/components")
    assert page.status_code == 200
    assert "A form that came back" in page.text
    app.testing = False
    assert client.get("/components").status_code == 404
    app.config["DEMO"] = True
    assert client.get("/components").status_code == 200
