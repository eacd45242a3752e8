from __future__ import annotations

from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories import make_edition, make_filmmaker, make_project, make_user
from webapp.enums import EditionState, ProjectState
from webapp.models import Project


@pytest.fixture
def film(client: FlaskClient, session: Session, sign_in: SignIn) -> Project:
    edition = make_edition(session, state=EditionState.COLLECTING)
    user = make_user(session)
    make_filmmaker(session, edition, user)
    film = make_project(
        session, edition, user, state=ProjectState.DRAFT, title="Salt", logline="a shepherd"
    )
    session.commit()
    sign_in(client, user)
    session.commit()
    return film


def act(client: FlaskClient, film: Project, what: str, version: int | None = None) -> str:
    answer = client.post(
        f"/editions/{film.edition_id}/films/{film.id}/{what}",
        data={"expected_version": film.version if version is None else version},
        follow_redirects=True,
    )
    assert answer.status_code == 200
    return unescape(answer.text)


def test_a_film_goes_in_out_and_in_again(
    client: FlaskClient, session: Session, film: Project
) -> None:
    assert "Your film is sent in." in act(client, film, "submit")
    session.commit()
    assert film.state is ProjectState.SUBMITTED
    assert "Your film is withdrawn." in act(client, film, "withdraw")
    session.commit()
    assert film.state is ProjectState.WITHDRAWN
    assert "Send it in" in client.get(f"/editions/{film.edition_id}/films/{film.id}").text
    act(client, film, "submit")
    session.commit()
    assert film.state is ProjectState.SUBMITTED


@pytest.mark.parametrize("what", ["submit", "withdraw"])
def test_a_button_pressed_twice_counts_once(
    client: FlaskClient, session: Session, film: Project, what: str
) -> None:
    version = film.version
    act(client, film, what, version)
    session.commit()
    once = (film.state, film.version)
    page = act(client, film, what, version)
    session.commit()
    assert (film.state, film.version) == once
    assert "Somebody changed" not in page


def test_a_film_without_words_is_led_to_its_questions(
    client: FlaskClient, session: Session, film: Project
) -> None:
    film.logline = ""
    session.commit()
    page = act(client, film, "submit")
    assert "write a few words about the film" in page
    assert "Six questions" in page


def test_an_older_page_sends_nothing(client: FlaskClient, session: Session, film: Project) -> None:
    version = film.version
    film.title = "Sold"
    session.commit()
    assert "Somebody changed this while you were writing." in act(client, film, "submit", version)
    session.commit()
    assert film.state is ProjectState.DRAFT


def test_a_mentor_who_counts_on_a_film_hears_it_from_the_organizers(
    client: FlaskClient, session: Session, film: Project
) -> None:
    film.state = ProjectState.SELECTED
    film.edition.state = EditionState.RELEASED
    session.commit()
    assert "A mentor may already count on this film." in act(client, film, "withdraw")
    session.commit()
    assert film.state is ProjectState.SELECTED


def test_what_was_filled_in_is_said_to_be_right_with_one_tap(
    client: FlaskClient, session: Session, film: Project
) -> None:
    film.filled_in_by = make_user(session, "Olga")
    session.commit()
    path = f"/editions/{film.edition_id}/films/{film.id}"
    assert "Filled in by Olga, not yet seen by you" in client.get(path).text
    act(client, film, "right")
    session.commit()
    assert film.checked_at is not None
    assert "Filled in by" not in client.get(path).text
