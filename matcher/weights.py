"""What each feature counts, and what not knowing it counts for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from difflib import get_close_matches

from matcher.errors import MatcherError
from matcher.feature_names import FEATURE_NAMES

# What an organizer starts from. The needs lead, since people named them
# themselves; the texts together weigh as much, and those of their channels
# most that understand every language. A common language comes next, since
# without one there is no talk at all. A wish can only speak for a pair.
DEFAULT_WEIGHTS: Mapping[str, float] = {
    "needs": 4.0,
    "words": 0.8,
    "characters": 0.4,
    "concepts": 0.8,
    "vectors": 2.0,
    "encoder": 3.0,
    "form": 1.0,
    "genre": 1.0,
    "stage": 1.0,
    "language": 2.0,
    "craft": 0.5,
    "territory": 0.5,
    "wishes": 1.0,
    "past": 0.5,
}

# What not knowing counts for: about what a pair of the demo lab has on average
# where the feature is known. A blank then never beats a real match, and is not
# put last for being short either. Of languages a little less: who does not say
# what they speak more often lacks the common one. A channel of texts takes its
# value only where no other channel speaks; craft, territory, wishes and past
# leave a pair as it is where nobody said anything.
DEFAULT_NEUTRAL: Mapping[str, float] = {
    "needs": 0.25,
    "words": 0.20,
    "characters": 0.30,
    "concepts": 0.30,
    "vectors": 0.30,
    "encoder": 0.30,
    "form": 0.35,
    "genre": 0.35,
    "stage": 0.40,
    "language": 0.60,
    "craft": 0.0,
    "territory": 0.0,
    "wishes": 0.0,
    "past": 0.0,
}


def checked_weights(given: Mapping[str, float] | None) -> dict[str, float]:
    """Give an organizer's weights as numbers.

    Raises
    ------
    MatcherError
        For a name that is no feature, and for what is no number of 0 or more.
    """
    return checked("weight", given, math.inf)


def checked(what: str, given: Mapping[str, float] | None, most: float) -> dict[str, float]:
    """Refuse names that are no feature, and numbers that cannot be used."""
    for name, value in (given or {}).items():
        if name not in FEATURE_NAMES:
            near = get_close_matches(str(name), FEATURE_NAMES, n=1, cutoff=0.0)
            raise MatcherError(f"{what}_unknown", name=str(name), nearest=near[0])
        usable = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not usable or not math.isfinite(value) or not 0.0 <= value <= most:
            raise MatcherError(f"{what}_not_usable", name=name, value=str(value))
    return {name: float(value) for name, value in (given or {}).items()}
