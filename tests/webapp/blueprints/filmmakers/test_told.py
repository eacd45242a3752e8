from __future__ import annotations

from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories import (
    make_edition,
    make_filmmaker,
    make_match,
    make_mentor,
    make_project,
    make_user,
)
from webapp.enums import EditionState, MatchState
from webapp.models import Project

MET = {
    "code": "need_met",
    "weight": 0.4,
    "params": {"need": "need.editing", "rank": 1, "source": "expertise"},
    "places": [{"side": "project", "field": "needs", "start": 0, "end": 1}],
}
PRIVATE = {
    "code": "text_shared",
    "weight": 0.3,
    "params": {"words": ["courage"]},
    "places": [{"side": "project", "field": "reading", "start": 0, "end": 7}],
}
DOUBT = {"code": "no_shared_language", "weight": 0.0, "params": {}, "places": []}


@pytest.fixture
def film(client: FlaskClient, session: Session, sign_in: SignIn) -> Project:
    edition = make_edition(
        session, with_terms=True, state=EditionState.RELEASED, contact="Olga, +996 1"
    )
    user = make_user(session)
    make_filmmaker(session, edition, user)
    film = make_project(session, edition, user)
    session.commit()
    sign_in(client, user)
    session.commit()
    return film


def page_of(client: FlaskClient, film: Project) -> str:
    answer = client.get(f"/editions/{film.edition_id}/films/{film.id}/mentors")
    assert answer.status_code == 200
    return unescape(answer.text)


def test_before_anybody_is_told_there_is_a_calm_sentence(
    client: FlaskClient, session: Session, film: Project
) -> None:
    film.edition.state = EditionState.MATCHING
    make_match(
        session,
        film,
        make_mentor(session, film.edition, make_user(session, "Greta")),
        state=MatchState.CONFIRMED,
    )
    session.commit()
    page = page_of(client, film)
    assert "You will hear from them; there is nothing you need to do." in page
    index = client.get(f"/editions/{film.edition_id}/films").text
    assert "Greta" not in page + index


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        (MatchState.CONFIRMED, False),
        (MatchState.RELEASED, True),
        (MatchState.SEEN, True),
        (MatchState.ACCEPTED, True),
        (MatchState.DECLINED, False),
        (MatchState.CANCELLED, False),
    ],
)
def test_only_what_both_sides_know_is_shown(
    client: FlaskClient, session: Session, film: Project, state: MatchState, shown: bool
) -> None:
    mentor = make_mentor(session, film.edition, make_user(session, "Greta Lindqvist"))
    make_match(session, film, mentor, state=state)
    session.commit()
    assert ("Greta Lindqvist" in page_of(client, film)) is shown
    index = client.get(f"/editions/{film.edition_id}/films").text
    assert ("Greta Lindqvist" in index) is shown


def test_each_mentor_comes_with_why_and_nothing_private(
    client: FlaskClient, session: Session, film: Project
) -> None:
    mentor = make_mentor(
        session,
        film.edition,
        make_user(session, "Greta"),
        bio="A quiet editor",
        keep_apart_note="not with Anna",
        languages=[{"code": "en", "level": "C2"}],
    )
    make_match(session, film, mentor, reasons=[MET, PRIVATE, DOUBT])
    session.commit()
    page = page_of(client, film)
    assert "Editing & rough cut: needed most, and what people come to Greta for." in page
    assert "A quiet editor" in page
    assert "English (almost native)" in page
    assert "Olga, +996 1" in page
    for private in ("courage", "Anna", "interpret"):
        assert private not in page


def test_more_mentors_need_no_more_queries(
    app: Flask, client: FlaskClient, session: Session, film: Project
) -> None:
    engine = app.extensions["campfire.sessions"].engine
    counts = []
    for n_mentors in (1, 2):
        for _ in range(n_mentors):
            make_match(session, film, make_mentor(session, film.edition), reasons=[MET])
        session.commit()
        page_of(client, film)
        statements: list[str] = []
        note = lambda *given: statements.append(given[2])  # noqa: E731, B023
        event.listen(engine, "before_cursor_execute", note)
        page = page_of(client, film)
        event.remove(engine, "before_cursor_execute", note)
        counts.append((page.count("Why you two"), len(statements)))
    assert [n_shown for n_shown, _ in counts] == [1, 3]
    assert counts[0][1] == counts[1][1]
