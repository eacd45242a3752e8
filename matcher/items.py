"""A profile as a set of items: each text, each credit, each offer by itself.

One long text would win by length and one stuffed biography by repetition;
a set of short items, of which the best few count, does neither.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from matcher.profiles import MentorProfile, ProjectProfile
from matcher.words import MAX_CHARACTERS, n_telling_words, says_something

# Of one profile at most so many items are read; nobody writes more by hand.
MAX_ITEMS = 64

# From so many telling words on, a longer text says no more about its writer.
ENOUGH_WORDS = 80
# Whoever speaks of everything is near to everything: a mentor's text of more
# telling words than the first counts less, and so do all texts of a mentor
# with more than the second together, each by the fourth root. Of more items
# than the third, the best few are the best by chance: they count less by the root.
FOCUSED_WORDS = 60
FOCUSED_PROFILE = 200
FOCUSED_ITEMS = 20

# How much each of a project's texts says about the mentor it needs. What does
# not work yet says most; a title hardly anything.
PROJECT_WEIGHTS = {
    "difficulties": 1.0,
    "reading": 0.9,
    "goals": 0.8,
    "logline": 0.7,
    "statement": 0.6,
    "synopsis": 0.6,
    "title": 0.2,
}
UNKNOWN_NEED_WEIGHT = 0.8


@dataclass(frozen=True, slots=True)
class Item:
    """One text of a profile.

    Attributes
    ----------
    field : str
        Where it stands: ``difficulties``, ``bio``, ``credits[2]``.
    text : str
        As written, cut after :data:`matcher.words.MAX_CHARACTERS`.
    weight : float
        How much it counts among the profile's items, in 0..1.
    """

    field: str
    text: str
    weight: float = 1.0


def evidence_of(n_words: int) -> float:
    """Give how much a text says: the root of its telling words, up to a length.

    Examples
    --------
    >>> evidence_of(4), evidence_of(1000) == evidence_of(80)
    (2.0, True)
    """
    return math.sqrt(min(n_words, ENOUGH_WORDS))


def n_telling(text: str) -> int:
    """Count a text's telling words."""
    return n_telling_words(text)


def focus_of(count: int, enough: int) -> float:
    """Give how far something that says so much still speaks of one thing, in 0..1.

    Examples
    --------
    >>> focus_of(30, 60), focus_of(960, 60)
    (1.0, 0.5)
    """
    return float(min(1.0, (enough / max(count, 1)) ** 0.25))


def profile_focus_of(n_words: int, n_items: int) -> float:
    """Give how far a profile of so many telling words in so many items speaks of one thing.

    Examples
    --------
    >>> profile_focus_of(200, 20), profile_focus_of(200, 80)
    (1.0, 0.5)
    """
    few_items = math.sqrt(min(1.0, FOCUSED_ITEMS / max(n_items, 1)))
    return focus_of(n_words, FOCUSED_PROFILE) * few_items


def _with_words(items: Iterable[Item]) -> list[Item]:
    kept: list[Item] = []
    for item in items:
        if says_something(item.text):
            kept.append(item)
            if len(kept) == MAX_ITEMS:
                break
    return kept


def project_items(project: ProjectProfile) -> list[Item]:
    """Give a project's texts that hold at least one telling word, weightiest first.

    A need that the vocabulary does not know takes part as a text. A title alone
    says nothing of what a film needs.

    Parameters
    ----------
    project : ProjectProfile

    Returns
    -------
    list of Item
        At most :data:`MAX_ITEMS`.
    """
    texts = [
        Item(field, str(getattr(project, field))[:MAX_CHARACTERS], weight)
        for field, weight in PROJECT_WEIGHTS.items()
    ]
    needs = (
        Item(f"needs[{place}]", need.text[:MAX_CHARACTERS], UNKNOWN_NEED_WEIGHT)
        for place, need in enumerate(project.needs[:MAX_ITEMS])
        if need.concept is None
    )
    items = _with_words((*texts, *needs))
    return [] if all(item.field == "title" for item in items) else items


def mentor_items(mentor: MentorProfile) -> list[Item]:
    """Give each of a mentor's expertise, offers, credits and the bio as an item.

    Parameters
    ----------
    mentor : MentorProfile

    Returns
    -------
    list of Item
        At most :data:`MAX_ITEMS`; those without a telling word are left out.
    """
    listed = (
        ("expertise", [term.text for term in mentor.expertise[:MAX_ITEMS]]),
        ("offers", [term.text for term in mentor.offers[:MAX_ITEMS]]),
        ("bio", None),
        ("credits", list(mentor.credits[:MAX_ITEMS])),
    )
    items: list[Item] = []
    for field, texts in listed:
        if texts is None:
            items.append(Item("bio", mentor.bio[:MAX_CHARACTERS]))
            continue
        items.extend(
            Item(f"{field}[{place}]", text[:MAX_CHARACTERS]) for place, text in enumerate(texts)
        )
    return _with_words(items)
