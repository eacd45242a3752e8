"""Intervals that hold what they promise."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.evaluation import Measured, difference
from matcher.evaluation.measured import mean_of, ratio_of


def test_an_interval_is_about_two_standard_errors_wide() -> None:
    values = np.random.default_rng(2).random(400)
    found = mean_of(values)
    error = values.std() / np.sqrt(400)
    assert found.value == pytest.approx(values.mean())
    assert found.value - found.low == pytest.approx(1.96 * error, rel=0.1)
    assert found.high - found.value == pytest.approx(1.96 * error, rel=0.1)


def test_one_project_has_no_interval() -> None:
    assert mean_of(np.array([0.5])) == Measured(0.5, 0.5, 0.5)


def test_many_projects_are_drawn_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(4).random(50)
    at_once = mean_of(values, n_resamples=300)
    monkeypatch.setattr("matcher.evaluation.measured._AT_ONCE", 170)
    assert mean_of(values, n_resamples=300) == at_once


def test_a_ratio_weighs_projects_by_their_wholes() -> None:
    found = ratio_of(np.array([1.0, 0.0]), np.array([1.0, 3.0]))
    assert found.value == 0.25
    assert (found.low, found.high) == (0.0, 1.0)


def test_a_small_steady_difference_is_seen_through_a_wide_spread() -> None:
    others = np.random.default_rng(6).random(40)
    found = difference(others + 0.01, others)
    assert found.value == pytest.approx(0.01)
    assert found.low > 0.0
    assert mean_of(others + 0.01).low < mean_of(others).high


def test_a_project_left_out_of_either_is_left_out() -> None:
    nan = np.nan
    found = difference(np.array([1.0, nan, 0.5, nan]), np.array([0.5, 1.0, nan, nan]))
    assert found == Measured(0.5, 0.5, 0.5)


def test_it_is_written_short() -> None:
    assert str(Measured(0.566, 0.48, 0.657)) == "0.57 (0.48-0.66)"
