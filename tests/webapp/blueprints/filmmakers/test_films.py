from __future__ import annotations

from dataclasses import dataclass
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories import make_edition, make_filmmaker, make_project, make_user
from webapp.enums import EditionState, ProjectState
from webapp.models import Edition, ProfileVersion, Project, User


@dataclass
class Room:
    """A filmmaker in front of their own pages."""

    client: FlaskClient
    session: Session
    edition: Edition
    user: User

    @property
    def films(self) -> str:
        return f"/editions/{self.edition.id}/films"

    def text(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200
        return unescape(answer.text)

    def only_film(self) -> Project:
        self.session.rollback()
        return self.session.scalars(select(Project)).one()


@pytest.fixture
def room(client: FlaskClient, session: Session, sign_in: SignIn) -> Room:
    edition = make_edition(
        session, with_terms=True, state=EditionState.COLLECTING, contact="Olga, +996 1"
    )
    user = make_user(session, "Айпери")
    make_filmmaker(session, edition, user)
    session.commit()
    sign_in(client, user)
    session.commit()
    return Room(client, session, edition, user)


def first_film(room: Room, **values: object) -> Project:
    values.setdefault("state", ProjectState.DRAFT)
    film = make_project(room.session, room.edition, room.user, **values)
    room.session.commit()
    return film


def test_who_has_no_film_is_asked_kindly(room: Room) -> None:
    page = room.text(room.films)
    assert "Tell us about your film" in page
    assert "You can also take part without a film" in page


def test_the_first_save_makes_the_film_however_little_it_says(room: Room) -> None:
    answer = room.client.post(
        f"{room.films}/new", data={"nonce": "one", "action": "draft", "difficulties": "the end"}
    )
    assert (answer.status_code, answer.location) == (303, room.films)
    film = room.only_film()
    assert (film.state, film.title, film.difficulties) == (ProjectState.DRAFT, "", "the end")
    page = room.text(room.films)
    assert "Untitled film" in page
    assert "5 more answers would help your mentor: the title, what the film is about," in page


def test_a_form_sent_twice_makes_one_film(room: Room) -> None:
    for _ in range(2):
        answer = room.client.post(f"{room.films}/new", data={"nonce": "one", "title": "Соль"})
        assert answer.status_code == 303
    assert room.only_film().title == "Соль"


def test_all_six_answers_are_kept_and_shown_again(room: Room) -> None:
    room.client.post(
        f"{room.films}/new",
        data={
            "nonce": "one",
            "action": "draft",
            "title": "Соль",
            "logline": "Салт",
            "pasted": "עברית 👩‍👧",
            "difficulties": "Не знаю\r\nгде конец",
            "needs-0": "need.editing",
            "needs-1": "",
            "needs-2": "need.career",
            "own_need": "somebody to call",
            "stage": "stage.rough-cut",
            "forms": ["form.short", "form.documentary"],
            "languages-0-code": "ky",
            "languages-0-level": "native",
            "languages-1-code": "",
            "languages-1-level": "",
            "own_language": "русский",
        },
    )
    film = room.only_film()
    assert film.needs == ["need.editing", "need.career", "somebody to call"]
    assert film.stages == ["stage.rough-cut"]
    assert film.forms == ["form.short", "form.documentary"]
    assert film.languages == [{"code": "ky", "level": "native"}, {"code": "ru", "level": None}]
    assert film.difficulties == "Не знаю\nгде конец"
    page = room.text(f"{room.films}/{film.id}/first")
    assert '<option selected value="need.editing">' in page
    assert '<option selected value="somebody to call">' in page
    assert '<option selected value="ru">Russian</option>' in page
    assert "עברית 👩‍👧" in page
    assert "All six questions are answered." in room.text(room.films)


def test_sending_in_says_what_is_missing_and_keeps_the_rest(room: Room) -> None:
    film = first_film(room, title="")
    answer = room.client.post(
        f"{room.films}/{film.id}/first",
        data={"expected_version": film.version, "action": "submit", "logline": "a shepherd"},
    )
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert "To send it in, give your film a title." in page
    assert "Your answers are saved as a draft." in page
    film = room.only_film()
    assert (film.state, film.logline) == (ProjectState.DRAFT, "a shepherd")
    assert f'name="expected_version" type="hidden" value="{film.version}"' in page


def test_a_new_film_that_cannot_be_sent_in_is_a_draft(room: Room) -> None:
    answer = room.client.post(
        f"{room.films}/new",
        data={"nonce": "one", "action": "submit", "title": "Соль"},
        follow_redirects=True,
    )
    assert "To send it in, write a few words about the film" in unescape(answer.text)
    assert room.only_film().state is ProjectState.DRAFT


def test_a_title_and_one_need_are_enough_to_send_in(room: Room) -> None:
    answer = room.client.post(
        f"{room.films}/new",
        data={"nonce": "one", "action": "submit", "title": "Соль", "needs-0": "need.editing"},
        follow_redirects=True,
    )
    assert "Your film is sent in." in unescape(answer.text)
    assert room.only_film().state is ProjectState.SUBMITTED


def test_a_film_that_is_sent_in_can_still_be_changed(room: Room) -> None:
    film = first_film(room, state=ProjectState.SUBMITTED)
    path = f"{room.films}/{film.id}/first"
    assert "Send it in" not in room.text(path)
    answer = room.client.post(
        path, data={"expected_version": film.version, "title": "New title", "logline": "x"}
    )
    assert answer.status_code == 303
    film = room.only_film()
    assert (film.title, film.state) == ("New title", ProjectState.SUBMITTED)


def test_a_page_overtaken_by_another_keeps_the_text_and_says_so(room: Room) -> None:
    film = first_film(room)
    path, shown = f"{room.films}/{film.id}/first", film.version
    data = {"expected_version": shown, "title": "First", "logline": "one"}
    assert room.client.post(path, data=data).status_code == 303
    answer = room.client.post(path, data=data | {"title": "Second"})
    assert answer.status_code == 409
    page = unescape(answer.text)
    assert "Somebody changed this while you were writing." in page
    assert 'value="Second"' in page
    film = room.only_film()
    assert film.title == "First"
    # The page now carries today's version: saving again is a decision.
    assert f'name="expected_version" type="hidden" value="{film.version}"' in page


def test_the_same_form_sent_twice_counts_once(room: Room) -> None:
    film = first_film(room)
    path = f"{room.films}/{film.id}/first"
    data = {"expected_version": film.version, "title": "Twice", "action": "submit", "logline": "x"}
    for _ in range(2):
        assert room.client.post(path, data=data).status_code == 303
    film = room.only_film()
    assert (film.title, film.state) == ("Twice", ProjectState.SUBMITTED)
    assert len(room.session.scalars(select(ProfileVersion)).all()) == 1


@pytest.mark.parametrize("page", ["first", "more"])
def test_a_long_paste_is_named_and_kept(room: Room, page: str) -> None:
    film = first_film(room)
    field, label = {
        "first": ("difficulties", "What doesn't work yet?"),
        "more": ("synopsis", "Synopsis"),
    }[page]
    paste = "ж" * 5_000_000
    answer = room.client.post(
        f"{room.films}/{film.id}/{page}", data={"expected_version": film.version, field: paste}
    )
    assert answer.status_code == 422
    text = unescape(answer.text)
    assert f"“{label}” is 4980000 characters too long: at most 20000 fit." in text
    assert paste in text
    assert getattr(room.only_film(), field) == ""


def test_the_rest_is_kept_and_shown_again(room: Room) -> None:
    film = first_film(room)
    path = f"{room.films}/{film.id}/more"
    answer = room.client.post(
        path,
        data={
            "expected_version": film.version,
            "synopsis": "A long story",
            "genres": ["genre.drama"],
            "own_role": "director",
            "team": "Бакыт Осмонов (оператор)\nAnna Berg - editor\nNur",
            "countries": "Kyrgyzstan, Қазақстан; Atlantis",
            "place": "Ак-Талаа",
            "keep_apart_note": "not with my uncle",
        },
    )
    assert answer.status_code == 303
    film = room.only_film()
    assert [(each.name, each.role) for each in film.members] == [
        ("Айпери", "director"),
        ("Бакыт Осмонов", "оператор"),
        ("Anna Berg", "editor"),
        ("Nur", ""),
    ]
    assert film.countries == ["country.kg", "country.kz", "Atlantis"]
    page = room.text(path)
    assert "Бакыт Осмонов (оператор)\nAnna Berg (editor)\nNur" in page
    assert 'value="Kyrgyzstan, Kazakhstan, Atlantis"' in page
    assert "not with my uncle" in page


def test_the_preview_shows_what_a_mentor_reads_and_no_more(room: Room) -> None:
    film = first_film(
        room,
        title="Соль",
        difficulties="<b>the end</b>",
        reading="they need courage",
        keep_apart_note="not with my uncle",
        needs=["need.editing"],
    )
    page = room.client.get(f"{room.films}/{film.id}").text
    assert "&lt;b&gt;the end&lt;/b&gt;" in page
    assert "Editing &amp; rough cut" in page
    for path in ("", "/first", "/files"):
        other = room.client.get(f"{room.films}/{film.id}{path}").text
        assert "courage" not in other
        assert "uncle" not in other


def test_somebody_elses_film_does_not_exist(room: Room) -> None:
    other = make_user(room.session)
    film = make_project(room.session, room.edition, other)
    room.session.commit()
    for path in ("", "/first", "/more", "/files", "/mentors", "/files/1"):
        assert room.client.get(f"{room.films}/{film.id}{path}").status_code == 404
    for path in ("/first", "/more", "/submit", "/withdraw", "/right", "/files", "/files/1/remove"):
        answer = room.client.post(f"{room.films}/{film.id}{path}", data={"expected_version": 1})
        assert answer.status_code == 404


@pytest.mark.parametrize(
    "state", [ProjectState.SELECTED, ProjectState.WAITING_LIST, ProjectState.NOT_THIS_TIME]
)
def test_a_decision_is_told_to_nobody_before_everyone(room: Room, state: ProjectState) -> None:
    film = first_film(room, state=state)
    words = {"selected", "waiting list", "not this time"}
    for path in (room.films, f"{room.films}/{film.id}"):
        page = room.text(path)
        assert "sent in" in page
        assert not any(word in page for word in words)
    room.edition.state = EditionState.RELEASED
    room.session.commit()
    assert any(word in room.text(room.films) for word in words)


def test_once_everyone_was_told_a_film_is_read_only(room: Room) -> None:
    film = first_film(room, state=ProjectState.SELECTED)
    room.edition.state = EditionState.RELEASED
    room.session.commit()
    path = f"{room.films}/{film.id}"
    for page in ("/first", "/more"):
        assert room.client.get(path + page).location == path
    assert room.client.get(f"{room.films}/new").location == room.films
    answer = room.client.post(f"{path}/first", data={"expected_version": film.version})
    assert answer.status_code == 409
    assert "the film can no longer be changed here" in unescape(answer.text)


def test_an_archived_year_says_so_and_stays_readable(room: Room) -> None:
    film = first_film(room)
    room.edition.state = EditionState.ARCHIVED
    room.session.commit()
    path = f"{room.films}/{film.id}"
    for page in (room.films, path):
        assert "This year is over." in room.text(page)
    answer = room.client.post(f"{path}/more", data={"expected_version": film.version})
    assert answer.status_code == 409
    assert "This year is over" in unescape(answer.text)


def test_more_films_need_no_more_queries(app: Flask, room: Room) -> None:
    engine = app.extensions["campfire.sessions"].engine
    counts = []
    for n_films in (1, 2):
        for _ in range(n_films):
            first_film(room, filled_in_by=make_user(room.session))
        room.client.get(room.films)
        statements: list[str] = []
        note = lambda *given: statements.append(given[2])  # noqa: E731, B023
        event.listen(engine, "before_cursor_execute", note)
        page = room.text(room.films)
        event.remove(engine, "before_cursor_execute", note)
        counts.append((page.count("not yet seen by you"), len(statements)))
    assert [n_shown for n_shown, _ in counts] == [1, 3]
    assert counts[0][1] == counts[1][1]
