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
    rows, columns = best_cells(scores, np.zeros(20), most, np.arange(20))
    wanted = np.sort(np.argsort(scores, axis=1)[:, -most:], axis=1)
    assert rows.tolist() == np.repeat(np.arange(20), min(most, width)).tolist()
    assert columns.tolist() == wanted.ravel().tolist()


def test_closed_cells_are_never_among_the_best() -> None:
    scores = np.full((2, 4), -np.inf)
    scores[1, 2] = -5.0
    rows, columns = best_cells(scores, np.ones(2), 3, np.arange(2))
    assert (rows.tolist(), columns.tolist()) == ([1], [2])


def block_of(scores: list[list[float]]) -> ScoredBlock:
    array = np.array(scores)
    return ScoredBlock(array, 1.0, np.full(len(array), 0.5), lambda rows, columns: array[0])


def test_cells_above_zero_are_found_within_their_slack() -> None:
    rows, columns, every = cells_above(block_of([[1.0, -0.4, -0.6], [-1, -1, -1]]), 2, np.arange(2))
    assert (rows.tolist(), columns.tolist(), every) == ([0, 0], [0, 1], True)
    rows, columns, every = cells_above(block_of([[-1.0, -2.0]]), 2, np.arange(1))
    assert (rows.tolist(), columns.tolist(), every) == ([], [], True)


@pytest.mark.parametrize(("number", "other"), [(0, 0), (1, 4), (4, 2)])
def test_of_too_many_cells_the_best_and_others_are_found_and_it_is_said(
    number: int, other: int
) -> None:
    block = block_of([[1.0, 5.0, 2.0, -1.0, 1.0], [-1, -1, 4, -1, -1]])
    rows, columns, every = cells_above(block, 2, np.array([number, 9]))
    assert (rows.tolist(), columns.tolist()) == ([0, 0, 1], [*sorted([1, other]), 2])
    assert not every


def test_of_too_many_cells_the_best_alone_is_found_where_one_is_asked_for() -> None:
    rows, columns, every = cells_above(block_of([[1.0, 3.0, 2.0]]), 1, np.arange(1))
    assert (rows.tolist(), columns.tolist(), every) == ([0], [1], False)


@pytest.mark.parametrize("width", [50, GROUP * 40 + 7])
def test_rows_that_are_alike_choose_different_cells(width: int) -> None:
    # Noise as that of 32 bits, the same in all rows.
    noise = 1e-7 * np.random.default_rng(1).random(width)
    scores = np.tile((1 + noise).astype(np.float32), (width, 1))
    rows, columns = best_cells(scores, np.full(width, 1e-7), 8, np.arange(width))
    assert np.bincount(rows).tolist() == [8] * width
    chosen_by = np.bincount(columns, minlength=width)
    assert chosen_by.max() <= width // 2
    assert np.count_nonzero(chosen_by) >= width // 3


def test_a_row_chooses_the_same_in_whatever_block_it_comes() -> None:
    scores = np.random.default_rng(2).integers(0, 3, size=(60, 90)).astype(float)
    rows, columns = best_cells(scores, np.full(60, 1e-9), 5, np.arange(60))
    theirs, best = best_cells(scores[40:], np.full(20, 1e-9), 5, np.arange(40, 60))
    assert (theirs + 40).tolist() == rows[rows >= 40].tolist()
    assert best.tolist() == columns[rows >= 40].tolist()


def test_whole_prizes_lift_and_sink_scores_beyond_the_others() -> None:
    scores = np.array([[1.0, -3.0, 2.0], [1.0, -3.0, 2.0]])
    add_prizes(scores, np.array([0, 1]), np.array([0, -1, 1]))
    assert scores.tolist() == [[1.0, 10.0, -np.inf], [-np.inf, -3.0, -np.inf]]
