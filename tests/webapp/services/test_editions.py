from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_edition, make_program, make_user
from webapp.enums import EditionState
from webapp.errors import CampfireError, ChangedMeanwhile, NotFound, NotPossible
from webapp.models import Activity, Plan
from webapp.services import editions

S = EditionState


def test_a_new_edition_has_its_plan_its_lists_and_its_maker(session: Session) -> None:
    owner = make_user(session)
    program = make_program(session, owner)
    edition = editions.make_edition(
        session, program, actor=owner, name=" 2027 ", timezone="Asia/Bishkek"
    )
    assert edition.name == "2027"
    assert edition.state is S.PREPARING
    assert session.get(Plan, edition.id) is not None
    assert {term.kind.value for term in edition.terms} == {
        "need",
        "craft",
        "form",
        "genre",
        "stage",
        "conflict_kind",
    }
    act = session.scalars(select(Activity).where(Activity.edition_id == edition.id)).one()
    assert (act.verb, act.actor_id) == ("edition_made", owner.id)


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"name": "  "}, "required", "name"),
        ({"name": "x" * 201}, "text_too_long", "name"),
        ({"timezone": "Mars/Base"}, "no_such_timezone", "timezone"),
        ({"timezone": "../etc/passwd"}, "no_such_timezone", "timezone"),
        (
            {"starts_on": date(2027, 7, 2), "ends_on": date(2027, 7, 1)},
            "end_before_start",
            "ends_on",
        ),
        ({"languages": []}, "no_such_language", "languages"),
        ({"languages": ["xx"]}, "no_such_language", "languages"),
        ({"demand_low": 2, "demand_high": 1}, "low_above_high", "demand_low"),
        ({"demand_high": 51}, "number_out_of_range", "demand_low"),
        ({"load_low": -1}, "number_out_of_range", "load_low"),
        ({"load_low": 3, "load_high": 2}, "low_above_high", "load_low"),
    ],
)
def test_values_that_cannot_be_are_named_with_their_field(
    session: Session, values: dict[str, object], code: str, field: str
) -> None:
    edition = make_edition(session)
    before = edition.name
    with pytest.raises(CampfireError) as caught:
        editions.update_edition(
            session, edition, values, actor=make_user(session), expected_version=1
        )
    assert (caught.value.code, getattr(caught.value, "field", "")) == (code, field)
    assert edition.name == before


def test_no_limit_is_a_load_too(session: Session) -> None:
    edition = make_edition(session, load_high=4)
    values = {"load_low": 7, "load_high": None}
    editions.update_edition(session, edition, values, actor=make_user(session), expected_version=1)
    assert (edition.load_low, edition.load_high) == (7, None)


def test_an_older_page_does_not_overwrite(session: Session) -> None:
    edition, user = make_edition(session), make_user(session)
    editions.update_edition(session, edition, {"place": "A"}, actor=user, expected_version=1)
    with pytest.raises(ChangedMeanwhile):
        editions.update_edition(session, edition, {"place": "B"}, actor=user, expected_version=1)
    assert edition.place == "A"


def test_a_year_goes_forward_and_back_until_people_were_told(session: Session) -> None:
    edition, user = make_edition(session), make_user(session)
    for state in (S.COLLECTING, S.PREPARING, S.COLLECTING, S.MATCHING, S.RELEASED):
        editions.move_edition(session, edition, state, actor=user)
    assert edition.state is S.RELEASED
    with pytest.raises(NotPossible) as caught:
        editions.move_edition(session, edition, S.MATCHING, actor=user)
    assert caught.value.code == "edition_cannot_move"
    editions.move_edition(session, edition, S.ARCHIVED, actor=user)
    with pytest.raises(NotPossible) as caught:
        editions.update_edition(session, edition, {}, actor=user, expected_version=edition.version)
    assert caught.value.code == "edition_archived"


def test_an_unknown_edition_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        editions.get_edition(session, 999)
