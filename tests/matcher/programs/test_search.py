"""The search beside every choice there is, in small programs of any lines."""

from __future__ import annotations

import itertools
import time

import numpy as np

from matcher.programs import Drafting, Program, best, relax

N_CHOICES = 9


def random_program(seed: int) -> tuple[Program, np.ndarray]:
    """Knapsacks, choices that need one another, sums from below and above."""
    rng = np.random.default_rng(seed)
    draft = Drafting()
    columns = draft.choices(N_CHOICES)
    for _ in range(3):
        weights = rng.integers(0, 9, size=N_CHOICES).astype(float)
        draft.lines(np.zeros(N_CHOICES, dtype=int), columns, weights, high=[weights.sum() / 2])
    draft.lines([0, 0], columns[:2], [1.0, -1.0], low=[0.0])
    draft.lines(np.zeros(4, dtype=int), columns[2:6], 1.0, low=[int(rng.integers(0, 4))], high=[3])
    return draft.finished(), rng.integers(-3, 10, size=N_CHOICES) / 10


def best_of_all(program: Program, gains: np.ndarray) -> float:
    every = np.array(list(itertools.product([0.0, 1.0], repeat=N_CHOICES)))
    kept = [float(gains @ one) for one in every if program.kept_by(one)]
    return max(kept, default=-np.inf)


def test_the_answer_is_the_best_of_all_whatever_is_known() -> None:
    for seed in range(60):
        program, gains = random_program(seed)
        wanted = best_of_all(program, gains)
        first = np.arange(N_CHOICES) % 3 == seed % 3
        known = next(
            (
                one
                for one in map(np.array, itertools.product([0.0, 1.0], repeat=N_CHOICES))
                if program.kept_by(one)
            ),
            None,
        )
        for start in (None, known):
            answer = best(program, gains, first, deadline=time.monotonic() + 10, known=start)
            assert abs(answer.gain - wanted) <= 1e-9 if wanted > -np.inf else answer.impossible
            assert answer.bound <= wanted + 1e-8 or wanted == -np.inf
            if answer.choices is not None:
                assert program.kept_by(answer.choices)


def test_the_linear_bound_holds_from_any_first_choices() -> None:
    for seed in range(20):
        program, gains = random_program(seed)
        wanted = best_of_all(program, gains)
        first = np.arange(N_CHOICES) == seed % N_CHOICES
        linear = relax(program, gains, first, deadline=time.monotonic() + 10)
        assert linear.bound >= wanted - 1e-9
        if wanted == -np.inf:
            continue
        # What a choice takes off the bound is never more than it does.
        for column in range(N_CHOICES):
            side = 1.0 if linear.reduced[column] < 0 else 0.0
            draft_low, draft_high = program.least.copy(), program.most.copy()
            draft_low[column] = draft_high[column] = side
            forced = Program(
                program.lines, program.low, program.high, draft_low, draft_high, program.whole
            )
            assert best_of_all(forced, gains) <= linear.bound - abs(linear.reduced[column]) + 1e-9


def test_out_of_time_the_known_choices_are_given_with_no_claim() -> None:
    program, gains = random_program(1)
    nothing = np.zeros(N_CHOICES)
    if not program.kept_by(nothing):
        nothing[2:5] = 1.0
    answer = best(program, gains, np.ones(N_CHOICES, dtype=bool), deadline=0.0, known=nothing)
    assert answer.bound == np.inf
    assert answer.choices is None or program.kept_by(answer.choices)


def test_a_choice_is_settled_only_where_the_whole_gap_allows_it() -> None:
    draft = Drafting()
    two = draft.choices(2)
    draft.lines([0, 0], two, [2.0, 3.0], high=[3.0])
    gains, known = np.array([6.0, 7.0]), np.array([1.0, 0.0])
    # The linear plan is the first choice and a third of the other; the best is the other.
    answer = best(
        draft.finished(),
        gains,
        np.ones(2, dtype=bool),
        deadline=time.monotonic() + 10,
        known=known,
    )
    assert answer.choices is not None
    assert answer.choices.tolist() == [0.0, 1.0]
    assert abs(answer.bound - 7.0) <= 1e-8
