from __future__ import annotations

import io
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.conftest import SignIn
from tests.factories import make_edition, make_filmmaker, make_project, make_user
from tests.pdfs import make_pdf
from webapp.enums import EditionState, UploadKind
from webapp.models import Project, Upload


@pytest.fixture
def film(client: FlaskClient, session: Session, sign_in: SignIn) -> Project:
    edition = make_edition(session, state=EditionState.COLLECTING)
    user = make_user(session)
    make_filmmaker(session, edition, user)
    film = make_project(session, edition, user)
    session.commit()
    sign_in(client, user)
    session.commit()
    return film


def path(film: Project) -> str:
    return f"/editions/{film.edition_id}/films/{film.id}/files"


def send(
    client: FlaskClient, film: Project, content: bytes, name: str = "Сценарий.pdf", nonce: str = "1"
) -> TestResponse:
    answer = client.post(
        path(film),
        data={"nonce": nonce, "kind": "script", "file": (io.BytesIO(content), name)},
        content_type="multipart/form-data",
    )
    # A large body travels through a temporary file of the test browser's own.
    answer.request.environ["wsgi.input"].close()
    return answer


def test_a_pdf_comes_back_as_it_was_and_is_never_shown(
    client: FlaskClient, session: Session, film: Project
) -> None:
    content = make_pdf(2)
    assert send(client, film, content).status_code == 303
    session.commit()
    upload = session.scalars(select(Upload)).one()
    assert (upload.kind, upload.n_pages, upload.file_name) == (
        UploadKind.SCRIPT,
        2,
        "Сценарий.pdf",
    )
    assert "2 pages" in client.get(path(film)).text
    with client.get(f"{path(film)}/{upload.id}") as answer:
        assert answer.data == content
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("attachment; ")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<script>alert(1)</script>", "This is not a PDF."),
        (b"%PDF-1.7 and nothing else", "This PDF cannot be opened."),
        (make_pdf(password="x"), "This PDF is locked by a password."),
        (b"%PDF-" + b"x" * 15 * 1024 * 1024, "This file is larger than 15 MB."),
    ],
)
def test_what_is_no_pdf_is_refused_with_what_to_do(
    app: Flask,
    client: FlaskClient,
    session: Session,
    film: Project,
    content: bytes,
    sentence: str,
) -> None:
    answer = send(client, film, content)
    assert answer.status_code == 422
    assert sentence in unescape(answer.text)
    assert session.scalars(select(Upload)).all() == []
    assert list(Path(app.config["UPLOAD_FOLDER"]).glob("*")) == []


def test_no_file_is_said_so(client: FlaskClient, film: Project) -> None:
    answer = client.post(path(film), data={"nonce": "1", "kind": "script"})
    assert answer.status_code == 422
    assert "Choose a PDF file first." in answer.text


def test_a_file_sent_twice_is_there_once(
    client: FlaskClient, session: Session, film: Project
) -> None:
    for _ in range(2):
        assert send(client, film, make_pdf()).status_code == 303
    session.commit()
    assert len(session.scalars(select(Upload)).all()) == 1


def test_a_removed_file_is_gone_from_the_disk(
    app: Flask, client: FlaskClient, session: Session, film: Project
) -> None:
    send(client, film, make_pdf())
    session.commit()
    upload = session.scalars(select(Upload)).one()
    folder = Path(app.config["UPLOAD_FOLDER"])
    assert len(list(folder.iterdir())) == 1
    assert client.post(f"{path(film)}/{upload.id}/remove").status_code == 303
    assert list(folder.iterdir()) == []
    assert client.get(f"{path(film)}/{upload.id}").status_code == 404


def test_a_lost_file_is_a_sentence(
    app: Flask, client: FlaskClient, session: Session, film: Project
) -> None:
    send(client, film, make_pdf())
    session.commit()
    upload = session.scalars(select(Upload)).one()
    (Path(app.config["UPLOAD_FOLDER"]) / upload.stored_name).unlink()
    answer = client.get(f"{path(film)}/{upload.id}")
    assert answer.status_code == 404
    assert "There is no such file any more." in answer.text
