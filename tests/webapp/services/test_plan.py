"""The plan changes by lines alone: all of them fit today's state, or none is applied."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_edition, make_mentor, make_project, make_user
from webapp.enums import (
    ChangeSource,
    ConflictStrength,
    EditionState,
    LineAspect,
    MatchState,
    PairPlace,
    ProjectState,
    Said,
    StandingSide,
)
from webapp.errors import ChangedMeanwhile, NotPossible
from webapp.models import Edition, Match, Participation, PlanLine, Project, User, utc_now
from webapp.services import plan, standings
from webapp.services.plan_lines import Line
from webapp.services.plan_state import load_state

N, P, C, A = PairPlace.NONE, PairPlace.PROPOSED, PairPlace.CONFIRMED, PairPlace.SET_ASIDE


@dataclass
class Lab:
    """Two films, two mentors who take one film each, and who decides."""

    session: Session
    edition: Edition
    films: list[Project]
    mentors: list[Participation]
    actor: User

    def line(self, film: int, mentor: int, before: str, after: str, **values: object) -> Line:
        return Line(self.films[film].id, self.mentors[mentor].id, before, after, **values)

    def apply(
        self,
        *lines: Line,
        expected_version: int | None = None,
        actor: User | None = None,
        source: ChangeSource = ChangeSource.HAND,
    ) -> None:
        plan.apply_lines(
            self.session,
            self.edition,
            lines,
            actor=actor or self.actor,
            expected_version=expected_version,
            source=source,
        )

    def places(self) -> dict[tuple[int, int], PairPlace]:
        state = load_state(self.session, self.edition)
        return {
            (row, column): place
            for row, film in enumerate(self.films)
            for column, mentor in enumerate(self.mentors)
            for place in (state.place((film.id, mentor.id)),)
            if place is not N
        }

    def revision(self) -> int:
        return plan.get_revision(self.session, self.edition)


@pytest.fixture
def lab(session: Session) -> Lab:
    edition = make_edition(session, demand_low=1, demand_high=2)
    return Lab(
        session=session,
        edition=edition,
        films=[make_project(session, edition, title=f"Film {n}") for n in (1, 2)],
        mentors=[
            make_mentor(session, edition, make_user(session, f"Mentor {n}"), load_high=1)
            for n in (1, 2)
        ],
        actor=make_user(session, "Olga"),
    )


def test_a_yes_makes_a_match_on_the_first_seat_and_a_numbered_line(lab: Lab) -> None:
    lab.apply(lab.line(0, 0, N, P))
    lab.apply(lab.line(0, 0, P, C))
    match = lab.session.scalars(select(Match)).one()
    assert (match.seat, match.state) == (1, MatchState.CONFIRMED)
    lines = lab.session.scalars(select(PlanLine).order_by(PlanLine.number)).all()
    assert [(line.number, line.before, line.after) for line in lines] == [(1, N, P), (2, P, C)]
    assert lab.revision() == 2


def test_a_line_that_no_longer_fits_names_the_pair_and_changes_nothing(lab: Lab) -> None:
    lab.apply(lab.line(0, 0, N, C))
    with pytest.raises(ChangedMeanwhile) as caught:
        lab.apply(lab.line(0, 0, N, P))
    assert caught.value.code == "pair_changed_meanwhile"
    assert caught.value.params == {"project": "Film 1", "mentor": "Mentor 1"}
    assert lab.places() == {(0, 0): C}


def test_a_full_mentor_is_refused_with_their_number(lab: Lab) -> None:
    lab.apply(lab.line(0, 0, N, C))
    with pytest.raises(NotPossible) as caught:
        lab.apply(lab.line(1, 0, N, C))
    assert (caught.value.code, caught.value.params["most"]) == ("mentor_full", 1)


def test_a_proposal_takes_a_place_too(lab: Lab) -> None:
    lab.apply(lab.line(0, 0, N, P))
    with pytest.raises(NotPossible) as caught:
        lab.apply(lab.line(1, 0, N, P))
    assert caught.value.code == "mentor_full"


def test_a_film_gets_no_more_than_it_takes(lab: Lab) -> None:
    lab.films[0].demand_low = lab.films[0].demand_high = 1
    lab.session.flush()
    lab.apply(lab.line(0, 0, N, C))
    with pytest.raises(NotPossible) as caught:
        lab.apply(lab.line(0, 1, N, C))
    assert (caught.value.code, caught.value.params["most"]) == ("project_full", 1)


def test_a_swap_is_one_unit_whatever_its_order(lab: Lab) -> None:
    lab.apply(lab.line(0, 0, N, C), lab.line(1, 1, N, C))
    lab.apply(
        lab.line(0, 1, N, C), lab.line(1, 0, N, C), lab.line(0, 0, C, N), lab.line(1, 1, C, N)
    )
    assert lab.places() == {(0, 1): C, (1, 0): C}


def test_one_bad_line_keeps_the_good_ones_out(lab: Lab) -> None:
    lab.session.commit()
    with pytest.raises(NotPossible):
        lab.apply(lab.line(0, 0, N, C), lab.line(1, 0, N, C))
    lab.session.rollback()
    assert lab.places() == {}
    assert lab.revision() == 0


def test_a_never_conflict_stands_against_it_and_an_ask_does_not(lab: Lab) -> None:
    for film, strength in enumerate((ConflictStrength.NEVER, ConflictStrength.ASK)):
        standings.declare_conflict(
            lab.session,
            lab.edition,
            lab.films[film],
            lab.mentors[film],
            strength=strength,
            side=StandingSide.ORGANIZER,
            actor=lab.actor,
        )
    lab.apply(lab.line(1, 1, N, C))
    with pytest.raises(NotPossible) as caught:
        lab.apply(lab.line(0, 0, N, C))
    assert caught.value.code == "pair_forbidden"


@pytest.mark.parametrize("state", [ProjectState.WAITING_LIST, ProjectState.WITHDRAWN])
def test_only_selected_films_are_given_mentors(lab: Lab, state: ProjectState) -> None:
    lab.films[0].state = state
    lab.session.flush()
    with pytest.raises(NotPossible) as caught:
        lab.apply(lab.line(0, 0, N, P))
    assert caught.value.code == "project_not_selected"


def test_a_mentor_who_left_is_not_given_films(lab: Lab) -> None:
    lab.mentors[0].withdrawn_at = utc_now()
    lab.session.flush()
    with pytest.raises(NotPossible) as caught:
        lab.apply(lab.line(0, 0, N, P))
    assert caught.value.code == "mentor_withdrew"


def test_a_change_elsewhere_is_no_hindrance_and_one_to_the_same_film_is(lab: Lab) -> None:
    seen = lab.revision()
    lab.apply(lab.line(1, 1, N, P), actor=make_user(lab.session))
    lab.apply(lab.line(0, 0, N, P), expected_version=seen)
    with pytest.raises(ChangedMeanwhile) as caught:
        lab.apply(lab.line(1, 0, N, P), expected_version=seen)
    assert caught.value.code == "film_changed_meanwhile"


def test_ones_own_word_is_no_hindrance_and_ones_own_suggestion_is(lab: Lab) -> None:
    seen = lab.revision()
    lab.apply(lab.line(1, 1, N, P))
    lab.apply(lab.line(1, 1, P, C), expected_version=seen)
    lab.apply(lab.line(1, 1, C, P), source=ChangeSource.SOLVER)
    with pytest.raises(ChangedMeanwhile) as caught:
        lab.apply(lab.line(1, 1, P, C), expected_version=seen)
    assert caught.value.code == "film_changed_meanwhile"


def test_not_together_takes_the_pair_off_and_keeps_it_off(lab: Lab) -> None:
    lab.apply(lab.line(0, 0, N, P))
    forbid = lab.line(0, 0, Said.NO, Said.YES, aspect=LineAspect.FORBID)
    with pytest.raises(NotPossible) as caught:
        lab.apply(forbid)
    assert caught.value.code == "pair_still_planned"
    lab.apply(lab.line(0, 0, P, N), forbid)
    with pytest.raises(NotPossible):
        lab.apply(lab.line(0, 0, N, P))
    lab.apply(lab.line(0, 0, Said.YES, Said.NO, aspect=LineAspect.FORBID), lab.line(0, 0, N, P))
    assert lab.places() == {(0, 0): P}


def test_a_kept_pair_cannot_be_forbidden(lab: Lab) -> None:
    lab.apply(lab.line(0, 0, Said.NO, Said.YES, aspect=LineAspect.LOCK))
    with pytest.raises(NotPossible) as caught:
        lab.apply(lab.line(0, 0, Said.NO, Said.YES, aspect=LineAspect.FORBID))
    assert caught.value.code == "pair_is_kept"


def test_undo_gives_back_what_was_and_is_itself_a_change(lab: Lab) -> None:
    lab.apply(lab.line(0, 0, N, P))
    lab.apply(lab.line(0, 0, P, A, reason="too close"), lab.line(0, 1, N, C))
    last = plan.list_changes(lab.session, lab.edition)[0]
    undone = plan.undo_change(lab.session, lab.edition, last.id, actor=lab.actor)
    assert lab.places() == {(0, 0): P}
    assert undone.undoes_id == last.id
    plan.undo_change(lab.session, lab.edition, undone.id, actor=lab.actor)
    assert lab.places() == {(0, 0): A, (0, 1): C}


def test_an_undo_that_no_longer_fits_is_refused(lab: Lab) -> None:
    lab.apply(lab.line(0, 0, N, C))
    lab.apply(lab.line(0, 0, C, N))
    taken_away = plan.list_changes(lab.session, lab.edition)[0]
    lab.apply(lab.line(1, 0, N, C))
    with pytest.raises(NotPossible) as caught:
        plan.undo_change(lab.session, lab.edition, taken_away.id, actor=lab.actor)
    assert caught.value.code == "mentor_full"


def test_an_ended_match_stays_and_frees_its_seat(lab: Lab) -> None:
    lab.apply(lab.line(0, 0, N, C))
    lab.apply(lab.line(0, 0, C, N))
    lab.apply(lab.line(1, 0, N, C))
    rows = lab.session.scalars(select(Match).order_by(Match.id)).all()
    assert [(row.seat, row.state) for row in rows] == [
        (1, MatchState.CANCELLED),
        (1, MatchState.CONFIRMED),
    ]


def test_an_archived_year_cannot_be_changed(lab: Lab) -> None:
    lab.edition.state = EditionState.ARCHIVED
    lab.session.flush()
    with pytest.raises(NotPossible) as caught:
        lab.apply(lab.line(0, 0, N, P))
    assert caught.value.code == "edition_archived"


def test_no_lines_are_no_change(lab: Lab) -> None:
    with pytest.raises(NotPossible) as caught:
        lab.apply()
    assert caught.value.code == "nothing_to_change"
