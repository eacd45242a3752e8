from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories import make_edition, make_match, make_mentor, make_project, make_user
from tests.pdfs import make_pdf
from webapp.enums import EditionState, MatchState, UploadKind
from webapp.models import Participation, Project
from webapp.services import uploads

MET = {
    "code": "need_met",
    "weight": 0.4,
    "params": {"need": "need.editing", "rank": 1, "source": "expertise"},
    "places": [],
}


@pytest.fixture
def mentor(client: FlaskClient, session: Session, sign_in: SignIn) -> Participation:
    edition = make_edition(session, with_terms=True, state=EditionState.RELEASED)
    mentor = make_mentor(session, edition, make_user(session, "Greta"))
    session.commit()
    sign_in(client, mentor.user)
    # Let go of what was read: a later write would wait for itself.
    session.commit()
    return mentor


def make_film(session: Session, mentor: Participation, **values: object) -> Project:
    return make_project(
        session,
        mentor.edition,
        make_user(session, "Айпери"),
        needs=["need.editing", "need.career"],
        difficulties="Не знаю, где конец.",
        reading="they need courage",
        keep_apart_note="not with my uncle",
        **values,
    )


def path(mentor: Participation) -> str:
    return f"/editions/{mentor.edition_id}/mentor/films"


def test_before_anybody_is_told_there_is_a_calm_sentence(
    client: FlaskClient, session: Session, mentor: Participation
) -> None:
    mentor.edition.state = EditionState.MATCHING
    film = make_film(session, mentor, title="Salt")
    make_match(session, film, mentor, state=MatchState.CONFIRMED)
    session.commit()
    page = client.get(path(mentor)).text
    assert "You will hear from them; there is nothing you need to do." in page
    assert "Salt" not in page
    assert client.get(f"{path(mentor)}/{film.id}").status_code == 404


def test_the_ask_stands_in_two_lines(
    client: FlaskClient, session: Session, mentor: Participation
) -> None:
    make_match(session, make_film(session, mentor, title="Salt"), mentor)
    session.commit()
    page = unescape(client.get(path(mentor)).text)
    assert "Editing & rough cut → Career" in page
    assert "Не знаю, где конец." in page
    assert "courage" not in page
    assert "One film is waiting for you" in client.get(f"/editions/{mentor.edition_id}/mentor").text


def test_a_film_of_ones_own_is_read_in_full_with_why(
    client: FlaskClient, session: Session, mentor: Participation
) -> None:
    film = make_film(session, mentor, title="Salt", synopsis="A long story")
    make_match(session, film, mentor, reasons=[MET])
    session.commit()
    page = unescape(client.get(f"{path(mentor)}/{film.id}").text)
    assert "Editing & rough cut: needed most, and what people come to you for." in page
    assert "A long story" in page
    assert "Айпери (director)" in page
    for private in ("courage", "uncle"):
        assert private not in page


@pytest.mark.parametrize(
    "state", [MatchState.CONFIRMED, MatchState.DECLINED, MatchState.CANCELLED, None]
)
def test_other_films_do_not_exist(
    client: FlaskClient,
    session: Session,
    mentor: Participation,
    state: MatchState | None,
) -> None:
    film = make_film(session, mentor, title="Salt")
    if state is not None:
        make_match(session, film, mentor, state=state)
    other = make_mentor(session, mentor.edition)
    make_match(session, film, other)
    session.commit()
    assert "Salt" not in client.get(path(mentor)).text
    for page in ("", "/files/1"):
        assert client.get(f"{path(mentor)}/{film.id}{page}").status_code == 404


def test_only_a_films_own_mentor_opens_its_files(
    app: Flask, client: FlaskClient, session: Session, mentor: Participation, sign_in: SignIn
) -> None:
    film = make_film(session, mentor)
    make_match(session, film, mentor)
    stranger = make_mentor(session, mentor.edition)
    content = make_pdf()
    upload = uploads.keep_upload(
        session,
        film,
        uploads.check_pdf(content, "Script.pdf"),
        UploadKind.SCRIPT,
        actor=make_user(session),
        folder=Path(app.config["UPLOAD_FOLDER"]),
    )
    session.commit()
    page = client.get(f"{path(mentor)}/{film.id}")
    assert "Script.pdf" in page.text
    with client.get(f"{path(mentor)}/{film.id}/files/{upload.id}") as answer:
        assert answer.data == content
        assert answer.headers["Content-Disposition"].startswith("attachment; ")
    sign_in(client, stranger.user)
    assert client.get(f"{path(mentor)}/{film.id}/files/{upload.id}").status_code == 404


def test_more_films_need_no_more_queries(
    app: Flask, client: FlaskClient, session: Session, mentor: Participation
) -> None:
    engine = app.extensions["campfire.sessions"].engine
    counts = []
    for n_films in (1, 2):
        for _ in range(n_films):
            make_match(session, make_film(session, mentor), mentor, reasons=[MET])
        session.commit()
        client.get(path(mentor))
        statements: list[str] = []
        note = lambda *given: statements.append(given[2])  # noqa: E731, B023
        event.listen(engine, "before_cursor_execute", note)
        page = client.get(path(mentor)).text
        event.remove(engine, "before_cursor_execute", note)
        counts.append((page.count("Не знаю"), len(statements)))
    assert [n_shown for n_shown, _ in counts] == [1, 3]
    assert counts[0][1] == counts[1][1]
