"""What a plan could exchange: its residual graph, folded onto the mentors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from matcher.constraints import BoolArray, IntArray
from matcher.counterfactuals.weights import NEVER, PoolArcs
from matcher.pair_costs import pairs_of

Cell = tuple[int, int]


@dataclass(frozen=True, eq=False, slots=True)
class Residual:
    """Every step by which a plan can change, and what the step weighs.

    In the flow's residual graph [1]_ a unit goes from a project to a mentor by
    gaining a pair and from a mentor to a project by losing one; a project or
    mentor with room takes a unit from the pool of places, or gives one back.
    Projects are folded away: the step from mentor j to mentor k is the lightest
    *project that leaves j for k*, and beside the mentors only the pool remains,
    the last node. A few dozen nodes then stand for the whole matrix.

    Attributes
    ----------
    costs : int64 array, shape (n_projects, n_mentors)
        What gaining a pair adds and losing it takes off.
    fee : int
        What each gained or lost pair adds beside; 0 for an optimal plan.
    free : bool array, shape (n_projects, n_mentors)
        Pairs that can be gained.
    held : bool array, shape (n_projects, n_mentors)
        Pairs that can be lost: chosen and not locked.
    pool : PoolArcs
    folded : int64 array, shape (n_mentors + 1, n_mentors + 1)
        The steps by way of a project; see :meth:`graph` for all.

    References
    ----------
    .. [1] R. K. Ahuja, T. L. Magnanti, J. B. Orlin, *Network Flows: Theory,
       Algorithms, and Applications*, Prentice Hall, 1993, sections 2.4 and 9.3.
    """

    costs: IntArray
    fee: int
    free: BoolArray
    held: BoolArray
    pool: PoolArcs
    folded: IntArray

    @classmethod
    def of(
        cls, costs: IntArray, free: BoolArray, held: BoolArray, pool: PoolArcs, fee: int = 0
    ) -> Residual:
        """Fold a plan's steps onto its mentors."""
        n_mentors = costs.shape[1]
        folded = np.full((n_mentors + 1, n_mentors + 1), NEVER, dtype=np.int64)
        bare = cls(costs, fee, free, held, pool, folded)
        bare._fold_from(np.arange(n_mentors))
        bare._fold_pool(np.arange(n_mentors))
        return bare

    def graph(self) -> IntArray:
        """Give the weight of each step between mentors and pool, by a project or directly.

        Returns
        -------
        int64 array, shape (n_mentors + 1, n_mentors + 1)
        """
        graph = self.folded.copy()
        np.minimum(graph[:-1, -1], self.pool.from_mentor, out=graph[:-1, -1])
        np.minimum(graph[-1, :-1], self.pool.into_mentor, out=graph[-1, :-1])
        return graph

    def gaining(self, projects: IntArray) -> IntArray:
        """Weigh each pair that some projects can gain.

        Returns
        -------
        int64 array, shape (len(projects), n_mentors)
        """
        weights: IntArray = self.costs[projects]
        if self.fee:
            weights += self.fee
        weights[~self.free[projects]] = NEVER
        return weights

    def gaining_one(self, projects: IntArray, mentor: int) -> IntArray:
        """Weigh one mentor's pair with each of some projects."""
        weights: IntArray = self.costs[projects, mentor] + self.fee
        weights[~self.free[projects, mentor]] = NEVER
        return weights

    def losing(self, projects: IntArray, mentors: IntArray) -> IntArray:
        """Weigh the loss of held pairs, cell by cell."""
        weights: IntArray = self.fee - self.costs[projects, mentors]
        return weights

    def changed(
        self,
        *,
        lost: Sequence[Cell] = (),
        gained: Sequence[Cell] = (),
        closed: Sequence[Cell] = (),
        opened: Sequence[Cell] = (),
        pool: PoolArcs,
        costs: IntArray | None = None,
        touched: Sequence[int] = (),
    ) -> Residual:
        """Give the residual graph after some steps; only what they touch is folded anew.

        Parameters
        ----------
        lost, gained : cells
            Pairs the plan gives up and takes up.
        closed : cells
            Pairs that may not change any more (locked or forbidden).
        opened : cells
            Pairs that may, not chosen at present.
        pool : PoolArcs
            After the change.
        costs : int64 array, shape (n_projects, n_mentors), optional
            Where opened pairs had none.
        touched : rows
            Projects whose own room changes.
        """
        free, held = self.free.copy(), self.held.copy()
        for cell in (*lost, *opened):
            held[cell], free[cell] = False, True
        for cell in gained:
            held[cell], free[cell] = True, False
        for cell in closed:
            held[cell] = free[cell] = False
        rows = {i for i, _ in (*lost, *gained, *closed, *opened)} | set(touched)
        changed = np.array(sorted(rows), dtype=np.int64)
        after = replace(
            self,
            free=free,
            held=held,
            pool=pool,
            costs=self.costs if costs is None else costs,
            folded=self.folded.copy(),
        )
        after._fold_from(np.flatnonzero((self.held[changed] | held[changed]).any(axis=0)))
        # The pool's step to a mentor is another where a changed project gave it.
        was = self._from_pool(changed)
        stale = (was == self.folded[-1, :-1]) & (was < NEVER)
        now = after._from_pool(changed).min(axis=0, initial=NEVER)
        np.minimum(after.folded[-1, :-1], now, out=after.folded[-1, :-1])
        after._fold_pool(np.flatnonzero(stale.any(axis=0)))
        return after

    def _from_pool(self, projects: IntArray) -> IntArray:
        """Weigh the pool's steps by way of some projects."""
        weights = self.gaining(projects) + self.pool.into_project[projects, None]
        np.minimum(weights, NEVER, out=weights)
        return weights

    def _fold_from(self, mentors: IntArray) -> None:
        """Fold the steps that leave some mentors, in the fresh array."""
        self.folded[mentors] = NEVER
        which, projects = pairs_of(self.held[:, mentors].T)
        if not len(projects):
            return
        leaving = self.losing(projects, mentors[which])
        starts = np.flatnonzero(np.diff(which, prepend=-1))
        first = mentors[which[starts]]
        steps = self.gaining(projects)
        steps += leaving[:, None]
        self.folded[first, :-1] = np.minimum.reduceat(steps, starts, axis=0)
        to_pool = leaving + self.pool.from_project[projects]
        self.folded[first, -1] = np.minimum.reduceat(to_pool, starts)

    def _fold_pool(self, mentors: IntArray) -> None:
        """Fold the steps from the pool to some mentors, in the fresh array."""
        if not len(mentors):
            return
        rows = np.flatnonzero(self.pool.into_project < NEVER)
        cells = np.ix_(rows, mentors)
        steps = self.costs[cells] + (self.fee + self.pool.into_project[rows, None])
        steps[~self.free[cells]] = NEVER
        self.folded[-1, mentors] = steps.min(axis=0, initial=NEVER)
