"""The poorest first, then the next poorest, and so on: leximin for several mentors."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from matcher.constraints import BoolArray
from matcher.fairness.floors import Fair, greatest_total, highest_floor
from matcher.fairness.question import TOLERANCE, Question
from matcher.fairness.relaxation import floor_bound
from matcher.fairness.single_mentors import is_single, leximin_plans
from matcher.fairness.whole_plans import best_above

Floats = NDArray[np.float64]
# Up to so many pairs and projects, position after position is solved outright.
FEW_PAIRS, FEW_PROJECTS = 80, 10
# A project whose dual is above this has the floor's value in every plan that reaches it.
TELLING_DUAL = 1e-3
CLOSE = 1e-7


@dataclass(frozen=True, eq=False, slots=True)
class Leximin:
    """A plan, with what is proven of it.

    Attributes
    ----------
    fair : Fair
    n_proven : int
        From the least value up, so many of the sorted values no best plan betters
        without a lower one being worse.
    """

    fair: Fair
    n_proven: int


def leximin(question: Question, *, deadline: float) -> Leximin:
    """Give the plan whose sorted values are lexicographically greatest.

    Parameters
    ----------
    question : Question
    deadline : float
        On the clock of ``time.monotonic``.

    Notes
    -----
    Where every project fills at most one place, by flows
    (:func:`~matcher.fairness.single_mentors.leximin_plans`); where there are few
    pairs, by one program for each position, with a mark for every project that
    is at or above it [1]_. Else by settling: the linear program that bounds the
    least value also tells, by its duals, which projects have exactly that value
    in every plan that reaches it. They are held there and the others raised
    again. This is exact as long as the bounds are reached, and ``n_proven`` says
    how long that was; after that the poorest is held where it is.

    References
    ----------
    .. [1] W. Ogryczak, T. Śliwiński, "On solving linear programs with the
       ordered weighted averaging objective", *European Journal of Operational
       Research* 148 (2003), 80-91.
       https://doi.org/10.1016/S0377-2217(02)00399-9
    """
    n_counted = int(question.counted.sum())
    if not n_counted:
        chosen, rounding = question.plans.best(question.weights)
        return Leximin(Fair(chosen, np.inf, question.total(chosen) + rounding), 0)
    if is_single(question):
        plans, proven = leximin_plans(question, deadline=deadline)
        chosen, rounding = plans.best(question.weights)
        floor = question.floor(chosen)
        whole = np.array_equal(proven, question.counted)
        total = question.total(chosen) + rounding if whole else np.inf
        return Leximin(Fair(chosen, floor, total), int(proven.sum()))
    if question.plans.open_pairs.sum() <= FEW_PAIRS and n_counted <= FEW_PROJECTS:
        return _by_positions(question, deadline=deadline)
    return _by_settling(question, deadline=deadline)


def _by_positions(question: Question, *, deadline: float) -> Leximin:
    """Solve one program for each position of the sorted values, then one for the total."""
    rows, columns = np.nonzero(question.plans.open_pairs)
    counted = np.flatnonzero(question.counted)
    values = np.zeros((len(counted), len(rows)))
    for line, row in enumerate(counted):
        values[line, rows == row] = question.scores[row, columns[rows == row]]
    program = _Positions(question, values, deadline)
    chosen, n_proven = question.plans.some_plan, 0
    for position in range(len(counted)):
        found = program.raised(position)
        if found is None:
            break
        chosen, n_proven = found, position + 1
        program.hold(float(np.sort(question.values(chosen)[counted])[position]), position)
    floor = float(question.values(chosen)[counted].min())
    bound = floor if n_proven else np.inf
    if n_proven < len(counted):
        return Leximin(Fair(chosen, bound, np.inf), n_proven)
    found = program.greatest()
    if found is None:
        return Leximin(Fair(chosen, bound, np.inf), n_proven)
    return Leximin(Fair(found, bound, question.total(found) + TOLERANCE), n_proven)


class _Positions:
    """A program over pairs, a level, and marks: who is at or above each earlier level."""

    def __init__(self, question: Question, values: Floats, deadline: float) -> None:
        self._question, self._values, self._deadline = question, values, deadline
        self._cells = np.nonzero(question.plans.open_pairs)
        self._levels: list[tuple[float, int]] = []
        low = np.minimum(values, 0.0).sum(axis=1)
        self._base = question.base[question.counted]
        # No project's value leaves this span.
        self._span = float((self._base + np.maximum(values, 0.0).sum(axis=1)).max()) - float(
            (self._base + low).min()
        )

    def hold(self, level: float, position: int) -> None:
        """Ask from now on that all but ``position`` projects are at the level or above."""
        self._levels.append((level, len(self._values) - position))

    def raised(self, position: int) -> BoolArray | None:
        """Give the plan whose value at a position is greatest, the held ones kept."""
        return self._solved(len(self._values) - position, np.zeros(len(self._cells[0])))

    def greatest(self) -> BoolArray | None:
        """Give the plan of the greatest total that keeps all that is held."""
        return self._solved(None, -self._question.weights[self._cells])

    def _solved(self, n_above: int | None, costs: Floats) -> BoolArray | None:
        n_lines, n_pairs = self._values.shape
        blocks: list[tuple[float | None, int]] = [*self._levels]
        if n_above is not None:
            blocks.append((None, n_above))
        width = n_pairs + n_lines * len(blocks) + 1
        lines = self._plan_lines(width)
        for place, (level, n_marked) in enumerate(blocks):
            lines += self._marks(n_pairs + n_lines * place, level, n_marked, width)
        whole, low, high = np.ones(width), np.zeros(width), np.ones(width)
        whole[-1], low[-1], high[-1] = 0, -np.inf, np.inf
        gains = np.zeros(width)
        gains[:n_pairs] = costs
        gains[-1] = -1.0 if n_above is not None else 0.0
        if n_above is None:
            low[-1] = high[-1] = 0.0
        left = self._deadline - time.monotonic()
        if left <= 0:
            return None
        solved = milp(
            gains,
            integrality=whole,
            bounds=Bounds(low, high),
            constraints=lines,
            options={"time_limit": left, "mip_rel_gap": 0.0},
        )
        if solved.status != 0:
            return None
        free = np.zeros_like(self._question.plans.open_pairs)
        free[self._cells] = solved.x[:n_pairs] > 0.5
        return self._question.plans.always | free

    def _plan_lines(self, width: int) -> list[LinearConstraint]:
        plans = self._question.plans
        sides = (
            (self._cells[0], plans.row_low, plans.row_high),
            (self._cells[1], plans.column_low, plans.column_high),
        )
        lines = []
        for index, low, high in sides:
            matrix = np.zeros((len(low), width))
            matrix[index, np.arange(len(index))] = 1.0
            lines.append(LinearConstraint(matrix, low, high))
        return lines

    def _marks(
        self, first: int, level: float | None, n_marked: int, width: int
    ) -> list[LinearConstraint]:
        """Lines that let a project be marked only at or above the level, and that count marks."""
        n_lines, n_pairs = self._values.shape
        at_level = np.zeros((n_lines, width))
        at_level[:, :n_pairs] = self._values
        at_level[np.arange(n_lines), first + np.arange(n_lines)] = -self._span
        least = -self._base - self._span
        if level is None:
            at_level[:, -1] = -1.0
        else:
            least = least + level - TOLERANCE
        count = np.zeros((1, width))
        count[0, first : first + n_lines] = 1.0
        return [
            LinearConstraint(at_level, least, np.inf),
            LinearConstraint(count, n_marked, n_lines),
        ]


def _by_settling(question: Question, *, deadline: float) -> Leximin:
    """Raise, hold who cannot be raised, raise the others: proven while the bounds are reached."""
    held = np.full(len(question.base), np.nan)
    now = time.monotonic()
    chosen, bound = highest_floor(question, deadline=now + 0.5 * (deadline - now))
    first_bound = max(bound, question.floor(chosen))
    proven, n_proven = True, 0
    settle_by = now + 0.8 * (deadline - now)
    while (free := question.counted & np.isnan(held)).any() and time.monotonic() < settle_by:
        linear = floor_bound(question, chosen, held)
        reached = float(question.values(chosen)[free].min())
        if reached < linear.bound - CLOSE:
            asked = _held_at(question, held, linear.bound)
            allowed, needed = linear.undecided(linear.bound - TOLERANCE)
            left = time.monotonic()
            found = best_above(
                asked,
                linear.bound - TOLERANCE,
                allowed & asked.useful(linear.bound),
                needed,
                deadline=left + 0.2 * (settle_by - left),
                relative_gap=1.0,
            )
            if found.chosen is not None and asked.floor(found.chosen) > reached:
                chosen = found.chosen
                reached = float(question.values(chosen)[free].min())
        proven = proven and reached >= linear.bound - CLOSE
        values = question.values(chosen)
        telling = free & (linear.floor_duals > TELLING_DUAL) & (values <= reached + 1e-4)
        settled = telling if proven and telling.any() else free & (values <= reached + TOLERANCE)
        held[settled] = values[settled]
        n_proven += int(settled.sum()) if proven and telling.any() else 0
        proven = proven and bool(telling.any())
    reached = float(question.values(chosen)[question.counted & np.isnan(held)].min(initial=np.inf))
    kept = np.where(np.isnan(held), reached if np.isfinite(reached) else 0.0, held)
    asked = replace(question, base=question.base - kept)
    chosen, total = greatest_total(asked, chosen, 0.0, deadline=deadline)
    return Leximin(Fair(chosen, first_bound, total), n_proven)


def _held_at(question: Question, held: Floats, goal: float) -> Question:
    """The question with the held rows moved so that keeping their value means the goal."""
    moved = np.where(np.isnan(held), 0.0, goal - np.nan_to_num(held))
    return replace(question, base=question.base + moved)
