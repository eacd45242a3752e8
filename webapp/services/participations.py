"""Taking part in an edition: joining, a mentor's profile, leaving."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import limits
from webapp.enums import ParticipationRole, TermKind
from webapp.errors import NotFound, NotPossible
from webapp.models import Edition, Participation, User, utc_now
from webapp.services.availability import set_windows
from webapp.services.editions import check_open, check_range, record
from webapp.services.leaving import free_pairs
from webapp.services.matching.words import fold
from webapp.services.terms import check_countries, check_languages, check_terms, terms_by_key
from webapp.services.texts import check_count, check_length, check_texts, clean_lines, clean_text
from webapp.services.versions import check_version, count_up, keep_mentor_version

_CODE_LETTERS = {
    ParticipationRole.FILMMAKER: "f",
    ParticipationRole.MENTOR: "m",
    ParticipationRole.GUEST: "g",
}
_LISTS: dict[str, tuple[TermKind, ...]] = {
    # What people come for is a need; who answers "editor" named a craft.
    "expertise": (TermKind.NEED, TermKind.CRAFT),
    "offers": (TermKind.NEED, TermKind.CRAFT),
    "forms": (TermKind.FORM,),
    "genres": (TermKind.GENRE,),
    "stages": (TermKind.STAGE,),
}


def join_edition(
    session: Session,
    edition: Edition,
    user: User,
    role: ParticipationRole,
    *,
    filled_in_by: User | None = None,
) -> Participation:
    """Make somebody take part; who already does, does so once."""
    check_open(edition)
    found = session.scalar(
        select(Participation).where(
            Participation.edition_id == edition.id,
            Participation.user_id == user.id,
            Participation.role == role,
        )
    )
    if found is not None:
        found.withdrawn_at = None
        session.flush()
        return found
    user.name_folded = fold(user.name)[: limits.NAME * 2]
    joined = Participation(
        edition=edition,
        user=user,
        role=role,
        code=_next_code(session, edition, role),
        filled_in_by=filled_in_by,
    )
    session.add(joined)
    session.flush()
    return joined


def _next_code(session: Session, edition: Edition, role: ParticipationRole) -> str:
    codes = session.scalars(
        select(Participation.code).where(
            Participation.edition_id == edition.id, Participation.role == role
        )
    )
    return next_code(_CODE_LETTERS[role], codes)


def next_code(letter: str, taken: Iterable[str]) -> str:
    """Give the short id after the highest one, so that no id is used twice."""
    numbers = (code.removeprefix(letter) for code in taken)
    return f"{letter}{max((int(each) for each in numbers if each.isdecimal()), default=0) + 1}"


def get_own(
    session: Session, edition: Edition, user: User, role: ParticipationRole
) -> Participation:
    """Give somebody's own part in an edition."""
    found = session.scalar(
        select(Participation).where(
            Participation.edition_id == edition.id,
            Participation.user_id == user.id,
            Participation.role == role,
            Participation.withdrawn_at.is_(None),
        )
    )
    if found is None:
        raise NotFound("not_found")
    return found


def get_participation(session: Session, edition: Edition, participation_id: int) -> Participation:
    """Give one part in this edition, and in no other."""
    found = session.get(Participation, participation_id)
    if found is None or found.edition_id != edition.id:
        raise NotFound("no_such_person")
    return found


def list_participations(
    session: Session, edition: Edition, role: ParticipationRole | None = None
) -> list[Participation]:
    """List who takes part in the order of joining; who withdrew comes last."""
    query = select(Participation).where(Participation.edition_id == edition.id)
    if role is not None:
        query = query.where(Participation.role == role)
    return list(
        session.scalars(query.order_by(Participation.withdrawn_at.is_not(None), Participation.id))
    )


def update_mentor(
    session: Session,
    participation: Participation,
    values: Mapping[str, Any],
    *,
    actor: User,
    expected_version: int,
) -> Participation:
    """Store what a mentor, or an organizer for them, wrote.

    ``values`` holds only what changes: texts by name, lists of terms, credits,
    ``languages`` as ``{"code", "level"}``, ``load_low`` and ``load_high``
    (None: the edition's numbers), ``whole_camp``, ``windows`` and
    ``keep_apart_note``.
    """
    check_open(participation.edition)
    check_version(participation, expected_version)
    for name, value in _checked(session, participation, values).items():
        setattr(participation, name, value)
    check_range(participation.load_low or 0, participation.load_high, limits.MAX_LOAD, "load_low")
    if "windows" in values:
        set_windows(session, participation, values["windows"])
    _note_who(participation, actor)
    keep_mentor_version(session, participation, actor)
    return participation


def _checked(
    session: Session, participation: Participation, values: Mapping[str, Any]
) -> dict[str, Any]:
    terms = terms_by_key(session, participation.edition)
    checked: dict[str, Any] = dict(
        check_texts(values, limits.MENTOR_TEXTS, one_line=("company", "place"))
    )
    for field, kinds in _LISTS.items():
        if field in values:
            checked[field] = check_terms(terms, values[field], *kinds, field=field)
    if "credits" in values:
        checked["credits"] = _check_credits(values["credits"])
    if "languages" in values:
        checked["languages"] = check_languages(values["languages"])
    if "countries" in values:
        checked["countries"] = check_countries(values["countries"])
    if "keep_apart_note" in values:
        note = clean_text(values["keep_apart_note"])
        checked["keep_apart_note"] = check_length(note, limits.NOTE, "keep_apart_note")
    plain = ("load_low", "load_high", "whole_camp")
    return checked | {name: values[name] for name in plain if name in values}


def _check_credits(values: Iterable[str]) -> list[str]:
    lines = clean_lines(values)
    check_count(len(lines), limits.N_CREDITS, "credits")
    return [check_length(line, limits.CREDIT, "credits") for line in lines]


def _note_who(participation: Participation, actor: User) -> None:
    """Mark whether the person themself has seen what the profile says."""
    if actor.id == participation.user_id:
        participation.checked_at = utc_now()
    else:
        participation.filled_in_by_id = actor.id
        participation.checked_at = None
    count_up(participation, "checked_at")


def check_profile(
    session: Session,
    participation: Participation,
    *,
    actor: User,
    load_low: int | None,
    load_high: int | None,
    whole_camp: bool,
    expected_version: int,
) -> Participation:
    """Store the answers to "Right? How many? Here all week?"."""
    values = {"load_low": load_low, "load_high": load_high, "whole_camp": whole_camp}
    return update_mentor(
        session, participation, values, actor=actor, expected_version=expected_version
    )


def withdraw(
    session: Session, participation: Participation, *, actor: User, expected_version: int
) -> None:
    """Let somebody leave an edition; the row and its code stay, their pairs open again."""
    check_open(participation.edition)
    check_version(participation, expected_version)
    if participation.withdrawn_at is not None:
        raise NotPossible("already_withdrawn")
    free_pairs(session, participation.edition, mentor=participation, actor=actor)
    participation.withdrawn_at = utc_now()
    record(
        session,
        participation.edition,
        actor,
        "withdraw",
        subject="participation",
        subject_id=participation.id,
    )
    session.flush()
