from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_edition, make_mentor, make_project, make_user
from webapp.enums import EditionState, MatchState, ProjectState, SelectionVerdict
from webapp.errors import CampfireError, ChangedMeanwhile, InvalidValue, NotPossible
from webapp.models import Match, Project, User
from webapp.services import selection

S = ProjectState


def select_film(session: Session, film: Project, state: ProjectState, user: User) -> None:
    selection.select_project(session, film, state, actor=user, expected_version=film.version)


def test_a_submitted_film_goes_on_any_list_and_back(session: Session) -> None:
    user = make_user(session)
    film = make_project(session, make_edition(session), state=S.SUBMITTED)
    for state in (S.SELECTED, S.WAITING_LIST, S.NOT_THIS_TIME, S.SUBMITTED):
        select_film(session, film, state, user)
        assert film.state is state


@pytest.mark.parametrize("state", [S.DRAFT, S.RETURNED, S.WITHDRAWN])
def test_what_was_not_sent_in_is_not_selected(session: Session, state: ProjectState) -> None:
    film = make_project(session, make_edition(session), state=state)
    with pytest.raises(NotPossible) as caught:
        select_film(session, film, S.SELECTED, make_user(session))
    assert caught.value.code == "project_not_submitted"
    assert film.state is state


def test_an_older_page_does_not_choose(session: Session) -> None:
    user = make_user(session)
    film = make_project(session, make_edition(session), state=S.SUBMITTED)
    select_film(session, film, S.SELECTED, user)
    with pytest.raises(ChangedMeanwhile):
        selection.select_project(session, film, S.NOT_THIS_TIME, actor=user, expected_version=1)
    with pytest.raises(ChangedMeanwhile):
        selection.return_project(session, film, "?", actor=user, expected_version=1)
    assert film.state is S.SELECTED


def test_a_film_with_a_mentor_stays_until_the_pair_is_taken_back(session: Session) -> None:
    user, edition = make_user(session), make_edition(session)
    film = make_project(session, edition)
    match = Match(edition_id=edition.id, project=film, mentor=make_mentor(session, edition), seat=1)
    session.add(match)
    session.flush()
    for change in (
        lambda: select_film(session, film, S.WAITING_LIST, user),
        lambda: selection.return_project(
            session, film, "?", actor=user, expected_version=film.version
        ),
    ):
        with pytest.raises(NotPossible) as caught:
            change()
        assert (caught.value.code, caught.value.params["n"]) == ("project_has_mentors", 1)
    match.state, match.ended_at = MatchState.CANCELLED, match.confirmed_at
    session.flush()
    select_film(session, film, S.WAITING_LIST, user)
    assert film.state is S.WAITING_LIST


@pytest.mark.parametrize(("note", "code"), [("  ", "required"), ("x" * 2001, "text_too_long")])
def test_a_film_goes_back_only_with_a_note(session: Session, note: str, code: str) -> None:
    film = make_project(session, make_edition(session), state=S.SUBMITTED)
    with pytest.raises(InvalidValue) as caught:
        selection.return_project(session, film, note, actor=make_user(session), expected_version=1)
    assert (caught.value.code, caught.value.field) == (code, "note")
    assert film.state is S.SUBMITTED


def test_switching_off_selects_what_waits_and_nothing_else(session: Session) -> None:
    edition, user = make_edition(session), make_user(session)
    films = {state: make_project(session, edition, state=state) for state in S}
    other = make_project(session, make_edition(session), state=S.SUBMITTED)
    assert selection.switch_selection(session, edition, False, actor=user) == 1
    changed = {state for state, film in films.items() if film.state is not state}
    assert changed == {S.SUBMITTED}
    assert films[S.SUBMITTED].state is S.SELECTED
    assert other.state is S.SUBMITTED
    assert edition.has_selection is False
    assert selection.switch_selection(session, edition, True, actor=user) == 0
    assert edition.has_selection is True


def test_each_reader_has_one_note_a_film(session: Session) -> None:
    edition = make_edition(session)
    film = make_project(session, edition)
    one, other = make_user(session), make_user(session)
    selection.note_reading(session, film, reader=one, verdict=SelectionVerdict.MAYBE)
    selection.note_reading(session, film, reader=other, verdict=None, note="Read it again.")
    selection.note_reading(session, film, reader=one, verdict=SelectionVerdict.YES, note=" Yes! ")
    notes = selection.list_notes(session, edition)[film.id]
    assert [(note.reader, note.verdict, note.note) for note in notes] == [
        (one, SelectionVerdict.YES, "Yes!"),
        (other, None, "Read it again."),
    ]


def test_the_own_reading_is_cleaned_and_measured(session: Session) -> None:
    user, film = make_user(session), make_project(session, make_edition(session))
    selection.keep_reading(session, film, " The script.\x00 ", actor=user, expected_version=1)
    assert film.reading == "The script."
    with pytest.raises(InvalidValue) as caught:
        selection.keep_reading(session, film, "x" * 20_001, actor=user, expected_version=2)
    assert (caught.value.code, caught.value.field) == ("too_long", "reading")


def test_films_are_counted_in_each_state(session: Session) -> None:
    edition = make_edition(session)
    make_project(session, edition)
    make_project(session, edition)
    make_project(session, edition, state=S.DRAFT)
    make_project(session, make_edition(session))
    counts = selection.count_by_state(session, edition)
    assert {state: n for state, n in counts.items() if n} == {S.SELECTED: 2, S.DRAFT: 1}


def test_nothing_is_chosen_in_the_archive(session: Session) -> None:
    user = make_user(session)
    edition = make_edition(session, state=EditionState.ARCHIVED)
    film = make_project(session, edition, state=S.SUBMITTED)
    for change in (
        lambda: select_film(session, film, S.SELECTED, user),
        lambda: selection.switch_selection(session, edition, False, actor=user),
        lambda: selection.keep_reading(session, film, "x", actor=user, expected_version=1),
    ):
        with pytest.raises(CampfireError) as caught:
            change()
        assert caught.value.code == "edition_archived"
