"""How decisions are foretold by weights that never saw them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from matcher.learning.decisions import Decisions
from matcher.learning.weighing import learn_weights

Floats = NDArray[np.float64]

N_FOLDS = 5


@dataclass(frozen=True)
class Foretold:
    """How each held-out decision fared, on the mean of all rounds.

    Attributes
    ----------
    right : float array (n_decisions,)
        In 0..1: how often the decision lay on the right side of the line.
    surprise : float array (n_decisions,)
        Its logistic loss: 0 for a decision that was certain and right.
    """

    right: Floats
    surprise: Floats


def foretell(
    decisions: Decisions, weights: Mapping[str, float], *, rounds: int, seed: int
) -> tuple[Foretold, Foretold]:
    """Foretell every decision from those about other projects, with both weights.

    In each round the projects are dealt into :data:`N_FOLDS` parts; each part
    is foretold from the others, by the weights at hand and by those learned
    there. All decisions about a project lie in the same part.

    Parameters
    ----------
    decisions : Decisions
        With a yes and a no, about two projects or more.
    weights : mapping of str to float
        Those at hand.
    rounds : int
        1 or more.
    seed : int

    Returns
    -------
    tuple of Foretold
        Before learning and after.
    """
    found = np.zeros((2, 2, len(decisions)))
    rng = np.random.default_rng(seed)
    for _ in range(rounds):
        for held_out in _parts(decisions.projects, rng):
            others = decisions.at(~held_out)
            learned = learn_weights(others, weights)
            for place, used in enumerate((weights, learned)):
                seen = others.affinity(used)
                asked = decisions.at(held_out).affinity(used)
                yes = decisions.said_yes[held_out]
                found[place, 0, held_out] += (asked >= _line(seen, others.said_yes)) == yes
                found[place, 1, held_out] += _surprise(seen, others.said_yes, asked, yes)
    before, after = found / rounds
    return Foretold(*before), Foretold(*after)


def _parts(projects: NDArray[np.int64], rng: np.random.Generator) -> Iterator[NDArray[np.bool_]]:
    """Deal the projects out, and give the decisions of each part."""
    there, which = np.unique(projects, return_inverse=True)
    n_parts = min(N_FOLDS, len(there))
    part = rng.permutation(np.arange(len(there)) % n_parts)
    for number in range(n_parts):
        yield part[which] == number


def _line(affinity: Floats, said_yes: NDArray[np.bool_]) -> float:
    """Give the affinity above which as many pairs lie as there was a yes to."""
    ordered = np.sort(affinity)[::-1]
    n_yes = int(said_yes.sum())
    if n_yes == 0:
        return float("inf")
    if n_yes == len(ordered):
        return float("-inf")
    return float(ordered[n_yes - 1] + ordered[n_yes]) / 2.0


def _surprise(
    affinity: Floats, said_yes: NDArray[np.bool_], asked: Floats, yes: NDArray[np.bool_]
) -> Floats:
    """Give the logistic loss of what is asked, by a chance fitted to what is known."""
    signs = np.where(said_yes, 1.0, -1.0)
    centre, width = affinity.mean(), affinity.std() + 1e-9
    known = (affinity - centre) / width

    def cost(point: Floats) -> tuple[float, Floats]:
        margins = signs * (point[0] + point[1] * known)
        pull = -signs * expit(-margins)
        # A little held: a few decisions can lie apart without a mistake.
        value = np.logaddexp(0.0, -margins).sum() + 0.05 * (point @ point)
        return float(value), np.array([pull.sum(), pull @ known]) + 0.1 * point

    start = np.zeros(2)
    fitted = minimize(cost, start, jac=True, method="L-BFGS-B", bounds=[(None, None), (0, None)]).x
    odds = fitted[0] + fitted[1] * (asked - centre) / width
    loss: Floats = np.logaddexp(0.0, np.where(yes, -odds, odds))
    return loss
