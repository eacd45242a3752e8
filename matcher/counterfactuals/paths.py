"""Shortest paths over a dense matrix of whole weights, some of them below zero."""

from __future__ import annotations

import numpy as np

from matcher.constraints import IntArray
from matcher.counterfactuals.weights import FINITE


def all_distances(graph: IntArray) -> IntArray:
    """Give the weight of the lightest path between any two nodes.

    Parameters
    ----------
    graph : int64 array, shape (n_nodes, n_nodes)
        The weight of each arc, ``NEVER`` where there is none; no cycle weighs
        less than nothing.

    Returns
    -------
    int64 array, shape (n_nodes, n_nodes)
        Above ``FINITE`` where no path leads.

    References
    ----------
    R. W. Floyd, "Algorithm 97: Shortest path", *Communications of the ACM* 5
    (1962), 345. https://doi.org/10.1145/367766.368168

    Examples
    --------
    >>> from matcher.counterfactuals.weights import NEVER
    >>> all_distances(np.array([[NEVER, 4, 1], [NEVER, NEVER, 0], [NEVER, 2, NEVER]])).tolist()[0]
    [0, 3, 1]
    """
    distances = graph.copy()
    np.fill_diagonal(distances, 0)
    through = np.empty_like(distances)
    for node in range(len(graph)):
        np.add(distances[:, node, None], distances[node], out=through)
        np.minimum(distances, through, out=distances)
    return distances


def paths_from(first: IntArray, graph: IntArray) -> tuple[IntArray, IntArray]:
    """Give the lightest paths that begin with one of some first steps.

    Parameters
    ----------
    first : int64 array, shape (n_nodes,)
        What it weighs to begin at each node; ``NEVER`` where one cannot.
    graph : int64 array, shape (n_nodes, n_nodes)
        As in :func:`all_distances`.

    Returns
    -------
    distances : int64 array, shape (n_nodes,)
    before : int64 array, shape (n_nodes,)
        The node before each on its path; -1 where the path begins. Of equally
        light paths one with the fewest steps.

    Raises
    ------
    ValueError
        When a cycle weighs less than nothing: that is no optimal plan's graph.

    References
    ----------
    R. Bellman, "On a routing problem", *Quarterly of Applied Mathematics* 16
    (1958), 87-90. https://doi.org/10.1090/qam/102435

    Examples
    --------
    >>> from matcher.counterfactuals.weights import NEVER
    >>> graph = np.array([[NEVER, 4, 1], [NEVER, NEVER, 0], [NEVER, 2, NEVER]])
    >>> distances, before = paths_from(np.array([0, NEVER, NEVER]), graph)
    >>> distances.tolist(), before.tolist()
    ([0, 3, 1], [-1, 2, 0])
    """
    distances = first.copy()
    before = np.full(len(first), -1, dtype=np.int64)
    active = np.flatnonzero(first < FINITE)
    # Without a cycle below zero no path has more steps than there are nodes.
    for _ in range(len(first)):
        if not len(active):
            break
        reached = graph[active]
        reached += distances[active, None]
        nearest = reached.min(axis=0)
        nearer = np.flatnonzero((nearest < distances) & (nearest < FINITE))
        before[nearer] = active[reached[:, nearer].argmin(axis=0)]
        distances[nearer] = nearest[nearer]
        active = nearer
    if len(active):
        raise ValueError("a cycle of the graph weighs less than nothing: give one without")
    return distances, before


def steps_to(node: int, before: IntArray) -> list[int]:
    """Give the nodes of the path that ends here, from its beginning."""
    nodes = [node]
    while before[nodes[-1]] >= 0:
        nodes.append(int(before[nodes[-1]]))
    return nodes[::-1]
