"""Which single acts fill a missing place, and the best plan each could bring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matcher.constraints import BoolArray, Constraints, IntArray
from matcher.counterfactuals.state import State
from matcher.diagnosis.acts import Act, ActKind
from matcher.diagnosis.market import Market
from matcher.diagnosis.unit_prices import UnitPrices

Bound = tuple[int, float]
PLACE_KINDS: tuple[ActKind, ...] = (
    "raise_load",
    "lower_min_load",
    "raise_demand",
    "lower_demand",
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An act, and what no plan after it goes beyond: pairs, then total."""

    act: Act
    bound: Bound


@dataclass(frozen=True, eq=False)
class Shortage:
    """A best plan that leaves somebody short.

    Attributes
    ----------
    state : State
    projects, mentors : Market
        Each side's minimums against the other's places.
    liftable : bool array, shape (n_projects, n_mentors)
        Conflicts that may be lifted.
    n_pairs : int
    total : float
    slack : float
        What rounding can hide of a total.
    """

    state: State
    projects: Market
    mentors: Market
    liftable: BoolArray
    n_pairs: int
    total: float
    slack: float

    @property
    def missing(self) -> int:
        """The places missing to minimums on both sides."""
        return int(self.projects.missing.sum() + self.mentors.missing.sum())

    @cached_property
    def _prices(self) -> UnitPrices:
        return UnitPrices.of(self.state)

    def place_acts(self, kind: ActKind, places: int) -> Iterator[Candidate]:
        """Give one kind's acts of so many places that fill as many, the best bound first."""
        limits, order = self.state.constraints, self.state.order
        about_projects = kind in {"raise_demand", "lower_demand"}
        market = self.projects if kind in {"raise_load", "lower_demand"} else self.mentors
        numbers = _numbers(kind, limits)
        raising = kind in {"raise_load", "raise_demand"}
        askers, givers = market.starved()
        # Whoever takes none is not asked to take one.
        who = givers & (numbers > 0) if raising else askers & (market.asks >= places)
        able = np.flatnonzero(who).tolist()
        if not able:
            return
        rank = np.argsort(order.rows if about_projects else order.columns)
        weights = self._prices.of_places(kind)[rank[able]]
        ids = limits.project_ids if about_projects else limits.mentor_ids
        change = places if raising else -places
        acts = [
            Act(
                kind,
                project=ids[one] if about_projects else "",
                mentor="" if about_projects else ids[one],
                before=int(numbers[one]),
                after=int(numbers[one]) + change,
            )
            for one in able
        ]
        at = dict(zip(acts, able, strict=True))
        for one in _best_first(acts, self._bounds(weights, places)):
            if _fills(market, raising, at[one.act], places):
                yield one

    def pair_acts(self, kind: ActKind, gain: int) -> list[Candidate]:
        """Give the locks or conflicts that would fill ``gain`` places, the best bound first."""
        limits, order = self.state.constraints, self.state.order
        lifting = kind == "lift_conflict"
        if lifting:
            marks = limits.forbidden & self.liftable
            of_project, of_mentor = _lifted(self.projects), _lifted(self.mentors).T
        else:
            marks = limits.locked
            of_project = _released(self.projects, marks.sum(axis=1) > limits.demand_low)
            of_mentor = _released(self.mentors, marks.sum(axis=0) > limits.load_low).T
        rows, columns = np.nonzero(marks & (of_project.astype(int) + of_mentor == gain))
        acts = [
            Act(kind, project=limits.project_ids[row], mentor=limits.mentor_ids[column])
            for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        ]
        if not acts:
            return []
        by_id = np.argsort(order.rows)[rows], np.argsort(order.columns)[columns]
        prices = self._prices
        weights = prices.lift_conflict(*by_id) if lifting else prices.release_lock(*by_id)
        if weights is None:
            # Their affinity lies outside the range that is priced: only solving tells.
            return _best_first(acts, [(2**62, np.inf)] * len(acts))
        return _best_first(acts, self._bounds(weights, 1))

    def _bounds(self, weights: IntArray, places: int) -> list[Bound]:
        pairs, rises = self._prices.apart(weights)
        # Where nothing is exchanged the total is the plan's to the last digit.
        rises = np.where(weights, places * rises + self.slack, 0.0)
        return [
            (self.n_pairs + places * more, self.total + rise)
            for more, rise in zip(pairs.tolist(), rises.tolist(), strict=True)
        ]


def _numbers(kind: ActKind, limits: Constraints) -> IntArray:
    match kind:
        case "raise_load":
            return limits.load_high
        case "lower_min_load":
            return limits.load_low
        case "raise_demand":
            return limits.demand_high
        case _:
            return limits.demand_low


def _fills(market: Market, raising: bool, one: int, places: int) -> bool:
    """Whether so many places fill as many; a single one does, wherever those short can reach."""
    if places == 1:
        return True
    if raising:
        after = market.with_room(one, int(market.room[one]) + places)
    else:
        after = market.with_asks(one, int(market.asks[one]) - places)
    return int(market.missing.sum() - after.missing.sum()) == places


def _lifted(market: Market) -> BoolArray:
    """Mark pairs that would serve one place more if they were open."""
    marks: BoolArray = market.starved()[0][:, None] & market.relieved()[1]
    return marks


def _released(market: Market, over: BoolArray) -> BoolArray:
    """Mark locked pairs that would leave their giver to those short, and their asker served."""
    marks: BoolArray = (market.relieved()[0] | over)[:, None] & market.starved()[1]
    return marks


def _best_first(acts: list[Act], bounds: list[Bound]) -> list[Candidate]:
    found = [Candidate(act, bound) for act, bound in zip(acts, bounds, strict=True)]
    return sorted(found, key=lambda one: (-one.bound[0], -one.bound[1], one.act))
