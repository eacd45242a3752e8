from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_edition, make_mentor, make_project, make_user
from webapp.enums import EditionState, MatchState, PairPlace, ParticipationRole
from webapp.errors import CampfireError, ChangedMeanwhile, InvalidValue, NotFound, NotPossible
from webapp.models import Edition, Match, Participation, ProfileVersion, User
from webapp.services import participations, plan
from webapp.services.plan_lines import Line

MENTOR = ParticipationRole.MENTOR


@pytest.fixture
def edition(session: Session) -> Edition:
    return make_edition(session, with_terms=True, state=EditionState.COLLECTING)


@pytest.fixture
def mentor(session: Session, edition: Edition) -> Participation:
    return participations.join_edition(session, edition, make_user(session, "Ёлка Өсөрова"), MENTOR)


def update(session: Session, mentor: Participation, actor: User | None = None, **values: object):
    return participations.update_mentor(
        session,
        mentor,
        values,
        actor=actor or mentor.user,
        expected_version=mentor.version,
    )


def test_joining_twice_is_joining_once(
    session: Session, edition: Edition, mentor: Participation
) -> None:
    again = participations.join_edition(session, edition, mentor.user, MENTOR)
    assert (again.id, again.code) == (mentor.id, "m1")
    as_filmmaker = participations.join_edition(
        session, edition, mentor.user, ParticipationRole.FILMMAKER
    )
    assert as_filmmaker.code == "f1"
    assert mentor.user.name_folded == "елка осорова"


def test_a_code_is_never_given_twice(
    session: Session, edition: Edition, mentor: Participation
) -> None:
    second = participations.join_edition(session, edition, make_user(session), MENTOR)
    session.delete(mentor)
    session.flush()
    third = participations.join_edition(session, edition, make_user(session), MENTOR)
    assert (second.code, third.code) == ("m2", "m3")


def test_who_withdrew_comes_last_and_has_no_page(
    session: Session, edition: Edition, mentor: Participation
) -> None:
    other = make_mentor(session, edition)
    participations.withdraw(session, mentor, actor=mentor.user, expected_version=mentor.version)
    assert participations.list_participations(session, edition, MENTOR) == [other, mentor]
    with pytest.raises(NotFound):
        participations.get_own(session, edition, mentor.user, MENTOR)
    with pytest.raises(NotPossible) as caught:
        participations.withdraw(session, mentor, actor=mentor.user, expected_version=mentor.version)
    assert caught.value.code == "already_withdrawn"
    back = participations.join_edition(session, edition, mentor.user, MENTOR)
    assert (back.id, back.withdrawn_at) == (mentor.id, None)


def test_a_leaving_mentors_pairs_open_again(
    session: Session, edition: Edition, mentor: Participation
) -> None:
    project = make_project(session, edition)
    line = Line(project.id, mentor.id, PairPlace.NONE, PairPlace.CONFIRMED)
    plan.apply_lines(session, edition, [line], actor=None)
    participations.withdraw(session, mentor, actor=mentor.user, expected_version=mentor.version)
    match = session.scalars(select(Match)).one()
    assert match.state is MatchState.CANCELLED
    assert plan.get_revision(session, edition) == 2


def test_a_part_in_another_edition_is_not_found(session: Session, mentor: Participation) -> None:
    with pytest.raises(NotFound):
        participations.get_participation(session, make_edition(session), mentor.id)


def test_a_profile_is_stored_as_terms_lists_and_numbers(
    session: Session, mentor: Participation
) -> None:
    update(
        session,
        mentor,
        bio="Two\r\nlines\x00",
        expertise=["монтаж", "need.editing", "чай"],
        credits=["Salt (2019)", "", "Salt (2019)"],
        forms=["Documentary"],
        languages=[{"code": "ru", "level": "C1"}],
        load_low=1,
        load_high=3,
        keep_apart_note="my cousin's film",
    )
    assert mentor.bio == "Two\nlines"
    assert mentor.expertise == ["need.editing", "чай"]
    assert mentor.credits == ["Salt (2019)"]
    assert mentor.forms == ["form.documentary"]
    assert (mentor.load_low, mentor.load_high) == (1, 3)
    assert mentor.keep_apart_note == "my cousin's film"


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"load_low": 3, "load_high": 2}, "low_above_high", "load_low"),
        ({"load_low": -1}, "number_out_of_range", "load_low"),
        ({"load_high": 501}, "number_out_of_range", "load_low"),
        ({"bio": "x" * 20_001}, "too_long", "bio"),
        ({"company": "x" * 501}, "too_long", "company"),
        ({"credits": ["x" * 301]}, "too_long", "credits"),
        ({"credits": [str(n) for n in range(61)]}, "too_many_entries", "credits"),
        ({"forms": [str(n) for n in range(31)]}, "too_many_entries", "forms"),
        ({"keep_apart_note": "x" * 2_001}, "too_long", "keep_apart_note"),
        (
            {"languages": [{"code": f"l{n}", "level": None} for n in range(11)]},
            "too_many_entries",
            "languages",
        ),
    ],
)
def test_limits_hold_below_the_forms(
    session: Session,
    mentor: Participation,
    values: dict[str, object],
    code: str,
    field: str,
) -> None:
    with pytest.raises(InvalidValue) as caught:
        update(session, mentor, **values)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_an_older_page_is_refused(session: Session, mentor: Participation) -> None:
    update(session, mentor, bio="first")
    with pytest.raises(ChangedMeanwhile):
        participations.update_mentor(
            session,
            mentor,
            {"bio": "second"},
            actor=mentor.user,
            expected_version=mentor.version - 1,
        )
    assert mentor.bio == "first"


def test_times_alone_count_the_version_up(session: Session, mentor: Participation) -> None:
    before = mentor.version
    update(session, mentor)
    assert mentor.version == before + 1


def test_an_organizers_words_wait_to_be_seen(session: Session, mentor: Participation) -> None:
    organizer = make_user(session)
    update(session, mentor, organizer, bio="a pasted bio")
    assert (mentor.filled_in_by_id, mentor.checked_at) == (organizer.id, None)
    participations.check_profile(
        session,
        mentor,
        actor=mentor.user,
        load_low=0,
        load_high=2,
        whole_camp=False,
        expected_version=mentor.version,
    )
    assert mentor.filled_in_by_id == organizer.id
    assert mentor.checked_at is not None
    assert (mentor.load_low, mentor.load_high, mentor.whole_camp) == (0, 2, False)
    update(session, mentor, organizer, bio="corrected")
    assert mentor.checked_at is None


def test_each_new_content_is_kept_once(session: Session, mentor: Participation) -> None:
    update(session, mentor, bio="first")
    update(session, mentor, bio="first")
    update(session, mentor, bio="second", keep_apart_note="not theirs to read")
    kept = session.scalars(select(ProfileVersion).order_by(ProfileVersion.number)).all()
    assert [(each.number, each.content["bio"]) for each in kept] == [(1, "first"), (2, "second")]
    assert "keep_apart_note" not in kept[1].content


def test_nothing_changes_in_the_archive(
    session: Session, edition: Edition, mentor: Participation
) -> None:
    edition.state = EditionState.ARCHIVED
    for act in (
        lambda: update(session, mentor, bio="late"),
        lambda: participations.withdraw(
            session, mentor, actor=mentor.user, expected_version=mentor.version
        ),
        lambda: participations.join_edition(session, edition, make_user(session), MENTOR),
    ):
        with pytest.raises(CampfireError) as caught:
            act()
        assert caught.value.code == "edition_archived"
