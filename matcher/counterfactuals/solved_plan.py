"""A solved plan that can be asked, and edited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from matcher.assignment import Assignment, checked, described
from matcher.constraints import Constraints
from matcher.counterfactuals import pair_edits, range_edits
from matcher.counterfactuals.alternates import Alternate, cheapest_alternates
from matcher.counterfactuals.consequences import Consequence, Pair, consequence_from
from matcher.counterfactuals.exchanges import Exchange, dropping, forcing
from matcher.counterfactuals.prices import Prices, price_all
from matcher.counterfactuals.residual import Cell
from matcher.counterfactuals.state import State
from matcher.errors import MatcherError
from matcher.optimum import chosen_values
from matcher.profiles import Demand, Load


@dataclass(frozen=True, eq=False)
class SolvedPlan:
    """The best plan, with what any other pair would cost and what any edit would change.

    A frozen value: edits give another plan, sharing what did not change. They
    solve nothing again but follow one exchange of pairs for each place that
    changed, and the result is as good in pairs, minimums and total as solving
    again (equally good plans may differ). Only where an edit opens a pair whose
    affinity lies outside the range of those open before is everything solved
    anew, silently and slower.

    Examples
    --------
    >>> limits = Constraints.build(
    ...     ["film-a", "film-b"],
    ...     ["aida", "bolot"],
    ...     demand=[Demand(1, 1), Demand(1, 1)],
    ...     loads=[Load(0, 1), Load(0, 1)],
    ... )
    >>> plan = SolvedPlan.solve([[0.9, 0.8], [0.7, 0.1]], limits)
    >>> plan.assignment.total
    1.5
    >>> plan.prices().affinity.tolist()
    [[0.5, 0.0], [0.0, 0.5]]
    >>> plan.consequence("film-a", "aida").lost
    (Pair(project='film-b', mentor='aida'), Pair(project='film-a', mentor='bolot'))
    >>> plan.lock("film-a", "aida").assignment.total
    1.0
    """

    _state: State

    @classmethod
    def solve(cls, affinity: ArrayLike, constraints: Constraints) -> SolvedPlan:
        """Find the best plan, as :func:`matcher.assignment.assign` does.

        Parameters
        ----------
        affinity : array_like of float, shape (n_projects, n_mentors)
            Finite, any scale and sign; copied, not changed.
        constraints : Constraints

        Raises
        ------
        MatcherError
            As :func:`matcher.assignment.assign`.
        """
        return cls(State.solve(checked(affinity, constraints), constraints))

    @property
    def constraints(self) -> Constraints:
        """What the plan keeps to, every edit included."""
        return self._state.constraints

    @cached_property
    def assignment(self) -> Assignment:
        """Who meets whom, and who is short.

        The whole numbers leave eight bits for prices, so in small or minimum-free
        plans ``rounding_bound`` can be greater than that of
        :func:`matcher.assignment.assign`.
        """
        return described(self._state.optimum, self.constraints)

    def prices(self) -> Prices:
        """Give the price of forcing any pair and of dropping any chosen one; kept once known."""
        return self._prices

    @cached_property
    def _prices(self) -> Prices:
        state = self._state
        locked = self.constraints.locked[state.order.by_id]
        return price_all(
            state.residual,
            state.room.weights,
            state.priced,
            state.order,
            locked=locked,
            locked_values=state.values[locked],
        )

    def consequence(self, project: str, mentor: str, *, drop: bool = False) -> Consequence:
        """Say what else moves when a pair is forced, or a chosen one dropped.

        Parameters
        ----------
        project, mentor : str
            Ids.
        drop : bool
            Ask about forbidding a chosen pair (a locked one is unlocked first)
            instead of forcing one. Forcing a chosen pair changes nothing.

        Returns
        -------
        Consequence
            The same total as locking or forbidding the pair and solving again.

        Raises
        ------
        MatcherError
            An unknown id; a pair that a conflict forbids or that no plan has
            place for; a pair to drop that is not in the plan.
        """
        cell = self._cell(project, mentor)
        return consequence_from(
            self._dropped(cell) if drop else self._forced(cell),
            cell,
            names=self._state.names,
            values=self._state.values,
            room=self._state.room,
            chosen=chosen_values(self._state.optimum, self.constraints),
        )

    def _forced(self, cell: Cell) -> Exchange:
        state = self._state
        if state.residual.held[cell] or state.is_locked(cell):
            return Exchange((), (), 0)
        if state.is_forbidden(cell):
            raise _refused("pair_forbidden", state.names.pair(cell))
        exchange = forcing(state.residual, *cell) if state.residual.free[cell] else None
        if exchange is None:
            raise _refused("pair_without_place", state.names.pair(cell))
        return exchange

    def _dropped(self, cell: Cell) -> Exchange:
        state = self._state
        held = bool(state.residual.held[cell])
        exchange = None
        if held or state.is_locked(cell):
            exchange = dropping(state.residual, *cell, held=held)
        if exchange is None:
            raise _refused("pair_not_chosen", state.names.pair(cell))
        return exchange

    def lock(self, project: str, mentor: str) -> SolvedPlan:
        """Give the best plan that holds a pair, whatever it costs.

        Raises
        ------
        MatcherError
            As :meth:`matcher.constraints.Constraints.build`: a lock against a
            conflict, or more locks than demand or load allow.
        """
        return self._edited(pair_edits.lock, project, mentor)

    def unlock(self, project: str, mentor: str) -> SolvedPlan:
        """Give the best plan when a lock is taken off."""
        return self._edited(pair_edits.unlock, project, mentor)

    def forbid(self, project: str, mentor: str) -> SolvedPlan:
        """Give the best plan without a pair: a conflict, a veto, a decline.

        Raises
        ------
        MatcherError
            When the pair is locked: take the lock off first.
        """
        return self._edited(pair_edits.forbid, project, mentor)

    def allow(self, project: str, mentor: str) -> SolvedPlan:
        """Give the best plan when a pair is forbidden no longer."""
        return self._edited(pair_edits.allow, project, mentor)

    def with_demand(self, project: str, demand: Demand) -> SolvedPlan:
        """Give the best plan when a project asks for another number of mentors.

        Raises
        ------
        MatcherError
            A number below zero, a minimum above its maximum, more locks than that.
        """
        row = self._state.names.row(project)
        return SolvedPlan(range_edits.with_demand(self._state, row, demand))

    def with_load(self, mentor: str, load: Load) -> SolvedPlan:
        """Give the best plan when a mentor takes another number of projects.

        Raises
        ------
        MatcherError
            A number below zero, a minimum above its maximum, more locks than that.
        """
        column = self._state.names.column(mentor)
        return SolvedPlan(range_edits.with_load(self._state, column, load))

    def alternates(self, k: int) -> tuple[tuple[Alternate, ...], ...]:
        """Give the next ``k`` mentors of each project, the rest of the plan adapting.

        Parameters
        ----------
        k : int

        Returns
        -------
        tuple of tuples of Alternate, one a project in the order of rows
            The cheapest first (pairs lost, then minimums missed, then price),
            ties by id; fewer where fewer are possible.
        """
        ranks = np.argsort(self._state.order.columns)
        return cheapest_alternates(self.prices(), self.constraints.mentor_ids, ranks, k)

    def _edited(
        self, edit: Callable[[State, Cell], State], project: str, mentor: str
    ) -> SolvedPlan:
        return SolvedPlan(edit(self._state, self._cell(project, mentor)))

    def _cell(self, project: str, mentor: str) -> Cell:
        return self._state.names.row(project), self._state.names.column(mentor)


def _refused(code: str, pair: Pair) -> MatcherError:
    return MatcherError(code, project=pair.project, mentor=pair.mentor)
