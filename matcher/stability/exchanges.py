"""The difference of two plans, parted into exchanges that can be taken or left one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matcher.constraints import BoolArray

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Trail:
    """Pairs lost and gained by turns, from a mentor to a project to the next mentor.

    Attributes
    ----------
    lost, gained : tuple of (int, int)
        Rows and columns, in the trail's order.
    """

    lost: tuple[Cell, ...]
    gained: tuple[Cell, ...]


def trails(before: BoolArray, after: BoolArray) -> tuple[Trail, ...]:
    """Part the way from one plan to another into trails of which any can be left out.

    Parameters
    ----------
    before, after : bool array, shape (n_projects, n_mentors)

    Returns
    -------
    tuple of Trail
        In the order of their lowest rows.

    Notes
    -----
    The difference of two flows is a sum of simple cycles and paths of the
    residual graph [1]_. Inside a trail every project and mentor loses a pair and
    gains one, but for the two ends of a path, which come from a surplus. So with
    any of the trails taken, nobody has fewer pairs than in the one plan and more
    than in the other, or the other way about. No trail comes by anybody twice:
    where one would, it is cut into two.

    References
    ----------
    .. [1] R. K. Ahuja, T. L. Magnanti, J. B. Orlin, *Network Flows: Theory,
       Algorithms, and Applications*, Prentice Hall, 1993, section 3.5.
    """
    lost, gained = before & ~after, after & ~before
    following = _links(lost, gained)
    starts = _in_order(lost, gained)
    led_to = set(following.values())
    walked: set[tuple[bool, Cell]] = set()
    found: list[Trail] = []
    # Open trails from their beginnings first; what is left goes round.
    for start in (*(one for one in starts if one not in led_to), *starts):
        if start not in walked:
            found += _cut(list(_walk(start, following, walked)))
    return tuple(sorted(found, key=lambda trail: min(trail.lost + trail.gained)))


# A step is whether its pair is gained, and the pair.
_Step = tuple[bool, Cell]


def _in_order(lost: BoolArray, gained: BoolArray) -> list[_Step]:
    pairs = [(False, (int(i), int(j))) for i, j in np.argwhere(lost)]
    pairs += [(True, (int(i), int(j))) for i, j in np.argwhere(gained)]
    return sorted(pairs, key=lambda step: (step[1], step[0]))


def _links(lost: BoolArray, gained: BoolArray) -> dict[_Step, _Step]:
    """At each project a gained pair follows a lost one, at each mentor a lost one a gained one."""
    links: dict[_Step, _Step] = {}
    for row in np.flatnonzero(lost.any(axis=1) & gained.any(axis=1)).tolist():
        old, new = np.flatnonzero(lost[row]), np.flatnonzero(gained[row])
        for one, other in zip(old, new, strict=False):
            links[False, (row, int(one))] = True, (row, int(other))
    for column in np.flatnonzero(lost.any(axis=0) & gained.any(axis=0)).tolist():
        pairs = zip(
            np.flatnonzero(gained[:, column]), np.flatnonzero(lost[:, column]), strict=False
        )
        for one, other in pairs:
            links[True, (int(one), column)] = False, (int(other), column)
    return links


def _walk(start: _Step, following: dict[_Step, _Step], walked: set[_Step]) -> Iterator[_Step]:
    step: _Step | None = start
    while step is not None and step not in walked:
        walked.add(step)
        yield step
        step = following.get(step)


def _cut(steps: list[_Step]) -> list[Trail]:
    """Cut a trail wherever it comes by somebody again."""
    done: list[Trail] = []
    way: list[_Step] = []
    # A lost pair leads from its mentor to its project, a gained one back.
    seen = {_from(steps[0]): 0}
    for step in steps:
        way.append(step)
        here = _to(step)
        if here in seen:
            at = seen[here]
            done.append(_trail(way[at:]))
            for gone in way[at:]:
                if _to(gone) != here:
                    seen.pop(_to(gone), None)
            way = way[:at]
        else:
            seen[here] = len(way)
    return [*done, _trail(way)] if way else done


def _from(step: _Step) -> tuple[bool, int]:
    """Whom a step leads from: whether a project, and which."""
    gained, (row, column) = step
    return (True, row) if gained else (False, column)


def _to(step: _Step) -> tuple[bool, int]:
    gained, (row, column) = step
    return (False, column) if gained else (True, row)


def _trail(steps: list[_Step]) -> Trail:
    return Trail(
        lost=tuple(cell for gained, cell in steps if not gained),
        gained=tuple(cell for gained, cell in steps if gained),
    )
