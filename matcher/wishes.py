"""Whom each side would like, and who has worked together before."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.profiles import MentorProfile, ProjectProfile

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# Of one list so many names are read.
MOST_WISHES = 20


def wish_values(
    projects: Sequence[ProjectProfile], mentors: Sequence[MentorProfile]
) -> tuple[Floats, Bools]:
    """Give how much each pair is wished for, by both sides' lists.

    A first wish counts 1, a second 1/2, a third 1/3; of the two sides the mean
    is taken, so that a wish of both counts most.

    Parameters
    ----------
    projects, mentors : sequences of profiles

    Returns
    -------
    values : float array (n_projects, n_mentors)
        In 0..1.
    known : bool array (n_projects, n_mentors)
        Where either side named the other. Who is not named is not refused.

    Examples
    --------
    >>> film = ProjectProfile(id="p1", wishes=("m2", "m1"))
    >>> people = [MentorProfile(id="m1"), MentorProfile(id="m2", wishes=("p1",))]
    >>> wish_values([film], people)[0].tolist()
    [[0.25, 1.0]]
    """
    ours = _ranks([project.wishes for project in projects], [mentor.id for mentor in mentors])
    theirs = _ranks([mentor.wishes for mentor in mentors], [project.id for project in projects])
    values: Floats = (ours + theirs.T) / 2.0
    return values, values > 0.0


def past_values(
    projects: Sequence[ProjectProfile], mentors: Sequence[MentorProfile]
) -> tuple[Floats, Bools]:
    """Give 1 for each pair that has worked together in an earlier year.

    Returns
    -------
    values : float array (n_projects, n_mentors)
        0 or 1.
    known : bool array (n_projects, n_mentors)
        Where it has.
    """
    ours = _ranks([project.past for project in projects], [mentor.id for mentor in mentors])
    theirs = _ranks([mentor.past for mentor in mentors], [project.id for project in projects])
    known: Bools = (ours + theirs.T) > 0.0
    return known.astype(np.float64), known


def _ranks(lists: Sequence[Sequence[str]], ids: Sequence[str]) -> Floats:
    """Give 1, 1/2, 1/3 … for what each list names, in its order (n_lists, n_ids)."""
    column_of = {one: column for column, one in enumerate(ids)}
    values = np.zeros((len(lists), len(ids)))
    for row, names in enumerate(lists):
        for rank, name in enumerate(dict.fromkeys(names[:MOST_WISHES]), start=1):
            if name in column_of:
                values[row, column_of[name]] = 1.0 / rank
    return values
