"""The concepts that two sets of texts speak of, each in its own words."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from matcher.reason_values import Place
from matcher.reasons.concept_rows import ConceptRows
from matcher.reasons.reading import Reading

# A pair of concepts that carries less than so much of what the best one does
# is not named.
WORTH_NAMING = 0.2
# A concept is pointed out at so many places of one side.
MOST_PLACES = 3
# Where a film says what it lacks.
ASKING = ("needs", "difficulties", "goals")


@dataclass(frozen=True, slots=True)
class SpokenOf:
    """A concept that both sides speak of, or two that are near each other.

    Attributes
    ----------
    ours, theirs : str
        Ids of the concepts; the same where both speak of one.
    here, there : tuple of Place
        Where each side does.
    """

    ours: str
    theirs: str
    here: tuple[Place, ...]
    there: tuple[Place, ...]


@dataclass(frozen=True)
class ProfileConcepts:
    """What one profile speaks of.

    Attributes
    ----------
    columns : int array (n_spoken,)
    weights : float array (n_spoken,)
        How much each counts in the profile.
    places : list of list of Place
        Where it is said; only what both sides may read.
    """

    columns: NDArray[np.int64]
    weights: NDArray[np.float64]
    places: list[list[Place]] = field(repr=False)
    reading: Reading = field(repr=False)

    @classmethod
    def of(cls, reading: Reading, rows: ConceptRows) -> ProfileConcepts:
        """Gather the concepts of a profile's items."""
        weights: dict[int, float] = {}
        places: dict[int, list[Place]] = {}
        parts = reading.sets.weights * reading.sets.evidence * reading.sets.focus
        for item, phrases in enumerate(reading.phrases):
            if not reading.shown[item] or not phrases:
                continue
            counts = rows.counts(phrases)
            length = rows.length(counts)
            for column, count in counts.items():
                weight = float(parts[item]) * float(np.log1p(count)) / length
                weights[column] = weights.get(column, 0.0) + weight
            for found in phrases:
                place = reading.place(item, found.start, found.end)
                for column in found.concepts:
                    places.setdefault(column, []).append(place)
        named = list(places)
        return cls(
            np.array(named, dtype=np.int64),
            np.array([weights[column] for column in named]),
            [places[column] for column in named],
            reading,
        )

    def asked(self) -> NDArray[np.bool_]:
        """Say which are said where a film tells what it asks for (n_spoken,)."""
        return np.array(
            [any(place.field.startswith(ASKING) for place in own) for own in self.places],
            dtype=np.bool_,
        )

    def said(self, place: int) -> tuple[Place, ...]:
        """Give where a concept is said and not denied."""
        said = (each for each in self.places[place] if not self.reading.denies(each))
        return tuple(islice(said, MOST_PLACES))


def shared_concepts(
    ours: ProfileConcepts, theirs: ProfileConcepts, rows: ConceptRows, most: int
) -> list[SpokenOf]:
    """Give the concepts that carry a pair, weightiest first.

    Parameters
    ----------
    ours, theirs : ProfileConcepts
        The project's and the mentor's.
    rows : ConceptRows
    most : int
        How many at most.

    Returns
    -------
    list of SpokenOf
        No concept of one side twice.
    """
    found: list[SpokenOf] = []
    if not len(ours.columns) or not len(theirs.columns):
        return found
    same = ours.columns[:, np.newaxis] == theirs.columns
    pairs = np.ix_(ours.columns, theirs.columns)
    shared = np.outer(ours.weights, theirs.weights) * rows.products[pairs]
    carried = np.where(same | rows.near[pairs], shared, 0.0)
    # Two people of one trade have it in common with many; a film that asks for
    # somebody of a trade and a mentor who is that have not.
    idle = rows.trade[ours.columns] & (rows.common[ours.columns] | ~ours.asked())
    carried[np.ix_(idle, rows.trade[theirs.columns])] = 0.0
    least = WORTH_NAMING * carried.max()
    while len(found) < most and carried.max() > 0 and carried.max() >= least:
        row, column = divmod(int(carried.argmax()), len(theirs.columns))
        here, there = ours.said(row), theirs.said(column)
        if here and there:
            one, other = rows.ids[ours.columns[row]], rows.ids[theirs.columns[column]]
            found.append(SpokenOf(one, other, here, there))
            carried[row] = 0.0
        carried[:, column] = 0.0
    return found
