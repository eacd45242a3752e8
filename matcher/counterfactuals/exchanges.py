"""One exchange of pairs: the lightest way to force, to drop or to make room."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from matcher.constraints import IntArray
from matcher.counterfactuals.paths import paths_from, steps_to
from matcher.counterfactuals.residual import Cell, Residual
from matcher.counterfactuals.weights import FINITE, NEVER


@dataclass(frozen=True, slots=True)
class Exchange:
    """Pairs that give way to others, in the order of ids.

    Attributes
    ----------
    lost, gained : tuple of (row, column)
        In the order in which one makes room for the next.
    weight : int
        What it adds to the plan's weight.
    """

    lost: tuple[Cell, ...]
    gained: tuple[Cell, ...]
    weight: int


def forcing(residual: Residual, row: int, column: int) -> Exchange | None:
    """Give the lightest exchange that gains a pair, or None where nothing makes room for it."""
    first = np.full(len(residual.folded), NEVER, dtype=np.int64)
    first[column] = 0
    ending = _into_project(residual, row)
    ending[-1] = residual.pool.into_project[row]
    found = _lightest(residual, first, ending, None, row)
    if found is None:
        return None
    own = int(residual.costs[row, column]) + residual.fee
    return Exchange(found.lost, ((row, column), *found.gained), found.weight + own)


def dropping(residual: Residual, row: int, column: int, *, held: bool) -> Exchange | None:
    """Give the lightest exchange that loses a pair.

    Parameters
    ----------
    residual : Residual
    row, column : int
    held : bool
        False for a locked pair, whose own cost is left out of the weight.
    """
    first = np.append(residual.gaining(np.array([row]))[0], residual.pool.from_project[row])
    first[column] = NEVER
    ending = np.full(len(first), NEVER, dtype=np.int64)
    ending[column] = 0
    found = _lightest(residual, first, ending, row, None)
    if found is None:  # pragma: no cover - a pair can always go unreplaced
        return None
    own = int(residual.fee - residual.costs[row, column]) if held else 0
    return Exchange(((row, column), *found.lost), found.gained, found.weight + own)


def from_project_to_pool(residual: Residual, row: int) -> Exchange | None:
    """Give the lightest exchange that gives a project one mentor more."""
    first = np.append(residual.gaining(np.array([row]))[0], NEVER)
    ending = _at_pool(residual)
    return _lightest(residual, first, ending, row, None)


def from_pool_to_project(residual: Residual, row: int) -> Exchange | None:
    """Give the lightest exchange that takes one mentor from a project."""
    ending = _into_project(residual, row)
    return _lightest(residual, _at_pool(residual, 0), ending, None, row)


def from_mentor_to_pool(residual: Residual, column: int) -> Exchange | None:
    """Give the lightest exchange that takes one project from a mentor."""
    first = np.full(len(residual.folded), NEVER, dtype=np.int64)
    first[column] = 0
    return _lightest(residual, first, _at_pool(residual), None, None)


def from_pool_to_mentor(residual: Residual, column: int) -> Exchange | None:
    """Give the lightest exchange that gives a mentor one project more."""
    ending = np.full(len(residual.folded), NEVER, dtype=np.int64)
    ending[column] = 0
    return _lightest(residual, _at_pool(residual, 0), ending, None, None)


def _at_pool(residual: Residual, weight: int = 0) -> IntArray:
    steps = np.full(len(residual.folded), NEVER, dtype=np.int64)
    steps[-1] = weight
    return steps


def _into_project(residual: Residual, row: int) -> IntArray:
    """Weigh the last step into a project: one of its pairs is lost."""
    ending = np.full(len(residual.folded), NEVER, dtype=np.int64)
    mentors = np.flatnonzero(residual.held[row])
    ending[mentors] = residual.losing(np.full(len(mentors), row), mentors)
    return ending


def _lightest(
    residual: Residual, first: IntArray, ending: IntArray, begins: int | None, ends: int | None
) -> Exchange | None:
    """Walk the lightest path; ``begins`` and ``ends`` name its outermost projects, if any."""
    graph = residual.graph()
    distances, before = paths_from(first, graph)
    whole = distances + ending
    node = int(whole.argmin())
    weight = int(whole[node])
    if weight > FINITE:
        return None
    nodes = steps_to(node, before)
    pool = len(graph) - 1
    lost: list[Cell] = []
    gained: list[Cell] = []
    if begins is not None and nodes[0] != pool:
        gained.append((begins, nodes[0]))
    for start, stop in pairwise(nodes):
        by = _project_between(residual, start, stop)
        if by is None:
            continue
        if start != pool:
            lost.append((by, start))
        if stop != pool:
            gained.append((by, stop))
    if ends is not None and node != pool:
        lost.append((ends, node))
    return Exchange(tuple(lost), tuple(gained), weight)


def _project_between(residual: Residual, start: int, stop: int) -> int | None:
    """The project by which a step goes, or None where it goes directly."""
    pool = len(residual.folded) - 1
    arcs = residual.pool
    if start == pool:
        projects = np.flatnonzero(arcs.into_project < NEVER)
        by_project = residual.gaining_one(projects, stop) + arcs.into_project[projects]
        direct = arcs.into_mentor[stop]
    else:
        projects = np.flatnonzero(residual.held[:, start])
        leaving = residual.losing(projects, np.full(len(projects), start))
        if stop == pool:
            by_project, direct = leaving + arcs.from_project[projects], arcs.from_mentor[start]
        else:
            by_project = leaving + residual.gaining_one(projects, stop)
            direct = NEVER
    if not len(projects) or direct <= by_project.min():
        return None
    return int(projects[by_project.argmin()])
