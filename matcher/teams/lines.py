"""Pairs, covered needs and whatever is lacking, as a program's choices and lines."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.constraints import BoolArray, IntArray
from matcher.programs import Program
from matcher.teams.question import Question

Floats = NDArray[np.float64]
# Up to so many pairs all are looked at from the start; else the best of each side.
FEW_PAIRS = 40_000
FIRST_PAIRS = 24
FIRST_OF_A_KIND = 6


@dataclass(frozen=True, eq=False, slots=True)
class TeamLines:
    """A question as a program, and what each of its choices means.

    Attributes
    ----------
    question : Question
    program : Program
        The first lines are the projects', then the mentors'.
    rows, columns : int64 array, shape (n_pairs,)
        The pairs of the first choices.
    covered : int64 array, shape (n_projects, n_needs)
        The choice that says that a need is covered; -1 where nobody can.
    lacking, helped : tuple of int64 array, shape (n_projects,), one a requirement
        The choices that say how much a project lacks, and that somebody stands
        in; -1 where nothing is asked.
    short_projects, short_mentors : int64 array
        The choices that say how much they lack of their minimums; -1 for none.
    unit : float
        One unit of gain in the affinities' own numbers.
    gains : float64 array, shape (n_choices,)
        The worth; affinities lowered by the least, all plans having as many pairs.
    """

    question: Question
    program: Program
    rows: IntArray
    columns: IntArray
    covered: IntArray
    lacking: tuple[IntArray, ...]
    helped: tuple[IntArray, ...]
    short_projects: IntArray
    short_mentors: IntArray
    unit: float
    gains: Floats

    def chosen(self, choices: Floats) -> BoolArray:
        """Give the pairs of some choices, shape (n_projects, n_mentors)."""
        plan = np.zeros(self.question.values.shape, dtype=np.bool_)
        mine = choices[: len(self.rows)] > 0.5
        plan[self.rows[mine], self.columns[mine]] = True
        return plan

    def choices(self, chosen: BoolArray) -> Floats:
        """Give a plan as choices: the pairs, and the least that everything else must be."""
        rules = self.question.rules
        choices = self.program.least.copy()
        choices[: len(self.rows)] = chosen[self.rows, self.columns]
        _put(choices, self.covered, rules.covered(chosen))
        for one, lacking, helped in zip(rules.requirements, self.lacking, self.helped, strict=True):
            _put(choices, lacking, one.missing(chosen))
            _put(choices, helped, one.stood_in(chosen))
        limits = self.question.constraints
        by_row, by_column = chosen.sum(axis=1), chosen.sum(axis=0)
        _put(choices, self.short_projects, np.maximum(limits.demand_low - by_row, 0))
        _put(choices, self.short_mentors, np.maximum(limits.load_low - by_column, 0))
        return choices

    def hard_lacking(self) -> Floats:
        """Give 1 for each choice that says what a hard minimum lacks, shape (n_choices,)."""
        marks = np.zeros(len(self.gains))
        for one, lacking in zip(self.question.rules.requirements, self.lacking, strict=True):
            if one.price is None:
                marks[lacking[lacking >= 0]] = 1.0
        return marks

    def lacking_at_most(self, missing: int) -> TeamLines:
        """Give the same for the plans alone that lack no more of the hard minimums."""
        marks = self.hard_lacking()
        if missing == 0:
            most = np.where(marks > 0, 0.0, self.program.most)
            return replace(self, program=replace(self.program, most=most))
        return replace(self, program=self.program.with_line(marks, -np.inf, float(missing)))

    def pair_marks(self) -> Floats:
        """Give 1 for each pair, shape (n_choices,)."""
        marks = np.zeros(len(self.gains))
        marks[: len(self.rows)] = 1.0
        return marks

    def short_marks(self) -> Floats:
        """Give 1 for each choice that says what a minimum lacks, shape (n_choices,)."""
        marks = np.zeros(len(self.gains))
        for some in (self.short_projects, self.short_mentors):
            marks[some[some >= 0]] = 1.0
        return marks

    def first(self) -> BoolArray:
        """Tell the choices that are likely to be in a good plan, shape (n_choices,)."""
        inside = np.ones(len(self.gains), dtype=np.bool_)
        if len(self.rows) <= FEW_PAIRS:
            return inside
        shape = self.question.values.shape
        worth = np.full(shape, -np.inf)
        worth[self.rows, self.columns] = self.gains[: len(self.rows)]
        rules = self.question.rules
        helpful = worth.copy()
        rows, columns, needs = rules.cells.T
        np.add.at(helpful, (rows, columns), rules.weights[rows, needs] / self.unit)
        near = _best_of_each(worth, FIRST_PAIRS) | _best_of_each(helpful, FIRST_PAIRS)
        for one in rules.requirements:
            some = one.marks & (one.asked > 0)[:, None]
            near |= _best_of_each(np.where(some, worth, -np.inf), FIRST_OF_A_KIND)
        inside[: len(self.rows)] = near[self.rows, self.columns]
        return inside


def _put(choices: Floats, where: IntArray, values: NDArray[np.generic]) -> None:
    some = where >= 0
    choices[where[some]] = values[some]


def _best_of_each(worth: Floats, count: int) -> BoolArray:
    near = np.zeros(worth.shape, dtype=np.bool_)
    for axis in (0, 1):
        nth = min(count, worth.shape[axis])
        cut = -np.partition(-worth, nth - 1, axis=axis).take([nth - 1], axis=axis)
        near |= worth >= cut
    return near & np.isfinite(worth)
