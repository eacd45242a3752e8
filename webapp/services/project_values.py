"""What may be written about a film: checked, stored, and kept as a version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from webapp import limits
from webapp.enums import TermKind
from webapp.models import Project, ProjectMember, User, utc_now
from webapp.services.editions import check_range
from webapp.services.matching.words import fold
from webapp.services.terms import check_countries, check_languages, check_terms, terms_by_key
from webapp.services.texts import check_count, check_length, check_texts, clean_line, clean_text
from webapp.services.versions import count_up, keep_project_version

_ONE_LINE = ("title", "title_original", "title_outside", "company", "place")
# ``reading`` is not among them: it is the organizers' own, and has its own act.
_TEXTS = {name: limit for name, limit in limits.PROJECT_TEXTS.items() if name != "reading"}
_LISTS = {
    "needs": (TermKind.NEED, limits.N_NEEDS),
    "forms": (TermKind.FORM, limits.N_TERMS),
    "genres": (TermKind.GENRE, limits.N_TERMS),
    "stages": (TermKind.STAGE, limits.N_TERMS),
}


def is_own(project: Project, user: User) -> bool:
    """Say whether this person speaks for the film; a credited name does not."""
    return any(each.user_id == user.id and each.is_contact for each in project.members)


def store_values(
    session: Session, project: Project, values: Mapping[str, Any], actor: User
) -> None:
    """Check what was written, keep it, and keep its version."""
    for name, value in _checked(session, project, values).items():
        setattr(project, name, value)
    _check_demand(project)
    if "title" in values:
        project.title_folded = fold(project.title)[: limits.TITLE * 3]
    if "needs" in values:
        project.needs_ordered = bool(values.get("needs_ordered", True))
    if "team" in values:
        _set_team(project, values["team"])
    if "own_role" in values:
        _set_role(project, actor, values["own_role"])
    _note_who(project, actor)
    keep_project_version(session, project, actor)


def _checked(session: Session, project: Project, values: Mapping[str, Any]) -> dict[str, Any]:
    terms = terms_by_key(session, project.edition)
    checked: dict[str, Any] = dict(check_texts(values, _TEXTS, one_line=_ONE_LINE))
    for field, (kind, limit) in _LISTS.items():
        if field in values:
            checked[field] = check_terms(terms, values[field], kind, field=field, limit=limit)
    if "languages" in values:
        checked["languages"] = check_languages(values["languages"])
    if "countries" in values:
        checked["countries"] = check_countries(values["countries"])
    if "keep_apart_note" in values:
        note = clean_text(values["keep_apart_note"])
        checked["keep_apart_note"] = check_length(note, limits.NOTE, "keep_apart_note")
    plain = ("demand_low", "demand_high")
    return checked | {name: values[name] for name in plain if name in values}


def _check_demand(project: Project) -> None:
    """Refuse a least number of mentors above the greatest, own or the edition's."""
    if (project.demand_low, project.demand_high) == (None, None):
        return
    low = project.edition.demand_low if project.demand_low is None else project.demand_low
    high = project.edition.demand_high if project.demand_high is None else project.demand_high
    check_range(low, high, limits.MAX_DEMAND, "demand_low")


def _set_team(project: Project, team: Iterable[Mapping[str, str]]) -> None:
    """Replace those without an account; who has one stays, and stays first."""
    named: list[tuple[str, str]] = []
    for entry in team:
        name = check_length(clean_line(entry.get("name")), limits.NAME, "team")
        role = check_length(clean_line(entry.get("role")), limits.NAME, "team")
        if name:
            named.append((name, role))
    check_count(len(named), limits.N_TEAM, "team")
    others = [each for each in project.members if each.user_id is None]
    if named == [(each.name, each.role) for each in others]:
        return
    for each in others:
        project.members.remove(each)
    for position, (name, role) in enumerate(named, start=1):
        project.members.append(ProjectMember(name=name, role=role, position=position))


def _set_role(project: Project, actor: User, role: str | None) -> None:
    """Say what the film's own person does on it."""
    contacts = [each for each in project.members if each.is_contact]
    own = [each for each in contacts if each.user_id == actor.id] or contacts
    if own:
        own[0].role = check_length(clean_line(role), limits.NAME, "own_role")


def _note_who(project: Project, actor: User) -> None:
    """Mark whether the film's own person has seen what is said of it."""
    if is_own(project, actor):
        project.checked_at = utc_now()
    else:
        project.filled_in_by_id = actor.id
        project.checked_at = None
    count_up(project, "checked_at")
