"""What both sides ticked: form, genre, stage, craft, territory, and a language to talk in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.folding import fold
from matcher.items import MAX_ITEMS
from matcher.profiles import LanguageLevel, LanguageSkill, MentorProfile, ProjectProfile, Term
from matcher.vocabulary import Vocabulary

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
TermList = Literal["forms", "genres", "stages"]

# Somebody good at rough cuts is half as good at the stage before or after it,
# and who helps one kind of documentary half helps another.
NEIGHBOUR_CREDIT = 0.5
_DOCUMENTARY = (
    "form.documentary",
    "form.creative-documentary",
    "form.observational-documentary",
    "form.essay",
    "form.archive",
)

# "director, editor" and "director / editor" are two roles.
_ROLES = re.compile(r"[,;/&]|\s+and\s+|\s+и\s+")

# How well a talk about a film goes when the weaker of two speaks so well. No
# level is unknown, not zero: who names a language mostly gets by in it.
LEVEL_CREDIT: dict[LanguageLevel | None, float] = {
    "native": 1.0,
    "C2": 1.0,
    "C1": 1.0,
    "B2": 1.0,
    "B1": 0.6,
    "A2": 0.3,
    "A1": 0.1,
    None: 0.8,
}


def term_keys(terms: Sequence[Term]) -> list[str]:
    """Give what each distinct term is compared by, in order; blank ones left out."""
    keys = (term.concept or fold(term.text) for term in terms[:MAX_ITEMS])
    return list(dict.fromkeys(key for key in keys if key))


def term_values(
    projects: Sequence[ProjectProfile],
    mentors: Sequence[MentorProfile],
    kind: TermList,
) -> tuple[Floats, Bools]:
    """Give the share of each project's terms that each mentor lists.

    A stage that stands next to a listed one counts half, and so does one kind
    of documentary for another.

    Parameters
    ----------
    projects, mentors : sequences of profiles
    kind : str
        The field to compare.

    Returns
    -------
    values : float array (n_projects, n_mentors)
        In 0..1, 0 where unknown.
    known : bool array (n_projects, n_mentors)
        Where both sides named at least one.
    """
    wanted = [term_keys(getattr(project, kind)) for project in projects]
    listed = [term_keys(getattr(mentor, kind)) for mentor in mentors]
    return _shares_met(wanted, listed, beside=kind != "genres")


def territory_values(
    projects: Sequence[ProjectProfile], mentors: Sequence[MentorProfile]
) -> tuple[Floats, Bools]:
    """Give the share of each project's countries whose ground a mentor knows.

    A mentor's own country is not read: where somebody comes from is no feature.

    Returns
    -------
    values : float array (n_projects, n_mentors)
        In 0..1, 0 where unknown.
    known : bool array (n_projects, n_mentors)
        Where the film has a country and the mentor named territories.
    """
    wanted = [term_keys(project.countries) for project in projects]
    listed = [term_keys(mentor.territories) for mentor in mentors]
    return _shares_met(wanted, listed, beside=False)


def craft_values(
    projects: Sequence[ProjectProfile], mentors: Sequence[MentorProfile]
) -> tuple[Floats, Bools]:
    """Give the share of the crafts in each project's team that each mentor shares.

    Returns
    -------
    values : float array (n_projects, n_mentors)
        In 0..1, 0 where unknown.
    known : bool array (n_projects, n_mentors)
        Where the team names a craft of the vocabulary, and the mentor does.
    """
    wanted = [
        _crafts(part for member in project.team for part in _ROLES.split(member.role))
        for project in projects
    ]
    listed = [
        _crafts(term.concept or "" for term in (*mentor.expertise, *mentor.offers))
        for mentor in mentors
    ]
    return _shares_met(wanted, listed, beside=False)


def _crafts(names: Iterable[str]) -> list[str]:
    """Give the crafts among some names, each once."""
    found = (Vocabulary.load().recognise(name.strip(), "craft") for name in names if name.strip())
    return list(dict.fromkeys(craft.id for craft in found if craft))[:MAX_ITEMS]


def _shares_met(
    wanted: Sequence[Sequence[str]], listed: Sequence[Sequence[str]], *, beside: bool
) -> tuple[Floats, Bools]:
    """Give the share of each row's keys that each other row lists, and where both have any."""
    columns = {key: n for n, key in enumerate(dict.fromkeys(key for row in wanted for key in row))}
    credit = _indicator(listed, columns).toarray()
    if beside:
        credit = np.maximum(credit, NEIGHBOUR_CREDIT * _beside(listed, columns))
    met = np.asarray(_indicator(wanted, columns) @ credit.T, dtype=np.float64)
    counts = np.array([[len(row)] for row in wanted], dtype=np.float64).reshape(-1, 1)
    known = (counts > 0) & np.array([bool(row) for row in listed], dtype=np.bool_)
    return np.where(known, met / np.maximum(counts, 1.0), 0.0), known


