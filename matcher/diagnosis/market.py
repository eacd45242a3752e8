"""Who asks and who gives: one side's minimums against the places of the other."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matcher.constraints import BoolArray, Constraints, IntArray


@dataclass(frozen=True, eq=False, slots=True)
class Market:
    """The askers' minimums, served as far as they can be; locked pairs are set apart.

    Projects ask and mentors give, or the other way round: a plan that serves
    the most of both sides' minimums serves the most of either (Mendelsohn and
    Dulmage, see :func:`matcher.flow.solve`), so each side is looked at alone.

    Attributes
    ----------
    asks : int64 array, shape (n_askers,)
        Places to the minimum beside the locked ones.
    room : int64 array, shape (n_givers,)
        Places beside the locked ones.
    open_pairs : bool array, shape (n_askers, n_givers)
        Pairs neither locked nor forbidden; each can serve one place.
    held : bool array, shape (n_askers, n_givers)
        The open pairs that serve a place of the minimums.
    """

    asks: IntArray
    room: IntArray
    open_pairs: BoolArray
    held: BoolArray

    @classmethod
    def of_projects(cls, constraints: Constraints, chosen: BoolArray) -> Market:
        """Projects ask for their demand's lower end; ``chosen`` leaves as few short as can be."""
        return cls._of(
            constraints.demand_low,
            constraints.load_high,
            (constraints.forbidden, constraints.locked, chosen),
        )

    @classmethod
    def of_mentors(cls, constraints: Constraints, chosen: BoolArray) -> Market:
        """Mentors ask for their min_load; ``chosen`` leaves as few short as can be."""
        return cls._of(
            constraints.load_low,
            constraints.demand_high,
            (constraints.forbidden.T, constraints.locked.T, chosen.T),
        )

    @classmethod
    def _of(
        cls, low: IntArray, high: IntArray, marks: tuple[BoolArray, BoolArray, BoolArray]
    ) -> Market:
        forbidden, locked, chosen = marks
        asks = np.maximum(low - locked.sum(axis=1), 0)
        free = chosen & ~locked
        held = free & (np.cumsum(free, axis=1) <= asks[:, None])
        return cls(asks, high - locked.sum(axis=0), ~(forbidden | locked), held)

    @property
    def missing(self) -> IntArray:
        """Places that each asker lacks, shape (n_askers,)."""
        lacking: IntArray = self.asks - self.held.sum(axis=1)
        return lacking

    @property
    def spare(self) -> IntArray:
        """Places that each giver has left, shape (n_givers,)."""
        left: IntArray = self.room - self.held.sum(axis=0)
        return left

    def starved(self) -> tuple[BoolArray, BoolArray]:
        """Mark what those short can reach by exchanges: the smaller side of the least cut.

        Returns
        -------
        askers : bool array, shape (n_askers,)
            The one smallest set that misses all that is missing.
        givers : bool array, shape (n_givers,)
            Their full givers: one place more at any of them is one missing less.
        """
        askers = self.missing > 0
        givers = np.zeros(len(self.room), dtype=np.bool_)
        wanted = self.open_pairs & ~self.held
        fresh = askers
        while fresh.any():
            reached = wanted[fresh].any(axis=0) & ~givers
            givers |= reached
            fresh = self.held[:, reached].any(axis=1) & ~askers
            askers = askers | fresh
        return askers, givers

    def relieved(self) -> tuple[BoolArray, BoolArray]:
        """Mark who can give a place without anybody losing one.

        Returns
        -------
        askers : bool array, shape (n_askers,)
            They would find another giver for one more of their places.
        givers : bool array, shape (n_givers,)
            They have a place left, or an asker who would find another giver.
        """
        givers = self.spare > 0
        askers = np.zeros(len(self.asks), dtype=np.bool_)
        others = self.open_pairs & ~self.held
        fresh = givers
        while fresh.any():
            reached = others[:, fresh].any(axis=1) & ~askers
            askers |= reached
            fresh = self.held[reached].any(axis=0) & ~givers
            givers = givers | fresh
        return askers, givers

    def among(self, askers: IntArray) -> Market:
        """Give the market of some askers alone, served as far as they can be."""
        return replace(
            self,
            asks=self.asks[askers],
            open_pairs=self.open_pairs[askers],
            held=self.held[askers],
        ).served()

    def with_asks(self, asker: int, asks: int) -> Market:
        """Give the market when somebody asks for another number, served as far as it can be."""
        asked, held = self.asks.copy(), self.held.copy()
        asked[asker] = asks
        held[asker] &= np.cumsum(held[asker]) <= asks
        return replace(self, asks=asked, held=held).served()

    def with_room(self, giver: int, room: int) -> Market:
        """Give the market when somebody has more room, served as far as it can be."""
        roomy = self.room.copy()
        roomy[giver] = room
        return replace(self, room=roomy).served()

    def served(self) -> Market:
        """Give the market with as many places served as there can be."""
        after = replace(self, held=self.held.copy())
        after._serve_directly()
        while after._serve_one():
            pass
        return after

    def _serve_directly(self) -> None:
        """Serve in ``held`` whoever can have a place that is left."""
        spare, missing = self.spare, self.missing
        for asker in np.flatnonzero(missing).tolist():
            wanted = self.open_pairs[asker] & ~self.held[asker] & (spare > 0)
            taken = np.flatnonzero(wanted)[: missing[asker]]
            self.held[asker, taken] = True
            spare[taken] -= 1

    def _serve_one(self) -> bool:
        """Serve one place more in ``held``, by a chain of exchanges if need be."""
        before_asker = np.full(len(self.asks), -1, dtype=np.int64)
        before_giver = np.full(len(self.room), -1, dtype=np.int64)
        spare = self.spare > 0
        seen = self.missing > 0
        if not spare.any():
            return False
        fresh = np.flatnonzero(seen)
        while len(fresh):
            steps = self.open_pairs[fresh] & ~self.held[fresh] & (before_giver < 0)
            givers = np.flatnonzero(steps.any(axis=0))
            if not len(givers):
                break
            before_giver[givers] = fresh[steps[:, givers].argmax(axis=0)]
            last = givers[spare[givers]]
            if len(last):
                self._exchange(int(last[0]), before_asker, before_giver)
                return True
            back = self.held[:, givers]
            fresh = np.flatnonzero(back.any(axis=1) & ~seen)
            seen[fresh] = True
            before_asker[fresh] = givers[back[fresh].argmax(axis=1)]
        return False

    def _exchange(self, giver: int, before_asker: IntArray, before_giver: IntArray) -> None:
        while giver >= 0:
            asker = int(before_giver[giver])
            self.held[asker, giver] = True
            giver = int(before_asker[asker])
            if giver >= 0:
                self.held[asker, giver] = False
