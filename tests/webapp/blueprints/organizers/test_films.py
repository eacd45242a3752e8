from __future__ import annotations

from html import unescape

import pytest
from sqlalchemy import select

from tests.factories import make_filmmaker, make_mentor, make_project, make_user
from tests.webapp.blueprints.organizers.conftest import Desk
from webapp.enums import ProjectState, SelectionVerdict, UploadKind
from webapp.models import Match, Project, SelectionNote, Upload

S = ProjectState


def submitted(desk: Desk, **values: object) -> Project:
    values.setdefault("state", S.SUBMITTED)
    film = make_project(desk.session, desk.edition, make_user(desk.session, "Айпери"), **values)
    desk.session.commit()
    return film


def test_films_are_found_by_state_title_and_team(desk: Desk) -> None:
    submitted(desk, title="Тұз", title_original="Salt")
    submitted(desk, title="Ветер", state=S.DRAFT)
    assert "Тұз" in desk.text("films?q=туз")
    assert "Ветер" not in desk.text("films?q=туз")
    assert "Тұз" in desk.text("films?q=salt")
    assert "Ветер" in desk.text("films?q=айпери")
    drafts = desk.text("films?state=draft")
    assert "Ветер" in drafts
    assert "Тұз" not in drafts
    assert "No film like that" in desk.text("films?q=nothing")


def test_a_film_is_put_on_each_list_and_says_when_it_was_changed_meanwhile(desk: Desk) -> None:
    film = submitted(desk)
    version = film.version
    page = f"films/{film.id}/state"
    assert desk.post(page, state="selected", expected_version=version).status_code == 303
    assert film.state is S.SELECTED
    late = desk.post(page, state="not_this_time", expected_version=version)
    assert late.status_code == 409
    assert "Somebody changed this" in late.text
    assert film.state is S.SELECTED
    assert desk.post(page, state="draft", expected_version=film.version).status_code == 422


def test_a_film_with_a_mentor_is_not_let_go_silently(desk: Desk) -> None:
    film = submitted(desk, title="Тұз", state=S.SELECTED)
    mentor = make_mentor(desk.session, desk.edition)
    desk.session.add(Match(edition_id=desk.edition.id, project=film, mentor=mentor, seat=1))
    desk.session.commit()
    answer = desk.post(
        f"films/{film.id}/state", state="waiting_list", expected_version=film.version
    )
    assert answer.status_code == 409
    assert "“Тұз” has a mentor already" in unescape(answer.text)


def test_a_film_goes_back_with_a_question_that_must_be_written(desk: Desk) -> None:
    film = submitted(desk)
    page = f"films/{film.id}/return"
    empty = desk.post(page, **{"return-note": "", "return-expected_version": film.version})
    assert empty.status_code == 422
    assert "Write what is missing." in empty.text
    assert film.state is S.SUBMITTED
    form = {"return-note": "How long is it?", "return-expected_version": film.version}
    assert desk.post(page, **form).status_code == 303
    assert (film.state, film.returned_note) == (S.RETURNED, "How long is it?")
    assert "How long is it?" in desk.text(f"films/{film.id}")


def test_our_own_reading_is_kept_and_two_do_not_overwrite_it(desk: Desk) -> None:
    film = submitted(desk)
    version = film.version
    page = f"films/{film.id}/reading"
    assert desk.post(page, reading="The script.", expected_version=version).status_code == 303
    assert film.reading == "The script."
    late = desk.post(page, reading="Too late.", expected_version=version)
    assert late.status_code == 409
    assert "Too late.</textarea>" in late.text
    assert film.reading == "The script."
    assert film.checked_at is None
    assert film.filled_in_by_id is None


