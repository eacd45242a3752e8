"""A solved plan with all that is needed to change it by single exchanges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from matcher.constraints import BoolArray, Constraints
from matcher.counterfactuals.consequences import Names
from matcher.counterfactuals.exchanges import Exchange
from matcher.counterfactuals.residual import Cell, Residual
from matcher.counterfactuals.weights import Room, Side, Weights
from matcher.optimum import IdOrder, Optimum, find_optimum
from matcher.pair_costs import Floats, PairCosts


@dataclass(frozen=True, eq=False, slots=True)
class State:
    """An optimal plan: matrices in the order of ids, constraints as they were given.

    Attributes
    ----------
    constraints : Constraints
    order : IdOrder
    names : Names
    values : float64 array, shape (n_projects, n_mentors)
    priced : PairCosts
    known : bool array, shape (n_projects, n_mentors)
        Pairs whose costs mean something.
    residual : Residual
    room : Room
    """

    constraints: Constraints
    order: IdOrder
    names: Names
    values: Floats
    priced: PairCosts
    known: BoolArray
    residual: Residual
    room: Room

    @classmethod
    def solve(cls, values: Floats, constraints: Constraints) -> State:
        """Find the best plan from nothing."""
        optimum = find_optimum(values, constraints, for_paths=True)
        order = optimum.order
        chosen = optimum.free | constraints.locked[order.by_id]
        room = Room(
            Side(
                constraints.demand_low[order.rows],
                constraints.demand_high[order.rows],
                chosen.sum(axis=1),
            ),
            Side(
                constraints.load_low[order.columns],
                constraints.load_high[order.columns],
                chosen.sum(axis=0),
            ),
            Weights.over(optimum.priced.largest, constraints.shape),
        )
        return cls(
            constraints=constraints,
            order=order,
            names=Names.of(
                tuple(constraints.project_ids[row] for row in order.rows.tolist()),
                tuple(constraints.mentor_ids[column] for column in order.columns.tolist()),
            ),
            values=optimum.values,
            priced=optimum.priced,
            known=optimum.open_pairs,
            residual=Residual.of(
                optimum.priced.costs,
                optimum.open_pairs & ~optimum.free,
                optimum.free,
                room.arcs(),
            ),
            room=room,
        )

    def solved_again(self, constraints: Constraints) -> State:
        """Find the best plan under other constraints from nothing."""
        values = np.empty_like(self.values)
        values[self.order.by_id] = self.values
        return State.solve(values, constraints)

    @property
    def optimum(self) -> Optimum:
        """The plan as the flow gives it."""
        return Optimum(self.order, self.values, self.known, self.priced, self.residual.held)

    def given(self, cell: Cell) -> Cell:
        """Where a cell stands in the order that was given."""
        return int(self.order.rows[cell[0]]), int(self.order.columns[cell[1]])

    def is_locked(self, cell: Cell) -> bool:
        """Whether a pair stays whatever it costs."""
        return bool(self.constraints.locked[self.given(cell)])

    def is_forbidden(self, cell: Cell) -> bool:
        """Whether a conflict forbids a pair."""
        return bool(self.constraints.forbidden[self.given(cell)])

    def with_costs(self, cells: Sequence[Cell]) -> State | None:
        """Give the state with these pairs' costs known, or None where the steps do not fit."""
        new = [cell for cell in cells if not self.known[cell]]
        if not new:
            return self
        mask = np.zeros_like(self.known)
        mask[tuple(zip(*new, strict=True))] = True
        priced = self.priced.with_cells(self.values, mask)
        if priced is None:
            return None
        residual = replace(self.residual, costs=priced.costs)
        return replace(self, priced=priced, known=self.known | mask, residual=residual)

    def after(
        self,
        exchange: Exchange | None,
        *,
        constraints: Constraints,
        room: Room | None = None,
        kept: Sequence[Cell] = (),
        closed: Sequence[Cell] = (),
        opened: Sequence[Cell] = (),
        touched: Sequence[int] = (),
    ) -> State:
        """Give the state after an exchange, under other constraints.

        ``kept`` cells are chosen already and become free to change; the others
        are as in :meth:`matcher.counterfactuals.residual.Residual.changed`.
        """
        lost, gained = (exchange.lost, exchange.gained) if exchange else ((), ())
        room = room or self.room
        if lost or gained:
            projects = room.projects.moved([i for i, _ in lost], [i for i, _ in gained])
            mentors = room.mentors.moved([j for _, j in lost], [j for _, j in gained])
            room = replace(room, projects=projects, mentors=mentors)
        residual = self.residual.changed(
            lost=lost,
            gained=(*gained, *kept),
            closed=closed,
            opened=opened,
            touched=touched,
            pool=room.arcs(),
        )
        return replace(self, constraints=constraints, room=room, residual=residual)
