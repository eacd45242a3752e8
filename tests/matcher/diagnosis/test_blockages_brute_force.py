"""Blockages beside every set of people there is."""

from __future__ import annotations

import itertools

import pytest

from matcher.constraints import Constraints
from matcher.diagnosis import Blockage, diagnose
from tests.matcher.diagnosis.every_repair import N_ROUNDS, Side, short_case, sides

N_CASES = 700 * N_ROUNDS
N_BATCHES = 10


def positions(one: Blockage, limits: Constraints) -> tuple[int, ...]:
    if one.kind == "projects_short":
        return tuple(limits.project_ids.index(name) for name in one.project_ids)
    return tuple(limits.mentor_ids.index(name) for name in one.mentor_ids)


def check_numbers(one: Blockage, side: Side, limits: Constraints) -> None:
    askers = positions(one, limits)
    assert one.needs == tuple(side.low[list(askers)].tolist())
    assert one.offered == side.offered(askers)
    elsewhere = side.locked.sum(axis=0) - side.locked[list(askers)].sum(axis=0)
    assert one.needed > one.offered
    assert one.missing == one.needed - one.offered == side.excess(askers)
    others = limits.mentor_ids if one.kind == "projects_short" else limits.project_ids
    named = one.mentor_ids if one.kind == "projects_short" else one.project_ids
    had = side.possible[list(askers)].any(axis=0) & (side.high > 0)
    assert named == tuple(name for at, name in enumerate(others) if had[at])
    assert one.locked_elsewhere == elsewhere[had].sum()
    assert len(named) == len(one.offers)
    for name, offer in zip(named, one.offers, strict=True):
        at = others.index(name)
        alone = Side(
            side.low, side.high[[at]], side.possible[:, [at]], side.locked[:, [at]]
        ).offered(askers)
        assert offer == alone


def check_core(one: Blockage, side: Side, limits: Constraints) -> None:
    """The core blocks and no part of it does; where none is named, the whole is one."""
    core = positions(one.core or one, limits)
    for size in range(1, len(core)):
        for part in itertools.combinations(core, size):
            assert side.excess(part) <= 0
    if one.core:
        check_numbers(one.core, side, limits)
        assert set(core) < set(positions(one, limits))


@pytest.mark.parametrize("batch", range(N_BATCHES))
def test_blockages_are_the_smallest_sets(batch: int) -> None:
    n_found = n_apart = n_cores = 0
    for seed in range(batch, N_CASES, N_BATCHES):
        affinity, limits = short_case(seed, most_cells=20)
        found = diagnose(affinity, limits, each=1)
        n_found += bool(found.blockages)
        n_apart += len(found.blockages) > 1
        n_cores += any(one.core is not None for one in found.blockages)
        plan = found.plan
        for kind, side, short in (
            ("projects_short", sides(limits)[0], plan.short_projects),
            ("mentors_short", sides(limits)[1], plan.short_mentors),
        ):
            blockages = [one for one in found.blockages if one.kind == kind]
            groups = [positions(one, limits) for one in blockages]
            together = tuple(sorted(itertools.chain(*groups)))
            assert len(set(together)) == len(together)
            assert sum(one.missing for one in blockages) == sum(one.missing for one in short)
            ids = limits.project_ids if kind == "projects_short" else limits.mentor_ids
            assert {one.id for one in short} <= {ids[at] for at in together}
            worst = [one for one in side.sets() if side.excess(one) == side.excess(together)]
            if together:
                assert side.excess(together) == max(side.excess(one) for one in side.sets())
                assert all(set(together) <= set(one) for one in worst)
            else:
                assert max((side.excess(one) for one in side.sets()), default=0) <= 0
            for one, group in zip(blockages, groups, strict=True):
                check_numbers(one, side, limits)
                check_core(one, side, limits)
                for size in range(1, len(group)):
                    for part in itertools.combinations(group, size):
                        rest = tuple(at for at in group if at not in part)
                        assert side.offered(part) + side.offered(rest) > side.offered(group)
    assert n_found > N_CASES // N_BATCHES // 3
    assert n_apart > 5
    assert n_cores > 5
