"""Whether learned weights foretell an organizer's decisions better than those at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.errors import MatcherError
from matcher.feature_names import FEATURE_NAMES
from matcher.learning.decisions import Decisions
from matcher.learning.held_out import Foretold, foretell
from matcher.learning.weighing import learn_weights, weights_at_hand
from matcher.weights import DEFAULT_WEIGHTS, checked_weights

# Below this many there is nothing to say: what is learned from fewer is as often
# chance as taste (benchmarks.learning).
ENOUGH_DECISIONS: Final = 50
# Whoever says yes to all but a few has not yet shown what a no depends on.
ENOUGH_OF_EACH: Final = 10
ENOUGH_PROJECTS: Final = 10

_ROUNDS: Final = 10
_RESAMPLES: Final = 2000
_INTERVAL: Final = (0.05, 0.95)


@dataclass(frozen=True)
class Judgement:
    """What decisions that were held out say about weights learned from the others.

    Attributes
    ----------
    n_decisions, n_yes : int
    enough : bool
        Whether there are enough decisions to say anything. Where not, nothing
        is learned, and nothing is to be shown.
    better : bool
        Whether the learned weights are to be offered: the interval lies above
        0, and more held-out decisions lie on the right side than before.
    held_out_before, held_out_after : float
        How many held-out decisions lie on the right side of the line above
        which as many pairs lie as there was a yes to, in 0..n_decisions; the
        mean of all rounds.
    interval : tuple of float
        The 5th and 95th percentile of how much less surprising a held-out
        decision is after learning (logistic loss, before less after), over
        projects drawn again; above 0 is better.
    weights_before, weights_after : dict of str to float
        Those at hand and those learned, one for each feature, on one scale.
    silent : tuple of str
        The features that no decision knows: they keep their weights, and said
        nothing so far.
    """

    n_decisions: int
    n_yes: int
    enough: bool
    better: bool = False
    held_out_before: float = 0.0
    held_out_after: float = 0.0
    interval: tuple[float, float] = (0.0, 0.0)
    weights_before: dict[str, float] = field(default_factory=dict)
    weights_after: dict[str, float] = field(default_factory=dict)
    silent: tuple[str, ...] = ()


def judge(
    decisions: Decisions, prior: Mapping[str, float] | None = None, *, seed: int = 0
) -> Judgement:
    """Learn weights in shadow, and say whether they are better than those at hand.

    Every decision is foretold from decisions about other projects, once by the
    weights at hand and once by weights learned there, many times over. Only
    where the learned ones are clearly ahead are they better; else the weights
    at hand stay, and nobody need hear of it.

    Parameters
    ----------
    decisions : Decisions
    prior : mapping of str to float, optional
        The organizer's weights; those left out keep
        :data:`matcher.weights.DEFAULT_WEIGHTS`.
    seed : int, default=0
        How the projects are dealt out and drawn again.

    Returns
    -------
    Judgement
        Equal for equal decisions in any order of projects' numbers.

    Raises
    ------
    MatcherError
        For a weight that is no feature's or cannot be used, or when all are 0.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> rows = rng.random((90, 3))
    >>> names = ("needs", "genre", "stage")
    >>> found = judge(Decisions.of(names, rows, rows[:, 1] > 0.6, np.arange(90) // 3))
    >>> found.enough, found.better, found.held_out_before < found.held_out_after
    (True, True, True)
    >>> judge(Decisions.of(names, rows[:40], rows[:40, 1] > 0.6, np.arange(40) // 3)).enough
    False
    """
    weights = {**DEFAULT_WEIGHTS, **checked_weights(prior)}
    if not any(weights.values()):
        raise MatcherError("weights_all_zero", names=", ".join(FEATURE_NAMES))
    if not _enough(decisions, weights):
        return Judgement(len(decisions), decisions.n_yes, enough=False)
    at_hand = weights_at_hand(decisions, weights)
    before, after = foretell(decisions, at_hand, rounds=_ROUNDS, seed=seed)
    interval = _gain(before, after, decisions.projects, np.random.default_rng(seed))
    n_before, n_after = float(before.right.sum()), float(after.right.sum())
    return Judgement(
        n_decisions=len(decisions),
        n_yes=decisions.n_yes,
        enough=True,
        better=interval[0] > 0.0 and round(n_after) > round(n_before),
        held_out_before=n_before,
        held_out_after=n_after,
        interval=interval,
        weights_before=weights,
        weights_after={**weights, **learn_weights(decisions, weights)},
        silent=_silent(decisions),
    )


def _enough(decisions: Decisions, weights: Mapping[str, float]) -> bool:
    n_yes = decisions.n_yes
    return (
        len(decisions) >= ENOUGH_DECISIONS
        and min(n_yes, len(decisions) - n_yes) >= ENOUGH_OF_EACH
        and len(np.unique(decisions.projects)) >= ENOUGH_PROJECTS
        and any(weights_at_hand(decisions, weights).values())
    )


def _silent(decisions: Decisions) -> tuple[str, ...]:
    heard = {decisions.names[place] for place in np.flatnonzero(decisions.heard())}
    return tuple(name for name in FEATURE_NAMES if name not in heard)


def _gain(
    before: Foretold,
    after: Foretold,
    projects: NDArray[np.int64],
    rng: np.random.Generator,
) -> tuple[float, float]:
    """Give how much less a decision surprises, with projects drawn again."""
    _, which = np.unique(projects, return_inverse=True)
    gained = np.bincount(which, before.surprise - after.surprise)
    counted = np.bincount(which).astype(np.float64)
    drawn = rng.integers(len(gained), size=(_RESAMPLES, len(gained)))
    gains = gained[drawn].sum(axis=1) / counted[drawn].sum(axis=1)
    low, high = np.quantile(gains, _INTERVAL)
    return float(low), float(high)
