"""Nobody hears anything before the release; then each person gets one letter."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_edition, make_mentor, make_project, make_user
from webapp.enums import EditionState, LetterKind, LetterState, MatchState, PairPlace, ReleaseState
from webapp.errors import ChangedMeanwhile, NotFound, NotPossible
from webapp.models import Edition, Letter, Match, Participation, Project, Release, User
from webapp.services import plan, releases
from webapp.services.plan_lines import Line
from webapp.services.releases import News

N, P, C = PairPlace.NONE, PairPlace.PROPOSED, PairPlace.CONFIRMED


def write(_edition: Edition, news: News) -> tuple[str, str, str]:
    """Write a letter that names nothing but numbers."""
    return "en", "News", f"{news.kind.value}: {len(news.matches)}"


@dataclass
class Lab:
    session: Session
    edition: Edition
    actor: User
    films: list[Project]
    mentor: Participation

    def confirm(self, film: int) -> None:
        pair = Line(self.films[film].id, self.mentor.id, N, C)
        plan.apply_lines(self.session, self.edition, [pair], actor=self.actor)

    def open(self) -> Release:
        return releases.open_release(self.session, self.edition, actor=self.actor, write=write)

    def tell(self, release: Release) -> int:
        return releases.release_(
            self.session,
            self.edition,
            release,
            actor=self.actor,
            expected_version=release.version,
        )

    def letters(self) -> list[tuple[str, str, LetterState]]:
        rows = self.session.scalars(select(Letter).order_by(Letter.id))
        return [(row.user.name if row.user else "", row.body, row.state) for row in rows]


@pytest.fixture
def lab(session: Session) -> Lab:
    edition = make_edition(session, state=EditionState.MATCHING)
    aida = make_user(session, "Aida", email="aida@example.org")
    return Lab(
        session=session,
        edition=edition,
        actor=make_user(session, "Olga"),
        films=[make_project(session, edition, aida), make_project(session, edition, aida)],
        mentor=make_mentor(session, edition, make_user(session, "Marta", email="m@example.org")),
    )


def test_a_yes_writes_no_letter(lab: Lab) -> None:
    lab.confirm(0)
    assert lab.letters() == []


def test_each_person_gets_one_letter_however_many_pairs(lab: Lab) -> None:
    lab.confirm(0)
    lab.confirm(1)
    lab.open()
    assert lab.letters() == [
        ("Aida", f"{LetterKind.RELEASE_FILMMAKER.value}: 2", LetterState.HELD),
        ("Marta", f"{LetterKind.RELEASE_MENTOR.value}: 2", LetterState.HELD),
    ]


def test_a_draft_tells_nobody(lab: Lab) -> None:
    lab.confirm(0)
    lab.open()
    assert releases.list_released_matches(lab.session, lab.edition) == []
    assert lab.edition.state is EditionState.MATCHING


def test_telling_marks_the_pairs_and_queues_the_letters(lab: Lab) -> None:
    lab.confirm(0)
    assert lab.tell(lab.open()) == 2
    assert [state for _, _, state in lab.letters()] == [LetterState.QUEUED] * 2
    match = lab.session.scalars(select(Match)).one()
    assert match.state is MatchState.RELEASED
    assert match.released_at is not None
    assert lab.edition.state is EditionState.RELEASED


def test_nothing_is_told_twice(lab: Lab) -> None:
    lab.confirm(0)
    release = lab.open()
    lab.tell(release)
    with pytest.raises(NotPossible) as caught:
        lab.tell(release)
    assert caught.value.code == "release_over"
    with pytest.raises(NotPossible) as caught:
        lab.open()
    assert caught.value.code == "nothing_to_tell"


def test_later_pairs_go_out_in_a_release_of_their_own(lab: Lab) -> None:
    lab.confirm(0)
    lab.tell(lab.open())
    lab.confirm(1)
    lab.open()
    assert [body for _, body, _ in lab.letters()][2:] == [
        f"{LetterKind.RELEASE_FILMMAKER.value}: 1",
        f"{LetterKind.RELEASE_MENTOR.value}: 1",
    ]


def test_letters_for_an_older_list_do_not_go(lab: Lab) -> None:
    lab.confirm(0)
    release = lab.open()
    lab.confirm(1)
    with pytest.raises(ChangedMeanwhile) as caught:
        lab.tell(release)
    assert caught.value.code == "plan_changed_since_letters"
    assert {state for _, _, state in lab.letters()} == {LetterState.HELD}


def test_writing_again_drops_the_letters_before(lab: Lab) -> None:
    lab.confirm(0)
    first = lab.open()
    lab.open()
    assert first.state is ReleaseState.DISCARDED
    assert [state for _, _, state in lab.letters()] == [
        LetterState.DISCARDED,
        LetterState.DISCARDED,
        LetterState.HELD,
        LetterState.HELD,
    ]


def test_a_film_without_a_person_is_named(lab: Lab) -> None:
    lab.films[0].members.clear()
    lab.session.flush()
    lab.confirm(0)
    assert releases.list_unreachable(lab.session, lab.edition) == [lab.films[0]]


def test_a_mentor_finds_only_their_own_released_films(lab: Lab) -> None:
    lab.confirm(0)
    with pytest.raises(NotFound):
        releases.get_released_match(lab.session, lab.edition, lab.films[0].id, lab.mentor)
    lab.tell(lab.open())
    found = releases.get_released_match(lab.session, lab.edition, lab.films[0].id, lab.mentor)
    assert found.project_id == lab.films[0].id
    other = make_mentor(lab.session, lab.edition)
    with pytest.raises(NotFound):
        releases.get_released_match(lab.session, lab.edition, lab.films[0].id, other)
