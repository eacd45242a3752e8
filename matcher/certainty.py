"""How sure an affinity is, and the word that people read instead of it.

Light on purpose: pages ask these questions without loading the model.
"""

from __future__ import annotations

import math
from typing import Literal

from matcher.items import mentor_items, project_items
from matcher.profiles import MentorProfile, ProjectProfile

AffinityWord = Literal["strong", "good", "stretch", "unknown"]

# From which affinity on a pair is called so; the figures behind are those of
# the demo lab's 144 pairs (docs/matching.md). Pairs that an organizer would
# defend at once (the first need met, a language shared, and a form, genre or
# stage) have a median of 0.67, and three quarters of them lie above the first
# number. Pairs that meet a later need have a median of 0.45 and hardly ever
# reach it; nine of ten that meet none lie below the second.
STRONG_FROM = 0.58
GOOD_FROM = 0.42
# Below this part of the weights known, no word is honest but "unknown". Needs
# alone are a little more, and so are texts alone.
KNOWN_ENOUGH = 0.30


def too_little_known(profile: ProjectProfile | MentorProfile) -> bool:
    """Say whether a profile holds neither a telling word nor a term to match on.

    A title, a name, a country or a language alone says nothing about what
    somebody needs or gives.

    Parameters
    ----------
    profile : ProjectProfile or MentorProfile

    Returns
    -------
    bool
    """
    listed = [*profile.forms, *profile.genres, *profile.stages]
    if isinstance(profile, ProjectProfile):
        listed += profile.needs
        texts = project_items(profile)
    else:
        listed += [*profile.expertise, *profile.offers]
        texts = mentor_items(profile)
    return not texts and not any(term.concept or term.text.strip() for term in listed)


def affinity_word(affinity: float, known_share: float = 1.0) -> AffinityWord:
    """Give the word that people read instead of a number.

    Parameters
    ----------
    affinity : float
        In 0..1; NaN for a pair that was not worked out.
    known_share : float, default=1.0
        The part of the weights that is known of the pair, in 0..1.

    Returns
    -------
    str
        ``strong``, ``good``, ``stretch``, or ``unknown`` for "we know too little".

    Examples
    --------
    >>> affinity_word(0.7), affinity_word(0.5), affinity_word(0.2), affinity_word(0.7, 0.1)
    ('strong', 'good', 'stretch', 'unknown')
    """
    if math.isnan(affinity) or known_share < KNOWN_ENOUGH:
        return "unknown"
    if affinity >= STRONG_FROM:
        return "strong"
    return "good" if affinity >= GOOD_FROM else "stretch"
