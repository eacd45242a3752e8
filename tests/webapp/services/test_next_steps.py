from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.factories import (
    make_edition,
    make_filmmaker,
    make_mentor,
    make_program,
    make_project,
    make_user,
)
from webapp.enums import EditionState, ProgramRole, ProjectState
from webapp.models import User, utc_now
from webapp.services import programs
from webapp.services.next_steps import list_places
from webapp.wording.next_steps import STEPS, word_button, word_step


def steps(session: Session, user: User) -> list[str]:
    session.flush()
    return [place.step for place in list_places(session, user)]


def test_a_lab_without_a_year_asks_for_one(session: Session) -> None:
    owner = make_user(session)
    make_program(session, owner)
    assert steps(session, owner) == ["make_edition"]


@pytest.mark.parametrize("state", [s for s in EditionState if s is not EditionState.ARCHIVED])
def test_a_lab_says_where_its_year_stands(session: Session, state: EditionState) -> None:
    owner = make_user(session)
    program = make_program(session, owner)
    make_edition(session, program, state=state)
    make_edition(session, program, "2020", state=EditionState.ARCHIVED)
    assert steps(session, owner) == [f"organize_{state.value}"]


def test_a_helper_is_asked_nothing(session: Session) -> None:
    program, helper = make_program(session), make_user(session)
    programs.add_member(session, program, helper, ProgramRole.HELPER)
    assert steps(session, helper) == ["helper"]


@pytest.mark.parametrize(
    ("edition_state", "states", "expected"),
    [
        (EditionState.COLLECTING, [], "film_none"),
        (EditionState.COLLECTING, [ProjectState.DRAFT], "film_draft"),
        (EditionState.COLLECTING, [ProjectState.WITHDRAWN], "film_none"),
        (EditionState.COLLECTING, [ProjectState.SUBMITTED, ProjectState.DRAFT], "film_draft"),
        (EditionState.COLLECTING, [ProjectState.DRAFT, ProjectState.RETURNED], "film_returned"),
        # What was decided reaches nobody before everyone is told.
        (EditionState.MATCHING, [ProjectState.SELECTED], "film_submitted"),
        (EditionState.MATCHING, [ProjectState.NOT_THIS_TIME], "film_submitted"),
        (EditionState.RELEASED, [ProjectState.SELECTED], "film_selected"),
        (EditionState.RELEASED, [ProjectState.WAITING_LIST], "film_waiting_list"),
        (EditionState.RELEASED, [ProjectState.NOT_THIS_TIME], "film_not_this_time"),
        (EditionState.ARCHIVED, [ProjectState.SELECTED], "over"),
    ],
)
def test_a_filmmaker_sees_the_one_thing_that_is_next(
    session: Session, edition_state: EditionState, states: list[ProjectState], expected: str
) -> None:
    user = make_user(session)
    edition = make_edition(session, state=edition_state)
    make_filmmaker(session, edition, user)
    for state in states:
        make_project(session, edition, user, state=state)
    assert steps(session, user) == [expected]


def test_a_mentor_sees_the_one_thing_that_is_next(session: Session) -> None:
    user, organizer = make_user(session), make_user(session)
    edition = make_edition(session)
    mentor = make_mentor(session, edition, user)
    assert steps(session, user) == ["mentor_profile"]
    mentor.filled_in_by = organizer
    assert steps(session, user) == ["mentor_check"]
    mentor.checked_at = utc_now()
    assert steps(session, user) == ["mentor_wait"]
    edition.state = EditionState.RELEASED
    assert steps(session, user) == ["mentor_told"]
    mentor.withdrawn_at = utc_now()
    assert steps(session, user) == []


def test_each_step_has_its_words(app: Flask, session: Session) -> None:
    user = make_user(session)
    edition = make_edition(session, make_program(session, user))
    make_filmmaker(session, edition, user)
    make_project(session, edition, user, state=ProjectState.DRAFT, title="Salt 100%")
    places = list_places(session, user)
    with app.test_request_context():
        words = [(word_step(place), word_button(place)) for place in places]
    assert words == [
        ("Invite filmmakers and mentors.", "See what is next"),
        ("“Salt 100%” is a draft. A few answers, then send it in.", "Go on with your film"),
    ]
    raised = {f"organize_{s.value}" for s in EditionState if s is not EditionState.ARCHIVED}
    raised |= {f"film_{s.value}" for s in ProjectState if s is not ProjectState.WITHDRAWN}
    raised |= {"helper", "make_edition", "film_none", "guest", "over"}
    raised |= {"mentor_check", "mentor_profile", "mentor_wait", "mentor_told"}
    assert set(STEPS) == raised
