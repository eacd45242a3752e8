"""Whoever claims everything says nothing; whoever names a few things is believed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matcher.affinity import AffinityModel
from matcher.datasets import load_demo
from matcher.offerings import FOCUSED_NAMES, breadth_credit, gives
from matcher.profiles import MentorProfile, ProjectProfile, Term
from matcher.vocabulary import Vocabulary
from matcher.weights import DEFAULT_NEUTRAL

VOCABULARY = Vocabulary.load()
NEEDS = VOCABULARY.concepts("need")
LAB = load_demo()
LANGUAGES = ("en", "ru", "kk", "ky")
ANSWERS = (
    ("need.editing", "I cannot find the ending in the edit", "I find endings in the cutting room"),
    ("need.sound-music", "The wind ruined our location sound", "I save location sound and mix it"),
    ("need.festival-strategy", "No festival answers us", "I know which festival takes what"),
    ("need.legal-rights", "The archive owns our footage", "I clear footage with archives"),
    ("need.financing", "Our budget has a hole of a third", "I close budgets with small funds"),
)


def _ticked(*names: str) -> tuple[Term, ...]:
    return tuple(Term(each.label("en"), each.id) for each in NEEDS if each.id in names or not names)


def _claimers() -> dict[str, MentorProfile]:
    labels = [concept.label(language) for concept in NEEDS for language in LANGUAGES]
    films = [credit for mentor in LAB.mentors.profiles for credit in mentor.credits]
    crafts = tuple(Term(each.label("en"), each.id) for each in VOCABULARY.concepts("craft"))
    return {
        "ticks every need": MentorProfile(id="~", expertise=_ticked()),
        "offers every need": MentorProfile(id="~", offers=_ticked()),
        "ticks every need and craft": MentorProfile(id="~", expertise=(*_ticked(), *crafts)),
        "writes every need as an offer": MentorProfile(
            id="~", offers=tuple(Term(label) for label in labels)
        ),
        "writes every need in the biography": MentorProfile(id="~", bio=". ".join(labels * 5)),
        "has all credits": MentorProfile(id="~", credits=tuple(films)),
        "does all of it": MentorProfile(
            id="~", expertise=_ticked(), bio=". ".join(labels), credits=tuple(films)
        ),
    }


def _pools() -> dict[str, tuple[list[ProjectProfile], list[MentorProfile]]]:
    """Give honest pools in which the mentor of a row is the right one."""
    told = [ProjectProfile(id=f"p{n}", difficulties=text) for n, (_, text, _) in enumerate(ANSWERS)]
    named = [
        replace(film, needs=_ticked(need)) for film, (need, _, _) in zip(told, ANSWERS, strict=True)
    ]
    wrote = [MentorProfile(id=f"m{n}", bio=bio) for n, (_, _, bio) in enumerate(ANSWERS)]
    ticks = [
        replace(one, expertise=_ticked(need))
        for one, (need, _, _) in zip(wrote, ANSWERS, strict=True)
    ]
    # Each of them also names five further needs.
    broad = [
        replace(
            one,
            expertise=_ticked(need, *[NEEDS[(3 * row + n) % len(NEEDS)].id for n in range(5)]),
        )
        for row, (one, (need, _, _)) in enumerate(zip(wrote, ANSWERS, strict=True))
    ]
    return {
        "texts alone": (told, wrote),
        "films tick, mentors write": (named, wrote),
        "films write, mentors tick": (told, ticks),
        "both tick": (named, ticks),
        "honest generalists": (named, broad),
    }


@pytest.mark.parametrize("claim", _claimers())
@pytest.mark.parametrize("pool", _pools())
def test_whoever_claims_everything_stands_behind_the_right_mentor(pool: str, claim: str) -> None:
    films, honest = _pools()[pool]
    model = AffinityModel()
    affinity = model.affinity(model.fit_features(films, [*honest, _claimers()[claim]]))
    behind = affinity.diagonal() > affinity[:, -1]
    assert behind.tolist() == [True] * len(films)


@pytest.mark.parametrize("claim", _claimers())
def test_claiming_everything_gets_nobody_further_than_saying_nothing(claim: str) -> None:
    films, people = LAB.projects.profiles, LAB.mentors.profiles
    model = AffinityModel()

    def fits(one: MentorProfile) -> tuple[float, int]:
        one = replace(one, languages=people[0].languages)
        affinity = model.affinity(model.fit_features(films, [*people, one]))
        return affinity[:, -1].mean(), (affinity.argmax(axis=1) == len(people)).sum()

    claimed, silent = fits(_claimers()[claim]), fits(MentorProfile(id="~", bio="I help."))
    assert claimed[0] < silent[0] + 0.04
    assert claimed[1] <= silent[1]


def test_an_honest_generalist_loses_nothing_and_ticking_all_is_as_good_as_saying_nothing() -> None:
    worth = [breadth_credit(n) for n in range(1, 41)]
    assert worth[:FOCUSED_NAMES] == [1.0] * FOCUSED_NAMES
    assert all(np.diff(worth) <= 0)
    assert worth[len(NEEDS) - 1 :] == [DEFAULT_NEUTRAL["needs"]] * (41 - len(NEEDS))


def test_the_same_need_named_twice_is_named_once() -> None:
    once = MentorProfile(id="m", expertise=_ticked(*[each.id for each in NEEDS[:6]]))
    twice = replace(once, offers=once.expertise)
    assert gives(twice) == gives(once)