def _indicator(rows: Sequence[Sequence[str]], columns: dict[str, int]) -> sparse.csr_matrix:
    """Give a 1 for each key that a row names, sparse (n_rows, n_columns)."""
    places = [[columns[key] for key in row if key in columns] for row in rows]
    ends = np.cumsum([0, *map(len, places)])
    flat = [column for row in places for column in row]
    shape = (len(rows), max(len(columns), 1))
    return sparse.csr_matrix((np.ones(len(flat)), flat, ends), shape=shape)


def neighbours(key: str) -> list[str]:
    """Give the stages just before and after one, or a documentary's other kinds.

    Examples
    --------
    >>> neighbours("stage.rough-cut")
    ['stage.assembly', 'stage.fine-cut']
    """
    if key in _DOCUMENTARY:
        return [kind for kind in _DOCUMENTARY if kind != key]
    order = [stage.id for stage in Vocabulary.load().concepts("stage")]
    if key not in order:
        return []
    place = order.index(key)
    return order[max(place - 1, 0) : place] + order[place + 1 : place + 2]


def _beside(listed: Sequence[Sequence[str]], columns: dict[str, int]) -> Floats:
    near = {key: neighbours(key) for key in {key for row in listed for key in row}}
    rows = [list({each for key in row for each in near[key]}) for row in listed]
    beside: Floats = _indicator(rows, columns).toarray()
    return beside


# In a language that somebody would rather not talk in, a talk goes so well.
NOT_WISHED = 0.8


def language_levels(skills: Sequence[LanguageSkill]) -> dict[str, float]:
    """Give how well a talk goes in each of somebody's languages, in 0..1."""
    best: dict[str, float] = {}
    for skill in skills[:MAX_ITEMS]:
        credit = LEVEL_CREDIT[skill.level]
        best[skill.code] = max(credit, best.get(skill.code, 0.0))
    return best


def _spoken(profile: ProjectProfile | MentorProfile) -> dict[str, float]:
    """Give how well a talk goes in each language; who wishes to talk in one speaks it."""
    levels = language_levels(profile.languages)
    for code in profile.talk_in[:MAX_ITEMS]:
        levels.setdefault(code, LEVEL_CREDIT[None])
    return levels


def language_values(
    projects: Sequence[ProjectProfile], mentors: Sequence[MentorProfile]
) -> tuple[Floats, Bools]:
    """Give how well each pair can talk, in the best language they share.

    1 when both speak it at B2 or better, less when the weaker of the two
    speaks it less well (:data:`LEVEL_CREDIT`), 0 without a common language. A
    language counts :data:`NOT_WISHED` for each side that named the languages it
    wishes to talk in and not this one.

    Parameters
    ----------
    projects, mentors : sequences of profiles

    Returns
    -------
    values : float array (n_projects, n_mentors)
        In 0..1.
    known : bool array (n_projects, n_mentors)
        Where both sides named a language.
    """
    ours = [_spoken(project) for project in projects]
    theirs = [_spoken(mentor) for mentor in mentors]
    values = np.zeros((len(ours), len(theirs)))
    for code in sorted({code for row in ours for code in row}):
        rows = [n for n, row in enumerate(ours) if code in row]
        columns = [n for n, row in enumerate(theirs) if code in row]
        if columns:
            levels = np.minimum.outer(
                [ours[n][code] for n in rows], [theirs[n][code] for n in columns]
            )
            place = np.ix_(rows, columns)
            levels *= np.multiply.outer(
                [_wish(projects[n].talk_in, code) for n in rows],
                [_wish(mentors[n].talk_in, code) for n in columns],
            )
            values[place] = np.maximum(values[place], levels)
    has = np.array([bool(row) for row in ours], dtype=np.bool_).reshape(-1, 1)
    return values, has & np.array([bool(row) for row in theirs], dtype=np.bool_)


def _wish(talk_in: Sequence[str], code: str) -> float:
    return 1.0 if not talk_in or code in talk_in else NOT_WISHED
