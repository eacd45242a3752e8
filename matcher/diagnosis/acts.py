"""What an organizer could change so that everybody gets their minimum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from matcher.constraints import BoolArray, Constraints, IntArray
from matcher.errors import MatcherError

ActKind = Literal[
    "raise_load", "lower_min_load", "raise_demand", "lower_demand", "release_lock", "lift_conflict"
]
KINDS: tuple[ActKind, ...] = (
    "raise_load",
    "lower_min_load",
    "raise_demand",
    "lower_demand",
    "release_lock",
    "lift_conflict",
)
# From here on a further place from the same person weighs no more than the one before.
STEEPEST = 10
LARGEST_WEIGHT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ActWeights:
    """How hard each kind of act is, each a whole number from 1 to 1000.

    The n-th place from the same mentor or project weighs n times its kind's
    number (from the tenth on, ten times): to ask two mentors for one project
    more is easier than to ask one for two.

    Attributes
    ----------
    raise_load : int
        One project more for a mentor.
    lower_min_load : int
        One project fewer promised to a mentor.
    raise_demand : int
        One mentor more than a project's ceiling.
    lower_demand : int
        One mentor fewer promised to a project.
    release_lock : int
        A pair that need not stay.
    lift_conflict : int
        A forbidden pair that may meet after all, once people were asked.

    Raises
    ------
    MatcherError
        A weight that is no whole number from 1 to 1000.
    """

    raise_load: int = 2
    lower_min_load: int = 2
    raise_demand: int = 3
    lower_demand: int = 4
    release_lock: int = 6
    lift_conflict: int = 10

    def __post_init__(self) -> None:
        for kind in KINDS:
            weight = self.of(kind)
            if not isinstance(weight, int) or not 1 <= weight <= LARGEST_WEIGHT:
                raise MatcherError("act_weight_not_usable", name=kind, value=str(weight))

    def of(self, kind: ActKind) -> int:
        """Give the weight of one place of a kind."""
        weight: int = getattr(self, kind)
        return weight


@dataclass(frozen=True, slots=True, order=True)
class Act:
    """One change of what one project, one mentor or one pair is held to.

    Attributes
    ----------
    kind : str
        ``raise_load`` (max_load), ``lower_min_load``, ``raise_demand`` (its
        upper end), ``lower_demand`` (its lower end), ``release_lock`` or
        ``lift_conflict``.
    project, mentor : str
        Ids; empty where the act is not about one.
    before, after : int
        The number that changes; 0 and 0 for a lock or conflict.
    """

    kind: ActKind
    project: str = ""
    mentor: str = ""
    before: int = 0
    after: int = 0

    @property
    def places(self) -> int:
        """By how many places the number changes; 1 for a lock or conflict."""
        return abs(self.after - self.before) or 1

    @property
    def asks(self) -> bool:
        """Whether it undoes a conflict, which is a question to people and no decision."""
        return self.kind == "lift_conflict"

    def weight(self, weights: ActWeights) -> int:
        """Give what the act weighs."""
        steep = min(self.places, STEEPEST)
        counted = steep * (steep + 1) // 2 + STEEPEST * (self.places - steep)
        return weights.of(self.kind) * counted


def after_acts(constraints: Constraints, acts: Iterable[Act]) -> Constraints:
    """Give the constraints as they are once the acts are done."""
    for act in acts:
        constraints = _after(constraints, act)
    return constraints


def _after(limits: Constraints, act: Act) -> Constraints:
    row = limits.project_ids.index(act.project) if act.project else -1
    column = limits.mentor_ids.index(act.mentor) if act.mentor else -1
    match act.kind:
        case "raise_load":
            return replace(limits, load_high=_numbered(limits.load_high, column, act.after))
        case "lower_min_load":
            return replace(limits, load_low=_numbered(limits.load_low, column, act.after))
        case "raise_demand":
            return replace(limits, demand_high=_numbered(limits.demand_high, row, act.after))
        case "lower_demand":
            return replace(limits, demand_low=_numbered(limits.demand_low, row, act.after))
        case "release_lock":
            return replace(limits, locked=_unmarked(limits.locked, row, column))
        case "lift_conflict":
            return replace(limits, forbidden=_unmarked(limits.forbidden, row, column))


def _numbered(numbers: IntArray, at: int, number: int) -> IntArray:
    changed = numbers.copy()
    changed[at] = number
    changed.setflags(write=False)
    return changed


def _unmarked(marks: BoolArray, row: int, column: int) -> BoolArray:
    changed = marks.copy()
    changed[row, column] = False
    changed.setflags(write=False)
    return changed
