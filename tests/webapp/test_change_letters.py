"""One kind letter to each person who hears of a change, drafted and never sent by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_edition, make_filmmaker, make_mentor, make_project, make_user
from webapp import change_letters
from webapp.enums import EditionState, LetterState, PairPlace, ProjectState, ReleaseState
from webapp.models import Edition, Letter, Participation, Project, User
from webapp.services import outbox, plan, releases
from webapp.services.plan_lines import Line
from webapp.services.plan_state import load_state

N, C, A = PairPlace.NONE, PairPlace.CONFIRMED, PairPlace.SET_ASIDE


@dataclass
class Lab:
    """A year in which Aida's two films and two mentors were told of each other."""

    session: Session
    edition: Edition
    actor: User
    films: list[Project]
    mentors: list[Participation]

    def move(self, film: int, mentor: int, to: PairPlace, reason: str = "") -> None:
        pair = self.films[film].id, self.mentors[mentor].id
        before = load_state(self.session, self.edition).place(pair)
        line = Line(*pair, before, to, reason=reason)
        plan.apply_lines(self.session, self.edition, [line], actor=self.actor)

    def keep_up(self) -> None:
        change_letters.keep_up(self.session, self.edition, self.actor)

    def tell(self) -> None:
        release = releases.open_release(
            self.session,
            self.edition,
            actor=self.actor,
            write=change_letters.news_writer(self.session, self.edition),
        )
        releases.release_(
            self.session,
            self.edition,
            release,
            actor=self.actor,
            expected_version=release.version,
        )

    def drafts(self) -> dict[str, Letter]:
        draft = releases.get_draft(self.session, self.edition)
        return {letter.user.name: letter for letter in draft.letters} if draft else {}


@pytest.fixture
def lab(app: Flask, session: Session) -> Iterator[Lab]:
    edition = make_edition(session, state=EditionState.MATCHING, load_high=2, demand_high=2)
    aida = make_user(session, "Aida", email="aida@example.org", language="ru")
    make_filmmaker(session, edition, aida)
    people = [
        make_user(session, name, email=f"{name}@example.org", language="en")
        for name in ("Marta", "Boris")
    ]
    films = [
        make_project(session, edition, aida, title="Salt", title_outside="Film S"),
        make_project(session, edition, aida, title="Snow"),
    ]
    mentors = [make_mentor(session, edition, person) for person in people]
    lab = Lab(session, edition, make_user(session, "Olga"), films, mentors)
    with app.test_request_context():
        for pair in ((0, 0), (1, 1), (0, 1)):
            lab.move(*pair, C)
        lab.tell()
        yield lab


def test_nothing_is_drafted_before_people_are_told(app: Flask, session: Session) -> None:
    edition, actor = make_edition(session), make_user(session)
    film, mentor = make_project(session, edition), make_mentor(session, edition)
    with app.test_request_context():
        for to, before in ((C, N), (N, C)):
            plan.apply_lines(session, edition, [Line(film.id, mentor.id, before, to)], actor=actor)
            change_letters.keep_up(session, edition, actor)
    assert session.scalars(select(Letter)).all() == []


def test_each_person_touched_gets_one_letter_however_many_changes(lab: Lab) -> None:
    lab.move(0, 0, A, reason="SECRET quarrel")
    lab.move(1, 1, A)
    lab.move(1, 0, C)
    lab.keep_up()
    drafts = lab.drafts()
    assert sorted(drafts) == ["Aida", "Boris", "Marta"]
    assert {letter.state for letter in drafts.values()} == {LetterState.HELD}
    assert not any("SECRET" in letter.body for letter in drafts.values())
    marta = drafts["Marta"].body
    assert "— no longer with you: “Film S”" in marta
    assert "— new with you: “Snow”" in marta
    assert "Boris" not in marta
    boris = drafts["Boris"].body
    assert "— no longer with you: “Snow”" in boris
    assert "— with you as before: “Film S”" in boris


def test_a_letter_speaks_the_persons_language_and_its_subject_names_nobody(lab: Lab) -> None:
    lab.move(0, 0, A)
    lab.keep_up()
    drafts = lab.drafts()
    assert {name: letter.language for name, letter in drafts.items()} == {
        "Aida": "ru",
        "Marta": "en",
    }
    assert drafts["Marta"].subject == "Valley Lab: a change in who you work with"
    for letter in drafts.values():
        assert not {"Salt", "Film S", "Marta", "Aida"} & set(letter.subject.split())
        assert "Salt" not in letter.body


def test_a_film_with_nobody_left_is_told_so_kindly(lab: Lab) -> None:
    lab.edition.languages = ["en"]
    lab.films[1].members[0].user.language = "en"
    lab.move(1, 1, N)
    lab.keep_up()
    assert "Right now nobody is planned for this film." in lab.drafts()["Aida"].body


def test_a_film_that_left_is_promised_nothing(lab: Lab) -> None:
    lab.films[1].members[0].user.language = "en"
    lab.films[1].state = ProjectState.WITHDRAWN
    lab.move(1, 1, N)
    lab.keep_up()
    assert "Right now nobody is planned" not in lab.drafts()["Aida"].body


def test_a_change_taken_back_unheard_needs_no_letter(lab: Lab) -> None:
    lab.move(0, 0, A)
    lab.keep_up()
    assert lab.drafts()
    lab.move(0, 0, C)
    lab.keep_up()
    assert lab.drafts() == {}


def test_corrected_letters_are_never_written_over(lab: Lab) -> None:
    lab.move(0, 0, A)
    lab.keep_up()
    letter = lab.drafts()["Marta"]
    outbox.edit_letter(
        lab.session, letter, "Dear", "My own words", actor=lab.actor, expected_version=1
    )
    lab.move(1, 1, A)
    lab.keep_up()
    assert lab.drafts()["Marta"].body == "My own words"
    draft = releases.get_draft(lab.session, lab.edition)
    assert draft is not None
    assert releases.is_outdated(lab.session, lab.edition, draft)


def test_letters_go_with_a_release_and_then_nothing_is_left_to_tell(lab: Lab) -> None:
    lab.move(0, 0, A)
    lab.keep_up()
    draft = releases.get_draft(lab.session, lab.edition)
    assert draft is not None
    n_sent = releases.release_(
        lab.session, lab.edition, draft, actor=lab.actor, expected_version=draft.version
    )
    assert (n_sent, draft.state) == (2, ReleaseState.RELEASED)
    assert releases.list_news(lab.session, lab.edition) == []
    lab.keep_up()
    assert lab.drafts() == {}
