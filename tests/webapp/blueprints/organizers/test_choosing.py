from __future__ import annotations

from html import unescape

from tests.factories import make_project
from tests.webapp.blueprints.organizers.conftest import Desk
from webapp.enums import ProjectState
from webapp.models import Project

S = ProjectState


def films(desk: Desk, *states: ProjectState) -> list[Project]:
    made = [make_project(desk.session, desk.edition, state=state) for state in states]
    desk.session.commit()
    return made


def test_one_tap_puts_a_film_on_a_list_and_the_counts_follow(desk: Desk) -> None:
    first, second = films(desk, S.SUBMITTED, S.SUBMITTED)
    assert "2 not decided yet" in desk.text("films/choose")
    for film, state in ((first, S.SELECTED), (second, S.WAITING_LIST)):
        answer = desk.post(
            f"films/choose/{film.id}", state=state.value, expected_version=film.version
        )
        assert answer.location == desk.url(f"films/choose#film-{film.id}")
    page = desk.text("films/choose")
    assert (first.state, second.state) == (S.SELECTED, S.WAITING_LIST)
    assert "1 selected" in page
    assert "1 on the waiting list" in page
    assert "not decided yet</strong>" not in page
    assert "Every film has its place" in desk.text("films/choose?show=open")


def test_a_tap_on_an_old_page_changes_nothing_and_says_so(desk: Desk) -> None:
    (film,) = films(desk, S.SUBMITTED)
    version = film.version
    page = f"films/choose/{film.id}"
    desk.post(page, state="selected", expected_version=version)
    late = desk.post(page, state="not_this_time", expected_version=version)
    assert late.status_code == 409
    assert "Somebody changed this" in unescape(late.text)
    assert film.state is S.SELECTED


def test_a_tap_with_htmx_answers_with_the_row_and_the_counts(desk: Desk) -> None:
    first, second = films(desk, S.SUBMITTED, S.SUBMITTED)
    answer = desk.client.post(
        desk.url(f"films/choose/{first.id}"),
        data={"state": "selected", "expected_version": first.version},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    assert f'id="film-{first.id}"' in answer.text
    assert f'id="film-{second.id}"' not in answer.text
    assert 'id="choice-counts"' in answer.text
    assert "<html" not in answer.text


def test_a_draft_cannot_be_chosen(desk: Desk) -> None:
    (draft,) = films(desk, S.DRAFT)
    assert "1 is still being written" in desk.text("films/choose")
    answer = desk.post(f"films/choose/{draft.id}", state="selected", expected_version=draft.version)
    assert answer.status_code == 409
    assert draft.state is S.DRAFT


def test_switching_choosing_off_selects_what_waits_and_says_how_many(desk: Desk) -> None:
    waiting, listed = films(desk, S.SUBMITTED, S.WAITING_LIST)
    assert "1 film that is not decided yet is then selected" in desk.text("films/choose")
    desk.post("films/choose/switch", on="no")
    assert (waiting.state, listed.state) == (S.SELECTED, S.WAITING_LIST)
    assert desk.edition.has_selection is False
    page = desk.text("films/choose")
    assert "1 film was selected by that" in page
    assert "Choosing is switched off" in page
    desk.post("films/choose/switch", on="yes")
    assert desk.edition.has_selection is True


def test_without_films_the_page_says_where_they_come_from(desk: Desk) -> None:
    assert "No film has been sent in yet" in desk.text("films/choose")