def test_readers_words_stand_side_by_side(desk: Desk) -> None:
    film = submitted(desk)
    other = make_user(desk.session, "Daniyar")
    desk.session.add(
        SelectionNote(
            project_id=film.id, reader_id=other.id, verdict=SelectionVerdict.NO, note="Too early."
        )
    )
    desk.session.commit()
    form = {"verdict-verdict": "yes", "verdict-note": "A voice."}
    assert desk.post(f"films/{film.id}/verdict", **form).status_code == 303
    page = desk.text(f"films/{film.id}")
    assert "Daniyar" in page
    assert "Too early." in page
    assert "A voice.</textarea>" in page
    own = desk.session.scalars(select(SelectionNote).where(SelectionNote.note == "A voice.")).one()
    assert own.verdict is SelectionVerdict.YES
    row = desk.text("films")
    assert "1 yes" in row
    assert "1 no" in row


def test_a_film_is_written_down_for_its_filmmaker_and_sent_in(desk: Desk) -> None:
    pasted = "Документальный фильм, rough cut. Нужна помощь с монтажом. На русском."
    page = unescape(desk.post("films/new", title="Ветер", name="Мээрим", pasted=pasted).text)
    assert 'selected value="need.editing"' in page
    assert 'selected value="stage.rough-cut"' in page
    assert 'value="form.documentary" checked' in page
    answer = desk.post(
        "films/new",
        step="write",
        action="submit",
        title="Ветер",
        name="Мээрим",
        pasted=pasted,
        **{"needs-0": "need.editing", "languages-0-code": "ru"},
    )
    film = desk.session.scalars(select(Project)).one()
    assert answer.location == desk.url(f"films/{film.id}")
    assert (film.state, film.needs) == (S.SUBMITTED, ["need.editing"])
    assert film.members[0].name == "Мээрим"
    assert (film.filled_in_by_id, film.checked_at) == (desk.user.id, None)
    shown = desk.text(f"films/{film.id}")
    assert "Filled in by Olga Owner, not yet seen by Мээрим" in shown


def test_a_film_is_changed_for_its_filmmaker_and_two_do_not_overwrite(desk: Desk) -> None:
    film = submitted(desk, title="Ветер")
    version = film.version
    page = f"films/{film.id}/edit"
    assert 'value="Ветер"' in desk.text(page)
    form = {"title": "Тихий ветер", "demand_low": "2", "demand_high": "3"}
    assert desk.post(page, **form, expected_version=version).status_code == 303
    assert (film.title, film.demand_low, film.demand_high) == ("Тихий ветер", 2, 3)
    late = desk.post(page, title="Поздно", expected_version=version)
    assert late.status_code == 409
    assert 'value="Поздно"' in unescape(late.text)


def test_a_draft_is_sent_in_and_a_film_withdrawn(desk: Desk) -> None:
    film = submitted(desk, state=S.DRAFT, logline="A valley.")
    page = f"films/{film.id}/send-in"
    assert desk.post(page, expected_version=film.version).status_code == 303
    assert film.state is S.SUBMITTED
    page = f"films/{film.id}/withdraw"
    assert desk.post(page, expected_version=film.version).status_code == 303
    assert film.state is S.WITHDRAWN


def test_files_of_a_film_are_listed_and_those_of_another_are_not_found(desk: Desk) -> None:
    film, other = submitted(desk), submitted(desk)
    upload = Upload(
        project_id=film.id,
        kind=UploadKind.SCRIPT,
        file_name="script.pdf",
        stored_name="gone",
        n_bytes=1,
        n_pages=2,
        sha256="0" * 64,
    )
    desk.session.add(upload)
    desk.session.commit()
    assert "script.pdf" in desk.text(f"films/{film.id}")
    path = desk.url(f"films/{other.id}/files/{upload.id}")
    assert desk.client.get(path).status_code == 404


@pytest.mark.parametrize("page", ["films/999", "films/999/edit"])
def test_films_of_other_years_are_not_found(desk: Desk, page: str) -> None:
    assert desk.client.get(desk.url(page)).status_code == 404


def test_the_one_who_speaks_for_a_film_is_a_link(desk: Desk) -> None:
    user = make_user(desk.session, "Айпери")
    filmmaker = make_filmmaker(desk.session, desk.edition, user)
    film = make_project(desk.session, desk.edition, user)
    desk.session.commit()
    assert f'href="{desk.url(f"people/{filmmaker.id}")}"' in desk.text(f"films/{film.id}")
