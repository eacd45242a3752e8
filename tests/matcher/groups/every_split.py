"""Every split of a few projects into groups, named one by one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from matcher.constraints import Constraints
from matcher.groups import GroupRules
from tests.matcher.fairness.every_plan import Floats

# A group: its tutor, its co-tutor or None, its projects.
Group = tuple[int, int | None, tuple[int, ...]]


def partitions(left: tuple[int, ...]) -> Iterator[list[tuple[int, ...]]]:
    """Every way to part some projects, each once."""
    if not left:
        yield []
        return
    first, rest = left[0], left[1:]
    for count in range(len(rest) + 1):
        for beside in itertools.combinations(rest, count):
            others = tuple(one for one in rest if one not in beside)
            for parts in partitions(others):
                yield [(first, *beside), *parts]


def fits(group: Group, limits: Constraints, rules: GroupRules) -> bool:
    """Whether a group keeps every rule that looks at it alone."""
    tutor, helper, rows = group
    tutors = [tutor] if helper is None else [tutor, helper]
    if not rules.size_low <= len(rows) <= rules.size_high:
        return False
    if limits.forbidden[np.ix_(rows, tutors)].any():
        return False
    if rules.tutors is not None and not rules.tutors[tutors].all():
        return False
    for some in rules.projects_apart:
        if sum(limits.project_ids[row] in some for row in rows) > 1:
            return False
    for some in rules.mentors_apart:
        if sum(limits.mentor_ids[one] in some for one in tutors) > 1:
            return False
    if rules.project_speaks is not None and rules.mentor_speaks is not None:
        spoken = rules.project_speaks[list(rows)].all(axis=0)
        return bool((spoken & rules.mentor_speaks[tutors].all(axis=0)).any())
    return True


def worth(group: Group, affinity: Floats, rules: GroupRules) -> float:
    tutor, helper, rows = group
    total = float(affinity[list(rows), tutor].sum())
    if helper is not None:
        total += rules.co_tutor_weight * float(affinity[list(rows), helper].sum())
    if rules.nearness is not None:
        total += sum(rules.nearness[i, k] for i, k in itertools.combinations(rows, 2))
    return total


def every_split(limits: Constraints, rules: GroupRules) -> Iterator[list[Group]]:
    """Every split that keeps all rules; locks are the tutors'."""
    n_projects, n_mentors = limits.shape
    helpers = list(range(n_mentors)) if rules.co_tutors else [None]
    seats = [min(rules.most_groups, int(high) // rules.load_of_group) for high in limits.load_high]
    for parts in partitions(tuple(range(n_projects))):
        if rules.n_groups is not None and len(parts) != rules.n_groups:
            continue
        choices = [
            [
                (tutor, helper, rows)
                for tutor in range(n_mentors)
                for helper in helpers
                if tutor != helper and fits((tutor, helper, rows), limits, rules)
            ]
            for rows in parts
        ]
        for groups in itertools.product(*choices):
            busy = [one for tutor, helper, _ in groups for one in (tutor, helper)]
            if all(busy.count(one) <= seats[one] for one in range(n_mentors)):
                yield list(groups)


def meets_locks(groups: list[Group], limits: Constraints) -> bool:
    led = led_by(groups, limits)
    return bool((led | ~limits.locked).all())


def led_by(groups: list[Group], limits: Constraints) -> np.ndarray:
    """Who is tutor or co-tutor of whom."""
    led = np.zeros(limits.shape, dtype=bool)
    for tutor, helper, rows in groups:
        led[list(rows), tutor] = True
        if helper is not None:
            led[list(rows), helper] = True
    return led
