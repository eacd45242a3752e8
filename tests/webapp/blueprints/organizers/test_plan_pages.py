"""The list, suggestions and telling, as an organizer's browser meets them."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import select

from tests.webapp.blueprints.organizers.conftest import Desk
from tests.webapp.blueprints.organizers.pairs import A, C, N, P, add_pair, place, say
from webapp.enums import LetterState, MatchState, PairPlace, RunState
from webapp.models import Letter, Match, Participation, PlanChange, Project, ProjectMember, Run
from webapp.services.matching.runs import execute_run
from webapp.services.plan_lines import Line
from webapp.services.plan_state import load_state


def suggest(desk: Desk) -> Run:
    assert desk.post("suggest").status_code == 303
    run = desk.session.scalars(select(Run).order_by(Run.id.desc())).first()
    assert run is not None
    run_id = run.id
    desk.session.rollback()
    execute_run(desk.app.extensions["campfire.sessions"], run_id, lambda *_: True)
    desk.session.expire_all()
    return run


# -- the list ---------------------------------------------------------------
def test_yes_leads_back_to_the_film(desk: Desk) -> None:
    line = add_pair(desk, 1)
    answer = say(desk, line, "yes", P)
    assert answer.status_code == 303
    assert answer.location.endswith(f"/plan#film-{line.project_id}")
    assert place(desk, line) is C


def test_with_htmx_the_film_alone_comes_back_with_the_count(desk: Desk) -> None:
    line = add_pair(desk, 1)
    desk.session.commit()
    form = {
        "project_id": line.project_id,
        "mentor_id": line.mentor_id,
        "action": "yes",
        "before": P,
        "nonce": "n",
    }
    answer = desk.client.post(desk.url("plan"), data=form, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert f'id="film-{line.project_id}"' in answer.text
    assert "<html" not in answer.text
    assert "No pair waits for your word" in answer.text


def test_who_comes_second_is_told_on_todays_list(desk: Desk) -> None:
    line = add_pair(desk, 1)
    say(desk, line, "set_aside", P, reason="too close")
    answer = say(desk, line, "yes", P)
    assert answer.status_code == 409
    assert "Somebody was quicker: Mentor 1 and “Film 1” stand differently by now." in answer.text
    assert "too close" in answer.text


def test_the_same_post_twice_does_it_once_and_scolds_nobody(desk: Desk) -> None:
    line = add_pair(desk, 1)
    say(desk, line, "yes", P, nonce="same")
    assert say(desk, line, "yes", P, nonce="same").status_code == 303
    assert len(desk.session.scalars(select(Match)).all()) == 1


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("yes", P, C),
        ("back", C, P),
        ("set_aside", P, A),
        ("offer_again", A, P),
        ("not_together", P, N),
    ],
)
def test_each_word_moves_the_pair(
    desk: Desk, action: str, before: PairPlace, after: PairPlace
) -> None:
    line = add_pair(desk, 1, before)
    assert say(desk, line, action, before).status_code == 303
    assert place(desk, line) is after


def test_keep_shows_and_can_be_let_go(desk: Desk) -> None:
    line = add_pair(desk, 1)
    say(desk, line, "keep", P)
    assert "No longer keep" in desk.text("plan")
    say(desk, line, "let_go", P)
    assert "No longer keep" not in desk.text("plan")


def test_an_unknown_word_is_refused_in_a_sentence(desk: Desk) -> None:
    line = add_pair(desk, 1)
    answer = say(desk, line, "destroy", P)
    assert answer.status_code == 422
    assert "A part of the form was missing" in answer.text


def test_people_of_another_lab_are_no_pair_here(desk: Desk) -> None:
    line = add_pair(desk, 1)
    answer = say(desk, Line(line.project_id, 9999, P, C), "yes", N)
    assert answer.status_code == 409 or answer.status_code == 404
    assert desk.session.scalars(select(Match)).all() == []


def test_another_sets_the_first_aside_with_the_reason(desk: Desk) -> None:
    line, free = add_pair(desk, 1), add_pair(desk, 2, N)
    page = desk.text(f"plan/{line.project_id}/others?instead_of={line.mentor_id}")
    assert "Instead of Mentor 1." in page
    answer = desk.post(
        f"plan/{line.project_id}/others",
        mentor_id=free.mentor_id,
        instead_of=line.mentor_id,
        reason="they know each other",
    )
    assert answer.status_code == 303
    assert place(desk, line) is A
    assert place(desk, Line(line.project_id, free.mentor_id, N, C)) is C


def test_yes_to_all_and_undo(desk: Desk) -> None:
    lines = [add_pair(desk, number) for number in (1, 2)]
    assert desk.post("plan/yes-to-all").status_code == 303
    assert [place(desk, line) for line in lines] == [C, C]
    last = desk.session.scalars(select(PlanChange).order_by(PlanChange.id.desc())).first()
    assert last is not None
    assert desk.post(f"plan/changes/{last.id}/undo").status_code == 303
    assert [place(desk, line) for line in lines] == [P, P]


@pytest.mark.parametrize("page", ["plan", "plan?view=mentors", "plan?show=open", "suggest", "tell"])
def test_the_number_of_queries_does_not_grow_with_the_rows(desk: Desk, page: str) -> None:
    add_pair(desk, 1, C)
    one = desk.n_queries(page)
    add_pair(desk, 2, C)
    add_pair(desk, 3, C)
    assert desk.n_queries(page) == one


def test_what_people_typed_is_never_markup(desk: Desk) -> None:
    line = add_pair(desk, 1)
    film = desk.session.get_one(Project, line.project_id)
    film.title = "<script>alert(1)</script>"
    desk.session.commit()
    answer = desk.client.get(desk.url("plan"))
    assert "<script>alert(1)" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text


def test_the_plan_as_files(desk: Desk) -> None:
    add_pair(desk, 1, C)
    answer = desk.client.get(desk.url("plan.csv"))
    (row,) = csv.DictReader(io.StringIO(answer.get_data().decode("utf-8")))
    assert (row["title"], row["name"], row["place"]) == ("Film 1", "Mentor 1", "confirmed")
    assert desk.client.get(desk.url("plan.xlsx")).data.startswith(b"PK")
    assert desk.client.get(desk.url("plan.exe")).status_code == 404


# -- suggestions ------------------------------------------------------------
def test_without_films_the_page_says_what_to_do_first(desk: Desk) -> None:
    assert "No film is selected yet" in desk.text("suggest")
    answer = desk.post("suggest")
    assert answer.status_code == 409
    assert "No film is selected yet: select at least one." in answer.text


def test_a_suggestion_from_the_button_to_the_list(desk: Desk) -> None:
    line = add_pair(desk, 1, N)
    run = suggest(desk)
    page = desk.text(f"suggest/{run.number}")
    assert "Film 1" in page
    assert "Mentor 1" in page
    assert desk.post(f"suggest/{run.number}/take", all="y").status_code == 303
    assert place(desk, line) is P
    desk.session.expire_all()
    assert run.state is RunState.APPLIED


def test_progress_is_shown_until_it_is_over(desk: Desk) -> None:
    add_pair(desk, 1, N)
    desk.post("suggest")
    assert "Waiting to start" in desk.text("suggest/1")
    assert desk.client.get(desk.url("suggest/1/progress")).status_code == 200
    desk.session.rollback()
    execute_run(desk.app.extensions["campfire.sessions"], 1, lambda *_: True)
    over = desk.client.get(desk.url("suggest/1/progress"))
    assert over.headers["HX-Redirect"].endswith("/suggest/1")


def test_one_line_is_taken_and_the_other_left(desk: Desk) -> None:
    lines = [add_pair(desk, number, N) for number in (1, 2)]
    run = suggest(desk)
    taken = run.lines[0]
    desk.post(f"suggest/{run.number}/take", lines=taken.id)
    desk.session.expire_all()
    assert run.state is RunState.APPLIED_IN_PART
    state = load_state(desk.session, desk.edition)
    assert [pair for pair in state.proposals if state.place(pair) is P] == [
        (taken.project_id, taken.mentor_id)
    ]
    assert len(lines) == 2


def test_nothing_ticked_is_a_sentence(desk: Desk) -> None:
    add_pair(desk, 1, N)
    run = suggest(desk)
    answer = desk.post(f"suggest/{run.number}/take")
    assert answer.status_code == 409
    assert "Nothing is ticked." in answer.text


def test_a_dropped_suggestion_changes_nothing(desk: Desk) -> None:
    line = add_pair(desk, 1, N)
    run = suggest(desk)
    assert desk.post(f"suggest/{run.number}/drop").status_code == 303
    assert place(desk, line) is N
    desk.session.expire_all()
    assert run.state is RunState.DISCARDED


def test_a_run_that_contradicts_itself_says_why(desk: Desk) -> None:
    line = add_pair(desk, 1)
    say(desk, line, "keep", P)
    # Later the mentor joins the film's team: nobody mentors a film of their own.
    mentor = desk.session.get_one(Participation, line.mentor_id)
    film = desk.session.get_one(Project, line.project_id)
    film.members.append(ProjectMember(user=mentor.user, name="Mentor 1", role="editor"))
    desk.session.commit()
    run = suggest(desk)
    assert run.state is RunState.FAILED
    page = desk.text(f"suggest/{run.number}")
    assert "Mentor 1 is kept with “Film 1”, and the two must not be put together." in page


# -- telling ----------------------------------------------------------------
def test_telling_from_the_first_letter_to_the_last(desk: Desk) -> None:
    add_pair(desk, 1, C)
    assert "2 people have something to hear." in desk.text("tell")
    assert desk.post("tell/write").status_code == 303
    page = desk.text("tell")
    assert "2 letters, not sent yet" in page
    letter = desk.session.scalars(select(Letter).order_by(Letter.id)).first()
    assert letter is not None
    version, letter_id = letter.version, letter.id
    assert "Mentor 1" in letter.body
    answer = desk.post(
        f"tell/letters/{letter_id}", subject="News", body="Hello!", expected_version=version
    )
    assert answer.status_code == 303
    stale = desk.post(
        f"tell/letters/{letter_id}", subject="News", body="Mine!", expected_version=version
    )
    assert stale.status_code == 409
    assert "Mine!" in stale.text
    answer = desk.post("tell/send", expected_version=1)
    assert answer.status_code == 303, answer.text
    desk.session.expire_all()
    states = desk.session.scalars(select(Letter.state)).all()
    assert set(states) == {LetterState.QUEUED}
    assert desk.session.scalars(select(Match.state)).all() == [MatchState.RELEASED]
    assert "What was told" in desk.text("tell")


def test_an_empty_letter_is_refused_and_the_old_words_stay(desk: Desk) -> None:
    add_pair(desk, 1, C)
    desk.post("tell/write")
    letter = desk.session.scalars(select(Letter).order_by(Letter.id)).first()
    assert letter is not None
    before, number = letter.body, letter.id
    answer = desk.post(f"tell/letters/{number}", subject="", body="", expected_version=1)
    assert answer.status_code == 422
    desk.session.expire_all()
    assert letter.body == before


def test_letters_for_an_older_list_ask_to_be_written_again(desk: Desk) -> None:
    add_pair(desk, 1, C)
    desk.post("tell/write")
    add_pair(desk, 2, C)
    assert "The list has changed since these letters were written." in desk.text("tell")
    answer = desk.post("tell/send", expected_version=1)
    assert answer.status_code == 409
    assert set(desk.session.scalars(select(Letter.state))) == {LetterState.HELD}
