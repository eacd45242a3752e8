"""Another mentor, and two films that swap theirs, as an organizer's browser meets them."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.conftest import SignIn
from tests.factories import make_user
from tests.webapp.blueprints.organizers.conftest import Desk
from tests.webapp.blueprints.organizers.pairs import A, C, N, P, add_pair, place, say
from webapp.enums import LetterState, LineAspect, MatchState, ProgramRole, Said
from webapp.models import (
    Letter,
    Match,
    Participation,
    PlanChange,
    ProgramMember,
    Project,
    Proposal,
    utc_now,
)
from webapp.services import plan
from webapp.services.plan_lines import Line


def hidden(answer: TestResponse) -> dict[str, str]:
    """Give what the confirming form carries along."""
    form = answer.text[answer.text.index('<form method="post" action="/organize') :]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))


def choose(desk: Desk, line: Line, other: Line, **form: object) -> TestResponse:
    return desk.post(
        f"plan/{line.project_id}/others",
        mentor_id=other.mentor_id,
        instead_of=line.mentor_id,
        **form,
    )


def swap(desk: Desk, line: Line, other: Line, **form: object) -> TestResponse:
    given = {
        "project_id": other.project_id,
        "mentor_id": other.mentor_id,
        "before": place(desk, line),
        "other_before": place(desk, other),
        **form,
    }
    return desk.post(f"plan/{line.project_id}/swap/{line.mentor_id}", **given)


def crossed(line: Line, other: Line) -> Line:
    return Line(line.project_id, other.mentor_id, N, C)


def n_changes(desk: Desk) -> int:
    desk.session.rollback()
    return len(desk.session.scalars(select(PlanChange)).all())


# -- another -----------------------------------------------------------------
def test_beside_each_mentor_stands_what_choosing_them_changes(desk: Desk) -> None:
    line, taken = add_pair(desk, 1), add_pair(desk, 2)
    add_pair(desk, 3, N)
    page = desk.text(f"plan/{line.project_id}/others?instead_of={line.mentor_id}")
    assert "Has room: nobody else moves." in page
    assert "Has no place left, so somebody gives way:" in page
    assert f"“Film {taken.project_id}”: Mentor 2 → " in page
    assert "“Film 1” is then 1 mentor short." in page  # nobody instead


def test_a_full_mentor_is_chosen_after_a_question(desk: Desk) -> None:
    line, taken = add_pair(desk, 1), add_pair(desk, 2)
    asked = choose(desk, line, taken, reason="they know each other")
    assert asked.status_code == 200
    assert "Choose Mentor 2 for “Film 1”?" in asked.text
    assert "“Film 2”: Mentor 2 → Mentor 1." in asked.text
    assert "they know each other" in asked.text
    assert place(desk, line) is P
    before = n_changes(desk)
    answer = desk.post(f"plan/{line.project_id}/others", **hidden(asked), reason="too close")
    assert answer.status_code == 303
    assert [place(desk, each) for each in (line, taken)] == [A, N]
    assert place(desk, crossed(line, taken)) is C
    assert place(desk, crossed(taken, line)) is P
    reasons = desk.session.scalars(select(Proposal.set_aside_reason)).all()
    assert sorted(reasons) == ["", "", "", "too close"]
    assert n_changes(desk) == before + 1


def test_it_is_undone_as_one(desk: Desk) -> None:
    line, taken = add_pair(desk, 1), add_pair(desk, 2, C)
    asked = choose(desk, line, taken)
    desk.post(f"plan/{line.project_id}/others", **hidden(asked))
    last = desk.session.scalars(select(PlanChange).order_by(PlanChange.id.desc())).first()
    assert last is not None
    assert desk.post(f"plan/changes/{last.id}/undo").status_code == 303
    assert [place(desk, each) for each in (line, taken)] == [P, C]
    assert place(desk, crossed(line, taken)) is N
    assert place(desk, crossed(taken, line)) is N


def test_a_yes_that_goes_is_named_before(desk: Desk) -> None:
    line, taken = add_pair(desk, 1), add_pair(desk, 2, C)
    asked = choose(desk, line, taken)
    assert "You have said yes to Mentor 2 for “Film 2”. That yes goes" in asked.text
    assert place(desk, taken) is C


@pytest.mark.parametrize("why", ["kept", "told"])
def test_what_is_kept_or_told_does_not_move(desk: Desk, why: str) -> None:
    line, taken = add_pair(desk, 1), add_pair(desk, 2, C)
    if why == "kept":
        say(desk, taken, "keep", C)
    else:
        desk.session.scalars(select(Match)).one().state = MatchState.RELEASED
    answer = choose(desk, line, taken, reason="they know each other")
    assert answer.status_code == 409
    assert "Mentor 2 has no place left: 1 at most." in answer.text
    words = {"kept": "Kept: “Film 2”.", "told": "Told already, so it stays: “Film 2”."}
    assert words[why] in answer.text
    # What was typed is still there.
    assert "they know each other" in answer.text
    assert [place(desk, each) for each in (line, taken)] == [P, C]


def test_a_kept_pair_is_not_replaced(desk: Desk) -> None:
    line, free = add_pair(desk, 1), add_pair(desk, 2, N)
    say(desk, line, "keep", P)
    page = desk.text(f"plan/{line.project_id}/others?instead_of={line.mentor_id}")
    assert "Mentor 1 stays with “Film 1”: take “Keep” away first." in page
    assert "Nobody instead" not in page
    answer = choose(desk, line, free)
    assert answer.status_code == 409
    assert place(desk, line) is P


def test_nobody_instead(desk: Desk) -> None:
    line = add_pair(desk, 1)
    url = f"plan/{line.project_id}/others"
    answer = desk.post(url, nobody="y", instead_of=line.mentor_id, reason="too close")
    assert answer.status_code == 303
    assert place(desk, line) is A


def test_a_form_without_anybody_is_shown_again(desk: Desk) -> None:
    line = add_pair(desk, 1)
    answer = desk.post(f"plan/{line.project_id}/others", reason="too close")
    assert answer.status_code == 422
    assert place(desk, line) is P


def test_someone_set_aside_before_can_be_chosen_after_all(desk: Desk) -> None:
    line, free = add_pair(desk, 1), add_pair(desk, 2, N)
    other = Line(line.project_id, free.mentor_id, N, A)
    plan.apply_lines(desk.session, desk.edition, [other], actor=desk.user)
    assert choose(desk, line, free).status_code == 303
    assert place(desk, other) is C


def test_the_second_post_of_a_form_does_it_once(desk: Desk) -> None:
    line, taken = add_pair(desk, 1), add_pair(desk, 2)
    form = hidden(choose(desk, line, taken)) | {"nonce": "same"}
    url = f"plan/{line.project_id}/others"
    assert desk.post(url, **form).status_code == 303
    changes = n_changes(desk)
    assert desk.post(url, **form).status_code == 303
    assert n_changes(desk) == changes


def test_a_question_spends_no_number(desk: Desk) -> None:
    """Back and forward again in the browser: the form still counts."""
    line, taken = add_pair(desk, 1), add_pair(desk, 2)
    assert choose(desk, line, taken, nonce="same").status_code == 200
    assert choose(desk, line, taken, nonce="same").status_code == 200


def test_letters_about_a_change_name_who_was_chosen_since(desk: Desk) -> None:
    line, free = add_pair(desk, 1, C), add_pair(desk, 2, N)
    match = desk.session.scalars(select(Match)).one()
    match.state, match.released_at = MatchState.RELEASED, utc_now()
    say(desk, line, "set_aside", C)
    url = f"plan/{line.project_id}/others"
    assert desk.post(url, mentor_id=free.mentor_id).status_code == 303
    desk.session.rollback()
    bodies = desk.session.scalars(select(Letter.body).where(Letter.state == LetterState.HELD))
    assert [body for body in bodies if "Mentor 2" in body and "Filmmaker 1" in body]


# -- two organizers ------------------------------------------------------------
@pytest.fixture
def second(desk: Desk, app: Flask, sign_in: SignIn) -> Desk:
    """Give another organizer of the same lab."""
    user = make_user(desk.session, "Pavel Partner", email="pavel@example.org")
    desk.session.add(
        ProgramMember(program=desk.edition.program, user=user, role=ProgramRole.ORGANIZER)
    )
    desk.session.commit()
    client = sign_in(app.test_client(), user)
    desk.session.commit()
    return Desk(app, client, desk.session, desk.edition, user, number=1000)


def test_the_seconds_stale_question_is_asked_again(desk: Desk, second: Desk) -> None:
    """The first gives the place away elsewhere; the second sees what follows now."""
    line, taken = add_pair(desk, 1), add_pair(desk, 2)
    free = add_pair(desk, 3, N)
    apart = Line(taken.project_id, line.mentor_id, Said.NO, Said.YES, LineAspect.FORBID)
    plan.apply_lines(desk.session, desk.edition, [apart], actor=desk.user)
    asked = choose(second, line, taken)
    assert "“Film 2”: Mentor 2 → Mentor 3." in asked.text
    url = f"plan/{free.project_id}/others"
    assert desk.post(url, mentor_id=free.mentor_id).status_code == 303
    again = second.post(f"plan/{line.project_id}/others", **hidden(asked))
    assert again.status_code == 409
    assert "The list has changed since, and so has what follows from this." in again.text
    # The chain is one longer, and takes a yes with it.
    assert "“Film 3”: Mentor 3 → Mentor 1." in again.text
    assert "You have said yes to Mentor 3 for “Film 3”." in again.text
    assert place(desk, line) is P
    assert second.post(f"plan/{line.project_id}/others", **hidden(again)).status_code == 303
    assert place(desk, crossed(line, taken)) is C


def test_the_seconds_stale_word_gets_todays_page(desk: Desk, second: Desk) -> None:
    line, taken = add_pair(desk, 1), add_pair(desk, 2)
    asked = hidden(choose(second, line, taken))
    say(desk, line, "yes", P)
    answer = second.post(f"plan/{line.project_id}/others", **asked)
    assert answer.status_code == 409
    assert "Somebody was quicker: Mentor 1 and “Film 1” stand differently by now." in answer.text
    assert place(desk, line) is C


def test_the_seconds_stale_swap_gets_todays_list(desk: Desk, second: Desk) -> None:
    line, other = add_pair(desk, 1), add_pair(desk, 2)
    asked = hidden(swap(second, line, other))
    say(desk, other, "set_aside", P)
    answer = second.post(f"plan/{line.project_id}/swap/{line.mentor_id}", **asked)
    assert answer.status_code == 409
    assert "Somebody was quicker: Mentor 2 and “Film 2” stand differently by now." in answer.text
    assert [place(desk, each) for each in (line, other)] == [P, A]


# -- swap ----------------------------------------------------------------------
def test_a_swap_is_shown_first_and_done_as_one(desk: Desk) -> None:
    line, other = add_pair(desk, 1), add_pair(desk, 2, C)
    page = desk.text(f"plan/{line.project_id}/swap/{line.mentor_id}")
    assert "“Film 1”: Mentor 1 → Mentor 2." in page
    assert "“Film 2”: Mentor 2 → Mentor 1." in page
    asked = swap(desk, line, other)
    assert asked.status_code == 200
    assert "Swap Mentor 1 and Mentor 2?" in asked.text
    assert "“Film 2” keeps its yes." in asked.text
    assert "That yes goes" not in asked.text
    before = n_changes(desk)
    url = f"plan/{line.project_id}/swap/{line.mentor_id}"
    assert desk.post(url, **hidden(asked)).status_code == 303
    assert [place(desk, each) for each in (line, other)] == [N, N]
    assert place(desk, crossed(line, other)) is P
    assert place(desk, crossed(other, line)) is C
    assert n_changes(desk) == before + 1
    last = desk.session.scalars(select(PlanChange).order_by(PlanChange.id.desc())).first()
    assert last is not None
    desk.post(f"plan/changes/{last.id}/undo")
    assert [place(desk, each) for each in (line, other)] == [P, C]


def test_the_list_leads_to_the_swap(desk: Desk) -> None:
    line = add_pair(desk, 1)
    assert "Swap with…" not in desk.text("plan")  # with whom?
    other = add_pair(desk, 2)
    assert f"/plan/{line.project_id}/swap/{line.mentor_id}" in desk.text("plan")
    say(desk, line, "keep", P)
    page = desk.text("plan")
    assert f"/plan/{line.project_id}/swap/{line.mentor_id}" not in page
    assert f"/plan/{other.project_id}/swap/{other.mentor_id}" in page


def test_who_cannot_swap_is_told_why(desk: Desk) -> None:
    line, other = add_pair(desk, 1), add_pair(desk, 2)
    say(desk, other, "keep", P)
    assert "Nobody to swap with" in desk.text(f"plan/{line.project_id}/swap/{line.mentor_id}")
    answer = swap(desk, line, other)
    assert answer.status_code == 409
    assert "Mentor 2 stays with “Film 2”: take “Keep” away first." in answer.text
    page = desk.text(f"plan/{other.project_id}/swap/{other.mentor_id}")
    assert "Mentor 2 stays with “Film 2”" in page


def test_a_swap_that_is_not_to_be_is_refused(desk: Desk) -> None:
    line, other = add_pair(desk, 1), add_pair(desk, 2)
    apart = Line(line.project_id, other.mentor_id, Said.NO, Said.YES, LineAspect.FORBID)
    plan.apply_lines(desk.session, desk.edition, [apart], actor=desk.user)
    answer = swap(desk, line, other)
    assert answer.status_code == 409
    assert "Mentor 2 and “Film 1” are not to be put together." in answer.text


def test_a_pair_that_is_not_on_the_list_cannot_swap(desk: Desk) -> None:
    line, other = add_pair(desk, 1, N), add_pair(desk, 2)
    answer = desk.client.get(desk.url(f"plan/{line.project_id}/swap/{line.mentor_id}"))
    assert answer.status_code == 404
    assert swap(desk, line, other, before=P).status_code == 409
    assert swap(desk, other, line, other_before=P).status_code == 409


# -- all of them ---------------------------------------------------------------
@pytest.mark.parametrize("page", ["others", "others?instead_of={mentor}", "swap/{mentor}"])
def test_the_number_of_queries_does_not_grow_with_the_rows(desk: Desk, page: str) -> None:
    line = add_pair(desk, 1)
    add_pair(desk, 2)
    url = f"plan/{line.project_id}/{page.format(mentor=line.mentor_id)}"
    one = desk.n_queries(url)
    for number in (3, 4, 5):
        add_pair(desk, number, C if number == 4 else P)
    assert desk.n_queries(url) == one


def test_what_people_typed_is_never_markup(desk: Desk) -> None:
    line, other = add_pair(desk, 1), add_pair(desk, 2)
    desk.session.get_one(Project, other.project_id).title = "<script>alert(1)</script>"
    desk.session.get_one(Participation, other.mentor_id).user.name = "<b>Bold</b>"
    for answer in (choose(desk, line, other), swap(desk, line, other)):
        assert answer.status_code == 200
        assert "<script>alert(1)" not in answer.text
        assert "<b>Bold" not in answer.text
        assert "&lt;script&gt;alert(1)" in answer.text
