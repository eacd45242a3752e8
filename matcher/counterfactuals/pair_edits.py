"""One pair locked, unlocked, forbidden or allowed: the plan follows by one exchange."""

from __future__ import annotations

from dataclasses import replace

from matcher.constraints import BoolArray, Constraints
from matcher.counterfactuals.exchanges import dropping, forcing
from matcher.counterfactuals.residual import Cell
from matcher.counterfactuals.state import State
from matcher.errors import MatcherError


def lock(state: State, cell: Cell) -> State:
    """Give the best plan that holds a pair besides."""
    pair = state.names.pair(cell)
    if state.is_forbidden(cell):
        raise MatcherError("lock_against_conflict", project=pair.project, mentor=pair.mentor)
    if state.is_locked(cell):
        return state
    _check_places(state, cell)
    constraints = replace(
        state.constraints, locked=_marked(state.constraints.locked, state.given(cell), True)
    )
    exchange = None if state.residual.held[cell] else forcing(state.residual, *cell)
    return state.after(exchange, constraints=constraints, closed=[cell])


def unlock(state: State, cell: Cell) -> State:
    """Give the best plan that may do without a locked pair."""
    if not state.is_locked(cell):
        return state
    constraints = replace(
        state.constraints, locked=_marked(state.constraints.locked, state.given(cell), False)
    )
    priced = state.with_costs([cell])
    if priced is None:
        return state.solved_again(constraints)
    exchange = dropping(priced.residual, *cell, held=False)
    if exchange and exchange.weight - priced.residual.costs[cell] < 0:
        return priced.after(exchange, constraints=constraints)
    return priced.after(None, constraints=constraints, kept=[cell])


def forbid(state: State, cell: Cell) -> State:
    """Give the best plan without a pair."""
    if state.is_forbidden(cell):
        return state
    pair = state.names.pair(cell)
    if state.is_locked(cell):
        raise MatcherError("lock_against_conflict", project=pair.project, mentor=pair.mentor)
    constraints = _with_forbidden(state, cell, True)
    exchange = dropping(state.residual, *cell, held=True) if state.residual.held[cell] else None
    return state.after(exchange, constraints=constraints, closed=[cell])


def allow(state: State, cell: Cell) -> State:
    """Give the best plan that may hold a pair that was forbidden."""
    if not state.is_forbidden(cell):
        return state
    constraints = _with_forbidden(state, cell, False)
    priced = state.with_costs([cell])
    if priced is None:
        return state.solved_again(constraints)
    exchange = forcing(priced.residual, *cell)
    if exchange and exchange.weight < 0:
        return priced.after(exchange, constraints=constraints)
    return priced.after(None, constraints=constraints, opened=[cell])


def _with_forbidden(state: State, cell: Cell, mark: bool) -> Constraints:
    marks = _marked(state.constraints.forbidden, state.given(cell), mark)
    return replace(state.constraints, forbidden=marks)


def _marked(marks: BoolArray, cell: Cell, mark: bool) -> BoolArray:
    changed = marks.copy()
    changed[cell] = mark
    changed.setflags(write=False)
    return changed


def _check_places(state: State, cell: Cell) -> None:
    """Refuse a lock that demand or load has no place for."""
    pair, (row, column) = state.names.pair(cell), state.given(cell)
    limits = state.constraints
    locks = 1 + int(limits.locked[row].sum())
    demand = int(limits.demand_high[row])
    if locks > demand:
        raise MatcherError("locks_beyond_demand", project=pair.project, locks=locks, demand=demand)
    locks = 1 + int(limits.locked[:, column].sum())
    max_load = int(limits.load_high[column])
    if locks > max_load:
        raise MatcherError("locks_beyond_load", mentor=pair.mentor, locks=locks, max_load=max_load)
