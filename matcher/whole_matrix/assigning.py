"""The best plan over a matrix that is never held whole."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matcher.assignment import Certificate
from matcher.constraints import BoolArray, IntArray
from matcher.whole_matrix.blocks import AffinityBlocks, FloatArray
from matcher.whole_matrix.candidate_flow import TooFineError
from matcher.whole_matrix.limits import PairLimits
from matcher.whole_matrix.passes import Matrix
from matcher.whole_matrix.room import MOST_LEVELS, Room
from matcher.whole_matrix.rounds import Search
from matcher.whole_matrix.watching import Progress, Watch

# How much greater the steps become where the solver runs out of 64 bits.
COARSER = 1000


@dataclass(frozen=True, eq=False, slots=True)
class SparseAssignment:
    """A plan as a list of pairs, with the proof that it is the best of all.

    Attributes
    ----------
    rows, columns : int64 array, shape (n_pairs,)
        The plan's pairs, locked ones included, ordered by row and column.
    affinity : float64 array, shape (n_pairs,)
    certificate : Certificate
        Over all pairs of the matrix, not only the candidates.
    rounding_bound : float
        What the rounding of affinities to whole numbers can hide: no plan as
        good in pairs and minimums has a total beyond the certificate's by more.
    project_shortfall : int64 array, shape (n_projects,)
        Mentors that a project is missing to the least it asks for.
    mentor_shortfall : int64 array, shape (n_mentors,)
    rounds : int
        Plans that were made; the last one was proven.
    n_candidates : int
        Pairs the last plan was chosen from.
    n_priced : int
        Comparisons of a pair with prices, over all rounds; second looks at
        what was too close to call are not counted.
    """

    rows: IntArray
    columns: IntArray
    affinity: FloatArray
    certificate: Certificate
    rounding_bound: float
    project_shortfall: IntArray
    mentor_shortfall: IntArray
    rounds: int
    n_candidates: int
    n_priced: int

    @property
    def total(self) -> float:
        """The sum of the plan's affinities, from the numbers as given."""
        return self.certificate.total

    @property
    def n_pairs(self) -> int:
        """How many pairs the plan has."""
        return len(self.rows)

    @property
    def complete(self) -> bool:
        """Whether everybody has at least what they asked for."""
        return not (self.project_shortfall.any() or self.mentor_shortfall.any())


