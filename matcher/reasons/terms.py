"""Reasons in what both sides ticked, and in what one of them left blank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from matcher.certainty import too_little_known
from matcher.feature_names import LIFTING, OPTIONAL, TEXT_CHANNELS
from matcher.items import mentor_items, project_items
from matcher.needs import needs_of
from matcher.overlaps import language_levels, neighbours, term_keys
from matcher.profiles import LanguageSkill, MentorProfile, ProjectProfile, Term
from matcher.reason_values import Parameter, Place, Reason, SideName

ListName = Literal["forms", "genres", "stages"]
_NOT_ASKED = frozenset({*OPTIONAL, *LIFTING, "encoder"})

# Each feature of ticked terms, and the field that it compares.
SHARED_TERMS: tuple[tuple[str, ListName], ...] = (
    ("form", "forms"),
    ("genre", "genres"),
    ("stage", "stages"),
)


def language_reason(
    project: ProjectProfile, mentor: MentorProfile, value: float, share: float
) -> Reason:
    """Name the best language both speak, or that there is none."""
    ours, theirs = language_levels(project.languages), language_levels(mentor.languages)
    if value <= 0:
        params = {"project": tuple(ours), "mentor": tuple(theirs)}
        return Reason("no_shared_language", -share, params)
    both = [code for code in ours if code in theirs]
    best = max(both, key=lambda code: min(ours[code], theirs[code]))
    level = _level_of(best, project.languages, mentor.languages)
    return Reason("language_shared", share * value, {"language": best, "level": level})


def _level_of(code: str, ours: Sequence[LanguageSkill], theirs: Sequence[LanguageSkill]) -> str:
    """Give the level of whoever speaks a language less well; empty if one is unknown."""
    weakest: LanguageSkill | None = None
    for skills in (ours, theirs):
        own = [skill for skill in skills if skill.code == code]
        best = max(own, key=lambda skill: language_levels([skill])[code])
        if best.level is None:
            return ""
        if weakest is None or _order(best) < _order(weakest):
            weakest = best
    return (weakest.level or "") if weakest else ""


def _order(skill: LanguageSkill) -> int:
    return ("A1", "A2", "B1", "B2", "C1", "C2", "native").index(skill.level or "A1")


def terms_shared(
    feature: str,
    listed: ListName,
    project: ProjectProfile,
    mentor: MentorProfile,
    weight: float,
) -> Reason:
    """Name the terms both sides ticked, else those that stand side by side."""
    ours: Sequence[Term] = getattr(project, listed)
    theirs: Sequence[Term] = getattr(mentor, listed)
    their_keys = term_keys(theirs)
    shared = [key for key in term_keys(ours) if key in their_keys]
    near: list[str] = []
    if not shared:
        beside = {key: neighbours(key) for key in their_keys}
        near = [key for key in their_keys if not set(beside[key]).isdisjoint(term_keys(ours))]
        reached = {each for key in near for each in beside[key]}
        shared = [key for key in term_keys(ours) if key in reached]
    places = [*term_places("project", listed, ours, shared)]
    places += term_places("mentor", listed, theirs, near or shared)
    params: dict[str, Parameter] = {"terms": tuple(shared)}
    if near:
        params["near"] = tuple(near)
    return Reason(f"{feature}_shared", weight, params, tuple(places))


def term_places(
    side: SideName, listed: str, terms: Sequence[Term], keys: Sequence[str]
) -> list[Place]:
    """Give where one side's list names any of some keys."""
    return [
        Place(side, f"{listed}[{place}]", 0, len(term.text))
        for place, term in enumerate(terms)
        if any(key in keys for key in term_keys([term]))
    ]


def not_known(
    project: ProjectProfile, mentor: MentorProfile, known: Mapping[str, bool]
) -> list[Reason]:
    """Name the side that is too thin, else what each side did not say."""
    reasons: list[Reason] = []
    blank: dict[SideName, list[str]] = {"project": [], "mentor": []}
    for feature, is_known in known.items():
        # Of what few people are asked about, nobody left anything blank.
        if not is_known and feature not in _NOT_ASKED:
            for side in _silent_sides(feature, project, mentor):
                blank[side].append(feature)
    profiles: tuple[tuple[SideName, ProjectProfile | MentorProfile], ...] = (
        ("project", project),
        ("mentor", mentor),
    )
    for side, profile in profiles:
        missing = tuple(blank[side])
        if too_little_known(profile):
            reasons.append(Reason(f"{side}_too_thin", 0.0, {"missing": missing}))
        elif missing:
            reasons.append(Reason("not_said", 0.0, {"side": side, "missing": missing}))
    return reasons


def _silent_sides(
    feature: str, project: ProjectProfile, mentor: MentorProfile
) -> Iterable[SideName]:
    """Say which side left a feature blank; neither, where only languages differ."""
    if feature in TEXT_CHANNELS:
        blanks = (not project_items(project), not mentor_items(mentor))
    elif feature == "needs":
        blanks = (not needs_of(project), not (mentor.expertise or mentor.offers))
    elif feature == "language":
        blanks = (not project.languages, not mentor.languages)
    else:
        listed = f"{feature}s"
        ours, theirs = getattr(project, listed), getattr(mentor, listed)
        blanks = (not term_keys(ours), not term_keys(theirs))
    if blanks[0]:
        yield "project"
    if blanks[1]:
        yield "mentor"
