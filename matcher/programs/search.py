"""The greatest gain of whole choices, with the bound that proves it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from matcher.constraints import BoolArray
from matcher.programs.linear import Relaxation, relax
from matcher.programs.program import Program

Floats = NDArray[np.float64]
# Whole choices of a first, partial search.
FEW_CHOICES = 3_000
# More are too many for the solver to keep to a time limit.
MANY_CHOICES = 60_000
# Differences of gains below this are none.
TOLERANCE = 1e-9
# The solver stops a millionth from its bound; so scaled, that is a billionth.
GAIN_SCALE = 1e3
# scipy's codes of milp.
IMPOSSIBLE = 2
# What the linear bound and a partial search may take of the time.
LINEAR_SHARE = 0.6
PARTIAL_SHARE = 0.4

Guess = Callable[[Relaxation], Floats | None]


@dataclass(frozen=True, eq=False, slots=True)
class Answer:
    """The best choices found, and what none can exceed.

    Attributes
    ----------
    choices : float64 array, shape (n_choices,), or None
        Whole where they must be; None where none were found.
    gain : float
        Theirs; minus infinity where none were found.
    bound : float
        No choices gain more: minus infinity where the lines contradict each
        other.
    """

    choices: Floats | None
    gain: float
    bound: float

    @property
    def impossible(self) -> bool:
        """Whether it is proven that no choices keep the lines."""
        return self.bound == -np.inf


def best(
    program: Program,
    gains: Floats,
    first: BoolArray,
    *,
    deadline: float,
    known: Floats | None = None,
    guess: Guess | None = None,
    relative_gap: float = 0.0,
    steps: float = 0.0,
) -> Answer:
    """Give the whole choices of the greatest gain.

    Parameters
    ----------
    program : Program
    gains : float64 array, shape (n_choices,)
        In a unit in which they are near 1.
    first : bool array, shape (n_choices,)
        Choices likely to be in a good answer.
    deadline : float
        On the clock of ``time.monotonic``; past it the best found is given.
    known : float64 array, shape (n_choices,), optional
        Choices that keep the lines.
    guess : callable, optional
        Makes whole choices out of the linear relaxation; those that break a line
        are passed over.
    relative_gap : float
        The search may end this near to its bound.
    steps : float
        All gains are multiples of this, where that is known.

    Notes
    -----
    The linear bound comes first; a guess from its duals, and branch and cut over
    the choices nearest to it, give an answer; then every choice whose reduced
    gain is beyond the gap between the two keeps its bound (variable fixing, [1]_
    section 7.4), and branch and cut over the rest closes the gap or says how
    much of it is left.

    References
    ----------
    .. [1] L. A. Wolsey, *Integer Programming*, 2nd edition, Wiley, 2020.
       https://doi.org/10.1002/9781119606475
    """
    if not len(program.least):
        nothing = np.zeros(0)
        possible = program.kept_by(nothing)
        return Answer(nothing, 0.0, 0.0) if possible else Answer(None, -np.inf, -np.inf)
    now = time.monotonic()
    some = now + LINEAR_SHARE * (deadline - now)
    linear = relax(program, gains, first, deadline=some)
    if linear.bound == -np.inf:
        return Answer(None, -np.inf, -np.inf)
    bound = _rounded_down(linear.bound, steps)
    held = _Held(program, gains, relative_gap)
    for choices in (known, guess(linear) if guess is not None else None):
        held.offer(choices)
    if np.isfinite(bound) and not held.near(bound):
        near, cut = _nearest(program, linear, held.choices)
        if near is not None:
            now = time.monotonic()
            whole = int(program.whole.sum()) <= MANY_CHOICES
            partial = now + (PARTIAL_SHARE if whole else 1.0) * (deadline - now)
            found = _branch_and_cut(near, gains, deadline=partial, relative_gap=relative_gap)
            held.offer(found.choices)
            # An answer with a choice that was left out loses what that one loses.
            both = max(found.bound, linear.bound - cut, held.gain)
            bound = min(bound, _rounded_down(both, steps))
    rest = _fixed(program, linear, held.gain)
    few_left = int((program.whole & (rest.most > rest.least)).sum()) <= MANY_CHOICES
    if not held.near(bound) and (few_left or held.choices is None):
        found = _branch_and_cut(rest, gains, deadline=deadline, relative_gap=relative_gap)
        held.offer(found.choices)
        # Choices that were fixed away gain no more than what was found already.
        bound = min(bound, max(_rounded_down(found.bound, steps), held.gain))
    return Answer(held.choices, held.gain, bound)


class _Held:
    """The best choices so far."""

    def __init__(self, program: Program, gains: Floats, relative_gap: float) -> None:
        self.choices: Floats | None = None
        self.gain = -np.inf
        self._program, self._gains, self._relative = program, gains, relative_gap

    def offer(self, choices: Floats | None) -> None:
        if choices is None or not self._program.kept_by(choices):
            return
        gain = float(self._gains @ choices)
        if gain > self.gain:
            self.choices, self.gain = choices, gain

    def near(self, bound: float) -> bool:
        allowed = max(TOLERANCE, self._relative * abs(bound)) if np.isfinite(bound) else 0.0
        return bool(bound - self.gain <= allowed)


def _rounded_down(bound: float, steps: float) -> float:
    if steps <= 0 or not np.isfinite(bound):
        return bound
    return float(np.floor(bound / steps + 1e-6) * steps)


def _nearest(
    program: Program, linear: Relaxation, known: Floats | None
) -> tuple[Program | None, float]:
    """The program with only the whole choices of the least loss, and the least of the others.

    None where that would be all.
    """
    if int(program.whole.sum()) <= FEW_CHOICES:
        return None, 0.0
    loss = np.where(program.whole, np.maximum(-linear.reduced, 0.0), -1.0)
    loss[program.most <= program.least] = -1.0
    marked = loss.copy()
    for used in (linear.choices, known):
        if used is not None:
            marked[used > program.least + TOLERANCE] = -1.0
    few = FEW_CHOICES + int((marked < 0).sum())
    if few >= len(marked):
        return None, 0.0
    kept = np.zeros_like(program.whole)
    kept[np.argsort(marked, kind="stable")[:few]] = True
    only = replace(program, most=np.where(kept, program.most, program.least))
    return only, float(loss[~kept].min())


def _fixed(program: Program, linear: Relaxation, reached: float) -> Program:
    """The program without the choices that only answers below ``reached`` have."""
    if not np.isfinite(reached) or not np.isfinite(linear.bound):
        return program
    slack = linear.bound - reached + TOLERANCE
    out = program.whole & (linear.reduced < -slack)
    sure = program.whole & (linear.reduced > slack)
    return replace(
        program,
        most=np.where(out, program.least, program.most),
        least=np.where(sure, program.most, program.least),
    )


def _branch_and_cut(
    program: Program, gains: Floats, *, deadline: float, relative_gap: float
) -> Answer:
    """HiGHS over the choices that are not fixed, whole numbers made whole."""
    left = deadline - time.monotonic()
    if left <= 0:
        return Answer(None, -np.inf, np.inf)
    free = np.flatnonzero(program.most > program.least)
    settled = program.least.copy()
    settled[free] = 0.0
    base, taken = float(gains @ settled), program.lines @ settled
    some = csr_array(program.lines[:, free])
    moving = np.diff(some.indptr) > 0
    still = ~moving
    if (taken[still] < program.low[still] - 1e-6).any() or (
        taken[still] > program.high[still] + 1e-6
    ).any():
        return Answer(None, -np.inf, -np.inf)
    if not len(free):
        return Answer(program.least, base, base)
    solved = milp(
        -GAIN_SCALE * gains[free],
        integrality=program.whole[free].astype(np.int64),
        bounds=Bounds(program.least[free], program.most[free]),
        constraints=LinearConstraint(
            some[moving], (program.low - taken)[moving], (program.high - taken)[moving]
        )
        if moving.any()
        else (),
        options={"time_limit": left, "mip_rel_gap": relative_gap},
    )
    if solved.status == IMPOSSIBLE:
        return Answer(None, -np.inf, -np.inf)
    bound = np.inf
    if solved.mip_dual_bound is not None:
        bound = base - float(solved.mip_dual_bound) / GAIN_SCALE + TOLERANCE
    if solved.x is None:
        return Answer(None, -np.inf, bound)
    choices = settled
    choices[free] = np.where(program.whole[free], np.rint(solved.x), solved.x)
    return Answer(choices, float(gains @ choices), bound)
