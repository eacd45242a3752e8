"""How well affinities put the right mentors first, beside what chance would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.errors import MatcherError
from matcher.evaluation.measured import N_RESAMPLES, Measured, mean_of
from matcher.evaluation.ordering import ordering_loss
from matcher.evaluation.places import (
    first_right,
    mean_place,
    mean_reciprocal,
    odds_of_places,
    odds_within,
)
from matcher.evaluation.shares import LanguageShare, language_shares

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# Hits are counted among the first so many mentors, shares of these places given.
PLACES = (1, 3, 5)
_SHARED_PLACES = (1, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How often the right mentor comes first, for a group of projects and of mentors.

    Attributes
    ----------
    project_language, mentor_language : str
        Empty for all of them.
    n_projects, n_mentors : int
        Projects with a right mentor in the group, and all its mentors.
    mean_reciprocal_rank : Measured
        1 when a right mentor always comes first, 0.5 when second.
    hits : dict of int to Measured
        The part of projects with a right mentor among the first 1, 3, 5.
    chance : float
        The mean reciprocal rank of a random order.
    chance_hits : dict of int to float
    """

    project_language: str = ""
    mentor_language: str = ""
    n_projects: int
    n_mentors: int
    mean_reciprocal_rank: Measured
    hits: dict[int, Measured]
    chance: float
    chance_hits: dict[int, float]


@dataclass(frozen=True)
class RankingReport:
    """What there is to say about a ranking.

    Attributes
    ----------
    overall : Figures
    by_language : tuple of Figures
        One for each language of projects and of mentors; the mentors of other
        languages are taken out of the ranking.
    shares : tuple of LanguageShare
        Empty where all mentors write one language.
    loss : Measured or None
        See :func:`matcher.evaluation.ordering.ordering_loss`; None without
        different grades.
    places, reciprocal_ranks : float arrays (n_projects,)
        Of each project's first right mentor, tied orders averaged; NaN for
        projects left out.
    left_out : tuple of int
        Rows of projects for which nobody is right.
    """

    overall: Figures
    by_language: tuple[Figures, ...]
    shares: tuple[LanguageShare, ...]
    loss: Measured | None
    places: Floats
    reciprocal_ranks: Floats
    left_out: tuple[int, ...]


def evaluate_ranking(
    affinity: NDArray[Any],
    gold: NDArray[Any],
    *,
    project_languages: Sequence[str] | None = None,
    mentor_languages: Sequence[str] | None = None,
    n_resamples: int = N_RESAMPLES,
    random_state: int = 0,
) -> RankingReport:
    """Tell how high the right mentors stand in each project's order.

    Parameters
    ----------
    affinity : float array (n_projects, n_mentors)
        Higher is better; any scale.
    gold : bool or float array (n_projects, n_mentors)
        True or a grade above 0 where the mentor is right; a project may have
        several. False, or NaN where grades are given, says nothing.
    project_languages, mentor_languages : sequences of str, optional
        In which language each profile is written; empty where unknown.
    n_resamples : int, default 2000
    random_state : int, default 0
        Of the intervals, which are over projects.

    Returns
    -------
    RankingReport

    Raises
    ------
    MatcherError
        Where shapes or lengths do not agree, an affinity is not finite, or no
        project has a right mentor.

    References
    ----------
    Voorhees, E. M. (1999). The TREC-8 question answering track report (mean
    reciprocal rank). doi:10.6028/NIST.SP.500-246

    Examples
    --------
    >>> affinity = np.array([[0.9, 0.1, 0.2], [0.5, 0.7, 0.6]])
    >>> report = evaluate_ranking(affinity, np.array([[1, 0, 0], [0, 0, 1]]))
    >>> report.overall.mean_reciprocal_rank.value, round(report.overall.chance, 3)
    (0.75, 0.611)
    """
    values, grades = _checked(affinity, gold)
    n_projects, n_mentors = values.shape
    right = np.nan_to_num(grades) > 0
    rows = np.flatnonzero(right.any(axis=1))
    if not len(rows):
        raise MatcherError("gold_empty")
    ours = _languages(project_languages, n_projects, "projects")
    theirs = _languages(mentor_languages, n_mentors, "mentors")
    drawing = {"n_resamples": n_resamples, "random_state": random_state}
    places, reciprocal = np.full(n_projects, np.nan), np.full(n_projects, np.nan)
    for row in rows:
        ahead, odds = first_right(values[row], right[row])
        places[row], reciprocal[row] = mean_place(ahead, odds), mean_reciprocal(ahead, odds)
    return RankingReport(
        overall=_figures(values[rows], right[rows], drawing),
        by_language=_by_language(values[rows], right[rows], ours[rows], theirs, drawing),
        shares=language_shares(
            values[rows], right[rows], list(ours[rows]), list(theirs), _SHARED_PLACES, **drawing
        ),
        loss=ordering_loss(values, grades, **drawing),
        places=places,
        reciprocal_ranks=reciprocal,
        left_out=tuple(int(row) for row in np.flatnonzero(~right.any(axis=1))),
    )


