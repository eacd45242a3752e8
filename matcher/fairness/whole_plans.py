"""The best whole plan above a floor among some of the pairs, by branch and cut."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from matcher.constraints import BoolArray, IntArray
from matcher.fairness.question import TOLERANCE, Question

Floats = NDArray[np.float64]
# The solver forgives a millionth in each line; so scaled, that is a billionth of a value.
LINE_SCALE = 1e3
# scipy's codes.
OPTIMAL, IMPOSSIBLE = 0, 2


@dataclass(frozen=True, eq=False, slots=True)
class Found:
    """What branch and cut has found.

    Attributes
    ----------
    chosen : bool array, shape (n_projects, n_mentors), or None
        The best plan found, if any.
    bound : float
        No plan among the pairs asked has a greater total (or floor, where that
        was asked); minus infinity where there is none at all, infinite where
        the time did not suffice for a bound.
    """

    chosen: BoolArray | None
    bound: float


def best_above(
    question: Question,
    floor: float,
    allowed: BoolArray,
    needed: BoolArray,
    *,
    deadline: float,
    relative_gap: float = 0.0,
) -> Found:
    """Give the greatest total of the plans that keep a floor and use some of the pairs only.

    Parameters
    ----------
    question : Question
    floor : float
    allowed, needed : bool array, shape (n_projects, n_mentors)
        Open pairs that may be chosen; pairs that must be.
    deadline : float
        On the clock of ``time.monotonic``.
    relative_gap : float
        The search may end this near to its bound.
    """
    allowed = allowed & question.plans.open_pairs
    rows, columns = np.nonzero(allowed)
    if not _enough(question, allowed):
        return Found(None, -np.inf)
    lines = _plan_lines(question, rows, columns)
    counted = question.counted
    values = LINE_SCALE * question.scores[rows, columns]
    lines.append(
        LinearConstraint(
            _lines(rows, values, len(counted))[np.flatnonzero(counted)],
            LINE_SCALE * (floor - question.base[counted]),
            np.inf,
        )
    )
    return _answer(
        question,
        (rows, columns),
        -question.weights[rows, columns],
        needed[rows, columns].astype(np.float64),
        lines,
        deadline=deadline,
        relative_gap=relative_gap,
    )


def highest(question: Question, *, deadline: float) -> Found:
    """Give the plan of the highest floor; for small questions, where this is quick."""
    rows, columns = np.nonzero(question.plans.open_pairs)
    counted = np.flatnonzero(question.counted)
    lines = [
        LinearConstraint(_widened(line.A), line.lb, line.ub)
        for line in _plan_lines(question, rows, columns)
    ]
    values = _lines(rows, question.scores[rows, columns], len(question.counted))[counted]
    lines.append(
        LinearConstraint(
            LINE_SCALE * _widened(values, -1.0), -LINE_SCALE * question.base[counted], np.inf
        )
    )
    gains = np.zeros(len(rows) + 1)
    gains[-1] = -1.0
    return _answer(
        question,
        (rows, columns),
        gains,
        np.zeros(len(rows)),
        lines,
        deadline=deadline,
        relative_gap=0.0,
    )


def _enough(question: Question, allowed: BoolArray) -> bool:
    """Whether every row and column has at least the pairs it cannot do without."""
    plans = question.plans
    return bool(
        allowed.any()
        and (allowed.sum(axis=1) >= plans.row_low).all()
        and (allowed.sum(axis=0) >= plans.column_low).all()
    )


def _plan_lines(question: Question, rows: IntArray, columns: IntArray) -> list[LinearConstraint]:
    """A line for each row and each column that has bounds to keep."""
    plans = question.plans
    ones = np.ones(len(rows))
    return [
        LinearConstraint(_lines(index, ones, len(low)), low, high)
        for index, low, high in (
            (rows, plans.row_low, plans.row_high),
            (columns, plans.column_low, plans.column_high),
        )
    ]


def _lines(index: IntArray, entries: Floats, n_lines: int) -> csr_array:
    return csr_array((entries, (index, np.arange(len(index)))), shape=(n_lines, len(index)))


def _widened(lines: csr_array, last: float = 0.0) -> csr_array:
    """The same lines with one more variable, the floor."""
    found = lines.tocoo()
    height, width = lines.shape
    rows, columns = found.coords
    return csr_array(
        (
            np.concatenate([found.data, np.full(height, last)]),
            (
                np.concatenate([rows, np.arange(height)]),
                np.concatenate([columns, np.full(height, width)]),
            ),
        ),
        shape=(height, width + 1),
    )


def _answer(
    question: Question,
    cells: tuple[IntArray, IntArray],
    costs: Floats,
    least: Floats,
    lines: list[LinearConstraint],
    *,
    deadline: float,
    relative_gap: float,
) -> Found:
    """Run the solver and read what it found, whole numbers made whole."""
    left = deadline - time.monotonic()
    if left <= 0:
        return Found(None, np.inf)
    n_pairs, n_all = len(least), len(costs)
    whole = (np.arange(n_all) < n_pairs).astype(np.int64)
    low = np.full(n_all, -np.inf)
    low[:n_pairs] = least
    high = np.full(n_all, np.inf)
    high[:n_pairs] = 1.0
    solved = milp(
        costs,
        integrality=whole,
        bounds=Bounds(low, high),
        constraints=lines,
        options={"time_limit": left, "mip_rel_gap": relative_gap},
    )
    if solved.status == IMPOSSIBLE:
        return Found(None, -np.inf)
    bound = np.inf if solved.mip_dual_bound is None else -float(solved.mip_dual_bound)
    if solved.x is None:
        return Found(None, bound)
    free = np.zeros_like(question.plans.open_pairs)
    free[cells] = solved.x[:n_pairs] > 0.5
    return Found(question.plans.always | free, bound + TOLERANCE)
