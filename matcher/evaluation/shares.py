"""Which language's mentors get the best places: what a matcher prefers without being asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.evaluation.measured import Measured, mean_of

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageShare:
    """What part of one group of projects' best places one language's mentors get.

    Attributes
    ----------
    project_language, mentor_language : str
    n_projects : int
    in_pool : float
        The language's part of all mentors, in 0..1.
    among_right : float
        Its part of the right mentors of these projects, in 0..1.
    top : dict of int to Measured
        Its part of the first so many places, in 0..1.
    """

    project_language: str
    mentor_language: str
    n_projects: int
    in_pool: float
    among_right: float
    top: dict[int, Measured]


def part_of_top(affinity: Floats, group: Bools, places: int) -> Floats:
    """Give which part of each project's first places goes to a group of mentors.

    Parameters
    ----------
    affinity : float array (n_projects, n_mentors)
    group : bool array (n_mentors,)
    places : int
        From 1 to ``n_mentors``.

    Returns
    -------
    float array (n_projects,)
        In 0..1. Tied mentors share the places that are left for them.

    Examples
    --------
    >>> part_of_top(np.array([[0.9, 0.5, 0.5]]), np.array([True, True, False]), 2).tolist()
    [0.75]
    """
    last = np.partition(affinity, -places, axis=1)[:, -places][:, np.newaxis]
    above, tied = affinity > last, affinity == last
    left = places - above.sum(axis=1)
    part: Floats = (
        (above & group).sum(axis=1) + left * (tied & group).sum(axis=1) / tied.sum(axis=1)
    ) / places
    return part


def language_shares(
    affinity: Floats,
    right: Bools,
    project_languages: Sequence[str],
    mentor_languages: Sequence[str],
    places: Sequence[int],
    *,
    n_resamples: int,
    random_state: int,
) -> tuple[LanguageShare, ...]:
    """Give every language's share for every language of projects; none in a pool of one language.

    Parameters
    ----------
    affinity, right : arrays (n_projects, n_mentors)
    project_languages, mentor_languages : sequences of str
        An empty one is unknown and makes no group of its own.
    places : sequence of int
    n_resamples, random_state : int

    Returns
    -------
    tuple of LanguageShare
    """
    theirs = np.array(mentor_languages)
    languages = sorted({one for one in mentor_languages if one})
    if len(languages) < 2:
        return ()
    shares = []
    for asking in sorted({one for one in project_languages if one}):
        rows = np.array(project_languages) == asking
        for language in languages:
            group = theirs == language
            top = {
                n: mean_of(
                    part_of_top(affinity[rows], group, min(n, len(theirs))),
                    n_resamples=n_resamples,
                    random_state=random_state,
                )
                for n in places
            }
            shares.append(
                LanguageShare(
                    project_language=asking,
                    mentor_language=language,
                    n_projects=int(rows.sum()),
                    in_pool=float(group.mean()),
                    among_right=float(right[rows][:, group].sum() / right[rows].sum()),
                    top=top,
                )
            )
    return tuple(shares)
