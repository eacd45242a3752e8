"""The language a letter is written in."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.factories import make_edition, make_filmmaker, make_mentor, make_project, make_user
from webapp import letters
from webapp.enums import MatchState
from webapp.models import Match
from webapp.services import releases


@pytest.mark.parametrize(
    ("account", "this_year", "written_in"),
    [("", "ru", "ru"), ("en", "ru", "en"), ("", "", "kk"), ("", "tg", "kk")],
)
def test_the_account_goes_before_this_year_and_this_year_before_the_lab(
    app: Flask, session: Session, account: str, this_year: str, written_in: str
) -> None:
    edition = make_edition(session, languages=["kk", "en"])
    filmmaker = make_user(session, "Aida", language=account)
    make_filmmaker(session, edition, filmmaker, language=this_year)
    film, mentor = make_project(session, edition, filmmaker), make_mentor(session, edition)
    session.add(
        Match(
            edition_id=edition.id,
            project_id=film.id,
            mentor_id=mentor.id,
            seat=1,
            state=MatchState.CONFIRMED,
        )
    )
    session.flush()
    with app.test_request_context():
        write = letters.release_writer(session, edition)
        news = next(n for n in releases.list_news(session, edition) if n.user is filmmaker)
        assert write(edition, news)[0] == written_in
