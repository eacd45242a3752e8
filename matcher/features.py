"""Every comparable side of a pair, each a named number in 0..1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.item_pairs import ItemSets, text_values
from matcher.items import mentor_items, project_items
from matcher.offerings import needs_values
from matcher.overlaps import language_values, term_values
from matcher.profiles import MentorProfile, ProjectProfile
from matcher.text import CharacterVectors, Rows, StemVectors

FEATURE_NAMES = ("needs", "words", "characters", "form", "genre", "stage", "language")

# The cosine at which two texts are half a match. Character n-grams agree by
# chance far more often than stems do.
HALF_AT = {"words": 0.10, "characters": 0.20}


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


@dataclass(frozen=True)
class PoolTexts:
    """The items of both sides of a pool, with their vectors in each channel.

    Attributes
    ----------
    projects, mentors : ItemSets
    stems, characters : pair of sparse (n_items, n_features)
        The rows of the projects' items, and of the mentors'.
    """

    projects: ItemSets
    mentors: ItemSets
    stems: tuple[Rows, Rows]
    characters: tuple[Rows, Rows]

    @classmethod
    def read(
        cls,
        projects: Sequence[ProjectProfile],
        mentors: Sequence[MentorProfile],
        stems: StemVectors,
        characters: CharacterVectors,
        *,
        learn: bool,
    ) -> PoolTexts:
        """Read a pool's texts; with ``learn``, the channels are fitted on them."""
        ours = ItemSets.of([project_items(project) for project in projects])
        theirs = ItemSets.of([mentor_items(mentor) for mentor in mentors])
        texts, n_ours = ours.texts + theirs.texts, len(ours.texts)
        stem_rows, character_rows = (
            channel.fit_transform(texts) if learn else channel.transform(texts)
            for channel in (stems, characters)
        )
        return cls(
            ours,
            theirs,
            (stem_rows[:n_ours], stem_rows[n_ours:]),
            (character_rows[:n_ours], character_rows[n_ours:]),
        )


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
        Named :data:`FEATURE_NAMES`. An unknown feature's value is its neutral one.
    """
    channels = {
        "needs": needs_values(projects, mentors, characters),
        "form": term_values(projects, mentors, "forms"),
        "genre": term_values(projects, mentors, "genres"),
        "stage": term_values(projects, mentors, "stages"),
        "language": language_values(projects, mentors),
    }
    for name, rows in (("words", texts.stems), ("characters", texts.characters)):
        channels[name] = text_values(
            texts.projects, texts.mentors, *rows, half_at=HALF_AT[name], neutral=neutral[name]
        )
    values = [
        np.where(channels[name][1], channels[name][0], neutral[name]) for name in FEATURE_NAMES
    ]
    known = [channels[name][1] for name in FEATURE_NAMES]
    return PairFeatures(FEATURE_NAMES, np.stack(values, axis=2), np.stack(known, axis=2))
