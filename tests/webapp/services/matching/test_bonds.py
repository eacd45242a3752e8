"""Wishes and earlier years speak for a pair; what speaks against it is never a feature."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from sqlalchemy.orm import Session

from matcher.affinity import AffinityModel
from tests.factories import (
    make_edition,
    make_match,
    make_mentor,
    make_program,
    make_project,
    make_user,
)
from webapp.enums import ConflictStrength, MatchState, StandingKind, StandingSide
from webapp.models import Edition, PairStanding, Participation, Program, Project, User, utc_now
from webapp.services import runs, standings
from webapp.services.matching.bonds import Bonds, read_bonds
from webapp.services.matching.material import Material, read_material


class Lab:
    """A lab of two films and three mentors, with a year before."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.program: Program = make_program(session)
        self.before = make_edition(session, self.program, "2025")
        self.edition: Edition = make_edition(session, self.program, "2026")
        self.olga = make_user(session, "Olga")
        self.makers = [make_user(session, f"Maker {n}") for n in (1, 2)]
        self.people = [make_user(session, f"Mentor {n}") for n in (1, 2, 3)]
        self.films = [make_project(session, self.edition, one) for one in self.makers]
        self.mentors = [make_mentor(session, self.edition, one) for one in self.people]
        self.run = runs.queue_run(session, self.edition, actor=self.olga)

    def wish(self, film: int, mentor: int, side: StandingSide, rank: int | None) -> PairStanding:
        row = PairStanding(
            edition_id=self.edition.id,
            project_id=self.films[film].id,
            mentor_id=self.mentors[mentor].id,
            kind=StandingKind.WISH,
            side=side,
            rank=rank,
        )
        self.session.add(row)
        self.session.flush()
        return row

    def bonds(self) -> Bonds:
        return read_bonds(self.session, self.edition, self.films, self.mentors)

    def material(self) -> Material:
        return read_material(self.session, self.run.id)

    def met(self, maker: User, person: User, edition: Edition, state: MatchState) -> None:
        film: Project = make_project(self.session, edition, maker)
        mentor: Participation = make_mentor(self.session, edition, person)
        make_match(self.session, film, mentor, state=state)


@pytest.fixture
def lab(session: Session) -> Lab:
    return Lab(session)


def affinity(material: Material) -> np.ndarray:
    model = AffinityModel()
    return model.affinity(model.fit_features(material.project_profiles, material.mentor_profiles))


def test_without_wishes_and_years_nothing_is_known(lab: Lab) -> None:
    assert lab.bonds() == Bonds()
    profiles = lab.material()
    assert {(one.wishes, one.past) for one in profiles.project_profiles} == {((), ())}
    assert {(one.wishes, one.past) for one in profiles.mentor_profiles} == {((), ())}


def test_each_side_wishes_in_its_own_order(lab: Lab) -> None:
    lab.wish(0, 0, StandingSide.FILMMAKER, None)
    lab.wish(0, 2, StandingSide.FILMMAKER, 2)
    lab.wish(0, 1, StandingSide.FILMMAKER, 1)
    lab.wish(1, 1, StandingSide.MENTOR, 1)
    lab.wish(1, 0, StandingSide.ORGANIZER, 1)
    lab.wish(1, 2, StandingSide.FILMMAKER, 1).lifted_at = utc_now()
    lab.session.flush()
    material = lab.material()
    assert [one.wishes for one in material.project_profiles] == [("m2", "m3", "m1"), ()]
    assert [one.wishes for one in material.mentor_profiles] == [(), ("p2",), ()]


def test_a_wish_lifts_its_pair_and_no_other_falls(lab: Lab) -> None:
    before = affinity(lab.material())
    lab.wish(0, 1, StandingSide.FILMMAKER, 1)
    lab.wish(0, 2, StandingSide.FILMMAKER, 2)
    lab.wish(1, 2, StandingSide.MENTOR, 1)
    moved = affinity(lab.material()) - before
    assert np.flatnonzero(moved).tolist() == [1, 2, 5]
    assert moved[0, 1] > moved[0, 2] > 0 < moved[1, 2]


@pytest.mark.parametrize("state", [MatchState.RELEASED, MatchState.SEEN, MatchState.ACCEPTED])
def test_who_worked_together_in_an_earlier_year_is_known(lab: Lab, state: MatchState) -> None:
    before = affinity(lab.material())
    lab.met(lab.makers[1], lab.people[2], lab.before, state)
    assert lab.bonds().past == {lab.films[1].id: ("m3",)}
    assert np.flatnonzero(affinity(lab.material()) - before).tolist() == [5]


@pytest.mark.parametrize("state", [MatchState.CONFIRMED, MatchState.DECLINED, MatchState.CANCELLED])
def test_what_was_never_told_or_came_to_nothing_is_no_bond(lab: Lab, state: MatchState) -> None:
    lab.met(lab.makers[1], lab.people[2], lab.before, state)
    assert lab.bonds() == Bonds()


def test_another_lab_a_later_year_and_this_one_are_no_past(lab: Lab) -> None:
    later = make_edition(lab.session, lab.program, "2027")
    for edition in (make_edition(lab.session, name="elsewhere"), later):
        lab.met(lab.makers[0], lab.people[0], edition, MatchState.ACCEPTED)
    make_match(lab.session, lab.films[0], lab.mentors[0])
    assert lab.bonds() == Bonds()


def test_somebody_with_the_same_name_is_somebody_else(lab: Lab) -> None:
    lab.met(make_user(lab.session, "Maker 1"), lab.people[0], lab.before, MatchState.ACCEPTED)
    assert lab.bonds() == Bonds()


def _veto(lab: Lab, side: StandingSide) -> None:
    standings.declare_veto(
        lab.session, lab.edition, lab.films[0], lab.mentors[1], side=side, actor=lab.olga
    )


def _conflict(lab: Lab, side: StandingSide) -> None:
    standings.declare_conflict(
        lab.session,
        lab.edition,
        lab.films[0],
        lab.mentors[1],
        strength=ConflictStrength.TELL,
        side=side,
        actor=lab.olga,
    )


@pytest.mark.parametrize("side", [StandingSide.FILMMAKER, StandingSide.MENTOR])
@pytest.mark.parametrize("declare", [_veto, _conflict])
def test_what_speaks_against_a_pair_moves_no_affinity(
    lab: Lab, declare: Callable[[Lab, StandingSide], None], side: StandingSide
) -> None:
    lab.wish(0, 1, StandingSide.FILMMAKER, 1)
    before, bonds = affinity(lab.material()), lab.bonds()
    declare(lab, side)
    material = lab.material()
    assert lab.bonds() == bonds
    assert np.array_equal(affinity(material), before)
