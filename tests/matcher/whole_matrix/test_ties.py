"""Labs where nearly everybody fits equally well: a few rounds, and still the best plan."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from matcher.assignment import assign
from matcher.constraints import Constraints
from matcher.whole_matrix import (
    CalledAffinity,
    FactoredAffinity,
    PairLimits,
    SparseAssignment,
    assign_blocks,
)
from matcher.whole_matrix.blocks import AffinityBlocks

Floats = NDArray[np.float64]
N_PROJECTS, N_MENTORS = 1000, 200


def called(table: Floats) -> CalledAffinity:
    return CalledAffinity(lambda rows: table[rows], table.shape)


def tied(kind: str) -> tuple[AffinityBlocks, Floats]:
    rng = np.random.default_rng(1)
    shape = (N_PROJECTS, N_MENTORS)
    factors: dict[str, tuple[Floats, Floats]] = {
        "constant product": (np.full((shape[0], 3), 0.3), np.full((shape[1], 3), 0.7)),
        "0 and 1 of rank 2": (
            rng.integers(0, 2, size=(shape[0], 2)).astype(float),
            rng.integers(0, 2, size=(shape[1], 2)).astype(float),
        ),
        "rank 1": (rng.random((shape[0], 1)), rng.random((shape[1], 1))),
        "rank 1 of few levels": (
            rng.integers(1, 4, size=(shape[0], 1)).astype(float),
            rng.integers(1, 4, size=(shape[1], 1)).astype(float),
        ),
    }
    if kind in factors:
        product = FactoredAffinity(*factors[kind])
        rows, columns = (each.ravel() for each in np.indices(shape))
        return product, product.exact(rows, columns).reshape(shape)
    table = {
        "constant": np.ones(shape),
        "0 and 1": rng.integers(0, 2, size=shape).astype(float),
        "few levels": rng.integers(0, 4, size=shape) / 3,
        "all projects alike": np.tile(rng.random(shape[1]), (shape[0], 1)),
        "all mentors alike": np.tile(rng.random((shape[0], 1)), (1, shape[1])),
        "seven trades": np.equal.outer(
            np.arange(shape[0]) * 7 // shape[0], np.arange(shape[1]) * 7 // shape[1]
        ).astype(float),
    }[kind]
    return called(table), table


def limits_of(n_projects: int, n_mentors: int, demand: int, spare: int) -> Constraints:
    mean = demand * n_projects // n_mentors
    return Constraints(
        project_ids=tuple(str(i) for i in range(n_projects)),
        mentor_ids=tuple(str(j) for j in range(n_mentors)),
        demand_low=np.full(n_projects, demand),
        demand_high=np.full(n_projects, demand),
        load_low=np.full(n_mentors, mean - 2),
        load_high=np.full(n_mentors, mean + spare),
        forbidden=np.zeros((n_projects, n_mentors), dtype=np.bool_),
        locked=np.zeros((n_projects, n_mentors), dtype=np.bool_),
    )


def check_best(found: SparseAssignment, table: Floats, limits: Constraints) -> None:
    dense = assign(table, limits)
    assert (found.n_pairs, found.complete) == (dense.n_pairs, dense.complete)
    assert abs(found.total - dense.total) <= found.rounding_bound + dense.rounding_bound + 1e-9


@pytest.mark.parametrize("spare", [0, 2], ids=["no spare places", "spare places"])
@pytest.mark.parametrize(
    ("kind", "most"),
    [
        ("constant", 2),
        ("constant product", 2),
        ("0 and 1", 3),
        ("0 and 1 of rank 2", 3),
        ("few levels", 3),
        ("rank 1 of few levels", 4),
        ("all projects alike", 4),
        ("all mentors alike", 3),
        ("seven trades", 4),
        ("rank 1", 10),
    ],
)
def test_ties_are_spread_over_all_mentors_so_that_few_rounds_are_needed(
    kind: str, most: int, spare: int
) -> None:
    affinity, table = tied(kind)
    limits = limits_of(N_PROJECTS, N_MENTORS, 2, spare)
    found = assign_blocks(affinity, PairLimits.of(limits))
    assert found.rounds <= most
    check_best(found, table, limits)


@pytest.mark.parametrize("seed", range(3))
def test_what_32_bits_cannot_tell_apart_is_compared_all_the_same(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ours, theirs = rng.random((200, 3)), 2e-7 * rng.random((60, 3))
    affinity = FactoredAffinity(np.c_[np.ones(200), ours], np.c_[np.ones(60), theirs])
    rows, columns = (each.ravel() for each in np.indices((200, 60)))
    table = affinity.exact(rows, columns).reshape(200, 60)
    limits = limits_of(200, 60, 1, 1)
    # Only the last digits differ, and only few of a project's many equals are listed.
    check_best(assign_blocks(affinity, PairLimits.of(limits), candidates=2), table, limits)
