"""What there is to say about a plan, gathered once for the summary and the JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matcher.assignment import Assignment
from matcher.certainty import AffinityWord
from matcher.constraints import Constraints, IntArray
from matcher.errors import Note
from matcher.profiles import Conflict
from matcher.reason_values import Reason

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fill:
    """What one of ``--demand --min-load --max-load`` did.

    Attributes
    ----------
    flag : str
        As typed, with its value: ``--demand 2``.
    n_filled, n_rows : int
        The empty cells it filled, of so many rows.
    side : str
        Whose cells: ``project`` or ``mentor``.
    """

    flag: str
    n_filled: int
    n_rows: int
    side: str


@dataclass(frozen=True, slots=True)
class InputFacts:
    """What was noticed while reading, whatever is worked out afterwards.

    Attributes
    ----------
    notes : tuple of (str, Note)
        Terms and cells that could not be understood, each with its file.
    fills : tuple of Fill
    thin_projects, thin_mentors : tuple of int
        Rows and columns of profiles with too little in them to match on.
    without_encoder : Note or None
        Why the sentence encoder that was asked for did not read the texts.
    """

    notes: tuple[tuple[str, Note], ...] = ()
    fills: tuple[Fill, ...] = ()
    thin_projects: tuple[int, ...] = ()
    thin_mentors: tuple[int, ...] = ()
    without_encoder: Note | None = None


@dataclass(frozen=True, eq=False, slots=True)
class PlanFacts:
    """A plan with everything that words it.

    Attributes
    ----------
    plan : Assignment
    limits : Constraints
    affinity : float64 array, shape (n_projects, n_mentors)
    project_names, mentor_names : tuple of str
        Titles and names; equal to the ids where there are none.
    reasons : mapping of (int, int) to tuple of Reason
        For each chosen pair and for all pairs of the worst-off project; empty
        for a matrix of foreign numbers.
    words : mapping of (int, int) to str
        The affinity's word for each chosen pair; empty likewise.
    soft_conflicts : tuple of Conflict
        Those that forbid nothing (``ask``, ``tell``).
    read : InputFacts
    """

    plan: Assignment
    limits: Constraints
    affinity: NDArray[np.float64]
    project_names: tuple[str, ...]
    mentor_names: tuple[str, ...]
    reasons: Mapping[Pair, tuple[Reason, ...]] = field(default_factory=dict)
    words: Mapping[Pair, AffinityWord] = field(default_factory=dict)
    soft_conflicts: tuple[Conflict, ...] = ()
    read: InputFacts = field(default_factory=InputFacts)

    def ranks(self) -> IntArray:
        """Each chosen mentor's rank among its project's, 0 elsewhere."""
        return self.plan.ranks(self.affinity)

    def pairs(self) -> list[Pair]:
        """The chosen pairs: projects in the order of rows, each one's best mentor first."""
        ranks = self.ranks()
        found = [(int(row), int(column)) for row, column in np.argwhere(ranks > 0)]
        return sorted(found, key=lambda pair: (pair[0], int(ranks[pair])))

    def loads(self) -> list[int]:
        """How many projects each mentor has."""
        return [int(load) for load in self.plan.chosen.sum(axis=0)]

    def worst_project(self) -> int | None:
        """The row whose mentors fit it least on average; None where nobody has one."""
        return worst_row(self.plan, self.affinity, self.limits.project_ids)

    def first_need_met(self, row: int) -> bool:
        """Whether one of a project's mentors meets its first-named need."""
        return any(
            reason.code == "need_met" and reason.params.get("rank") == 1
            for column in np.flatnonzero(self.plan.chosen[row])
            for reason in self.reasons.get((row, int(column)), ())
        )

    def unmet_by_all(self, row: int) -> str | None:
        """The first need of a project that nobody here meets, as a concept or in its words."""
        if not self.limits.mentor_ids:
            return None
        for column in range(len(self.limits.mentor_ids)):
            reasons = self.reasons.get((row, column), ())
            unmet = [one for one in reasons if one.code == "first_need_unmet"]
            if not unmet:
                return None
        return str(unmet[0].params["need"])

    def hard_to_compare(self) -> list[int]:
        """Rows with mentors whose words could be compared with none of them.

        Not those whose first need is met: that need has been understood.
        """
        by_row: dict[int, set[AffinityWord]] = {}
        for (row, _), word in self.words.items():
            by_row.setdefault(row, set()).add(word)
        return [
            row
            for row, words in sorted(by_row.items())
            if words == {"unknown"}
            and row not in self.read.thin_projects
            and not self.first_need_met(row)
        ]

    def better_elsewhere(self, row: int) -> int | None:
        """The mentor that fits a project best, where the plan gives it only lesser ones."""
        best = int(np.argmax(self.affinity[row]))
        mine = self.affinity[row][self.plan.chosen[row]]
        return best if len(mine) and self.affinity[row, best] > mine.max() else None

    def chosen_soft_conflicts(self) -> list[Conflict]:
        """Declared reasons against chosen pairs, which the organizers should look at."""
        rows = {one: row for row, one in enumerate(self.limits.project_ids)}
        columns = {one: column for column, one in enumerate(self.limits.mentor_ids)}
        return [
            conflict
            for conflict in self.soft_conflicts
            if self.plan.chosen[rows[conflict.project], columns[conflict.mentor]]
        ]


def worst_row(
    plan: Assignment, affinity: NDArray[np.float64], project_ids: Sequence[str]
) -> int | None:
    """Give the row whose mentors fit it least on average; None where nobody has one."""
    counts = plan.chosen.sum(axis=1)
    rows = [int(row) for row in np.flatnonzero(counts > 0)]
    # Divided first: a sum of numbers near the largest float would overflow.
    shares = np.where(plan.chosen, affinity, 0.0) / np.maximum(counts, 1)[:, None]
    means = shares.sum(axis=1)
    return min(rows, key=lambda row: (means[row], project_ids[row]), default=None)
