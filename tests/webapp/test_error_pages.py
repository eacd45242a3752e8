from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories import make_user
from webapp import access, db, limits
from webapp.errors import NotAllowed, TooMany


def add_page(app: Flask, view: Callable[[], object], path: str = "/trouble") -> None:
    app.add_url_rule(path, view_func=access.public(view), methods=["GET", "POST"])


def has_layout(page: str) -> bool:
    return '<header class="site-header">' in page and "<footer" in page


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (400, "could not read what was sent"),
        (403, "not yours to open"),
        (404, "There is no such page"),
        (405, "cannot be opened like that"),
        (409, "In the meantime something changed"),
        (413, "too much at once"),
        (422, "does not fit"),
        (429, "too often"),
        (500, "Something broke on our side"),
        (503, "Too many people are saving"),
    ],
)
def test_each_error_has_a_page_with_a_sentence_and_a_remedy(
    app: Flask, client: FlaskClient, status: int, sentence: str
) -> None:
    add_page(app, lambda: abort(status))
    answer = client.get("/trouble")
    assert answer.status_code == status
    assert sentence in answer.text
    assert '<p class="lead">' in answer.text
    assert has_layout(answer.text)


def test_a_named_error_is_worded_and_has_its_status(app: Flask, client: FlaskClient) -> None:
    def refuse() -> object:
        raise NotAllowed("last_owner")

    add_page(app, refuse)
    answer = client.get("/trouble")
    assert answer.status_code == 403
    assert "the last one who looks after this lab" in answer.text


def test_a_named_error_counts_in_words(app: Flask, client: FlaskClient) -> None:
    def refuse() -> object:
        raise TooMany("sign_in_locked", minutes=1)

    add_page(app, refuse)
    assert "Wait 1 minute," in client.get("/trouble").text


def test_a_broken_page_tells_nothing_of_its_insides(app: Flask, client: FlaskClient) -> None:
    def break_down() -> object:
        raise RuntimeError("secret insides")

    add_page(app, break_down)
    answer = client.get("/trouble")
    assert answer.status_code == 500
    assert "secret insides" not in answer.text
    assert has_layout(answer.text)


def test_a_busy_database_gets_a_sentence(
    client: FlaskClient,
    session: Session,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(db, "BUSY_MILLISECONDS", 50)
    user = make_user(session, "Aida")
    session.commit()
    sign_in(client, user)
    session.execute(text("DELETE FROM form_nonce"))
    answer = client.post("/account", data={"name": "Aida B."})
    assert answer.status_code == 503
    assert "save again" in answer.text
    assert has_layout(answer.text)
    session.rollback()
    assert client.get("/account").status_code == 200


def test_the_layout_stands_without_any_database(
    app: Flask, client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    user = make_user(session, "Aida")
    session.commit()
    sign_in(client, user)
    session.execute(text("DROP TABLE sign_in_session"))
    session.commit()
    client.set_cookie("campfire_language", "ru")
    for path in ("/", "/account", "/nowhere"):
        answer = client.get(path)
        assert answer.status_code == (404 if path == "/nowhere" else 500)
        assert '<html lang="ru">' in answer.text
        assert has_layout(answer.text)


def test_an_error_drops_what_the_page_had_begun(app: Flask, client: FlaskClient) -> None:
    def begin_and_break() -> object:
        make_user(db.session(), "Nobody")
        raise NotAllowed("last_owner")

    add_page(app, begin_and_break)
    client.post("/trouble")
    with Session(app.extensions["campfire.sessions"].engine) as looking:
        assert looking.execute(text('SELECT count(*) FROM "user"')).scalar() == 0


def test_an_old_seal_says_what_to_do(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client.post("/sign-in", data={"email": "a@example.org", "password": "x"})
    assert answer.status_code == 400
    assert "open for too long" in answer.text
    assert "your browser keeps what you wrote" in answer.text


def test_too_much_at_once_is_refused_with_a_sentence(app: Flask, client: FlaskClient) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1_000
    answer = client.post("/sign-in", data={"email": "x" * 2_000, "password": "x"})
    assert answer.status_code == 413
    assert "Send a smaller file" in answer.text
    assert limits.UPLOAD_BYTES == 15 * 1024 * 1024


def test_a_wrong_method_names_the_right_ones(client: FlaskClient) -> None:
    answer = client.get("/sign-out")
    assert answer.status_code == 405
    assert sorted(answer.headers["Allow"].split(", ")) == ["OPTIONS", "POST"]


def test_a_signed_in_reader_is_still_greeted_on_an_error_page(
    client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    user = make_user(session, "Aida")
    session.commit()
    sign_in(client, user)
    page = client.get("/nowhere").text
    assert "Aida" in page
    assert "Sign out" in page


def test_a_row_that_changed_under_the_page_is_a_conflict(app: Flask, client: FlaskClient) -> None:
    def be_late() -> object:
        raise db.StaleRow("somebody was quicker")

    add_page(app, be_late)
    answer = client.post("/trouble")
    assert answer.status_code == 409
    assert "In the meantime something changed" in answer.text


def test_a_broken_layout_still_leaves_the_sentence(app: Flask, client: FlaskClient) -> None:
    def break_layout() -> dict[str, object]:
        raise RuntimeError("secret insides")

    app.context_processor(break_layout)
    answer = client.get("/nowhere")
    assert (answer.status_code, answer.mimetype) == (404, "text/plain")
    assert answer.text == (
        "There is no such page, or it is not for you. "
        "Check the address, or start from the first page."
    )
