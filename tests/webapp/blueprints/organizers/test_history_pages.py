"""What was changed, the list as it stood, and the way back, as a browser meets them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import make_user
from tests.webapp.blueprints.organizers.conftest import Desk
from tests.webapp.blueprints.organizers.pairs import A, C, N, P, add_pair, place, say
from webapp.enums import ChangeSource, EditionState, LetterState, MatchState, ProgramRole
from webapp.models import Letter, Match, Participation, PlanChange, ProgramMember, Project, utc_now
from webapp.services import plan
from webapp.services.plan_lines import Line


def seal_of(desk: Desk, revision: int) -> str:
    found = re.search(r'name="agreed" value="(\w+)"', desk.text(f"plan/history/{revision}"))
    assert found is not None
    return found[1]


def told_pair(desk: Desk, number: int = 1) -> Line:
    line = add_pair(desk, number, C)
    assert desk.post("tell/write").status_code == 303
    assert desk.post("tell/send", expected_version=1).status_code == 303
    return line


def second_organizer(desk: Desk, sign_in: SignIn) -> Desk:
    kim = make_user(desk.session, "Kim Second", email="kim@example.org")
    desk.session.add(
        ProgramMember(program_id=desk.edition.program_id, user=kim, role=ProgramRole.ORGANIZER)
    )
    desk.session.commit()
    client: FlaskClient = desk.app.test_client()
    sign_in(client, kim)
    desk.session.commit()
    return Desk(desk.app, client, desk.session, desk.edition, kim, number=1000)


def revision(desk: Desk) -> int:
    desk.session.rollback()
    return plan.get_revision(desk.session, desk.edition)


# -- the history -----------------------------------------------------------------
def test_each_step_says_who_when_and_what(desk: Desk) -> None:
    line = add_pair(desk, 1)
    say(desk, line, "yes", P)
    say(desk, line, "keep", C)
    say(desk, line, "let_go", C)
    page = desk.text("plan/history")
    assert "Step 2: by hand" in page
    assert "Olga Owner," in page
    assert "“Film 1” · Mentor 1" in page
    assert "waits for a word → yes" in page
    assert "“Keep” said" in page
    assert "“Keep” taken away" in page
    assert page.index("Step 4") < page.index("Step 3") < page.index("Step 2")


def test_every_kind_of_step_has_its_words(desk: Desk) -> None:
    line = add_pair(desk, 1)
    for source in (ChangeSource.SOLVER, ChangeSource.BULK_FILE, ChangeSource.RETURN):
        back = Line(*line.pair, P, N)
        for each in (back, back.reversed()):
            plan.apply_lines(desk.session, desk.edition, [each], actor=None, source=source)
    desk.session.commit()
    desk.post("plan/history/7/undo")
    page = desk.text("plan/history")
    for words in ("from a suggestion", "from a file", "back to the very beginning"):
        assert words in page
    assert "Step 8: step 7 taken back" in page
    assert "Campfire," in page


def test_one_film_or_one_mentor_alone(desk: Desk) -> None:
    lines = [add_pair(desk, number) for number in (1, 2)]
    page = desk.text(f"plan/history?film={lines[0].project_id}")
    assert "“Film 1” · Mentor 1" in page
    assert "“Film 2” · Mentor 2" not in page
    page = desk.text(f"plan/history?mentor={lines[1].mentor_id}")
    assert "“Film 2” · Mentor 2" in page
    assert "“Film 1” · Mentor 1" not in page


@pytest.mark.parametrize(
    "query", ["film=99999999999999999999", "film=x", "page=-3", "page=9999999999999", "mentor=0"]
)
def test_a_forged_question_is_answered_with_everything(desk: Desk, query: str) -> None:
    add_pair(desk, 1)
    assert "“Film 1” · Mentor 1" in desk.text(f"plan/history?{query}")


@pytest.mark.parametrize("page", ["plan/history", "plan/history/1", "plan/history/0", "tell"])
def test_the_number_of_queries_does_not_grow_with_the_rows(desk: Desk, page: str) -> None:
    told_pair(desk, 1)
    told_pair(desk, 2)
    first = [add_pair(desk, number) for number in (3, 4)]
    say(desk, first[0], "yes", P)
    one = desk.n_queries(page)
    for number in (5, 6, 7):
        say(desk, add_pair(desk, number), "yes", P)
    assert desk.n_queries(page) == one


def test_what_people_typed_is_never_markup(desk: Desk) -> None:
    line = add_pair(desk, 1)
    desk.session.get_one(Project, line.project_id).title = "<script>alert(1)</script>"
    desk.session.commit()
    for page in ("plan/history", "plan/history/0"):
        assert "<script>alert(1)" not in desk.client.get(desk.url(page)).text


def test_an_unknown_step_is_no_page(desk: Desk) -> None:
    add_pair(desk, 1)
    assert desk.client.get(desk.url("plan/history/2")).status_code == 404
    for page in ("plan/history/2/undo", "plan/history/2/return", "plan/history/0/undo"):
        assert desk.post(page).status_code == 404


# -- one step back -----------------------------------------------------------------
def test_a_step_is_taken_back_tomorrow_by_the_other_organizer(desk: Desk, sign_in: SignIn) -> None:
    line = add_pair(desk, 1)
    say(desk, line, "yes", P)
    kim = second_organizer(desk, sign_in)
    answer = kim.post("plan/history/2/undo", nonce="k")
    assert answer.status_code == 303
    assert place(desk, line) is P
    # A second tap changes nothing and scolds nobody.
    assert kim.post("plan/history/2/undo", nonce="k").status_code == 303
    assert revision(desk) == 3
    assert "Kim Second," in desk.text("plan/history")


def test_what_is_in_the_way_is_said_with_the_step_and_its_name(desk: Desk, sign_in: SignIn) -> None:
    line = add_pair(desk, 1)
    say(desk, line, "yes", P)
    kim = second_organizer(desk, sign_in)
    say(kim, line, "set_aside", C)
    answer = desk.post("plan/history/2/undo")
    assert answer.status_code == 409
    assert "were moved again since" in answer.text
    assert "That was step 3: Kim Second," in answer.text
    assert place(desk, line) is A


def test_a_button_without_its_number_does_nothing(desk: Desk) -> None:
    line = add_pair(desk, 1)
    answer = desk.post("plan/history/1/undo", nonce="")
    assert answer.status_code == 422
    assert place(desk, line) is P


# -- the list as it stood, and back to it -----------------------------------------
def test_the_list_as_it_stood_marks_what_differs(desk: Desk) -> None:
    line = add_pair(desk, 1, C)
    add_pair(desk, 2)
    say(desk, line, "set_aside", C)
    page = desk.text("plan/history/1")
    assert "today: set aside" in page
    assert "today: waits for a word" in page
    assert "Today the list stands exactly like this." in desk.text(f"plan/history/{revision(desk)}")


def test_the_list_goes_back_as_one_step_and_forth_again(desk: Desk) -> None:
    lines = [add_pair(desk, number, C) for number in (1, 2)]
    for line in lines:
        say(desk, line, "set_aside", C)
    form: dict[str, Any] = {"agreed": seal_of(desk, 2), "nonce": "once"}
    assert desk.post("plan/history/2/return", **form).status_code == 303
    assert [place(desk, line) for line in lines] == [C, C]
    assert desk.post("plan/history/2/return", **form).status_code == 303
    assert revision(desk) == 5
    assert "Step 5: back to how it stood after step 2" in desk.text("plan/history")
    assert desk.post("plan/history/5/undo").status_code == 303
    assert [place(desk, line) for line in lines] == [A, A]


def test_what_cannot_come_back_stands_first_and_the_rest_does(desk: Desk) -> None:
    lines = [add_pair(desk, number, C) for number in (1, 2)]
    for line in lines:
        say(desk, line, "set_aside", C)
    desk.session.get_one(Participation, lines[0].mentor_id).withdrawn_at = utc_now()
    desk.session.commit()
    page = desk.text("plan/history/2")
    assert "Mentor 1 no longer takes part." in page
    assert page.index("Mentor 1 no longer takes part.") < page.index("Bring the rest back")
    assert desk.post("plan/history/2/return", agreed=seal_of(desk, 2)).status_code == 303
    assert [place(desk, line) for line in lines] == [A, C]


@pytest.mark.parametrize("agreed", [None, "", "forged"])
def test_a_stale_or_forged_page_brings_nothing_back(
    desk: Desk, sign_in: SignIn, agreed: str | None
) -> None:
    line = add_pair(desk, 1, C)
    say(desk, line, "set_aside", C)
    seen = seal_of(desk, 1) if agreed is None else agreed
    other = add_pair(desk, 2)
    say(second_organizer(desk, sign_in), other, "yes", P)
    answer = desk.post("plan/history/1/return", agreed=seen)
    assert answer.status_code == 409
    assert "The list has changed since you opened this page" in answer.text
    assert "today: set aside" in answer.text
    assert [place(desk, each) for each in (line, other)] == [A, C]


def test_a_year_that_is_over_is_only_looked_at(desk: Desk) -> None:
    line = add_pair(desk, 1, C)
    say(desk, line, "set_aside", C)
    seal = seal_of(desk, 1)
    desk.edition.state = EditionState.ARCHIVED
    desk.session.commit()
    assert "Take this step back" not in desk.text("plan/history")
    assert "/return" not in desk.text("plan/history/1")
    assert desk.post("plan/history/1/return", agreed=seal).status_code == 409


# -- after telling -------------------------------------------------------------------
@pytest.mark.parametrize("way", ["film", "person", "apart"])
def test_leaving_after_telling_drafts_letters_too(desk: Desk, way: str) -> None:
    line = told_pair(desk)
    if way == "film":
        answer = desk.post(f"films/{line.project_id}/withdraw", expected_version=1)
    elif way == "person":
        answer = desk.post(f"people/{line.mentor_id}/leave", expected_version=1)
    else:
        pair = {"project_id": line.project_id, "mentor_id": line.mentor_id}
        answer = desk.post("apart", strength="never", conflict_kind="", **pair)
    assert answer.status_code == 303, answer.text
    held = select(Letter).where(Letter.state == LetterState.HELD)
    assert len(desk.session.scalars(held).all()) == 2


@pytest.mark.parametrize("way", ["undo", "return", "set_aside", "list"])
def test_calling_a_told_pair_off_drafts_a_letter_to_both(desk: Desk, way: str) -> None:
    line = told_pair(desk)
    if way == "undo":
        desk.post("plan/history/1/undo")
    elif way == "return":
        assert "Mentor 1 and “Film 1” know of each other already." in desk.text("plan/history/0")
        desk.post("plan/history/0/return", agreed=seal_of(desk, 0))
    elif way == "set_aside":
        say(desk, line, "set_aside", C)
    else:
        change = desk.session.scalars(select(PlanChange)).one()
        desk.post(f"plan/changes/{change.id}/undo")
    desk.session.rollback()
    assert desk.session.scalars(select(Match.state)).all() == [MatchState.CANCELLED]
    held = select(Letter).where(Letter.state == LetterState.HELD).order_by(Letter.id)
    letters = desk.session.scalars(held).all()
    assert [letter.user.name for letter in letters if letter.user] == ["Filmmaker 1", "Mentor 1"]
    page = desk.text("tell")
    assert "Changes since you told" in page
    assert "2 letters, not sent yet" in page
    release = letters[0].release_id
    assert desk.post("tell/send", expected_version=1, release=release).status_code == 303
    assert "Changes since you told" not in desk.text("tell")
    desk.session.rollback()
    assert set(desk.session.scalars(select(Letter.state))) == {LetterState.QUEUED}


def test_letters_written_since_the_page_was_read_do_not_go(desk: Desk, sign_in: SignIn) -> None:
    lines = [told_pair(desk, number) for number in (1, 2)]
    say(desk, lines[0], "set_aside", C)
    read = desk.session.scalars(select(Letter.release_id).order_by(Letter.id.desc())).first()
    say(second_organizer(desk, sign_in), lines[1], "set_aside", C)
    answer = desk.post("tell/send", expected_version=1, release=read)
    assert answer.status_code == 409
    held = select(Letter).where(Letter.state == LetterState.HELD)
    assert len(desk.session.scalars(held).all()) == 4
