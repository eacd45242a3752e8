"""A first split: tutors chosen for how many projects they fit, then the best split for them."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matcher.constraints import BoolArray, IntArray
from matcher.groups.lines import GroupLines
from matcher.programs import Guess, Relaxation, best

Floats = NDArray[np.float64]
# What one such split may take of the time.
SPLIT_SHARE = 0.25


def first_split(lines: GroupLines, *, deadline: float) -> Floats | None:
    """Give the choices of a split whose tutors are chosen one after the other.

    Each is the one who adds the most to what the projects have from the best of
    the tutors so far.
    """
    inside = lines.inside
    gains = np.where(inside >= 0, lines.gains[inside], -1.0)
    question = lines.question
    chosen = _chosen(lines, np.zeros(inside.shape[1]), question.fewest, gains)
    return _split(lines, chosen, deadline)


def rounded(lines: GroupLines, deadline: float) -> Guess:
    """Make splits out of a linear relaxation: its most wanted tutors, then the best for them."""
    question = lines.question

    def split(linear: Relaxation) -> Floats | None:
        wanted = linear.choices[lines.opened]
        count = int(np.clip(round(float(wanted.sum())), question.fewest, question.most))
        gains = np.where(lines.inside >= 0, lines.gains[lines.inside], -1.0)
        return _split(lines, _chosen(lines, wanted, count, gains), deadline)

    return split


def _chosen(lines: GroupLines, wanted: Floats, count: int, gains: Floats) -> IntArray:
    """So many slots, the most wanted first, then those that add the most."""
    seats = lines.question.seats.copy()
    reached = np.full(len(gains), -1.0)
    found: list[int] = []
    for _ in range(count):
        free = seats[lines.leads] > 0
        free &= (lines.seconds < 0) | (seats[lines.seconds] > 0)
        free[found] = False
        if not free.any():
            break
        added = np.maximum(gains - reached[:, None], 0.0).sum(axis=0)
        score = np.where(free, wanted * len(gains) * 10 + added, -np.inf)
        slot = int(score.argmax())
        found.append(slot)
        reached = np.maximum(reached, gains[:, slot])
        seats[lines.leads[slot]] -= 1
        if lines.seconds[slot] >= 0:
            seats[lines.seconds[slot]] -= 1
    return np.array(found, dtype=np.int64)


def _split(lines: GroupLines, slots: IntArray, deadline: float) -> Floats | None:
    """The best split for these tutors."""
    program = lines.program
    least, most = program.least.copy(), program.most.copy()
    closed = np.ones(len(lines.opened), dtype=np.bool_)
    closed[slots] = False
    most[lines.opened[closed]] = 0.0
    least[lines.opened[slots]] = 1.0
    for where in (lines.inside[:, closed], lines.tongue[closed]):
        most[where[where >= 0]] = 0.0
    now = time.monotonic()
    everything: BoolArray = most > 0
    answer = best(
        replace(program, least=least, most=most),
        lines.gains,
        everything,
        deadline=now + SPLIT_SHARE * (deadline - now),
        relative_gap=1e-3,
    )
    return answer.choices
