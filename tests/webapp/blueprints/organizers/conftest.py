"""An organizer in front of a year's pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.conftest import SignIn
from tests.factories import make_edition, make_program, make_user
from webapp.models import Edition, User


@dataclass
class Desk:
    """An organizer's browser, the year in it, and a session to look with."""

    app: Flask
    client: FlaskClient
    session: Session
    edition: Edition
    user: User
    number: int = 0

    def url(self, page: str = "") -> str:
        return f"/organize/{self.edition.id}/{page}"

    def text(self, page: str = "") -> str:
        answer = self.client.get(self.url(page))
        assert answer.status_code == 200, answer.text
        return unescape(answer.text)

    def post(self, page: str, **form: Any) -> TestResponse:
        self.session.commit()
        self.number += 1
        form.setdefault("nonce", f"nonce-{self.number}")
        answer = self.client.post(self.url(page), data=form)
        self.session.rollback()
        return answer

    @contextmanager
    def counted(self) -> Iterator[list[str]]:
        """The statements that a block of requests sends to the database."""
        statements: list[str] = []
        engine = self.app.extensions["campfire.sessions"].engine

        def note(*given: Any) -> None:
            statements.append(given[2])

        event.listen(engine, "before_cursor_execute", note)
        yield statements
        event.remove(engine, "before_cursor_execute", note)

    def n_queries(self, page: str) -> int:
        self.session.commit()
        with self.counted() as statements:
            self.text(page)
        return len(statements)


@pytest.fixture
def desk(app: Flask, client: FlaskClient, session: Session, sign_in: SignIn) -> Desk:
    user = make_user(session, "Olga Owner", email="olga@example.org")
    edition = make_edition(
        session, make_program(session, user), with_terms=True, timezone="Asia/Bishkek"
    )
    session.commit()
    sign_in(client, user)
    session.commit()
    return Desk(app, client, session, edition, user)
