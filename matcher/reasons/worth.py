"""What phrases are worth: the affinity without them, beside the one with them.

A reason's weight is found by taking its places out of both texts and comparing
the pair again in every channel, so that it says what it is worth and no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.affinity import AffinityModel
from matcher.channels.scale import SCALES, unit_rows
from matcher.features import PairFeatures
from matcher.item_pairs import text_values
from matcher.mixing import mixed
from matcher.reason_values import Place
from matcher.reasons.concept_rows import ConceptRows
from matcher.reasons.reading import Reading, common_columns
from matcher.reasons.variants import Variants

Floats = NDArray[np.float64]

# The sentence encoder is not asked again for every phrase: far too slow.
READ_AGAIN = ("words", "characters", "concepts", "vectors")


class PhraseWorth:
    """Weighs phrases of pairs of one pool.

    Parameters
    ----------
    model : AffinityModel
        Fitted.
    weights : mapping of str to float
        In use, of every feature.
    concepts : ConceptRows or None
        None where that channel is switched off.
    """

    def __init__(
        self, model: AffinityModel, weights: Mapping[str, float], concepts: ConceptRows | None
    ) -> None:
        self._model, self._weights, self._concepts = model, weights, concepts
        self._neutral = model.used_neutral()

    def of(
        self,
        project: Reading,
        mentor: Reading,
        cuts: Sequence[Sequence[Place]],
        features: PairFeatures,
    ) -> Floats:
        """Give what the affinity of a pair loses without the places of each of several reasons.

        Parameters
        ----------
        project, mentor : Reading
        cuts : sequence of sequence of Place
            Of either side.
        features : PairFeatures
            Of this pair alone; what is not a text stays as it is.

        Returns
        -------
        float array (n_cuts,)
        """
        ours, theirs = Variants.of(project, cuts), Variants.of(mentor, cuts)
        shape = (1, len(cuts) + 1, len(features.names))
        values = np.broadcast_to(features.values, shape).copy()
        known = np.broadcast_to(features.known, shape).copy()
        for name in READ_AGAIN:
            if name in self._model.channels_.channels:
                place = features.names.index(name)
                found = self._values(name, ours, theirs)
                values[0, :, place], known[0, :, place] = found
        later = PairFeatures(features.names, values, known)
        totals = mixed(later, self._weights, self._neutral).contributions.sum(axis=2)[0]
        lost: Floats = totals[0] - totals[1:]
        return lost

    def _values(self, name: str, ours: Variants, theirs: Variants) -> tuple[Floats, Floats]:
        """Give a channel's values of each variant with its counterpart, and where known."""
        cosines, wholes, says = self._compared(name, ours, theirs)
        picked = np.eye(len(says[1]) + 1)[theirs.rows] * says[1][theirs.rows, np.newaxis]
        rows = np.hstack([cosines, says[0][:, np.newaxis]])[ours.rows]
        n_variants = len(ours.sets)
        values, known = text_values(
            ours.sets,
            theirs.sets,
            rows,
            picked,
            scale=SCALES[name],
            neutral=self._neutral[name],
            wholes=(wholes, np.eye(n_variants)),
        )
        return np.diagonal(values), np.diagonal(known)

    def _compared(
        self, name: str, ours: Variants, theirs: Variants
    ) -> tuple[Floats, Floats, tuple[Floats, Floats]]:
        """Give all cosines of items and of wholes, and which rows say anything."""
        if name in {"words", "characters"}:
            (our_columns, mine), (their_columns, its) = (
                each.written(name) for each in (ours, theirs)
            )
            _, these, those = common_columns(our_columns, their_columns)
            cosines = mine[:, these] @ its[:, those].T
        else:
            mine, its = self._meant(name, ours), self._meant(name, theirs)
            cosines = mine @ its.T
        says = _says(mine), _says(its)
        parts = ours.parts(len(mine)), theirs.parts(len(its))
        if name == "vectors":
            whole, other = self._wholes(ours, parts[0] @ mine), self._wholes(theirs, parts[1] @ its)
            return cosines, whole @ other.T, says
        together = parts[0] @ cosines @ parts[1].T
        scale = np.outer(
            np.linalg.norm(parts[0] @ mine, axis=1), np.linalg.norm(parts[1] @ its, axis=1)
        )
        wholes = np.divide(together, scale, out=np.zeros_like(together), where=scale > 0)
        return cosines, wholes, says

    def _meant(self, name: str, side: Variants) -> Floats:
        if name == "concepts" and self._concepts is not None:
            return side.concepts(self._concepts)
        return side.meant()

    def _wholes(self, side: Variants, sums: Floats) -> Floats:
        """Give the profiles as wholes, without what those of one language share."""
        centring = self._model.channels_.centrings[side.reading.side]["vectors"]
        units = unit_rows(sums.astype(np.float32))
        shares = side.sets.language_shares()
        return np.asarray(centring.transform(units, shares=shares), dtype=np.float64)


def _says(rows: Floats) -> Floats:
    anything: Floats = np.any(rows != 0.0, axis=1).astype(np.float64)
    return anything
