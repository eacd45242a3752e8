"""Groups, their tutors and the pairs beside them as a program's choices and lines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.constraints import BoolArray, IntArray
from matcher.groups.question import Question
from matcher.programs import Drafting, Program

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class GroupLines:
    """A question as a program, and what each of its choices means; -1 for none.

    Attributes
    ----------
    question : Question
    program : Program
    leads, seconds : int64 array, shape (n_slots,)
        A slot is a group that might be; its tutor's and its co-tutor's column, -1
        for none. Where the same may lead several groups, they have as many slots.
    opened : int64 array, shape (n_slots,)
        The choice that says that there is such a group.
    inside : int64 array, shape (n_projects, n_slots)
        Whether the project is in it.
    tongue : int64 array, shape (n_slots, n_languages)
        Whether that is its language.
    pairs : int64 array, shape (n_projects, n_mentors)
        Whether they are a single pair beside the groups.
    short : int64 array
        What demands and min_loads lack.
    gains : float64 array, shape (n_choices,)
        The worth; affinities lowered by the least.
    unit : float
        One unit of gain in the affinities' own numbers.
    """

    question: Question
    program: Program
    leads: IntArray
    seconds: IntArray
    opened: IntArray
    inside: IntArray
    tongue: IntArray
    pairs: IntArray
    short: IntArray
    gains: Floats
    unit: float


class _Writer:
    """The choices first; then a method for each kind of line."""

    def __init__(self, question: Question, *, with_pairs: bool) -> None:
        self.question, self.draft, self.with_pairs = question, Drafting(), with_pairs
        self.leads, self.seconds = _slots(question)
        self.opened = self.draft.choices(len(self.leads))
        self.spoken = question.speaks[self.leads]
        can_lead, common = question.can_lead[:, self.leads], question.common[:, self.leads]
        if question.rules.co_tutors:
            self.spoken = self.spoken & question.speaks[self.seconds]
            common = common & question.common[:, self.seconds]
            can_lead = can_lead & question.can_lead[:, self.seconds]
        self.common = common
        self.inside = self._where(can_lead & common.any(axis=2))
        self.tongue = self._where(self.spoken)
        limits = question.constraints
        beside = ~limits.forbidden & (limits.demand_high > 0)[:, None]
        beside &= (limits.load_high > 0)[None, :]
        self.pairs = self._where(beside if with_pairs else np.zeros_like(beside))
        self.short = np.zeros(0, dtype=np.int64)

    def _where(self, possible: BoolArray) -> IntArray:
        where = np.full(possible.shape, -1, dtype=np.int64)
        where[possible] = self.draft.choices(int(possible.sum()))
        return where

    def sums(
        self,
        terms: list[tuple[IntArray, float]],
        count: int,
        *,
        low: Floats | float = -np.inf,
        high: Floats | float = np.inf,
    ) -> None:
        """Write ``count`` lines, each a sum of terms.

        A term is an array of choices, shape (count, …), and their factor.
        """
        rows, columns, entries = [], [], []
        for choices, factor in terms:
            flat = choices.reshape(count, choices.size // count if count else 1)
            at, of = np.nonzero(flat >= 0)
            rows.append(at)
            columns.append(flat[at, of])
            entries.append(np.full(len(at), factor))
        self.draft.lines(
            np.concatenate(rows),
            np.concatenate(columns),
            np.concatenate(entries),
            low=np.broadcast_to(np.asarray(low, dtype=np.float64), (count,)),
            high=np.broadcast_to(np.asarray(high, dtype=np.float64), (count,)),
        )

    def write_groups(self) -> None:
        """Everybody in one group; sizes; how many groups; lower seats first."""
        rules, n_slots = self.question.rules, len(self.leads)
        n_projects = len(self.inside)
        self.sums([(self.inside, 1.0)], n_projects, low=1.0, high=1.0)
        self.sums([(self.inside.T, 1.0), (self.opened, -rules.size_low)], n_slots, low=0.0)
        self.sums([(self.inside.T, 1.0), (self.opened, -rules.size_high)], n_slots, high=0.0)
        at, of = np.nonzero(self.inside >= 0)
        each = self.inside[at, of]
        self.sums([(each, 1.0), (self.opened[of], -1.0)], len(each), high=0.0)
        self.sums([(self.opened[None], 1.0)], 1, low=self.question.fewest, high=self.question.most)
        same = (self.leads[1:] == self.leads[:-1]) & (self.seconds[1:] == self.seconds[:-1])
        again = np.flatnonzero(same)
        before, after = self.opened[again], self.opened[again + 1]
        self.sums([(before, 1.0), (after, -1.0)], len(again), low=0.0)

    def write_languages(self) -> None:
        """A group has one language; who is inside speaks it."""
        question = self.question
        if question.speaks.shape[1] == 1 and question.common.all():
            return
        self.sums([(self.tongue, 1.0), (self.opened, -1.0)], len(self.leads), low=0.0, high=0.0)
        at, of = np.nonzero(self.inside >= 0)
        spoken = np.where(self.common[at, of], self.tongue[of], -1)
        self.sums([(self.inside[at, of], 1.0), (spoken, -1.0)], len(at), high=0.0)

    def write_mentors(self) -> None:
        """Groups that a mentor leads or helps; what they and the pairs take of the load."""
        question = self.question
        rules, limits = question.rules, question.constraints
        n_mentors = len(limits.mentor_ids)
        led = self.led(n_mentors)
        self.sums([(led, 1.0)], n_mentors, high=question.seats.astype(np.float64))
        if not rules.pairs_beside:
            return
        load = float(rules.load_of_group)
        used = [(led, load)]
        high = limits.load_high.astype(np.float64)
        if self.with_pairs:
            self.sums([*used, (self.pairs.T, 1.0)], n_mentors, high=high)
            return
        # Locks that no group meets will be pairs later and need their places.
        met = np.where(limits.locked[:, :, None], self._tutoring(), -1)
        need = high - limits.locked.sum(axis=0)
        self.sums([*used, (met.transpose(1, 0, 2), -1.0)], n_mentors, high=need)

    def mine(self, n_mentors: int) -> BoolArray:
        """Tell the slots in which each mentor is tutor or co-tutor, shape (n_mentors, n_slots)."""
        everybody = np.arange(n_mentors)[:, None]
        marks: BoolArray = (self.leads == everybody) | (self.seconds == everybody)
        return marks

    def led(self, n_mentors: int) -> IntArray:
        """Give the slots' choices where the mentor is in them, shape (n_mentors, n_slots)."""
        return np.where(self.mine(n_mentors), self.opened[None, :], -1)

    def _tutoring(self) -> IntArray:
        """The choices by which a mentor leads or helps a project's group, any is enough."""
        mine = self.mine(len(self.question.seats))
        return np.where(mine[None], self.inside[:, None, :], -1)

    def write_apart(self) -> None:
        """Projects that must not meet."""
        for rows in self.question.apart:
            theirs = [(self.inside[rows].T, 1.0), (self.opened, -1.0)]
            self.sums(theirs, len(self.leads), high=0.0)

    def write_pairs(self) -> None:
        """Locks are met; single pairs keep to demands and are not tutors as well."""
        limits = self.question.constraints
        tutoring = self._tutoring()
        rows, columns = np.nonzero(limits.locked)
        meeting = [(tutoring[rows, columns], 1.0), (self.pairs[rows, columns], 1.0)]
        if self.with_pairs or not self.question.rules.pairs_beside:
            self.sums(meeting, len(rows), low=1.0)
        if not self.with_pairs:
            return
        rows, columns = np.nonzero(self.pairs >= 0)
        once = [(tutoring[rows, columns], 1.0), (self.pairs[rows, columns], 1.0)]
        self.sums(once, len(rows), high=1.0)
        n_projects, n_mentors = self.pairs.shape
        self.sums([(self.pairs, 1.0)], n_projects, high=limits.demand_high.astype(np.float64))
        short = self.draft.choices(n_projects, most=limits.demand_low, whole=False)
        demand = limits.demand_low.astype(np.float64)
        self.sums([(self.pairs, 1.0), (short, 1.0)], n_projects, low=demand)
        idle = self.draft.choices(n_mentors, most=limits.load_low, whole=False)
        load = float(self.question.rules.load_of_group)
        used = [(self.led(n_mentors), load), (self.pairs.T, 1.0), (idle, 1.0)]
        self.sums(used, n_mentors, low=limits.load_low.astype(np.float64))
        self.short = np.concatenate([short, idle])

    def write_nearness(self) -> tuple[IntArray, Floats]:
        """Whether two projects are in one group, for each two whose nearness counts."""
        near = np.triu(self.question.near, 1)
        first, second = np.nonzero(near)
        together = self.draft.choices(len(first), whole=False)
        n_projects = len(near)
        mine = np.full((n_projects, n_projects), -1, dtype=np.int64)
        mine[first, second] = mine[second, first] = together
        # Nobody is together with more than a group holds; without it bounds are weak.
        beside = float(self.question.rules.size_high - 1)
        self.sums([(mine, 1.0)], n_projects, high=beside)
        for at in range(len(self.leads)):
            one, other = self.inside[first, at], self.inside[second, at]
            good = near[first, second] > 0
            for inner, outer in ((one, other), (other, one)):
                terms = [(together[good], 1.0), (inner[good], 1.0), (outer[good], -1.0)]
                self.sums(terms, int(good.sum()), high=1.0)
            bad = ~good & (one >= 0) & (other >= 0)
            terms = [(together[bad], -1.0), (one[bad], 1.0), (other[bad], 1.0)]
            self.sums(terms, int(bad.sum()), high=1.0)
        return together, near[first, second]


