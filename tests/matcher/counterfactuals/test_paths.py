from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from matcher.counterfactuals.paths import all_distances, paths_from, steps_to
from matcher.counterfactuals.weights import FINITE, NEVER, Weights


@pytest.mark.parametrize("seed", range(30))
def test_one_node_s_paths_are_as_light_as_all_distances_say(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 9))
    # Potentials make weights below zero without a cycle below zero.
    lift = rng.integers(-50, 50, size=n)
    graph = rng.integers(0, 30, size=(n, n)) + lift[:, None] - lift[None, :]
    graph[rng.random((n, n)) < 0.5] = NEVER
    distances = all_distances(graph)
    for start in range(n):
        first = np.full(n, NEVER)
        first[start] = 0
        found, before = paths_from(first, graph)
        reached = found < FINITE
        assert reached.tolist() == (distances[start] < FINITE).tolist()
        assert found[reached].tolist() == distances[start][reached].tolist()
        for node in np.flatnonzero(reached).tolist():
            nodes = steps_to(node, before)
            assert nodes[0] == start
            walked = sum(int(graph[a, b]) for a, b in pairwise(nodes))
            assert walked == distances[start][node]


def test_of_equally_light_paths_the_shortest_is_told() -> None:
    graph = np.full((4, 4), NEVER)
    graph[0, 1] = graph[1, 2] = graph[2, 3] = 1
    graph[0, 3] = 3
    first = np.array([0, NEVER, NEVER, NEVER])
    assert steps_to(3, paths_from(first, graph)[1]) == [0, 3]


def test_a_cycle_that_gains_is_refused() -> None:
    graph = np.array([[NEVER, -1], [0, NEVER]])
    with pytest.raises(ValueError, match="weighs less than nothing"):
        paths_from(np.array([0, NEVER]), graph)


@pytest.mark.parametrize(("pairs", "above"), [(0, 0), (0, 1), (1, -2), (1, 0), (-1, 1), (1, 2)])
def test_weights_come_apart_as_they_were_put_together(pairs: int, above: int) -> None:
    weights = Weights.over(1000, (7, 5))
    for cost in (-6000, -1, 0, 1, 6000):
        whole = np.array([pairs * weights.pair + above * weights.above + cost])
        assert [int(part[0]) for part in weights.apart(whole)] == [pairs, 2 * pairs + above, cost]