def _checked(affinity: NDArray[Any], gold: NDArray[Any]) -> tuple[Floats, Floats]:
    values, grades = np.asarray(affinity, dtype=np.float64), np.asarray(gold)
    if values.ndim != 2 or grades.shape != values.shape:
        raise MatcherError("gold_shape", affinity=str(values.shape), gold=str(grades.shape))
    bad = np.argwhere(~np.isfinite(values))
    if len(bad):
        row, column = (int(at) for at in bad[0])
        raise MatcherError(
            "affinity_not_finite",
            project=str(row),
            mentor=str(column),
            value=str(values[row, column]),
        )
    if grades.dtype == np.bool_:
        return values, np.where(grades, 1.0, np.nan)
    return values, grades.astype(np.float64)


def _languages(given: Sequence[str] | None, n_people: int, side: str) -> NDArray[np.str_]:
    if given is not None and len(given) != n_people:
        raise MatcherError("languages_shape", side=side, given=len(given), people=n_people)
    return np.array(list(given or [""] * n_people), dtype=np.str_)


def _by_language(
    values: Floats,
    right: Bools,
    ours: NDArray[np.str_],
    theirs: NDArray[np.str_],
    drawing: dict[str, int],
) -> tuple[Figures, ...]:
    found = []
    for asking in sorted({str(one) for one in ours if one}):
        for answering in sorted({str(one) for one in theirs if one}):
            own = right[:, theirs == answering]
            rows = (ours == asking) & own.any(axis=1)
            if rows.any():
                part = values[rows][:, theirs == answering]
                found.append(_figures(part, own[rows], drawing, asking, answering))
    return tuple(found)


def _figures(
    values: Floats, right: Bools, drawing: dict[str, int], asking: str = "", answering: str = ""
) -> Figures:
    """Give the figures of projects that all have a right mentor here."""
    n_projects, n_mentors = values.shape
    standing = [first_right(*pair) for pair in zip(values, right, strict=True)]
    by_chance = [odds_of_places(n_mentors, int(n)) for n in right.sum(axis=1)]
    return Figures(
        project_language=asking,
        mentor_language=answering,
        n_projects=n_projects,
        n_mentors=n_mentors,
        mean_reciprocal_rank=mean_of(
            np.array([mean_reciprocal(*one) for one in standing]), **drawing
        ),
        hits={
            places: mean_of(np.array([odds_within(*one, places) for one in standing]), **drawing)
            for places in PLACES
        },
        chance=float(np.mean([mean_reciprocal(0, odds) for odds in by_chance])),
        chance_hits={
            places: float(np.mean([odds_within(0, odds, places) for odds in by_chance]))
            for places in PLACES
        },
    )
