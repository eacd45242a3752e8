"""Reasons in what few people are asked: craft, ground, wishes, and work done together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

# A role is read as a craft exactly as the feature reads it.
from matcher.overlaps import _ROLES, _crafts, term_keys
from matcher.profiles import MentorProfile, ProjectProfile
from matcher.reason_values import Parameter, Place, Reason
from matcher.reasons.terms import term_places
from matcher.wishes import MOST_WISHES


def craft_reason(project: ProjectProfile, mentor: MentorProfile, weight: float) -> Reason:
    """Name the crafts of a film's team that a mentor practises.

    Examples
    --------
    >>> from matcher.profiles import TeamMember, Term
    >>> film = ProjectProfile(id="p", team=(TeamMember("Aida", "director / editor"),))
    >>> person = MentorProfile(id="m", expertise=(Term("Editor", "craft.editor"),))
    >>> craft_reason(film, person, 0.1).params
    {'terms': ('craft.editor',)}
    """
    team = _crafts(part for member in project.team for part in _ROLES.split(member.role))
    practised = [
        (craft, Place("mentor", f"{listed}[{n}]", 0, len(term.text)))
        for listed in ("expertise", "offers")
        for n, term in enumerate(getattr(mentor, listed))
        for craft in _crafts([term.concept or ""])
    ]
    theirs = {craft for craft, _ in practised}
    shared = tuple(craft for craft in team if craft in theirs)
    places = tuple(place for craft, place in practised if craft in shared)
    return Reason("craft_shared", weight, {"terms": shared}, places)


def territory_reason(project: ProjectProfile, mentor: MentorProfile, weight: float) -> Reason:
    """Name the film's countries whose ground a mentor knows."""
    known = set(term_keys(mentor.territories))
    shared = [key for key in term_keys(project.countries) if key in known]
    places = (
        *term_places("project", "countries", project.countries, shared),
        *term_places("mentor", "territories", mentor.territories, shared),
    )
    return Reason("territory_shared", weight, {"terms": tuple(shared)}, places)


def wish_reason(project: ProjectProfile, mentor: MentorProfile, weight: float) -> Reason:
    """Say which side wished for the other, and how high; 0 for a side that did not.

    Private: each side's wishes are for organizers alone.
    """
    params: dict[str, Parameter] = {
        "by_project": _rank(project.wishes, mentor.id),
        "by_mentor": _rank(mentor.wishes, project.id),
    }
    return Reason("wished", weight, params)


def past_reason(_project: ProjectProfile, _mentor: MentorProfile, weight: float) -> Reason:
    """Say that both have worked together in an earlier year."""
    return Reason("met_before", weight)


def _rank(wishes: Sequence[str], one: str) -> int:
    """Give the place of somebody among wishes, from 1; 0 where they are not there."""
    names = list(dict.fromkeys(wishes[:MOST_WISHES]))
    return names.index(one) + 1 if one in names else 0


OTHER_FEATURES: Mapping[str, Callable[[ProjectProfile, MentorProfile, float], Reason]] = {
    "craft": craft_reason,
    "territory": territory_reason,
    "wishes": wish_reason,
    "past": past_reason,
}
