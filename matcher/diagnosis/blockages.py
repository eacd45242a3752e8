"""The smallest sets of people whose minimums nobody can meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from matcher.constraints import BoolArray, Constraints, IntArray
from matcher.diagnosis.cores import core_of
from matcher.diagnosis.market import Market

BlockageKind = Literal["projects_short", "mentors_short"]


@dataclass(frozen=True, slots=True)
class Blockage:
    """Some who ask for more places than all whom they can have offer.

    Attributes
    ----------
    kind : str
        ``projects_short``: projects ask for their demand's lower end and
        mentors offer. ``mentors_short``: mentors ask for their min_load and
        projects offer.
    project_ids, mentor_ids : tuple of str
        Those who ask, all of them, and those of the other side whom they can
        have: with an open or locked pair, and not without any places; in the
        order of rows and columns.
    needs : tuple of int
        What each of those who ask needs, locked pairs included.
    offers : tuple of int
        What each of the others offers them: their locked pairs with them, and
        no more open pairs than there are, nor than places beside all locks; 0
        where all their places are locked with others.
    locked_elsewhere : int
        Places of those who offer that are locked with others.
    forbidden_pairs : int
        Conflicts of those who ask that forbid a pair.
    core : Blockage or None
        The part of them that blocks even alone, where that is fewer: without
        any one of it the others could all be served.
    """

    kind: BlockageKind
    project_ids: tuple[str, ...]
    mentor_ids: tuple[str, ...]
    needs: tuple[int, ...]
    offers: tuple[int, ...]
    locked_elsewhere: int
    forbidden_pairs: int
    core: Blockage | None = None

    @property
    def needed(self) -> int:
        """The places that they ask for together; always more than offered."""
        return sum(self.needs)

    @property
    def offered(self) -> int:
        """The most places that they can have together."""
        return sum(self.offers)

    @property
    def missing(self) -> int:
        """How many of their places no plan can fill."""
        return self.needed - self.offered


def find_blockages(
    kind: BlockageKind, market: Market, constraints: Constraints
) -> tuple[Blockage, ...]:
    """Give the smallest sets that miss all that is missing on one side, apart from each other.

    Parameters
    ----------
    kind : str
    market : Market
        That side's.
    constraints : Constraints

    Returns
    -------
    tuple of Blockage
        In the order of their first asker. Their ``missing`` adds up to all
        that is missing, and everybody who is short in the plan is in one.

    Notes
    -----
    Some askers A can have at most ``offered(A)``: the sum over givers of the
    smaller of their room and their open pairs with A. All can be served just
    when no A asks for more (Hall [1]_; with ranges and single pairs Gale [2]_
    and Hoffman [3]_). The greatest excess is what every plan misses; the sets
    that reach it are closed under intersection, since ``offered`` is
    submodular, so one of them lies in all others: the smallest in number too.
    It is what those short can reach in the residual graph. Where two parts of
    it share no giver who is too small for both, their excesses simply add up,
    and they are reported apart.

    References
    ----------
    .. [1] P. Hall, "On Representatives of Subsets", *Journal of the London
       Mathematical Society* s1-10 (1935), 26-30.
       https://doi.org/10.1112/jlms/s1-10.37.26
    .. [2] D. Gale, "A theorem on flows in networks", *Pacific Journal of
       Mathematics* 7 (1957), 1073-1082. https://doi.org/10.2140/pjm.1957.7.1073
    .. [3] A. J. Hoffman, "Some recent applications of the theory of linear
       inequalities to extremal combinatorial analysis", *Proceedings of Symposia
       in Applied Mathematics* 10 (1960), 113-127. https://doi.org/10.1090/psapm/010/0114759
    """
    askers, givers = market.starved()
    groups = _apart(askers, market.open_pairs[:, givers & (market.room > 0)])
    sides = _Sides(kind, constraints)
    return tuple(sides.blockage(market, group, core_of(market, group)) for group in groups)


def _apart(askers: BoolArray, shared: BoolArray) -> list[IntArray]:
    """Part the askers into groups that share no full giver."""
    left = askers.copy()
    groups = []
    while left.any():
        group = np.zeros_like(left)
        group[left.argmax()] = True
        size = 0
        while group.sum() > size:
            size = int(group.sum())
            group = group | (left & shared[:, shared[group].any(axis=0)].any(axis=1))
        groups.append(np.flatnonzero(group))
        left &= ~group
    return groups


@dataclass(frozen=True, slots=True)
class _Sides:
    kind: BlockageKind
    constraints: Constraints

    def blockage(self, market: Market, group: IntArray, core: IntArray) -> Blockage:
        """Name a group of askers, and the part of it that blocks alone."""
        named = self._named(market, group, None)
        if len(core) == len(group):
            return named
        return self._named(market, group, self._named(market, core, None))

    def _named(self, market: Market, group: IntArray, core: Blockage | None) -> Blockage:
        limits = self.constraints
        locked, forbidden = limits.locked, limits.forbidden
        low, high = limits.demand_low, limits.load_high
        ask_ids, give_ids = limits.project_ids, limits.mentor_ids
        if self.kind == "mentors_short":
            locked, forbidden = locked.T, forbidden.T
            low, high = limits.load_low, limits.demand_high
            ask_ids, give_ids = give_ids, ask_ids
        own = locked[group].sum(axis=0)
        pairs = market.open_pairs[group].sum(axis=0)
        offers = own + np.minimum(market.room, pairs)
        givers = np.flatnonzero((own + pairs > 0) & (high > 0))
        askers = tuple(ask_ids[one] for one in group.tolist())
        others = tuple(give_ids[one] for one in givers.tolist())
        return Blockage(
            kind=self.kind,
            project_ids=others if self.kind == "mentors_short" else askers,
            mentor_ids=askers if self.kind == "mentors_short" else others,
            needs=tuple(low[group].tolist()),
            offers=tuple(offers[givers].tolist()),
            locked_elsewhere=int((locked.sum(axis=0) - own)[givers].sum()),
            forbidden_pairs=int(forbidden[group].sum()),
            core=core,
        )