def _slots(question: Question) -> tuple[IntArray, IntArray]:
    """The tutor and the co-tutor of every group that might be."""
    seats, n_mentors = np.minimum(question.seats, question.most), len(question.seats)
    if not question.rules.co_tutors:
        leads = np.repeat(np.arange(n_mentors), seats)
        return leads, np.full(len(leads), -1, dtype=np.int64)
    both = ~question.strangers & ~np.eye(n_mentors, dtype=np.bool_)
    both &= (question.speaks.astype(np.int64) @ question.speaks.T.astype(np.int64)) > 0
    times = np.where(both, np.minimum(seats[:, None], seats[None, :]), 0)
    first, second = np.nonzero(times)
    count = times[first, second]
    return np.repeat(first, count), np.repeat(second, count)


def lines_of(question: Question, *, with_pairs: bool) -> GroupLines:
    """Write a question as a program, with or without the single pairs beside the groups."""
    writer = _Writer(question, with_pairs=with_pairs)
    writer.write_groups()
    writer.write_languages()
    writer.write_mentors()
    writer.write_apart()
    writer.write_pairs()
    together, near = writer.write_nearness()
    values, weight = question.values, question.rules.co_tutor_weight
    some = values[~question.constraints.forbidden]
    least = float(some.min(initial=np.inf)) if some.size else 0.0
    span = float(some.max()) - least if some.size else 0.0
    unit = max(span, float(np.abs(near).max(initial=0.0))) or 1.0
    gains = np.zeros(writer.draft.n_choices)
    raised = (values - least) / unit
    inside = raised[:, writer.leads]
    if question.rules.co_tutors:
        inside = inside + weight * raised[:, writer.seconds]
    _gain(gains, writer.inside, inside)
    _gain(gains, writer.pairs, raised)
    gains[together] = near / unit
    return GroupLines(
        question=question,
        program=writer.draft.finished(),
        leads=writer.leads,
        seconds=writer.seconds,
        opened=writer.opened,
        inside=writer.inside,
        tongue=writer.tongue,
        pairs=writer.pairs,
        short=writer.short,
        gains=gains,
        unit=unit,
    )


def _gain(gains: Floats, where: IntArray, values: Floats) -> None:
    some = where >= 0
    gains[where[some]] = values[some]
