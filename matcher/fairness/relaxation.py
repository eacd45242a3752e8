"""Linear bounds: no plan's floor, or total above a floor, is greater."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from matcher.constraints import BoolArray, IntArray
from matcher.fairness.question import TOLERANCE, Question

Floats = NDArray[np.float64]
# Programs with fewer pairs are solved whole at once.
FEW_PAIRS = 4_000
# Of each row and each column so many pairs are in a program from the start.
FIRST_PAIRS = 12
# A dual that is off by this lets a pair in that does no harm.
PRICING_TOLERANCE = 1e-9
MOST_ROUNDS = 30


@dataclass(frozen=True, eq=False, slots=True)
class Relaxation:
    """A bound for every plan, and how much each pair would take off it.

    Attributes
    ----------
    bound : float
        No plan reaches more.
    reduced : float64 array, shape (n_projects, n_mentors)
        A plan with a pair below 0, or without a pair above 0, reaches at most
        the bound less the absolute number.
    floor_duals : float64 array, shape (n_projects,)
        How much each project's value weighs in the bound, 0 or more.
    used : bool array, shape (n_projects, n_mentors)
        Pairs with a part in the fractional plan.
    """

    bound: float
    reduced: Floats
    floor_duals: Floats
    used: BoolArray

    def undecided(self, reached: float) -> tuple[BoolArray, BoolArray]:
        """Tell the pairs that plans beyond ``reached`` may have, and those that they must have."""
        slack = self.bound - reached + TOLERANCE
        return self.reduced >= -slack, self.reduced > slack


def floor_bound(question: Question, known: BoolArray, held: Floats | None = None) -> Relaxation:
    """Bound the floor of every plan by linear programming.

    Parameters
    ----------
    question : Question
        With at least one counted row.
    known : bool array, shape (n_projects, n_mentors)
        A plan.
    held : float64 array, shape (n_projects,), optional
        Values that some counted rows must keep instead of being raised; NaN for
        the others, of which there is at least one.
    """
    if held is None:
        held = np.full(len(question.base), np.nan)
    return _priced(question, known, None, held)


def total_bound(question: Question, known: BoolArray, floor: float) -> Relaxation:
    """Bound the total of every plan in which no counted row is below a floor.

    Parameters
    ----------
    question : Question
    known : bool array, shape (n_projects, n_mentors)
        A plan that keeps the floor.
    floor : float
    """
    return _priced(question, known, floor, np.full(len(question.base), np.nan))


def _priced(question: Question, known: BoolArray, floor: float | None, held: Floats) -> Relaxation:
    """Solve over few pairs, price all of them by the duals, take in what improves, again.

    The bound is weak duality, computed from the duals over all open pairs: it
    holds whatever the solver's tolerances are, and whether or not the pricing
    has come to its end.

    Notes
    -----
    Column generation; see [1]_, section 5.5.

    References
    ----------
    .. [1] R. Burkard, M. Dell'Amico, S. Martello, *Assignment Problems*, SIAM,
       2012. https://doi.org/10.1137/1.9781611972238
    """
    open_pairs = question.plans.open_pairs
    inside = open_pairs & _first_pairs(question, known)
    best: Relaxation | None = None
    for _ in range(MOST_ROUNDS):
        duals, used = _solved(question, inside, floor, held)
        found = _weighed(question, duals, used, floor, held)
        if best is None or found.bound < best.bound:
            best = found
        better = open_pairs & ~inside & (found.reduced > PRICING_TOLERANCE)
        if not better.any():
            break
        inside = inside | better
    assert best is not None
    return best


def _first_pairs(question: Question, known: BoolArray) -> BoolArray:
    open_pairs = question.plans.open_pairs
    if open_pairs.sum() <= FEW_PAIRS:
        return open_pairs
    first = known & open_pairs
    for values in (question.weights, question.scores):
        marked = np.where(open_pairs, values, -np.inf)
        for axis in (0, 1):
            n_first = min(FIRST_PAIRS, marked.shape[axis])
            cut = -np.partition(-marked, n_first - 1, axis=axis).take([n_first - 1], axis=axis)
            first = first | (marked >= cut)
    return first & open_pairs


@dataclass(frozen=True, eq=False, slots=True)
class _Duals:
    of_floor: Floats
    of_row: Floats
    of_column: Floats


def _solved(
    question: Question, inside: BoolArray, floor: float | None, held: Floats
) -> tuple[_Duals, BoolArray]:
    """One linear program over some pairs; its last variable is the floor where none is given."""
    rows, columns = np.nonzero(inside)
    n_pairs, n_extra = len(rows), int(floor is None)
    gains = np.zeros(n_pairs + n_extra)
    if floor is None:
        gains[-1] = 1.0
    else:
        gains[:n_pairs] = question.weights[rows, columns]
    above, needed, counted = _floor_rows(question, rows, columns, floor, held)
    plans = question.plans
    sides = (
        _Bounds.of(rows, plans.row_low, plans.row_high, n_extra),
        _Bounds.of(columns, plans.column_low, plans.column_high, n_extra),
    )
    lies_in = np.zeros((n_pairs + n_extra, 2))
    lies_in[:n_pairs, 1] = 1.0
    if floor is None:
        lies_in[-1] = -np.inf, np.inf
    solved = linprog(
        -gains,
        A_ub=vstack([above, *(part for side in sides for part in side.upper)], format="csr"),
        b_ub=np.concatenate([needed, *(side.upper_ends for side in sides)]),
        A_eq=vstack([side.equal for side in sides], format="csr"),
        b_eq=np.concatenate([side.equal_ends for side in sides]),
        bounds=lies_in,
        method="highs-ds" if floor is not None else "highs-ipm",
    )
    if solved.x is None:  # pragma: no cover - a known plan is among the pairs
        raise ArithmeticError(f"the linear program was not solved: {solved.message}")
    of_floor = np.zeros(len(plans.row_low))
    of_floor[counted] = np.maximum(-solved.ineqlin.marginals[: len(counted)], 0.0)
    upper, equal = -solved.ineqlin.marginals[len(counted) :], -solved.eqlin.marginals
    parts = []
    for side in sides:
        dual, upper, equal = side.taken(upper, equal)
        parts.append(dual)
    used = np.zeros_like(inside)
    used[rows, columns] = solved.x[:n_pairs] > TOLERANCE
    return _Duals(of_floor, *parts), used


def _floor_rows(
    question: Question, rows: IntArray, columns: IntArray, floor: float | None, held: Floats
) -> tuple[csr_array, Floats, IntArray]:
    """The counted projects' values, turned: at most minus the floor, or minus what is held."""
    counted = np.flatnonzero(question.counted)
    place = np.full(len(question.counted), -1, dtype=np.int64)
    place[counted] = np.arange(len(counted))
    mine = np.flatnonzero(place[rows] >= 0)
    entries = -question.scores[rows[mine], columns[mine]]
    lines, positions = place[rows[mine]], mine
    needed = question.base[counted].copy()
    width = len(rows)
    if floor is None:
        lines = np.concatenate([lines, np.arange(len(counted))])
        positions = np.concatenate([positions, np.full(len(counted), width)])
        entries = np.concatenate([entries, np.isnan(held[counted]).astype(np.float64)])
        needed -= np.nan_to_num(held[counted])
        width += 1
    else:
        needed -= floor
    return csr_array((entries, (lines, positions)), shape=(len(counted), width)), needed, counted