def assign_blocks(
    affinity: AffinityBlocks,
    limits: PairLimits,
    *,
    candidates: int = 16,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> SparseAssignment:
    """Give the best plan there is over all pairs, holding only some of them.

    The plan is what :func:`matcher.assignment.assign` would give from the whole
    matrix: no conflict, max_load, demand's ceiling or lock is broken; then the
    most pairs, the smallest shortfall of minimums and the greatest total.
    Exact ties are settled the same way each time, though not always as
    ``assign`` settles them, which looks at ids.

    Parameters
    ----------
    affinity : AffinityBlocks
        :class:`matcher.whole_matrix.factored.FactoredAffinity` or
        :class:`matcher.whole_matrix.called.CalledAffinity`.
    limits : PairLimits
    candidates : int
        Pairs a project to begin with; a few more make fewer rounds. The answer
        is proven with any number from 1.
    progress : callable, optional
        Told a :class:`matcher.whole_matrix.watching.Progress` after each block
        of rows and before each plan, in the thread that called.
    cancelled : callable, optional
        Asked as often; a true answer raises
        :class:`matcher.whole_matrix.watching.Cancelled`. A plan being made is
        made to its end first.

    Raises
    ------
    MatcherError
        A cell is NaN, infinite or beyond 1e300; it is named by its 0-based row
        and column.
    ValueError
        The affinity's shape is not that of the limits, or ``candidates`` is
        below 1.
    Cancelled
        ``cancelled`` said so.

    Notes
    -----
    Column generation [1]_, as it is known for assignments as growing a *core*
    of the matrix [2]_. A plan is chosen from the candidates by a minimum-cost
    flow; its dual solution prices every place of a project and of a mentor. A
    pair outside the candidates can improve the plan only if it is worth more
    than its two prices together. All pairs are looked at for that, in blocks;
    those found become candidates, and a new plan is made, until none is found.
    Then the prices are a dual solution of the whole problem, and by duality the
    plan is the best of all plans over all pairs: not only in total, since more
    pairs and met minimums are part of a plan's worth (:class:`Room`).

    Each project settles its ties by an order of its own: where nearly everybody
    fits equally well, the projects' candidates are then spread over all mentors,
    and a few rounds suffice.

    ``rounding_bound`` is a step of the whole numbers for each pair that was
    free to choose: a thousand millionth of the affinities' range or finer up
    to 10,000 people on the shorter side. Where the solver runs out of 64 bits
    with that, which is rare and takes tens of thousands of people, everything
    is solved again with steps a thousand times greater.

    References
    ----------
    .. [1] P. C. Gilmore, R. E. Gomory, "A linear programming approach to the
       cutting-stock problem", *Operations Research* 9 (1961), 849-859.
       https://doi.org/10.1287/opre.9.6.849
    .. [2] A. Volgenant, "Linear and semi-assignment problems: a core oriented
       approach", *Computers & Operations Research* 23 (1996), 917-932.
       https://doi.org/10.1016/0305-0548(96)00010-X

    Examples
    --------
    >>> from matcher.whole_matrix.factored import FactoredAffinity
    >>> limits = PairLimits.build(
    ...     demand_low=[1, 1], demand_high=[1, 1], load_low=[0, 0], load_high=[1, 1]
    ... )
    >>> tastes = FactoredAffinity([[0.9, 0.8], [0.7, 0.1]], [[1, 0], [0, 1]])
    >>> plan = assign_blocks(tastes, limits, candidates=1)
    >>> list(zip(plan.rows.tolist(), plan.columns.tolist())), plan.total
    ([(0, 1), (1, 0)], 1.5)
    >>> plan.certificate.gap
    0.0
    """
    if affinity.shape != limits.shape:
        raise ValueError(
            f"the affinity has shape {affinity.shape} and the limits {limits.shape}: "
            "give both for the same projects and mentors"
        )
    if candidates < 1:
        raise ValueError(f"{candidates} candidates a project leave no plan: give 1 or more")
    watch = Watch(limits.shape[0], progress, cancelled)
    bounds = affinity.bounds(watch.stop) if 0 not in limits.shape else (0.0, 0.0)
    levels = MOST_LEVELS
    while True:
        room = Room.build(limits, bounds, levels)
        search = Search(Matrix(affinity, limits, room), candidates, watch)
        try:
            return _described(search, search.run())
        except TooFineError:
            levels //= COARSER
            if not levels:
                raise


def _described(search: Search, chosen: BoolArray) -> SparseAssignment:
    matrix, limits = search.matrix, search.matrix.limits
    free = search.candidates.only(chosen)
    rows = np.concatenate([free.rows, limits.locked[:, 0]])
    columns = np.concatenate([free.columns, limits.locked[:, 1]])
    order = np.lexsort((columns, rows))
    rows, columns = rows[order], columns[order]
    values = matrix.affinity.exact(rows, columns)
    by_project = np.bincount(rows, minlength=limits.shape[0])
    by_mentor = np.bincount(columns, minlength=limits.shape[1])
    return SparseAssignment(
        rows=rows,
        columns=columns,
        affinity=values,
        certificate=Certificate.exact(math.fsum(values)),
        rounding_bound=matrix.room.unit * len(free),
        project_shortfall=np.maximum(limits.demand_low - by_project, 0),
        mentor_shortfall=np.maximum(limits.load_low - by_mentor, 0),
        rounds=search.watch.round,
        n_candidates=len(search.candidates),
        n_priced=search.watch.round * limits.shape[0] * limits.shape[1],
    )
