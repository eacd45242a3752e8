"""What phrases are worth: the affinity without them, beside the one with them.

A reason's weight is found by taking its places out of both texts and comparing
the pair again in every channel, so that it says what it is worth and no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.affinity import AffinityModel
from matcher.channels.scale import SCALES, unit_rows
from matcher.features import PairFeatures
from matcher.mixing import mixed
from matcher.reason_values import Place
from matcher.reasons.pair_values import Counterparts, end_to_end
from matcher.reasons.reading import Reading, common_columns
from matcher.reasons.variants import Variants

Floats = NDArray[np.float64]
Says = tuple[Floats, Floats]

# The sentence encoder is not asked again for every phrase: far too slow.
READ_AGAIN = ("words", "characters", "concepts", "vectors")


class Asked(NamedTuple):
    """A pair, and the places of each of several reasons; the features are its own alone."""

    project: Reading
    mentor: Reading
    cuts: Sequence[Sequence[Place]]
    features: PairFeatures


class PhraseWorth:
    """Weighs phrases of pairs of one pool.

    Parameters
    ----------
    model : AffinityModel
        Fitted.
    weights : mapping of str to float
        In use, of every feature.
    """

    def __init__(self, model: AffinityModel, weights: Mapping[str, float]) -> None:
        self._model, self._weights = model, weights
        self._neutral = model.used_neutral()

    def of(self, asked: Sequence[Asked]) -> list[Floats]:
        """Give what the affinity of pairs loses without the places of each of their reasons.

        Parameters
        ----------
        asked : sequence of Asked
            Read together, which is much quicker; what is not a text stays as it is.

        Returns
        -------
        list of float array (n_cuts,)
            Of each pair.
        """
        counts = [len(each.cuts) + 1 for each in asked]
        names = asked[0].features.names
        values = np.repeat(np.concatenate([e.features.values for e in asked], 1), counts, axis=1)
        known = np.repeat(np.concatenate([e.features.known for e in asked], 1), counts, axis=1)
        pairs = [
            (Variants.of(each.project, each.cuts), Variants.of(each.mentor, each.cuts))
            for each in asked
        ]
        compared = Counterparts(
            end_to_end([ours.sets for ours, _ in pairs]),
            end_to_end([theirs.sets for _, theirs in pairs]),
            np.concatenate([ours.rows for ours, _ in pairs]),
            np.concatenate([theirs.rows for _, theirs in pairs]),
            counts,
        )
        for name in READ_AGAIN:
            if name in self._model.channels_.channels:
                place = names.index(name)
                found = self._values(name, pairs, compared)
                values[0, :, place], known[0, :, place] = found
        later = PairFeatures(names, values, known)
        totals = mixed(later, self._weights, self._neutral).contributions.sum(axis=2)[0]
        own = np.split(totals, np.cumsum(counts)[:-1])
        return [each[0] - each[1:] for each in own]

    def _values(
        self, name: str, pairs: Sequence[Pair], compared: Counterparts
    ) -> tuple[Floats, NDArray[np.bool_]]:
        """Give a channel's values of each variant with its counterpart, and where known."""
        rows = self._rows(name, pairs)
        tables = [mine[:, these] @ its[:, those].T for (mine, its), (these, those) in rows]
        says = [
            np.concatenate(
                [
                    _says(own[side])[pair[side].rows]
                    for (own, _), pair in zip(rows, pairs, strict=True)
                ]
            )
            for side in (0, 1)
        ]
        sums = [
            (ours.parts @ mine, theirs.parts @ its)
            for ((mine, its), _), (ours, theirs) in zip(rows, pairs, strict=True)
        ]
        if name == "vectors":
            together = self._meant_together(pairs, sums, compared)
        else:
            together = np.concatenate(
                [
                    _cosines_of(ours.parts @ table, theirs.parts, *own)
                    for table, (ours, theirs), own in zip(tables, pairs, sums, strict=True)
                ]
            )
        return compared.values(
            tables,
            (says[0], says[1]),
            together,
            scale=SCALES[name],
            neutral=self._neutral[name],
        )

    def _rows(self, name: str, pairs: Sequence[Pair]) -> list[tuple[Says, Columns]]:
        """Give both sides' rows of each pair, and which columns they have in common."""
        if name == "concepts":
            return [((ours.concepts(), theirs.concepts()), _ALL) for ours, theirs in pairs]
        if name == "vectors":
            return [((ours.meant(), theirs.meant()), _ALL) for ours, theirs in pairs]
        if name == "characters":
            return [
                (
                    (ours.letters(), theirs.letters()),
                    common_columns(ours.reading.letters.columns, theirs.reading.letters.columns)[
                        1:
                    ],
                )
                for ours, theirs in pairs
            ]
        sides = [side for pair in pairs for side in pair]
        later = self._model.stems_.transform_stems(
            [word.stem for word in each.words] for side in sides for each in side.changed
        )
        ends = np.cumsum([0, *(len(side.changed) for side in sides)]).tolist()
        read = [side.stems(later[a:b]) for side, (a, b) in zip(sides, pairwise(ends), strict=True)]
        return [
            (
                (mine, its),
                common_columns(ours.reading.stems.columns, theirs.reading.stems.columns)[1:],
            )
            for (ours, theirs), mine, its in zip(pairs, read[::2], read[1::2], strict=True)
        ]

    def _meant_together(
        self, pairs: Sequence[Pair], sums: Sequence[Says], compared: Counterparts
    ) -> Floats:
        """Give the cosines of profiles as wholes, without what those of one language share."""
        wholes = []
        for side, sets in ((0, compared.ours), (1, compared.theirs)):
            centring = self._model.channels_.centrings[pairs[0][side].reading.side]["vectors"]
            units = unit_rows(np.concatenate([each[side] for each in sums]).astype(np.float32))
            centred = centring.transform(units, shares=sets.language_shares())
            wholes.append(np.asarray(centred, dtype=np.float64))
        cosines: Floats = (wholes[0] * wholes[1]).sum(axis=1)
        return cosines


Pair = tuple[Variants, Variants]
Columns = tuple[Any, Any]
_ALL: Columns = (slice(None), slice(None))


def _cosines_of(weighed: Floats, parts: Floats, ours: Floats, theirs: Floats) -> Floats:
    """Give the cosine of each whole with its counterpart."""
    together = (weighed * parts).sum(axis=1)
    scale = np.linalg.norm(ours, axis=1) * np.linalg.norm(theirs, axis=1)
    cosines: Floats = np.divide(together, scale, out=np.zeros_like(together), where=scale > 0)
    return cosines


def _says(rows: Floats) -> Floats:
    anything: Floats = np.any(rows != 0.0, axis=1).astype(np.float64)
    return anything
