"""A split in people's own terms: who is with whom, and what it is proven to be."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matcher.assignment import Assignment, Certificate, assign
from matcher.constraints import BoolArray, Constraints
from matcher.groups.blocks import Blocked
from matcher.groups.lines import GroupLines
from matcher.groups.question import Question
from matcher.id_order import id_order
from matcher.programs import Answer

Order = Literal["groups only", "jointly", "groups first"]


@dataclass(frozen=True, slots=True)
class Group:
    """Some projects with their tutor.

    Attributes
    ----------
    tutor : str
        The mentor's id.
    co_tutor : str or None
    language : int or None
        The column of the language that all of them speak; None without such rules.
    projects : tuple of str
        By id.
    worth : float
        Affinities to the tutor, the weighed ones to the co-tutor, and nearness.
    """

    tutor: str
    co_tutor: str | None
    language: int | None
    projects: tuple[str, ...]
    worth: float


@dataclass(frozen=True, eq=False, slots=True)
class GroupPlan:
    """A split, or what blocks every one.

    Attributes
    ----------
    groups : tuple of Group
        By the tutor's id, then by the first project's; empty where blocked.
    pairs : Assignment or None
        The single pairs beside the groups; None without them.
    worth : float
        The groups' worths and the pairs' affinities together.
    certificate : Certificate
        Of the worth among all splits; with pairs, among those with as many pairs
        and no greater shortfall; where groups come first, of the groups alone.
    order : {"groups only", "jointly", "groups first"}
        How the single pairs were planned.
    most_pairs : int
        No split leaves room for more pairs; the pairs' own number where groups
        come first, among the pairs beside these groups.
    blocked : tuple of Blocked
        Empty where there is a split.
    """

    groups: tuple[Group, ...]
    pairs: Assignment | None
    worth: float
    certificate: Certificate
    order: Order
    most_pairs: int
    blocked: tuple[Blocked, ...] = field(default=())

    @property
    def possible(self) -> bool:
        """Whether there is a split."""
        return not self.blocked


def told(
    lines: GroupLines, answer: Answer, order: Order, most_pairs: int, constraints: Constraints
) -> GroupPlan:
    """Say who is with whom, from choices that keep the lines."""
    question = lines.question
    assert answer.choices is not None
    chosen = answer.choices > 0.5
    groups, led = _groups(lines, chosen)
    pairs = None
    if order != "groups only":
        joint = _marked(lines.pairs, chosen) if order == "jointly" else None
        pairs = _pairs(question, groups, led, joint, constraints)
        if joint is None:
            most_pairs = pairs.n_pairs
    gap = lines.unit * max(0.0, min(answer.bound, _crude(lines, pairs)) - answer.gain)
    worth = math.fsum(group.worth for group in groups)
    whole = worth + (pairs.total if pairs is not None else 0.0)
    proven = whole if order == "jointly" else worth
    return GroupPlan(
        groups=groups,
        pairs=pairs,
        worth=whole,
        certificate=Certificate(total=proven, upper_bound=proven + gap, gap=gap),
        order=order,
        most_pairs=most_pairs,
    )


def _marked(where: NDArray[np.int64], chosen: BoolArray) -> BoolArray:
    marks: BoolArray = (where >= 0) & chosen[where]
    return marks


def _groups(lines: GroupLines, chosen: BoolArray) -> tuple[tuple[Group, ...], BoolArray]:
    """The groups by id, and each mentor's groups per project, shape (n_projects, n_mentors)."""
    question = lines.question
    limits, weight = question.constraints, question.rules.co_tutor_weight
    inside, tongue = _marked(lines.inside, chosen), _marked(lines.tongue, chosen)
    spoken = bool(tongue.any()) and not (question.speaks.shape[1] == 1 and question.common.all())
    led = np.zeros(question.values.shape, dtype=np.bool_)
    found = []
    for slot in np.flatnonzero(chosen[lines.opened]):
        rows = np.flatnonzero(inside[:, slot])
        tutor, helper = int(lines.leads[slot]), int(lines.seconds[slot])
        led[rows, tutor] = True
        parts = question.values[rows, tutor].tolist()
        parts += question.near[np.ix_(rows, rows)][np.triu_indices(len(rows), 1)].tolist()
        if helper >= 0:
            led[rows, helper] = True
            parts += (weight * question.values[rows, helper]).tolist()
        found.append(
            Group(
                tutor=limits.mentor_ids[tutor],
                co_tutor=limits.mentor_ids[helper] if helper >= 0 else None,
                language=int(np.flatnonzero(tongue[slot])[0]) if spoken else None,
                projects=tuple(limits.project_ids[row] for row in rows),
                worth=math.fsum(parts),
            )
        )
    return tuple(found), led


def _pairs(
    question: Question,
    groups: tuple[Group, ...],
    led: BoolArray,
    joint: BoolArray | None,
    constraints: Constraints,
) -> Assignment:
    """The single pairs in the order given: those chosen, or the best that are left."""
    back = np.ix_(
        np.argsort(id_order(constraints.project_ids)), np.argsort(id_order(constraints.mentor_ids))
    )
    values, met = question.values[back], led[back]
    tutoring = [group.tutor for group in groups]
    tutoring += [group.co_tutor for group in groups if group.co_tutor is not None]
    count = np.array([tutoring.count(one) for one in constraints.mentor_ids], dtype=np.int64)
    taken = question.rules.load_of_group * count
    left = replace(
        constraints,
        load_low=np.maximum(constraints.load_low - taken, 0),
        load_high=np.maximum(constraints.load_high - taken, 0),
        locked=constraints.locked & ~met if joint is None else joint[back],
        forbidden=constraints.forbidden | met if joint is None else ~joint[back],
    )
    return assign(values, left)


def _crude(lines: GroupLines, pairs: Assignment | None) -> float:
    """What everybody's own best group, all nearness and the best pairs would gain together."""
    gains = np.where(lines.inside >= 0, lines.gains[lines.inside], 0.0).max(axis=1, initial=0.0)
    beside = np.sort(lines.gains[lines.pairs[lines.pairs >= 0]])[::-1]
    n_pairs = pairs.n_pairs if pairs is not None else 0
    grouped = np.concatenate([lines.inside[lines.inside >= 0], lines.pairs[lines.pairs >= 0]])
    others = lines.gains.copy()
    others[grouped] = 0.0
    return float(gains.sum() + beside[:n_pairs].sum() + np.maximum(others, 0.0).sum())
