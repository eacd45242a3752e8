from dataclasses import replace

import numpy as np
import pytest

from matcher.affinity import AffinityModel
from matcher.datasets import load_demo
from matcher.live_pool import LivePool

LAB = load_demo()
PROJECTS, MENTORS = LAB.projects.profiles[:6], LAB.mentors.profiles[:5]
POOL = LivePool.of(AffinityModel(), PROJECTS, MENTORS)


def _same(pool: LivePool) -> None:
    anew = pool.model.features(pool.projects, pool.mentors)
    np.testing.assert_allclose(pool.features.values, anew.values, atol=1e-6)
    assert (pool.features.known == anew.known).all()


@pytest.mark.parametrize("row", [0, 3, 5])
def test_a_changed_project_is_compared_as_the_whole_pool_would_be(row: int) -> None:
    changed = replace(PROJECTS[row], difficulties="Не могу найти финал", synopsis="", logline="")
    pool = POOL.with_project(changed)
    assert pool.projects[row] == changed
    _same(pool)


@pytest.mark.parametrize("column", [0, 2, 4])
def test_a_changed_mentor_is_compared_as_the_whole_pool_would_be(column: int) -> None:
    changed = replace(MENTORS[column], bio="I edit", credits=("The Ferry",) * 3, expertise=())
    pool = POOL.with_mentor(changed)
    assert pool.mentors[column] == changed
    _same(pool)


def test_a_new_profile_is_added_and_then_changed() -> None:
    film, mentor = replace(PROJECTS[1], id="new"), replace(MENTORS[1], id="new", bio="")
    pool = POOL.with_project(film).with_mentor(mentor)
    pool = pool.with_project(replace(film, title="", difficulties="")).with_mentor(MENTORS[1])
    assert (len(pool.projects), len(pool.mentors)) == (7, 6)
    assert pool.affinity().shape == (7, 6)
    _same(pool)


def test_the_pool_itself_stays_as_it_was() -> None:
    before = POOL.features.values.copy()
    POOL.with_project(replace(PROJECTS[0], difficulties="ending"))
    assert (POOL.features.values == before).all()
