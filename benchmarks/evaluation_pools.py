"""What one pool shows: whose mentors it prefers, how steady it is, whom it lets through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.markdown import markdown_table
from benchmarks.texts import MENTOR_LANGUAGES, NEED_LANGUAGES, Half
from matcher.evaluation import evaluate_ranking
from matcher.evaluation.measured import mean_of
from matcher.evaluation.shares import part_of_top
from matcher.profiles import MentorProfile, ProjectProfile, Term
from matcher.vocabulary import Vocabulary

Floats = NDArray[np.float64]
Projects = Sequence[ProjectProfile]
Mentors = Sequence[MentorProfile]
Way = Callable[[Projects, Mentors], Floats]

PAIRS = tuple((asking, answering) for asking in NEED_LANGUAGES for answering in MENTOR_LANGUAGES)
SMALL_POOL = 12
# Somebody of another world, in the languages that mentors write.
STRANGERS = (
    MentorProfile(id="baker", bio="Baker of rye loaves. Sourdough, ovens, a stall on Saturdays."),
    MentorProfile(id="dentist", bio="Стоматолог. Лечу зубы, ставлю коронки, приём по записи."),
    MentorProfile(id="plumber", bio="Plumber: boilers, radiators, blocked drains, day and night."),
)


def right_pairs(half: Half, projects: Projects, mentors: Mentors) -> NDArray[np.bool_]:
    """Give (n_projects, n_mentors): whether the two are of one topic."""
    gold = set(half.gold(projects, mentors))
    return np.array([[(one.id, other.id) in gold for other in mentors] for one in projects])


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
