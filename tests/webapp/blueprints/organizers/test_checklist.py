from __future__ import annotations

import pytest

from tests.factories import make_filmmaker, make_mentor, make_project, make_user
from tests.webapp.blueprints.organizers.conftest import Desk
from webapp.enums import EditionState, MatchState, ProjectState
from webapp.models import Match


def next_button(page: str) -> str:
    card = page[page.index('id="next"') :]
    return card[card.index("button primary") :].split("<span>")[1].split("</span>")[0]


def test_an_empty_year_begins_with_the_people(desk: Desk) -> None:
    page = desk.text()
    assert next_button(page) == "Invite a mentor"
    assert "0 films sent in, 0 mentors" in page
    assert "Enough places?" not in page


def test_the_counts_and_the_next_step_follow_the_year(desk: Desk) -> None:
    session, edition = desk.session, desk.edition
    make_mentor(session, edition, bio="She edits.", filled_in_by_id=desk.user.id, load_high=3)
    mentor = make_mentor(session, edition, load_high=2)
    session.commit()
    assert next_button(desk.text()) == "Invite a filmmaker"
    film = make_project(session, edition, make_user(session), state=ProjectState.SUBMITTED)
    make_project(session, edition, state=ProjectState.DRAFT)
    session.commit()
    page = desk.text()
    assert "1 film sent in, 1 draft, 2 mentors, 1 not yet seen by them" in page
    assert "1 film waits for your choice." in page
    assert next_button(page) == "Choose the films"
    film.state = ProjectState.SELECTED
    session.commit()
    page = desk.text()
    assert next_button(page) == "Suggest pairs"
    assert "1 place wanted" in page
    assert "5 offered" in page
    match = Match(edition_id=edition.id, project=film, mentor=mentor, seat=1)
    session.add(match)
    session.commit()
    page = desk.text()
    assert next_button(page) == "Tell everyone"
    assert "1 pair has your yes" in page
    match.state, edition.state = MatchState.RELEASED, EditionState.RELEASED
    session.commit()
    assert "Everyone has been told." in desk.text()


def test_missing_places_are_said_with_what_helps(desk: Desk) -> None:
    make_mentor(desk.session, desk.edition, load_high=1)
    for _number in range(3):
        make_project(desk.session, desk.edition)
    desk.session.commit()
    page = desk.text()
    assert "3 places wanted" in page
    assert "2 places are missing." in page


@pytest.mark.parametrize("page", ["", "people", "people?show=filmmakers", "films", "films/choose"])
def test_lists_ask_the_database_as_often_for_three_as_for_one(desk: Desk, page: str) -> None:
    session, edition = desk.session, desk.edition

    def more() -> None:
        user = make_user(session)
        make_filmmaker(session, edition, user, filled_in_by_id=make_user(session).id)
        film = make_project(session, edition, user)
        mentor = make_mentor(session, edition, filled_in_by_id=make_user(session).id)
        session.add(Match(edition_id=edition.id, project=film, mentor=mentor, seat=1))
        session.commit()

    more()
    desk.text(page)
    one = desk.n_queries(page)
    more()
    more()
    assert desk.n_queries(page) == one
    assert one > 5
