"""Affinities in blocks: what they promise about their digits, and what they refuse."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from matcher.errors import MatcherError
from matcher.whole_matrix.blocks import BLOCK_CELLS, AffinityBlocks, row_blocks
from matcher.whole_matrix.called import CalledAffinity
from matcher.whole_matrix.factored import FactoredAffinity


def params(error: pytest.ExceptionInfo[MatcherError]) -> tuple[str, dict[str, object]]:
    return error.value.code, dict(error.value.params)


@pytest.mark.parametrize("scale", [1e-12, 1.0, 1e12])
@pytest.mark.parametrize("kind", ["factored", "called"])
def test_no_score_is_lower_than_the_truth_by_more_than_its_slack(kind: str, scale: float) -> None:
    rng = np.random.default_rng(4)
    projects = rng.normal(size=(50, 64)) * rng.choice([1, 1e-3, 1e3], size=(50, 1))
    mentors = rng.normal(size=(70, 64)) * scale
    affinity: AffinityBlocks = FactoredAffinity(projects, mentors)
    truth = np.array([[float(np.dot(a, b)) for b in mentors] for a in projects])
    if kind == "called":
        affinity = CalledAffinity(lambda rows: truth[rows], truth.shape)
        affinity.bounds(lambda: None)
    ours, theirs = rng.normal(size=50) * 1e3 * scale, rng.normal(size=70) * scale
    theirs[3] = 1e9 * scale  # out of reach, and nobody's slack grows by it
    block = affinity.priced(ours, theirs, 0.0).block(slice(10, 40))
    wanted = (truth - ours[:, None] - theirs)[10:40] / block.scale
    assert (block.scores + block.slack[:, None] >= wanted).all()
    near = np.delete(block.scores - wanted, 3, axis=1)
    assert (np.abs(near) <= 2 * block.slack[:, None]).all()
    rows, columns = np.array([0, 5, 29]), np.array([0, 69, 3])
    exact = block.exact(rows, columns)
    np.testing.assert_allclose(exact, truth[rows + 10, columns], rtol=1e-9)
    assert exact.tolist() == affinity.exact(rows + 10, columns).tolist()


def test_no_affinity_lies_outside_the_bounds() -> None:
    rng = np.random.default_rng(5)
    projects, mentors = rng.normal(size=(40, 3)), rng.normal(size=(30, 3))
    low, high = FactoredAffinity(projects, mentors).bounds(lambda: None)
    table = projects @ mentors.T
    assert low <= table.min()
    assert table.max() <= high
    called = CalledAffinity(lambda rows: table[rows], table.shape)
    assert called.bounds(lambda: None) == (table.min(), table.max())


@pytest.mark.parametrize("shape", [(0, 5), (7, 0), (1, 1), (5000, 300), (3, 10 * BLOCK_CELLS)])
def test_blocks_cover_every_row_once(shape: tuple[int, int]) -> None:
    blocks = row_blocks(shape)
    rows = [row for block in blocks for row in range(block.start, block.stop)]
    assert rows == list(range(shape[0]))
    assert all(
        (block.stop - block.start) * shape[1] <= max(BLOCK_CELLS, shape[1]) for block in blocks
    )


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (np.nan, "affinity_not_finite"),
        (np.inf, "affinity_not_finite"),
        (-np.inf, "affinity_not_finite"),
        (-2e300, "affinity_too_large"),
    ],
)
def test_a_block_names_its_cell_that_is_no_number(value: float, code: str) -> None:
    table = np.zeros((2000, 900))
    table[1234, 567] = value
    with pytest.raises(MatcherError) as error:
        CalledAffinity(lambda rows: table[rows], table.shape).bounds(lambda: None)
    assert params(error) == (code, {"project": "1234", "mentor": "567", "value": str(value)})


@pytest.mark.parametrize(("side", "cell"), [(0, ("2", "0")), (1, ("0", "2"))])
def test_a_factor_names_a_cell_that_it_would_reach(side: int, cell: tuple[str, str]) -> None:
    factors: list[NDArray[np.float64]] = [np.ones((4, 2)), np.ones((3, 2))]
    factors[side][2, 1] = np.nan
    with pytest.raises(MatcherError) as error:
        FactoredAffinity(*factors)
    wanted = {"project": cell[0], "mentor": cell[1], "value": "nan"}
    assert params(error) == ("affinity_not_finite", wanted)


def test_factors_whose_product_is_too_large_are_refused() -> None:
    with pytest.raises(MatcherError) as error:
        FactoredAffinity([[1.0], [1e200]], [[1e101], [1.0]])
    code, named = params(error)
    assert (code, named["project"], named["mentor"]) == ("affinity_too_large", "1", "0")


def test_factors_of_two_ranks_have_no_product() -> None:
    with pytest.raises(ValueError, match="have no product"):
        FactoredAffinity(np.ones((2, 3)), np.ones((2, 4)))


def test_a_block_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match=r"rows 0 to 2 has shape \(2, 3\): give \(2, 4\)"):
        CalledAffinity(lambda rows: np.zeros((2, 3)), (2, 4)).bounds(lambda: None)
