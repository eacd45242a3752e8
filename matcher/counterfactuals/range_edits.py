"""Another demand or load for somebody: the plan follows, one place at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from matcher.constraints import BoolArray, Constraints, IntArray
from matcher.counterfactuals.exchanges import (
    Exchange,
    from_mentor_to_pool,
    from_pool_to_mentor,
    from_pool_to_project,
    from_project_to_pool,
)
from matcher.counterfactuals.state import State
from matcher.counterfactuals.weights import Side
from matcher.errors import MatcherError
from matcher.profiles import Demand, Load

# What Constraints.build stores for a number that is as good as no limit.
MOST = 2**31


def with_demand(state: State, row: int, demand: Demand) -> State:
    """Give the best plan when a project asks for another number of mentors."""
    project, at = state.names.projects[row], int(state.order.rows[row])
    _check_range("demand", demand.low, demand.high, project=project)
    low, high = min(demand.low, MOST), min(demand.high, MOST)
    limits = state.constraints
    locks = int(limits.locked[at].sum())
    if locks > high:
        raise MatcherError("locks_beyond_demand", project=project, locks=locks, demand=high)
    constraints = replace(
        limits,
        demand_low=_with_number(limits.demand_low, at, low),
        demand_high=_with_number(limits.demand_high, at, high),
    )
    cells = np.zeros_like(state.known)
    cells[row] = state.room.mentors.high > 0
    opened = _opened(state, constraints, cells) if high else state
    if opened is None:
        return state.solved_again(constraints)
    most = len(state.names.mentors)
    for step in _steps(opened.room.projects, row, (min(low, most), min(high, most))):
        opened = _project_step(opened, row, step)
    room = replace(opened.room, projects=opened.room.projects.within(row, low, high))
    return replace(opened, constraints=constraints, room=room)


def with_load(state: State, column: int, load: Load) -> State:
    """Give the best plan when a mentor takes another number of projects."""
    mentor, at = state.names.mentors[column], int(state.order.columns[column])
    _check_range("load", load.low, load.high, mentor=mentor)
    most = len(state.names.projects)
    low, high = min(load.low, MOST), most if load.high is None else min(load.high, MOST)
    limits = state.constraints
    locks = int(limits.locked[:, at].sum())
    if locks > high:
        raise MatcherError("locks_beyond_load", mentor=mentor, locks=locks, max_load=high)
    constraints = replace(
        limits,
        load_low=_with_number(limits.load_low, at, low),
        load_high=_with_number(limits.load_high, at, high),
    )
    cells = np.zeros_like(state.known)
    cells[:, column] = state.room.projects.high > 0
    opened = _opened(state, constraints, cells) if high else state
    if opened is None:
        return state.solved_again(constraints)
    for step in _steps(opened.room.mentors, column, (min(low, most), min(high, most))):
        opened = _mentor_step(opened, column, step)
    room = replace(opened.room, mentors=opened.room.mentors.within(column, low, high))
    return replace(opened, constraints=constraints, room=room)


def _check_range(what: str, low: int, high: int | None, **who: str) -> None:
    for number in (low, high):
        if number is not None and number < 0:
            raise MatcherError(f"{what}_below_zero", asked=number, **who)
    if high is not None and low > high:
        raise MatcherError(f"{what}_min_above_max", low=low, high=high, **who)


def _with_number(numbers: IntArray, at: int, number: int) -> IntArray:
    changed = numbers.copy()
    changed[at] = number
    changed.setflags(write=False)
    return changed


def _opened(state: State, constraints: Constraints, cells: BoolArray) -> State | None:
    """Open the pairs of somebody who took none before, or say that their costs do not fit."""
    by_id = state.order.by_id
    cells &= ~state.known & ~constraints.forbidden[by_id] & ~constraints.locked[by_id]
    new = [(int(i), int(j)) for i, j in np.argwhere(cells)]
    if not new:
        return state
    priced = state.with_costs(new)
    return priced and priced.after(None, constraints=state.constraints, opened=new)


def _steps(side: Side, at: int, to: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Ranges from the present one to another, one number changed by one each time."""
    # Beyond this nothing changes.
    most = max(to[1], int(side.taken[at]) + 1)
    low, high = min(int(side.low[at]), most), min(int(side.high[at]), most)
    while high < to[1]:
        high += 1
        yield low, high
    while low != to[0]:
        low += 1 if low < to[0] else -1
        yield low, high
    while high > to[1]:
        high -= 1
        yield low, high


def _project_step(state: State, row: int, step: tuple[int, int]) -> State:
    """Change a project's range by one place.

    One arc of the residual graph is new or lighter, so at most one exchange
    gains something, and it goes through that arc.
    """
    room = replace(state.room, projects=state.room.projects.within(row, *step))
    before, now = state.room.arcs(), room.arcs()
    more, fewer = now.into_project[row], now.from_project[row]
    exchange = None
    if state.room.projects.taken[row] > step[1]:
        exchange = from_pool_to_project(state.residual, row)
    elif more < before.into_project[row]:
        exchange = _gaining(from_project_to_pool(state.residual, row), more)
    elif fewer < before.from_project[row]:
        exchange = _gaining(from_pool_to_project(state.residual, row), fewer)
    elif more == before.into_project[row] and fewer == before.from_project[row]:
        return replace(state, room=room)
    return state.after(exchange, constraints=state.constraints, room=room, touched=[row])


def _mentor_step(state: State, column: int, step: tuple[int, int]) -> State:
    """Change a mentor's range by one place, as :func:`_project_step`."""
    room = replace(state.room, mentors=state.room.mentors.within(column, *step))
    before, now = state.room.arcs(), room.arcs()
    more, fewer = now.from_mentor[column], now.into_mentor[column]
    exchange = None
    if state.room.mentors.taken[column] > step[1]:
        exchange = from_mentor_to_pool(state.residual, column)
    elif more < before.from_mentor[column]:
        exchange = _gaining(from_pool_to_mentor(state.residual, column), more)
    elif fewer < before.into_mentor[column]:
        exchange = _gaining(from_mentor_to_pool(state.residual, column), fewer)
    elif more == before.from_mentor[column] and fewer == before.into_mentor[column]:
        return replace(state, room=room)
    return state.after(exchange, constraints=state.constraints, room=room)


def _gaining(exchange: Exchange | None, closing: int) -> Exchange | None:
    """Give the exchange if it weighs less than nothing with the arc that closes it."""
    return exchange if exchange and exchange.weight + int(closing) < 0 else None
