"""How well texts find their answers across languages, beside chance and plain TF-IDF.

``python -m benchmarks.evaluation`` measures on the reporting half of the texts,
``--choosing`` on the other one, which is there to be tuned on.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from benchmarks.markdown import markdown_table
from benchmarks.texts import MENTOR_LANGUAGES, NEED_LANGUAGES, Half, load_half
from matcher.affinity import AffinityModel
from matcher.evaluation import difference, evaluate_ranking, plain_overlap
from matcher.evaluation.measured import Measured, mean_of
from matcher.evaluation.shares import part_of_top
from matcher.profiles import MentorProfile, ProjectProfile, Term
from matcher.vocabulary import Vocabulary

if TYPE_CHECKING:
    from matcher.channels.vectors import Encoder

Floats = NDArray[np.float64]
Projects = Sequence[ProjectProfile]
Mentors = Sequence[MentorProfile]
Way = Callable[[Projects, Mentors], Floats]

PAIRS = tuple((asking, answering) for asking in NEED_LANGUAGES for answering in MENTOR_LANGUAGES)
TYPED_PLAINLY = ("kk", "ky")
SMALL_POOL = 12
# Somebody of another world, in the languages that mentors write.
STRANGERS = (
    MentorProfile(id="baker", bio="Baker of rye loaves. Sourdough, ovens, a stall on Saturdays."),
    MentorProfile(id="dentist", bio="Стоматолог. Лечу зубы, ставлю коронки, приём по записи."),
    MentorProfile(id="plumber", bio="Plumber: boilers, radiators, blocked drains, day and night."),
)


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


def right_pairs(half: Half, projects: Projects, mentors: Mentors) -> NDArray[np.bool_]:
    """Give (n_projects, n_mentors): whether the two are of one topic."""
    gold = set(half.gold(projects, mentors))
    return np.array([[(one.id, other.id) in gold for other in mentors] for one in projects])


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


def halved_pools(half: Half) -> Iterator[list[MentorProfile]]:
    """Give two pools, half English and half Russian; the second has what the first leaves out."""
    topics = sorted({half.topic["mentor", one.id] for one in half.answers("en")})
    for first, second in ((topics[::2], topics[1::2]), (topics[1::2], topics[::2])):
        yield [*half.answers("en", first), *half.answers("ru", second)]


def shares_table(half: Half, way: Way) -> str:
    """A table of the places that Russian mentors get in pools half English, half Russian."""
    rows = []
    for language in NEED_LANGUAGES:
        projects = half.needs(language)
        cells = []
        for pools in ([[*half.answers("en"), *half.answers("ru")]], list(halved_pools(half))):
            found = [way(projects, pool) for pool in pools]
            groups = [
                np.array([half.language["mentor", one.id] == "ru" for one in pool])
                for pool in pools
            ]
            for places in (1, 5):
                parts = [
                    part_of_top(each, group, places)
                    for each, group in zip(found, groups, strict=True)
                ]
                cells.append(str(mean_of(np.mean(parts, axis=0))))
        ranks = [
            evaluate_ranking(each, right_pairs(half, projects, pool), n_resamples=1)
            for each, pool in zip(found, pools, strict=True)
        ]
        rank = mean_of(np.mean([each.reciprocal_ranks for each in ranks], axis=0))
        rows.append((language, *cells, str(rank)))
    heads = (
        "needs",
        "every topic in both: first",
        "first five",
        "half the topics in each: first",
        "first five",
        "mean reciprocal rank there",
    )
    return markdown_table("The part of Russian mentors (half of each pool)", heads, rows)


def steadiness_table(half: Half, way: Way) -> str:
    """A table of how much a pool of twelve moves when one stranger joins it."""
    rows = []
    for asking, answering in PAIRS:
        projects = half.needs(asking)[:SMALL_POOL]
        mentors = half.answers(answering)[:SMALL_POOL]
        before = way(projects, mentors)
        moved, others, stranger_first = [], [], []
        for stranger in STRANGERS:
            after = way(projects, [*mentors, stranger])
            known = after[:, :SMALL_POOL]
            moved.append(np.abs(known - before))
            others.append((known.argmax(axis=1) != before.argmax(axis=1)).sum())
            stranger_first.append((after.argmax(axis=1) == SMALL_POOL).sum())
        rows.append(
            (
                f"{asking} → {answering}",
                f"{np.mean(moved):.4f}",
                f"{np.max(moved):.4f}",
                f"{before.std():.4f}",
                f"{np.mean(others):.1f} of {SMALL_POOL}",
                f"{np.mean(stranger_first):.1f} of {SMALL_POOL}",
            )
        )
    heads = (
        "pool",
        "mean move",
        "largest move",
        "spread of affinities",
        "another of the twelve first",
        "the stranger first",
    )
    title = f"One unrelated mentor joins {SMALL_POOL} (mean over {len(STRANGERS)} of them)"
    return markdown_table(title, heads, rows)


def stuffed(half: Half) -> dict[str, MentorProfile]:
    """Give mentors who claim everything, by the way they do."""
    needs = Vocabulary.load().concepts("need")
    labels = [concept.label(language) for concept in needs for language in NEED_LANGUAGES]
    offers = [term.text for mentor in half.answers("en") for term in mentor.offers]
    offers += [term.text for mentor in half.answers("ru") for term in mentor.offers]
    return {
        "every term, ten times, in the bio": MentorProfile(id="~1", bio=". ".join(labels * 10)),
        "everybody's offers in the bio": MentorProfile(id="~2", bio=". ".join(offers)),
        "every term as an offer": MentorProfile(
            id="~3", bio="I do it all.", offers=tuple(Term(label) for label in labels)
        ),
        "every term in each of fifty credits": MentorProfile(
            id="~4", credits=tuple(" ".join(labels) for _ in range(50))
        ),
    }


def stuffing_table(half: Half, way: Way) -> str:
    """A table of how far claiming everything gets a mentor among honest ones."""
    rows = []
    for name, stuffer in stuffed(half).items():
        first, before_right = [], []
        for asking, answering in PAIRS:
            projects, mentors = half.needs(asking), [*half.answers(answering), stuffer]
            found = way(projects, mentors)
            right = right_pairs(half, projects, mentors)
            own = found[:, -1]
            best_right = np.where(right, found, -np.inf).max(axis=1)
            first.append(part_of_top(found, np.arange(len(mentors)) == len(mentors) - 1, 1))
            before_right.append((own > best_right) + 0.5 * (own == best_right))
        rows.append(
            (
                name,
                str(mean_of(np.mean(first, axis=0))),
                str(mean_of(np.mean(before_right, axis=0))),
            )
        )
    heads = ("who claims everything", "stands first", "stands before the right mentor")
    return markdown_table("Stuffing, over the eight pairs (chance: first .03)", heads, rows)


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
    asked = parser.parse_args()
    print(evaluation_table("choosing" if asked.choosing else "reporting", quick=asked.quick))


if __name__ == "__main__":
    main()
