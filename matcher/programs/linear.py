"""A linear bound over all choices, solved over few of them."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from matcher.constraints import BoolArray
from matcher.programs.program import Program

Floats = NDArray[np.float64]
# A choice whose gain the duals miss by less is left out without harm.
PRICING_TOLERANCE = 1e-7
MOST_ROUNDS = 25
# A bound so near, in relation, to what the few choices reach needs no further ones.
NEAR_ENOUGH = 1e-5
# From so many choices on, the interior point method is the quicker one.
MANY_CHOICES = 5_000
# Where some choices admit no solution, so many times more are taken in.
WIDENING = 4
# scipy's codes of linprog.
SOLVED, IMPOSSIBLE = 0, 2


@dataclass(frozen=True, eq=False, slots=True)
class Relaxation:
    """What no whole choice can exceed, and how much each takes off that.

    Attributes
    ----------
    bound : float
        No choices within the lines gain more; minus infinity where the lines
        contradict each other, infinite where the time did not suffice.
    reduced : float64 array, shape (n_choices,)
        A choice at its least where this is above 0, or at its most where it is
        below, keeps the bound; one unit away takes the absolute number off.
    duals : float64 array, shape (n_lines,)
        What one unit more of each line's bound would gain.
    choices : float64 array, shape (n_choices,)
        A fractional solution.
    """

    bound: float
    reduced: Floats
    duals: Floats
    choices: Floats


def relax(program: Program, gains: Floats, first: BoolArray, *, deadline: float) -> Relaxation:
    """Bound the gain of all choices, whole or not.

    Parameters
    ----------
    program : Program
    gains : float64 array, shape (n_choices,)
        What one unit of each choice gains.
    first : bool array, shape (n_choices,)
        Choices to begin with; the others stay at their least until they pay.
    deadline : float
        On the clock of ``time.monotonic``.

    Notes
    -----
    Column generation: the program is solved over few choices, all are priced by
    its duals, those that pay are taken in, again. The bound is weak duality,
    computed from the duals over all choices: it holds whatever the solver's
    tolerances are, and whether or not the pricing has come to its end [1]_.

    References
    ----------
    .. [1] M. E. Lübbecke, J. Desrosiers, "Selected Topics in Column Generation",
       *Operations Research* 53 (2005), 1007-1023.
       https://doi.org/10.1287/opre.1050.0234
    """
    inside = first | (program.least > 0)
    best: Relaxation | None = None
    for _ in range(MOST_ROUNDS):
        left = deadline - time.monotonic()
        if left <= 0:
            break
        duals, choices, possible = _solved(program, gains, inside, left)
        if not possible and inside.all():
            return _nothing(program, -np.inf)
        if duals is None or choices is None:
            if possible:
                break
            inside = _wider(gains, inside)
            continue
        found = _weighed(program, gains, duals, choices)
        if best is None or found.bound < best.bound:
            best = found
        better = ~inside & (found.reduced > PRICING_TOLERANCE)
        reached = float(gains @ choices)
        if not better.any() or best.bound - reached <= NEAR_ENOUGH * abs(reached):
            break
        inside = inside | better
    return best if best is not None else _nothing(program, np.inf)


def _nothing(program: Program, bound: float) -> Relaxation:
    empty = np.zeros(len(program.least))
    return Relaxation(bound, empty, np.zeros(len(program.low)), empty)


def _wider(gains: Floats, inside: BoolArray) -> BoolArray:
    """The choices of the most gain, several times as many."""
    count = WIDENING * max(1, int(inside.sum()))
    outside = np.flatnonzero(~inside)
    if count >= len(outside):
        return np.ones_like(inside)
    more = inside.copy()
    more[outside[np.argsort(-gains[outside], kind="stable")[:count]]] = True
    return more


def _solved(
    program: Program, gains: Floats, inside: BoolArray, time_left: float
) -> tuple[Floats | None, Floats | None, bool]:
    """Duals, choices, and whether there may be a solution at all."""
    columns = np.flatnonzero(inside)
    outside_least = np.where(inside, 0.0, program.least)
    taken = program.lines @ outside_least
    low, high = program.low - taken, program.high - taken
    some = csr_array(program.lines[:, columns])
    equal = low == high
    upper, lower = np.isfinite(high) & ~equal, np.isfinite(low) & ~equal
    solved = linprog(
        -gains[columns],
        A_ub=vstack([some[upper], -some[lower]], format="csr"),
        b_ub=np.concatenate([high[upper], -low[lower]]),
        A_eq=some[equal],
        b_eq=high[equal],
        bounds=np.column_stack([program.least[columns], program.most[columns]]),
        method="highs-ipm" if len(columns) > MANY_CHOICES else "highs-ds",
        options={"time_limit": time_left},
    )
    if solved.status != SOLVED:
        return None, None, solved.status != IMPOSSIBLE
    duals = np.zeros(len(low))
    n_upper = int(upper.sum())
    duals[upper] -= solved.ineqlin.marginals[:n_upper]
    duals[lower] += solved.ineqlin.marginals[n_upper:]
    duals[equal] = -solved.eqlin.marginals
    choices = program.least.copy()
    choices[columns] = solved.x
    return duals, choices, True


def _weighed(program: Program, gains: Floats, duals: Floats, choices: Floats) -> Relaxation:
    """The bound that any duals give, over all choices (weak duality)."""
    duals = np.where(np.isinf(program.high), np.minimum(duals, 0.0), duals)
    duals = np.where(np.isinf(program.low), np.maximum(duals, 0.0), duals)
    at_line = np.zeros_like(duals)
    at_line[duals > 0] = program.high[duals > 0]
    at_line[duals < 0] = program.low[duals < 0]
    reduced = gains - program.lines.T @ duals
    at_choice = np.where(reduced > 0, program.most, program.least)
    bound = float(duals @ at_line + reduced @ at_choice)
    return Relaxation(bound, reduced, duals, choices)
