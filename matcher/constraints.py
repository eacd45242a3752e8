"""Demand, loads, conflicts and locks as arrays that do not contradict each other."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from matcher.errors import MatcherError
from matcher.profiles import Conflict, Demand, Load, Lock

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False, slots=True)
class Constraints:
    """What any plan must keep to: who may meet whom, and how often.

    Every array is read-only. Use :meth:`build`, which refuses contradictions;
    the bare constructor believes what it is given.

    Attributes
    ----------
    project_ids : tuple of str, length n_projects
        The rows.
    mentor_ids : tuple of str, length n_mentors
        The columns.
    demand_low, demand_high : int64 array, shape (n_projects,)
        Mentors a project is to have at least, and at most.
    load_low, load_high : int64 array, shape (n_mentors,)
        Projects a mentor takes at least, and at most; without a limit,
        ``load_high`` is n_projects.
    forbidden : bool array, shape (n_projects, n_mentors)
        Pairs with a conflict of strength *never*.
    locked : bool array, shape (n_projects, n_mentors)
        Pairs that stay, whatever their affinity.

    Examples
    --------
    >>> limits = Constraints.build(
    ...     ["film-a", "film-b"],
    ...     ["aida", "bolot"],
    ...     demand=[Demand(1, 1), Demand(1, 2)],
    ...     loads=[Load(0, 1), Load()],
    ...     conflicts=[Conflict("film-a", "bolot")],
    ... )
    >>> limits.load_high.tolist()
    [1, 2]
    >>> limits.forbidden.tolist()
    [[False, True], [False, False]]
    """

    project_ids: tuple[str, ...]
    mentor_ids: tuple[str, ...]
    demand_low: IntArray
    demand_high: IntArray
    load_low: IntArray
    load_high: IntArray
    forbidden: BoolArray
    locked: BoolArray

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns: (n_projects, n_mentors)."""
        return len(self.project_ids), len(self.mentor_ids)

    @classmethod
    def build(
        cls,
        project_ids: Sequence[str],
        mentor_ids: Sequence[str],
        *,
        demand: Sequence[Demand],
        loads: Sequence[Load],
        conflicts: Iterable[Conflict] = (),
        locks: Iterable[Lock] = (),
    ) -> Constraints:
        """Give the constraints as arrays, or say what contradicts what.

        Shortage (more asked than there is) is no contradiction: the plan will
        be partial and name who is short.

        Parameters
        ----------
        project_ids, mentor_ids : sequence of str
            The rows' and the columns' ids, in the order of the affinity matrix.
        demand : sequence of Demand, length n_projects
        loads : sequence of Load, length n_mentors
        conflicts : iterable of Conflict
            Only strength ``never`` forbids a pair; the others are information.
        locks : iterable of Lock
            A lock given twice is one lock.

        Raises
        ------
        MatcherError
            A double id; a number below zero; a minimum above its maximum; an
            unknown id in a conflict or lock (the nearest known one is named);
            a lock against a ``never`` conflict; more locks than the demand or
            the load allows. Correct the row that the sentence names.
        """
        rows, columns = _positions("project", project_ids), _positions("mentor", mentor_ids)
        shape = (len(rows), len(columns))
        if (len(demand), len(loads)) != shape:
            raise ValueError(
                f"{len(demand)} demands and {len(loads)} loads were given for "
                f"{shape[0]} projects and {shape[1]} mentors: give one for each id"
            )
        for project_id, wanted in zip(project_ids, demand, strict=True):
            _check_range("demand", wanted.low, wanted.high, project=project_id)
        for mentor_id, load in zip(mentor_ids, loads, strict=True):
            _check_range("load", load.low, load.high, mentor=mentor_id)
        never = (pair for pair in conflicts if _known(pair, "conflict", rows, columns))
        constraints = cls(
            project_ids=tuple(project_ids),
            mentor_ids=tuple(mentor_ids),
            demand_low=_numbers([wanted.low for wanted in demand]),
            demand_high=_numbers([wanted.high for wanted in demand]),
            load_low=_numbers([load.low for load in loads]),
            load_high=_numbers([shape[0] if load.high is None else load.high for load in loads]),
            forbidden=_marks([c for c in never if c.strength == "never"], rows, columns),
            locked=_marks([k for k in locks if _known(k, "lock", rows, columns)], rows, columns),
        )
        _check_locks(constraints)
        return constraints