@dataclass(frozen=True, eq=False, slots=True)
class _Bounds:
    """One side's bounds as a program's lines: equal where low is high, else two-sided."""

    fixed: IntArray
    ranged: IntArray
    size: int
    equal: csr_array
    equal_ends: Floats
    upper: tuple[csr_array, csr_array]
    upper_ends: Floats

    @classmethod
    def of(cls, index: IntArray, low: IntArray, high: IntArray, n_extra: int) -> _Bounds:
        width = len(index) + n_extra
        every = csr_array(
            (np.ones(len(index)), (index, np.arange(len(index)))), shape=(len(low), width)
        )
        fixed, ranged = np.flatnonzero(low == high), np.flatnonzero(low < high)
        some = every[ranged]
        return cls(
            fixed=fixed,
            ranged=ranged,
            size=len(low),
            equal=every[fixed],
            equal_ends=high[fixed].astype(np.float64),
            upper=(some, -some),
            upper_ends=np.concatenate([high[ranged], -low[ranged]]).astype(np.float64),
        )

    def taken(self, upper: Floats, equal: Floats) -> tuple[Floats, Floats, Floats]:
        """The duals of this side, and what is left for the other."""
        n_ranged, n_fixed = len(self.ranged), len(self.fixed)
        dual = np.zeros(self.size)
        dual[self.ranged] = upper[:n_ranged] - upper[n_ranged : 2 * n_ranged]
        dual[self.fixed] = equal[:n_fixed]
        return dual, upper[2 * n_ranged :], equal[n_fixed:]


def _weighed(
    question: Question, duals: _Duals, used: BoolArray, floor: float | None, held: Floats
) -> Relaxation:
    """The bound that any duals give, over all open pairs (weak duality)."""
    plans, of_floor = question.plans, duals.of_floor
    if floor is None:
        raised = question.counted & np.isnan(held)
        whole = of_floor[raised].sum()
        # Weights of an average: the least value is never above it.
        of_floor = of_floor / whole if whole > 0 else raised / raised.sum()
        kept = np.nan_to_num(held)
    else:
        kept = np.full(len(held), floor)
    gains = of_floor[:, None] * question.scores
    if floor is not None:
        gains = gains + question.weights
    reduced = np.where(
        plans.open_pairs, gains - duals.of_row[:, None] - duals.of_column[None, :], 0.0
    )
    bound = float(
        np.maximum(duals.of_row * plans.row_low, duals.of_row * plans.row_high).sum()
        + np.maximum(duals.of_column * plans.column_low, duals.of_column * plans.column_high).sum()
        + np.maximum(reduced, 0.0).sum()
        + of_floor @ (question.base - kept)
    )
    return Relaxation(bound, reduced, of_floor, used)
