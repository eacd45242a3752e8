"""The plan that stands, as an array, and which of its pairs can stay at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matcher.constraints import BoolArray, Constraints, nearest_id
from matcher.errors import MatcherError
from matcher.fairness.best_plans import BestPlans

Pair = tuple[str, str]
Previous = NDArray[np.bool_] | Iterable[Pair]


@dataclass(frozen=True, slots=True)
class Impossible:
    """A standing pair that cannot stay, whatever a change costs.

    Attributes
    ----------
    project, mentor : str
    why : {"conflict", "no_place"}
        A conflict forbids it; or no plan as good in pairs and minimums has a
        place for it beside the locks.
    """

    project: str
    mentor: str
    why: Literal["conflict", "no_place"]


def standing_pairs(previous: Previous, constraints: Constraints) -> BoolArray:
    """Give the standing plan as an array, shape (n_projects, n_mentors).

    Parameters
    ----------
    previous : bool array, shape (n_projects, n_mentors), or iterable of (str, str)
        The pairs of a project's and a mentor's id; one given twice is one.
    constraints : Constraints

    Raises
    ------
    MatcherError
        The array's shape is another, or a pair names an unknown id: correct it,
        or leave out the pairs of people who are gone.
    """
    if isinstance(previous, np.ndarray):
        if previous.shape != constraints.shape:
            rows, columns = (*previous.shape, 1, 1)[:2]
            projects, mentors = constraints.shape
            raise MatcherError(
                "previous_shape", rows=rows, columns=columns, projects=projects, mentors=mentors
            )
        return previous.astype(np.bool_)
    rows_of = {one: at for at, one in enumerate(constraints.project_ids)}
    columns_of = {one: at for at, one in enumerate(constraints.mentor_ids)}
    pairs = np.zeros(constraints.shape, dtype=np.bool_)
    for project, mentor in previous:
        for side, one, known in (("project", project, rows_of), ("mentor", mentor, columns_of)):
            if one not in known:
                nearest = nearest_id(one, known) if known else ""
                raise MatcherError(f"previous_unknown_{side}", id=one, nearest=nearest)
        pairs[rows_of[project], columns_of[mentor]] = True
    return pairs


def keepable(standing: BoolArray, plans: BestPlans) -> BoolArray:
    """Tell which standing pairs some best plan keeps, shape (n_projects, n_mentors)."""
    kept = standing & plans.some_plan
    while True:
        waiting = standing & plans.open_pairs & ~kept
        if not waiting.any():
            return kept
        found = plans.cheapest((~waiting).astype(np.int64)).some_plan & waiting
        if not found.any():
            return kept
        kept = kept | found
