"""Every comparable side of a pair, each a named number in 0..1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.channels.pool import PoolTexts
from matcher.feature_names import FEATURE_NAMES, TEXT_CHANNELS
from matcher.offerings import needs_values
from matcher.overlaps import (
    TermList,
    craft_values,
    language_values,
    term_values,
    territory_values,
)
from matcher.profiles import MentorProfile, ProjectProfile
from matcher.text import CharacterVectors
from matcher.wishes import past_values, wish_values

__all__ = ["FEATURE_NAMES", "PairFeatures", "pair_features"]


@dataclass(frozen=True)
class PairFeatures:
    """What is known of each pair, side by side.

    Attributes
    ----------
    names : tuple of str
        One for each feature.
    values : float array (n_projects, n_mentors, n_features)
        In 0..1. Where a feature is not known, its value says nothing.
    known : bool array (n_projects, n_mentors, n_features)
        Whether both sides said enough to compare.
    """

    names: tuple[str, ...]
    values: NDArray[np.float64]
    known: NDArray[np.bool_]

    def __post_init__(self) -> None:
        """Hold the three to one shape."""
        shape = (*self.values.shape[:2], len(self.names))
        if self.values.shape != shape or self.known.shape != shape:
            given = f"{self.values.shape} and {self.known.shape}"
            raise ValueError(f"{len(self.names)} features need arrays (., ., {shape[2]}): {given}")

    def column(self, name: str) -> NDArray[np.float64]:
        """Give one feature's values (n_projects, n_mentors)."""
        column: NDArray[np.float64] = self.values[:, :, self.names.index(name)]
        return column


def pair_features(
    projects: Sequence[ProjectProfile],
    mentors: Sequence[MentorProfile],
    texts: PoolTexts,
    characters: CharacterVectors,
    neutral: Mapping[str, float],
) -> PairFeatures:
    """Give all features of all pairs.

    Parameters
    ----------
    projects, mentors : sequences of profiles
    texts : PoolTexts
        Read from the same profiles.
    characters : CharacterVectors
        Fitted; compares terms that the vocabulary does not know.
    neutral : mapping of str to float
        What not knowing counts for; of texts in several languages a part may
        be unknown.

    Returns
    -------
    PairFeatures
        Named :data:`FEATURE_NAMES`. An unknown feature's value is its neutral
        one; a channel that is switched off is unknown of every pair.
    """
    shape = (len(projects), len(mentors), len(FEATURE_NAMES))
    values = np.empty(shape)
    known = np.zeros(shape, dtype=np.bool_)
    for place, name in enumerate(FEATURE_NAMES):
        values[:, :, place] = neutral[name]
        if name in TEXT_CHANNELS:
            if name not in texts.projects.rows:
                continue
            found = texts.values(name, neutral[name])
        elif name == "needs":
            found = needs_values(projects, mentors, characters)
        elif name in _TERMS:
            found = term_values(projects, mentors, _TERMS[name])
        else:
            found = _OTHERS[name](projects, mentors)
        known[:, :, place] = found[1]
        np.copyto(values[:, :, place], found[0], where=found[1])
    return PairFeatures(FEATURE_NAMES, values, known)


_TERMS: Mapping[str, TermList] = {"form": "forms", "genre": "genres", "stage": "stages"}
_OTHERS = {
    "language": language_values,
    "craft": craft_values,
    "territory": territory_values,
    "wishes": wish_values,
    "past": past_values,
}
