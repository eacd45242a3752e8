"""Rules as arrays in the order of ids, and where a plan stands by them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matcher.constraints import BoolArray, IntArray

Floats = NDArray[np.float64]
Cause = Literal["nobody_possible", "shortage", "price"]
# Hours are kept to this part of what a mentor has.
HOURS_KEPT_TO = 1e-8


@dataclass(frozen=True, slots=True)
class Broken:
    """A minimum that a project's mentors do not meet.

    Attributes
    ----------
    rule : str
        ``first_need``, ``shared_language``, ``mix`` or the name given.
    category : str
        Which category of the mix; empty otherwise.
    project : str
    asked, got : int
    cause : {"nobody_possible", "shortage", "price"}
        ``nobody_possible``: no mentor whom the project can have is such a one,
        so it was not asked for. ``shortage``: hard, and not to be had for all.
        ``price``: soft, and it would have cost more than it is worth.
    """

    rule: str
    category: str
    project: str
    asked: int
    got: int
    cause: Cause


@dataclass(frozen=True, eq=False, slots=True)
class Requirement:
    """So many of a project's mentors at least are of a kind.

    Attributes
    ----------
    rule, category : str
    marks : bool array, shape (n_projects, n_mentors)
    wished : int64 array, shape (n_projects,)
        As the rule says.
    asked : int64 array, shape (n_projects,)
        As many of them as somebody possible could meet.
    price : float or None
    stand_ins : int
    stand_in_price : float
    """

    rule: str
    category: str
    marks: BoolArray
    wished: IntArray
    asked: IntArray
    price: float | None
    stand_ins: int
    stand_in_price: float

    def got(self, chosen: BoolArray) -> IntArray:
        """Count each project's mentors of the kind, shape (n_projects,)."""
        counted: IntArray = (chosen & self.marks).sum(axis=1)
        return counted

    def stood_in(self, chosen: BoolArray) -> BoolArray:
        """Tell the projects that somebody stands in for, lower ids first, shape (n_projects,)."""
        helped = np.zeros(len(self.asked), dtype=np.bool_)
        if self.price is None or self.stand_in_price <= self.price:
            helped[np.flatnonzero(self.got(chosen) < self.asked)[: self.stand_ins]] = True
        return helped

    def missing(self, chosen: BoolArray) -> IntArray:
        """Count what each project lacks, stand-ins taken off, shape (n_projects,)."""
        lacks: IntArray = np.maximum(self.asked - self.got(chosen) - self.stood_in(chosen), 0)
        return lacks


@dataclass(frozen=True, eq=False, slots=True)
class Ceiling:
    """A project has at most so many mentors of a kind.

    Attributes
    ----------
    columns : int64 array
        The mentors.
    most : int64 array, shape (n_projects,)
    """

    columns: IntArray
    most: IntArray


@dataclass(frozen=True, eq=False, slots=True)
class Person:
    """One person's projects: pairs together, and whether a mentor takes only one of them."""

    rows: IntArray
    most_mentors: int | None
    each_mentor_once: bool


@dataclass(frozen=True, eq=False, slots=True)
class Rules:
    """All rules in the order of ids.

    Attributes
    ----------
    requirements : tuple of Requirement
    ceilings : tuple of Ceiling
    people : tuple of Person
    hours : float64 array, shape (n_projects, n_mentors)
        0 where no hours are counted.
    most_hours : float64 array, shape (n_mentors,)
    cells : int64 array, shape (n_cells, 3)
        Project, mentor, need.
    weights : float64 array, shape (n_projects, n_needs)
    """

    requirements: tuple[Requirement, ...]
    ceilings: tuple[Ceiling, ...]
    people: tuple[Person, ...]
    hours: Floats
    most_hours: Floats
    cells: IntArray
    weights: Floats

    def missing(self, chosen: BoolArray) -> int:
        """Count what all hard minimums lack together."""
        return sum(int(r.missing(chosen).sum()) for r in self.requirements if r.price is None)

    def covered(self, chosen: BoolArray) -> BoolArray:
        """Tell the needs that somebody of the plan covers, shape (n_projects, n_needs)."""
        met = np.zeros(self.weights.shape, dtype=np.bool_)
        rows, columns, needs = self.cells.T
        mine = chosen[rows, columns]
        met[rows[mine], needs[mine]] = True
        return met

    def reward(self, chosen: BoolArray) -> float:
        """Add up what the covered needs are worth."""
        return math.fsum(self.weights[self.covered(chosen)])

    def paid(self, chosen: BoolArray) -> float:
        """Add up the prices of soft minimums that lack something, and of stand-ins."""
        paid = []
        for one in self.requirements:
            paid.append(one.stand_in_price * int(one.stood_in(chosen).sum()))
            if one.price is not None:
                paid.append(one.price * int(one.missing(chosen).sum()))
        return math.fsum(paid)

    def allow(self, chosen: BoolArray) -> bool:
        """Tell whether a plan keeps everything that is at most so much."""
        for ceiling in self.ceilings:
            if (chosen[:, ceiling.columns].sum(axis=1) > ceiling.most).any():
                return False
        for person in self.people:
            theirs = chosen[person.rows]
            if person.most_mentors is not None and int(theirs.sum()) > person.most_mentors:
                return False
            if person.each_mentor_once and (theirs.sum(axis=0) > 1).any():
                return False
        used = np.where(chosen, self.hours, 0.0).sum(axis=0)
        return bool((used <= self.most_hours * (1 + HOURS_KEPT_TO)).all())

    def broken(self, chosen: BoolArray) -> list[tuple[int, Broken]]:
        """Name each minimum that lacks something, with its row; the project's id is left empty."""
        found = []
        for one in self.requirements:
            got, helped, missing = one.got(chosen), one.stood_in(chosen), one.missing(chosen)
            for row in np.flatnonzero((got + helped < one.wished) & ~helped):
                cause: Cause = "nobody_possible"
                if missing[row]:
                    cause = "shortage" if one.price is None else "price"
                facts = int(one.wished[row]), int(got[row])
                found.append((int(row), Broken(one.rule, one.category, "", *facts, cause)))
        return found
