"""What each feature counts, and what not knowing it counts for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from difflib import get_close_matches

from matcher.errors import MatcherError
from matcher.features import FEATURE_NAMES

# What an organizer starts from. The needs lead, since they mean the same in
# every language, which words do not; a common language comes next, since
# without one there is no talk at all. Form, genre and stage together weigh as
# much as the texts.
DEFAULT_WEIGHTS: Mapping[str, float] = {
    "needs": 4.0,
    "words": 2.0,
    "characters": 1.0,
    "form": 1.0,
    "genre": 1.0,
    "stage": 1.0,
    "language": 2.0,
}

# What not knowing counts for: about what a pair of the demo lab has on average
# where the feature is known. A blank then never beats a real match, and is not
# put last for being short either. Of languages a little less: who does not say
# what they speak more often lacks the common one.
DEFAULT_NEUTRAL: Mapping[str, float] = {
    "needs": 0.25,
    "words": 0.20,
    "characters": 0.30,
    "form": 0.35,
    "genre": 0.35,
    "stage": 0.40,
    "language": 0.60,
}


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
