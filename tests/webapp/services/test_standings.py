from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_edition, make_mentor, make_project, make_user
from webapp.enums import (
    ConflictStrength,
    DeclineReach,
    MatchState,
    StandingKind,
    StandingSide,
)
from webapp.errors import NotFound, NotPossible
from webapp.models import Edition, Match, PairStanding, Participation, Project
from webapp.services import standings

ORGANIZER = StandingSide.ORGANIZER


@pytest.fixture
def edition(session: Session) -> Edition:
    return make_edition(session)


@pytest.fixture
def film(session: Session, edition: Edition) -> Project:
    return make_project(session, edition)


@pytest.fixture
def mentor(session: Session, edition: Edition) -> Participation:
    return make_mentor(session, edition)


def declare(
    session: Session, film: Project, mentor: Participation, strength: ConflictStrength
) -> PairStanding:
    return standings.declare_conflict(
        session,
        film.edition,
        film,
        mentor,
        strength=strength,
        side=ORGANIZER,
        actor=make_user(session),
    )


@pytest.mark.parametrize(
    ("strength", "forbids"),
    [
        (ConflictStrength.NEVER, True),
        (ConflictStrength.ASK, False),
        (ConflictStrength.TELL, False),
    ],
)
def test_only_never_forbids(
    session: Session,
    film: Project,
    mentor: Participation,
    strength: ConflictStrength,
    forbids: bool,
) -> None:
    declare(session, film, mentor, strength)
    forbidden = standings.forbidden_pairs(session, film.edition)
    assert forbidden == ({(film.id, mentor.id)} if forbids else set())


def test_the_same_side_says_it_once(session: Session, film: Project, mentor: Participation) -> None:
    first = declare(session, film, mentor, ConflictStrength.NEVER)
    assert declare(session, film, mentor, ConflictStrength.ASK) is first
    assert standings.list_standings(session, film.edition) == [first]
    standings.lift_standing(session, first, actor=make_user(session))
    assert standings.list_standings(session, film.edition) == []
    assert declare(session, film, mentor, ConflictStrength.NEVER) is not first


def test_a_veto_forbids_without_a_reason_and_is_lifted(
    session: Session, film: Project, mentor: Participation
) -> None:
    user = make_user(session)
    veto = standings.declare_veto(
        session, film.edition, film, mentor, side=StandingSide.MENTOR, actor=user
    )
    again = standings.declare_veto(
        session, film.edition, film, mentor, side=StandingSide.MENTOR, actor=user
    )
    assert again is veto
    assert standings.forbidden_pairs(session, film.edition) == {(film.id, mentor.id)}
    assert standings.forbidden_pairs(session, film.edition, without={StandingKind.VETO}) == set()
    standings.lift_standing(session, veto, actor=user)
    assert standings.forbidden_pairs(session, film.edition) == set()


def test_a_kept_pair_is_not_forbidden_only_remarked_on(
    session: Session, film: Project, mentor: Participation
) -> None:
    session.add(
        PairStanding(
            edition_id=film.edition_id,
            project_id=film.id,
            mentor_id=mentor.id,
            kind=StandingKind.LOCK,
            side=ORGANIZER,
        )
    )
    session.flush()
    with pytest.raises(NotPossible) as caught:
        declare(session, film, mentor, ConflictStrength.NEVER)
    assert caught.value.code == "conflict_on_kept_pair"
    assert declare(session, film, mentor, ConflictStrength.TELL).id is not None


def test_a_mentors_own_film_is_found_and_a_credited_name_alone_is_not(
    session: Session, edition: Edition
) -> None:
    user = make_user(session)
    mentor = make_mentor(session, edition, user)
    own = make_project(session, edition, user)
    make_project(session, edition, make_user(session))
    assert standings.own_projects(session, edition) == {(own.id, mentor.id)}
    assert standings.forbidden_pairs(session, edition) == {(own.id, mentor.id)}


@pytest.mark.parametrize(
    ("reach", "n_forbidden"), [(DeclineReach.NOT_NOW, 0), (DeclineReach.NOT_THIS_YEAR, 2)]
)
def test_not_this_year_is_out_of_every_pair(
    session: Session,
    film: Project,
    mentor: Participation,
    reach: DeclineReach,
    n_forbidden: int,
) -> None:
    make_project(session, film.edition)
    match = Match(
        edition_id=film.edition_id,
        project=film,
        mentor=mentor,
        seat=1,
        state=MatchState.DECLINED,
        decline_reach=reach,
    )
    session.add(match)
    session.flush()
    assert len(standings.forbidden_pairs(session, film.edition)) == n_forbidden


def test_a_standing_of_another_year_is_not_found(
    session: Session, film: Project, mentor: Participation
) -> None:
    made = declare(session, film, mentor, ConflictStrength.ASK)
    assert standings.get_standing(session, film.edition, made.id) is made
    with pytest.raises(NotFound):
        standings.get_standing(session, make_edition(session), made.id)
