"""A row's greatest cells, beside sorting the whole row."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.whole_matrix.best_cells import GROUP, add_prizes, best_cells, cells_above
from matcher.whole_matrix.blocks import ScoredBlock


@pytest.mark.parametrize("most", [1, 3, 16])
@pytest.mark.parametrize("width", [1, 5, GROUP * 40, GROUP * 40 + 7])
def test_the_best_cells_are_those_that_sorting_finds(width: int, most: int) -> None:
    rng = np.random.default_rng(width + most)
    scores = rng.permutation(20 * width).reshape(20, width).astype(np.float32)
    rows, columns = best_cells(scores, most)
    wanted = np.sort(np.argsort(scores, axis=1)[:, -most:], axis=1)
    assert rows.tolist() == np.repeat(np.arange(20), min(most, width)).tolist()
    assert columns.tolist() == wanted.ravel().tolist()


def test_closed_cells_are_never_among_the_best() -> None:
    scores = np.full((2, 4), -np.inf)
    scores[1, 2] = -5.0
    rows, columns = best_cells(scores, 3)
    assert (rows.tolist(), columns.tolist()) == ([1], [2])


def block_of(scores: list[list[float]]) -> ScoredBlock:
    array = np.array(scores)
    return ScoredBlock(array, 1.0, np.full(len(array), 0.5), lambda rows, columns: array[0])


def test_cells_above_zero_are_found_within_their_slack() -> None:
    rows, columns, every = cells_above(block_of([[1.0, -0.4, -0.6], [-1, -1, -1]]), 2)
    assert (rows.tolist(), columns.tolist(), every) == ([0, 0], [0, 1], True)
    rows, columns, every = cells_above(block_of([[-1.0, -2.0]]), 2)
    assert (rows.tolist(), columns.tolist(), every) == ([], [], True)


def test_of_too_many_cells_the_best_are_found_and_it_is_said() -> None:
    rows, columns, every = cells_above(block_of([[1.0, 3.0, 2.0], [-1, -1, 4]]), 2)
    assert (rows.tolist(), columns.tolist(), every) == ([0, 0, 1], [1, 2, 2], False)


def test_whole_prizes_lift_and_sink_scores_beyond_the_others() -> None:
    scores = np.array([[1.0, -3.0, 2.0], [1.0, -3.0, 2.0]])
    add_prizes(scores, np.array([0, 1]), np.array([0, -1, 1]))
    assert scores.tolist() == [[1.0, 10.0, -np.inf], [-np.inf, -3.0, -np.inf]]
