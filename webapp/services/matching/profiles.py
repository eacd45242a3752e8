"""Rows into the matcher's profiles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from matcher.certainty import too_little_known
from matcher.profiles import (
    Demand,
    LanguageSkill,
    Load,
    MentorProfile,
    ProjectProfile,
    TeamMember,
    Window,
)
from matcher.profiles import Term as ProfileTerm
from webapp.models import Edition, Participation, Project, Term
from webapp.services.availability import windows_of
from webapp.services.matching.bonds import Bonds

__all__ = [
    "TermsByKey",
    "demand_of",
    "load_of",
    "mentor_profile",
    "project_profile",
    "too_little_known",
]

TermsByKey = Mapping[str, Term]


def project_profile(
    project: Project, edition: Edition, terms: TermsByKey, bonds: Bonds | None = None
) -> ProjectProfile:
    """Give the matcher's view of a project; a pasted application counts as its synopsis."""
    bonds = bonds or Bonds()
    synopsis = "\n\n".join(part for part in (project.synopsis, project.pasted) if part)
    return ProjectProfile(
        id=project.code,
        title=project.title,
        logline=project.logline,
        synopsis=synopsis,
        statement=project.statement,
        difficulties=project.difficulties,
        goals=project.goals,
        reading=project.reading,
        needs=_terms(project.needs, terms),
        needs_ordered=project.needs_ordered,
        forms=_terms(project.forms, terms),
        genres=_terms(project.genres, terms),
        stages=_terms(project.stages, terms),
        languages=_languages(project.languages),
        countries=_terms(project.countries, terms),
        wishes=bonds.project_wishes.get(project.id, ()),
        past=bonds.past.get(project.id, ()),
        team=tuple(TeamMember(member.name, member.role) for member in project.members),
        demand=demand_of(project, edition),
        company=project.company,
    )


def mentor_profile(
    mentor: Participation, edition: Edition, terms: TermsByKey, bonds: Bonds | None = None
) -> MentorProfile:
    """Give the matcher's view of a mentor; what they offer in their own words is biography."""
    bonds = bonds or Bonds()
    return MentorProfile(
        id=mentor.code,
        name=mentor.user.name,
        bio="\n\n".join(part for part in (mentor.bio, mentor.offers_text) if part),
        offers=_terms(mentor.offers, terms),
        expertise=_terms(mentor.expertise, terms),
        credits=tuple(mentor.credits),
        forms=_terms(mentor.forms, terms),
        genres=_terms(mentor.genres, terms),
        stages=_terms(mentor.stages, terms),
        languages=_languages(mentor.languages),
        countries=_terms(mentor.countries, terms),
        wishes=bonds.mentor_wishes.get(mentor.id, ()),
        load=load_of(mentor, edition),
        company=mentor.company,
        available=tuple(Window(row.starts_at, row.ends_at) for row in windows_of(mentor)),
    )


def demand_of(project: Project, edition: Edition) -> Demand:
    """Give a project's own demand, else the edition's; its own number wins."""
    low, high = project.demand_low, project.demand_high
    if high is None:
        high = edition.demand_high if low is None else max(low, edition.demand_high)
    if low is None:
        low = min(edition.demand_low, high)
    return Demand(low, high)


def load_of(mentor: Participation, edition: Edition) -> Load:
    """Give a mentor's own load, else the edition's.

    A person's own number wins: the edition's minimum never exceeds a person's
    maximum, nor its maximum fall below a person's minimum.
    """
    low, high = mentor.load_low, mentor.load_high
    if high is None:
        high = (
            edition.load_high
            if low is None or edition.load_high is None
            else max(low, edition.load_high)
        )
    if low is None:
        low = edition.load_low if high is None else min(edition.load_low, high)
    return Load(low, high)


def _terms(keys: Sequence[str], terms: TermsByKey) -> tuple[ProfileTerm, ...]:
    return tuple(_term(key, terms.get(key)) for key in keys)


def _term(key: str, term: Term | None) -> ProfileTerm:
    if term is None:
        return ProfileTerm(key)
    labels = term.labels
    return ProfileTerm(labels.get("en") or next(iter(labels.values()), key), term.concept_id)


def _languages(rows: Iterable[Mapping[str, str | None]]) -> tuple[LanguageSkill, ...]:
    return tuple(
        LanguageSkill(code=row["code"], level=row.get("level"))  # type: ignore[arg-type]
        for row in rows
        if row.get("code")
    )
