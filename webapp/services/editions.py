"""Editions: made, set up, and moved from one state to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.orm import Session

from webapp import limits
from webapp.config import LANGUAGES
from webapp.enums import EditionState
from webapp.errors import ChangedMeanwhile, InvalidValue, NotFound, NotPossible
from webapp.models import Activity, Edition, Plan, Program, User
from webapp.services import terms

S = EditionState
# Forward as the year goes; back one step as long as nobody was told.
NEXT_STATES: Mapping[EditionState, frozenset[EditionState]] = {
    S.PREPARING: frozenset({S.COLLECTING, S.MATCHING, S.ARCHIVED}),
    S.COLLECTING: frozenset({S.PREPARING, S.MATCHING, S.ARCHIVED}),
    S.MATCHING: frozenset({S.COLLECTING, S.RELEASED, S.ARCHIVED}),
    S.RELEASED: frozenset({S.RUNNING, S.ARCHIVED}),
    S.RUNNING: frozenset({S.RELEASED, S.ARCHIVED}),
    S.ARCHIVED: frozenset(),
}

EDITABLE = (
    "name",
    "place",
    "timezone",
    "starts_on",
    "ends_on",
    "languages",
    "demand_low",
    "demand_high",
    "load_low",
    "load_high",
    "contact",
)


def make_edition(
    session: Session,
    program: Program,
    *,
    actor: User,
    name: str,
    place: str = "",
    timezone: str = "UTC",
    starts_on: date | None = None,
    ends_on: date | None = None,
    languages: Sequence[str] = ("en", "ru"),
    has_selection: bool = True,
    demand_low: int = 1,
    demand_high: int = 1,
    load_low: int = 0,
    load_high: int | None = None,
) -> Edition:
    """Make a year's edition with its plan and its lists, seeded from the vocabulary."""
    values = {
        "name": name.strip(),
        "place": place.strip(),
        "timezone": timezone,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "languages": list(languages),
        "demand_low": demand_low,
        "demand_high": demand_high,
        "load_low": load_low,
        "load_high": load_high,
        "contact": "",
    }
    _check(values)
    edition = Edition(program_id=program.id, has_selection=has_selection, **values)
    edition.program = program
    session.add(edition)
    session.flush()
    session.add(Plan(edition_id=edition.id))
    terms.seed_terms(session, edition)
    record(session, edition, actor, "edition_made")
    session.flush()
    return edition


def get_edition(session: Session, edition_id: int) -> Edition:
    """Give an edition, or say that there is none."""
    edition = session.get(Edition, edition_id)
    if edition is None:
        raise NotFound("no_such_edition")
    return edition


def update_edition(
    session: Session,
    edition: Edition,
    values: Mapping[str, Any],
    *,
    actor: User,
    expected_version: int,
) -> None:
    """Change an edition's name, days, zone, languages and numbers."""
    check_open(edition)
    if edition.version != expected_version:
        raise ChangedMeanwhile("changed_meanwhile")
    merged = {name: getattr(edition, name) for name in EDITABLE}
    merged.update({name: value for name, value in values.items() if name in EDITABLE})
    merged["name"] = str(merged["name"]).strip()
    _check(merged)
    for name, value in merged.items():
        setattr(edition, name, value)
    record(session, edition, actor, "edition_changed")
    session.flush()


def move_edition(session: Session, edition: Edition, state: EditionState, *, actor: User) -> None:
    """Move an edition to its next state.

    Raises
    ------
    NotPossible
        That state does not follow from the present one.
    """
    if state is edition.state:
        return
    if state not in NEXT_STATES[edition.state]:
        raise NotPossible("edition_cannot_move", state=edition.state.value, wanted=state.value)
    edition.state = state
    record(session, edition, actor, f"edition_{state.value}")
    session.flush()


def check_open(edition: Edition) -> None:
    """Refuse to change what is archived."""
    if edition.state is EditionState.ARCHIVED:
        raise NotPossible("edition_archived")


def record(
    session: Session,
    edition: Edition,
    actor: User | None,
    verb: str,
    *,
    subject: str = "",
    subject_id: int | None = None,
    **params: Any,
) -> None:
    """Keep who did what; ids and codes only, no personal text."""
    session.add(
        Activity(
            edition_id=edition.id,
            actor_id=actor.id if actor else None,
            verb=verb,
            subject=subject,
            subject_id=subject_id,
            params=params,
        )
    )


def check_range(low: int, high: int | None, most: int, field: str) -> None:
    """Refuse numbers that contradict each other or are out of all bounds.

    Raises
    ------
    InvalidValue
        Below 0, above ``most``, or a least above the most.
    """
    for number in (low, high):
        if number is not None and not 0 <= number <= most:
            raise InvalidValue("number_out_of_range", field=field, value=number, most=most)
    if high is not None and low > high:
        raise InvalidValue("low_above_high", field=field, low=low, high=high)


def check_year(day: date | None, field: str) -> None:
    """Refuse a date in a year that nobody can mean."""
    if day is not None and not limits.FIRST_YEAR <= day.year <= limits.LAST_YEAR:
        raise InvalidValue("year_out_of_range", field=field, year=day.year)


def _check(values: Mapping[str, Any]) -> None:
    if not values["name"]:
        raise InvalidValue("required", field="name")
    for name in ("name", "place", "contact"):
        most = limits.NAME if name == "name" else limits.SHORT_TEXT
        if len(values[name]) > most:
            raise InvalidValue("text_too_long", field=name, length=len(values[name]), most=most)
    try:
        ZoneInfo(values["timezone"])
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidValue("no_such_timezone", field="timezone", value=values["timezone"]) from None
    starts_on, ends_on = values["starts_on"], values["ends_on"]
    for field in ("starts_on", "ends_on"):
        check_year(values[field], field)
    if starts_on and ends_on and ends_on < starts_on:
        raise InvalidValue("end_before_start", field="ends_on")
    if starts_on and ends_on and (ends_on - starts_on).days >= limits.CAMP_DAYS:
        raise InvalidValue("camp_too_long", field="ends_on", most=limits.CAMP_DAYS)
    if not values["languages"] or not set(values["languages"]) <= set(LANGUAGES):
        raise InvalidValue("no_such_language", field="languages")
    check_range(values["demand_low"], values["demand_high"], limits.MAX_DEMAND, "demand_low")
    check_range(values["load_low"], values["load_high"], limits.MAX_LOAD, "load_low")
