"""How soon an organizer's decisions teach better weights, and how often that is noticed.

The pairs are those of the demo lab, as the model compares them, each feature
nudged a little. The organizers are invented: each has weights of their own, is
offered the three mentors of twelve that the weights at hand put first, and says
yes or no by their own weights, with moods.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from scipy.stats import rankdata
from sklearn.linear_model import LogisticRegression

from benchmarks.markdown import markdown_table
from matcher.affinity import AffinityModel
from matcher.datasets import load_demo
from matcher.features import FEATURE_NAMES, PairFeatures
from matcher.learning import Decisions, judge, learn_weights
from matcher.weights import DEFAULT_NEUTRAL

Floats = NDArray[np.float64]
Score = Callable[[Decisions], Floats]

N_OFFERED, N_MENTORS = 3, 12
N_FRESH = 1500
N_SEEN = (10, 25, 50, 100, 200, 400)
# The weights of an organizer differ from those at hand by such factors.
TASTES = {"the weights' own": 0.0, "somewhat another": 0.5, "another": 1.0}


@dataclass(frozen=True)
class Organizer:
    """Someone who decides by weights of their own."""

    pool: PairFeatures
    at_hand: dict[str, float]
    weights: dict[str, float]
    line: float
    mood: float
    rng: np.random.Generator

    def decide(self, n: int) -> Decisions:
        """Go through the films, three offered mentors each."""
        n_films = -(-n // N_OFFERED)
        offered = [self._offer(film) for film in range(n_films)]
        found = Decisions.of(
            FEATURE_NAMES,
            np.vstack([each.values for each in offered]),
            np.ones(n_films * N_OFFERED, np.bool_),
            np.repeat(np.arange(n_films), N_OFFERED),
            np.vstack([each.known for each in offered]),
        ).at(np.arange(n))
        odds = (found.affinity(self.weights) - self.line) / self.mood
        said = self.rng.random(n) < expit(odds)
        return Decisions.of(found.names, found.values, said, found.projects, found.known)

    def _offer(self, film: int) -> Decisions:
        values = self.pool.values.reshape(-1, len(FEATURE_NAMES))
        rows = self.rng.integers(len(values), size=N_MENTORS)
        nudged = values[rows] + self.rng.normal(0.0, 0.05, (N_MENTORS, len(FEATURE_NAMES)))
        known = self.pool.known.reshape(values.shape)[rows]
        mentors = Decisions.of(
            FEATURE_NAMES, np.clip(nudged, 0.0, 1.0), [True] * N_MENTORS, [film] * N_MENTORS, known
        )
        return mentors.at(np.argsort(-mentors.affinity(self.at_hand))[:N_OFFERED])


def make_organizer(
    pool: PairFeatures, at_hand: dict[str, float], sigma: float, seed: int
) -> Organizer:
    """Give someone whose weights are those at hand times log-normal factors, a fifth times 0."""
    rng = np.random.default_rng(seed)
    factors = np.exp(rng.normal(0.0, sigma, len(at_hand)))
    if sigma:
        factors *= rng.random(len(at_hand)) > 0.2
        factors[0] = max(factors[0], 0.1)
    weights = dict(zip(at_hand, np.array(list(at_hand.values())) * factors, strict=True))
    affinity = Organizer(pool, at_hand, weights, 0.5, 1.0, rng).decide(600).affinity(weights)
    # They take two of three, and are sure of most.
    line, mood = float(np.quantile(affinity, 0.35)), 0.5 * float(affinity.std())
    return Organizer(pool, at_hand, weights, line, mood, rng)


def yes_above_no(score: Floats, said_yes: NDArray[np.bool_]) -> float:
    """Give how often a yes stands above a no: the area under the curve, chance .5."""
    n_yes = int(said_yes.sum())
    ranks = rankdata(score)[said_yes].sum() - n_yes * (n_yes + 1) / 2
    return float(ranks / (n_yes * (len(score) - n_yes)))


def filled(decisions: Decisions) -> Floats:
    """Give the features as they are, unknown ones at their neutral value."""
    neutral = np.array([DEFAULT_NEUTRAL[name] for name in decisions.names])
    rows: Floats = np.where(decisions.known, decisions.values, neutral)
    return rows


def by_regression(seen: Decisions, penalty: float) -> Score:
    model = LogisticRegression(C=1.0 / penalty, max_iter=5000).fit(filled(seen), seen.said_yes)
    return lambda asked: model.decision_function(filled(asked))


def by_learner(seen: Decisions, at_hand: dict[str, float]) -> Score:
    weights = learn_weights(seen, at_hand)
    return lambda asked: asked.affinity(weights)


def by_weights(weights: dict[str, float]) -> Score:
    return lambda asked: asked.affinity(weights)


def methods(
    who: Organizer, at_hand: dict[str, float], seen: Decisions
) -> dict[str, Callable[[], Score]]:
    equal = {name: float(weight > 0.0) for name, weight in at_hand.items()}
    return {
        "weights at hand": lambda: by_weights(at_hand),
        "equal weights": lambda: by_weights(equal),
        "plain logistic regression": lambda: by_regression(seen, 1e-6),
        "the same, sklearn's default penalty": lambda: by_regression(seen, 1.0),
        "Campfire (drawn to those at hand)": lambda: by_learner(seen, at_hand),
        "their own weights (the ceiling)": lambda: by_weights(who.weights),
    }


def _pool() -> tuple[PairFeatures, dict[str, float]]:
    lab, model = load_demo(), AffinityModel()
    pool = model.fit_features(lab.projects.profiles, lab.mentors.profiles)
    return pool, model.used_weights()


def learning_curve_table(taste: str, *, quick: bool = False) -> str:
    """A Markdown table: how often a fresh yes stands above a fresh no, by decisions seen."""
    pool, at_hand = _pool()
    found: dict[tuple[str, int], list[float]] = {}
    for seed in range(8 if quick else 60):
        who = make_organizer(pool, at_hand, TASTES[taste], seed)
        decisions, fresh = who.decide(max(N_SEEN)), who.decide(N_FRESH)
        for n in N_SEEN:
            seen = decisions.at(np.arange(n))
            if seen.n_yes in {0, n}:
                continue
            for name, made in methods(who, at_hand, seen).items():
                found.setdefault((name, n), []).append(yes_above_no(made()(fresh), fresh.said_yes))
    names = list(dict.fromkeys(name for name, _ in found))
    return markdown_table(
        f"Taste: {taste}. How often a yes stands above a no (95 % over organizers)",
        ["decisions", *map(str, N_SEEN)],
        [[name, *(interval(found[name, n]) for n in N_SEEN)] for name in names],
    )


def judging_table(*, quick: bool = False) -> str:
    """A Markdown table: whom learned weights are offered to, and what they gain by it."""
    pool, at_hand = _pool()
    rows = []
    for taste, sigma in TASTES.items():
        for n in (50, 100, 200, 400):
            gains: list[float] = []
            n_asked = 8 if quick else 60
            for seed in range(1000, 1000 + n_asked):
                who = make_organizer(pool, at_hand, sigma, seed)
                found = judge(who.decide(n), at_hand)
                if found.better:
                    fresh = who.decide(N_FRESH)
                    before, after = (
                        yes_above_no(fresh.affinity(weights), fresh.said_yes)
                        for weights in (found.weights_before, found.weights_after)
                    )
                    gains.append(after - before)
            share = len(gains) / n_asked
            gain = f"{np.mean(gains):+.3f} (worst {min(gains):+.3f})" if gains else "-"
            rows.append([taste, str(n), f"{share:.2f} ({wilson(len(gains), n_asked)})", gain])
    return markdown_table(
        "Whom learned weights are offered to",
        ["the organizer's taste", "decisions", "offered to", "a fresh yes above a no, where so"],
        rows,
    )


def learning_table(*, quick: bool = False) -> str:
    """All tables: what is learned, by organizers of another taste and of none, and who is told."""
    curves = [learning_curve_table(taste, quick=quick) for taste in ("another", "the weights' own")]
    return "\n".join([*curves, judging_table(quick=quick)])


def interval(values: list[float]) -> str:
    """Give the mean, and where 95 % of means over other organizers would lie."""
    half = 1.96 * float(np.std(values, ddof=1)) / len(values) ** 0.5
    mean = float(np.mean(values))
    return f"{mean:.3f} ({mean - half:.3f}-{mean + half:.3f})"


def wilson(n: int, of: int) -> str:
    """Give the interval of a share (Wilson, 95 %)."""
    z, share = 1.96, n / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * (share * (1 - share) / of + z * z / (4 * of * of)) ** 0.5
    return f"{max(0.0, middle - half):.2f}-{middle + half:.2f}"


if __name__ == "__main__":
    print(learning_table())
