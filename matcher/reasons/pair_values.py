"""How near pairs of item sets are, each with its own counterpart and no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.channels.scale import Scale

# The very arithmetic by which a pool's pairs are compared.
from matcher.item_pairs import ItemSets, _best_mean, _carried

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Counterparts:
    """Item sets of both sides, the first with the first, the second with the second.

    Attributes
    ----------
    ours, theirs : ItemSets
    mine, its : int array (n_items,)
        Which row of its pair of readings each item is.
    counts : list of int
        How many follow each other that are compared by one table of cosines.
    """

    ours: ItemSets
    theirs: ItemSets
    mine: Ints
    its: Ints
    counts: list[int]

    def values(
        self,
        tables: Sequence[Floats],
        says: tuple[Floats, Floats],
        together: Floats,
        *,
        scale: Scale,
        neutral: float,
    ) -> tuple[Floats, Bools]:
        """Give the nearness of each with its counterpart, and where it is known.

        Parameters
        ----------
        tables : sequence of float array (n_rows, n_rows)
            The cosines of rows, one table for each of ``counts``.
        says : pair of float array (n_items,)
            1 where anything was understood of an item.
        together : float array (n_pairs,)
            The cosine of both as wholes.
        scale : Scale
        neutral : float
            The value of not knowing.

        Returns
        -------
        values : float array (n_pairs,)
        known : bool array (n_pairs,)
            As :func:`matcher.item_pairs.text_values` gives them.
        """
        flat = np.concatenate([table.ravel() for table in tables])
        ends = np.cumsum([0, *(table.size for table in tables)])[:-1]
        base = np.repeat(ends, self.counts)
        width = np.repeat([table.shape[1] for table in tables], self.counts)
        values, known = np.full(len(base), neutral), np.zeros(len(base), dtype=np.bool_)
        reach = 1.0 + (scale.inflected - 1.0) * self.ours.inflected()
        for places, ours, theirs in self._alike():
            if scale.within:
                met = self.ours.languages[ours][:, :, None] & self.theirs.languages[theirs][:, None]
                comparable = met != 0
            else:
                comparable = (says[0][ours][:, :, None] * says[1][theirs][:, None]) > 0
            n_comparable = comparable.sum(axis=2)
            answered = np.zeros(n_comparable.shape)
            if scale.as_wholes < 1.0:
                cells = self.mine[ours] * width[places, None] + base[places, None]
                cosines = flat[cells[:, :, None] + self.its[theirs][:, None]]
                cosines *= self.theirs.focus[theirs][:, None]
                if not scale.within:
                    cosines[~comparable] = 0.0
                answered = _best_mean(cosines, n_comparable)
            blank = scale.cosine_of(neutral)
            lifted = np.where(n_comparable > 0, answered, blank + (1.0 - blank) * answered)
            single, can_compare = _carried(
                (answered.reshape(-1, 1), lifted.reshape(-1, 1)),
                n_comparable.reshape(-1, 1) > 0,
                np.arange(len(places) + 1, dtype=np.int64) * ours.shape[1],
                self.ours.weights[ours].ravel(),
            )
            whole = np.clip(together[places], 0.0, 1.0)
            both = scale.as_wholes * whole + (1.0 - scale.as_wholes) * single[:, 0]
            both *= self.theirs.profile_focus[places]
            read = scale.value_of(np.minimum(both * reach[places], 1.0))
            lift = np.maximum((read - scale.base) / (1.0 - scale.base), 0.0)
            compared = can_compare[:, 0]
            values[places] = np.where(compared, read, neutral + (1.0 - neutral) * lift)
            known[places] = compared | (scale.within & (both > scale.chance))
        return np.where(known, values, neutral), known

    def _alike(self) -> list[tuple[Ints, Ints, Ints]]:
        """Give runs with as many items on each side: which, and both sides' items."""
        counts = np.stack([np.diff(self.ours.starts), np.diff(self.theirs.starts)])
        alike: list[tuple[Ints, Ints, Ints]] = []
        for ours, theirs in np.unique(counts, axis=1).T.tolist():
            if ours and theirs:
                places = np.flatnonzero((counts[0] == ours) & (counts[1] == theirs))
                mine = self.ours.starts[places, None] + np.arange(ours)
                its = self.theirs.starts[places, None] + np.arange(theirs)
                alike.append((places, mine, its))
        return alike


def end_to_end(sets: Sequence[ItemSets]) -> ItemSets:
    """Give several pools' item sets as one."""
    moved = np.cumsum([0, *(each.starts[-1] for each in sets)])
    return ItemSets(
        starts=np.concatenate(
            [[0], *(each.starts[1:] + by for each, by in zip(sets, moved[:-1], strict=True))]
        ).astype(np.int64),
        texts=[text for each in sets for text in each.texts],
        weights=np.concatenate([each.weights for each in sets]),
        evidence=np.concatenate([each.evidence for each in sets]),
        focus=np.concatenate([each.focus for each in sets]),
        profile_focus=np.concatenate([each.profile_focus for each in sets]),
        languages=np.concatenate([each.languages for each in sets]),
    )