def _positions(side: str, ids: Sequence[str]) -> dict[str, int]:
    """Where each id stands; a double one is an error."""
    positions: dict[str, int] = {}
    for position, one in enumerate(ids):
        if one in positions:
            raise MatcherError(f"double_{side}_id", id=one)
        positions[one] = position
    return positions


def _check_range(what: str, low: int, high: int | None, **who: str) -> None:
    """Refuse a number below zero and a minimum above its maximum."""
    for number in (low, high):
        if number is not None and number < 0:
            raise MatcherError(f"{what}_below_zero", asked=number, **who)
    if high is not None and low > high:
        raise MatcherError(f"{what}_min_above_max", low=low, high=high, **who)


def _known(
    pair: Conflict | Lock, what: str, rows: Mapping[str, int], columns: Mapping[str, int]
) -> bool:
    """Whether both ids of a pair are known, which is true or an error.

    Skipping an unknown id in silence could put a conflicted couple together.
    """
    for side, one, known in (("project", pair.project, rows), ("mentor", pair.mentor, columns)):
        if one in known:
            continue
        if not known:
            raise MatcherError(f"{what}_without_{side}s", id=one)
        raise MatcherError(f"{what}_unknown_{side}", id=one, nearest=nearest_id(one, known))
    return True


def nearest_id(wanted: str, known: Iterable[str]) -> str:
    """Give the known id that is written most like ``wanted``.

    >>> nearest_id("P-07", ["p07", "p17", "m07"])
    'p07'
    """

    def folded(text: str) -> str:
        return unicodedata.normalize("NFKC", text).casefold()

    matcher = SequenceMatcher(b=folded(wanted), autojunk=False)

    def likeness(candidate: str) -> float:
        matcher.set_seq1(folded(candidate))
        return matcher.ratio()

    return max(sorted(known), key=likeness)


def _numbers(values: Sequence[int]) -> IntArray:
    # A load of 10**30 is as good as no limit, and must not overflow.
    array = np.array([min(value, 2**31) for value in values], dtype=np.int64)
    array.setflags(write=False)
    return array


def _marks(
    pairs: Sequence[Conflict | Lock], rows: Mapping[str, int], columns: Mapping[str, int]
) -> BoolArray:
    marks = np.zeros((len(rows), len(columns)), dtype=np.bool_)
    for pair in pairs:
        marks[rows[pair.project], columns[pair.mentor]] = True
    marks.setflags(write=False)
    return marks


def _check_locks(limits: Constraints) -> None:
    """Refuse locks that no plan could keep."""
    against = np.argwhere(limits.locked & limits.forbidden)
    if len(against):
        row, column = against[0]
        raise MatcherError(
            "lock_against_conflict",
            project=limits.project_ids[row],
            mentor=limits.mentor_ids[column],
        )
    by_project, by_mentor = limits.locked.sum(axis=1), limits.locked.sum(axis=0)
    for row in np.flatnonzero(by_project > limits.demand_high):
        raise MatcherError(
            "locks_beyond_demand",
            project=limits.project_ids[row],
            locks=int(by_project[row]),
            demand=int(limits.demand_high[row]),
        )
    for column in np.flatnonzero(by_mentor > limits.load_high):
        raise MatcherError(
            "locks_beyond_load",
            mentor=limits.mentor_ids[column],
            locks=int(by_mentor[column]),
            max_load=int(limits.load_high[column]),
        )
