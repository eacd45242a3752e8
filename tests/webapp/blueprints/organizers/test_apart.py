from __future__ import annotations

from html import unescape
from typing import Any

from sqlalchemy import select

from tests.factories import make_mentor, make_project, make_user
from tests.webapp.blueprints.organizers.conftest import Desk
from webapp.enums import ConflictStrength, StandingKind, StandingSide
from webapp.models import Match, PairStanding, Participation, Project
from webapp.services import standings


def pair(desk: Desk) -> tuple[Project, Participation]:
    film = make_project(desk.session, desk.edition, title="Тұз")
    mentor = make_mentor(desk.session, desk.edition, make_user(desk.session, "Bruno"))
    desk.session.commit()
    return film, mentor


def answers(film: Project, mentor: Participation, **more: Any) -> dict[str, Any]:
    given = {"project_id": film.id, "mentor_id": mentor.id, "strength": "never"}
    return given | {"conflict_kind": "", "note": ""} | more


def standing(desk: Desk) -> PairStanding:
    return desk.session.scalars(select(PairStanding)).one()


def test_a_pair_is_written_down_shown_and_taken_back(desk: Desk) -> None:
    film, mentor = pair(desk)
    form = answers(film, mentor, conflict_kind="conflict.relative-partner", note="Her brother.")
    assert desk.post("apart", **form).status_code == 303
    made = standing(desk)
    assert (made.strength, made.side) == (ConflictStrength.NEVER, StandingSide.ORGANIZER)
    page = desk.text("apart")
    assert "Her brother." in page
    assert "Olga Owner" in page
    assert standings.forbidden_pairs(desk.session, desk.edition) == {(film.id, mentor.id)}
    assert desk.post(f"apart/{made.id}/lift").status_code == 303
    assert "Nobody is kept apart so far" in desk.text("apart")
    assert standings.forbidden_pairs(desk.session, desk.edition) == set()


def test_said_again_it_replaces_what_was_said(desk: Desk) -> None:
    film, mentor = pair(desk)
    desk.post("apart", **answers(film, mentor))
    desk.post("apart", **answers(film, mentor, strength="tell"))
    assert standing(desk).strength is ConflictStrength.TELL
    assert standings.forbidden_pairs(desk.session, desk.edition) == set()


def test_a_late_never_opens_the_pair_again_and_says_so(desk: Desk) -> None:
    film, mentor = pair(desk)
    match = Match(edition_id=desk.edition.id, project=film, mentor=mentor, seat=1)
    desk.session.add(match)
    desk.session.commit()
    desk.post("apart", **answers(film, mentor, strength="ask"))
    assert match.ended_at is None
    desk.post("apart", **answers(film, mentor))
    assert match.ended_at is not None
    assert "that place is open again" in desk.text("apart")


def test_a_kept_pair_is_not_forbidden_and_nothing_is_lost(desk: Desk) -> None:
    film, mentor = pair(desk)
    desk.session.add(
        PairStanding(
            edition_id=desk.edition.id,
            project_id=film.id,
            mentor_id=mentor.id,
            kind=StandingKind.LOCK,
            side=StandingSide.ORGANIZER,
        )
    )
    desk.session.commit()
    answer = desk.post("apart", **answers(film, mentor, note="A cousin."))
    assert answer.status_code == 409
    text = unescape(answer.text)
    assert "Bruno is kept with “Тұз”" in text
    assert "A cousin.</textarea>" in text
    assert standing(desk).kind is StandingKind.LOCK


def test_a_film_and_a_mentor_have_to_be_chosen(desk: Desk) -> None:
    pair(desk)
    answer = desk.post("apart", project_id=0, mentor_id=0, strength="never", conflict_kind="")
    assert answer.status_code == 422
    assert "Choose a film." in answer.text
    assert "Choose a mentor." in answer.text


def test_notes_stand_on_top_and_lead_to_the_form(desk: Desk) -> None:
    film, mentor = pair(desk)
    film.keep_apart_note = "Not with my teacher."
    mentor.keep_apart_note = "Not alone with X."
    desk.session.commit()
    page = desk.text("apart")
    assert "People wrote to you" in page
    assert "Not with my teacher." in page
    assert "Not alone with X." in page
    chosen = desk.text(f"apart?mentor={mentor.id}&film={film.id}")
    assert f'<option selected value="{mentor.id}">Bruno</option>' in chosen
    assert f'<option selected value="{film.id}">Тұз</option>' in chosen


def test_a_mentors_own_film_is_fixed(desk: Desk) -> None:
    user = make_user(desk.session, "Bruno")
    make_mentor(desk.session, desk.edition, user)
    make_project(desk.session, desk.edition, user)
    desk.session.commit()
    page = desk.text("apart")
    assert "works on this film" in page
    assert "/lift" not in page


def test_the_organizers_word_from_the_list_is_lifted_here_too(desk: Desk) -> None:
    film, mentor = pair(desk)
    desk.session.add(
        PairStanding(
            edition_id=desk.edition.id,
            project_id=film.id,
            mentor_id=mentor.id,
            kind=StandingKind.FORBID,
            side=StandingSide.ORGANIZER,
        )
    )
    desk.session.commit()
    assert "said on the list" in desk.text("apart")
    desk.post(f"apart/{standing(desk).id}/lift")
    assert standing(desk).lifted_at is not None


def test_it_asks_the_database_as_often_for_three_as_for_one(desk: Desk) -> None:
    def one_more() -> None:
        film, mentor = pair(desk)
        standings.declare_conflict(
            desk.session,
            desk.edition,
            film,
            mentor,
            strength=ConflictStrength.ASK,
            side=StandingSide.ORGANIZER,
            actor=make_user(desk.session),
        )
        desk.session.commit()

    one_more()
    desk.text("apart")
    one = desk.n_queries("apart")
    one_more()
    one_more()
    assert desk.n_queries("apart") == one
