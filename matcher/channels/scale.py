"""How a channel's cosines are read: what is half a match, and what is chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.text import saturate

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scale:
    """How the cosines of one channel are read.

    Attributes
    ----------
    half_at : float
        Above ``chance``, the cosine that stands for half a match.
    chance : float
        What two texts that have nothing to do with each other reach; so much
        is worth nothing.
    base : float
        What sharing nothing is worth. Of two texts that mean the same thing
        many share no word; a channel that only reads words must not speak
        worse of them than one that reads what they mean, or else mentors who
        write another language would gain by not being read.
    inflected : float
        By how much the cosines of Russian, Kazakh and Kyrgyz texts are raised:
        their words take more forms, of which two texts share fewer.
    as_wholes : float
        What reading two profiles as wholes counts beside reading them item by
        item, in 0..1; at 1 they are not read item by item.
    within : bool
        Whether the channel compares what is written, and so speaks only of
        texts in the same letters.
    """

    half_at: float
    chance: float = 0.0
    base: float = 0.0
    inflected: float = 1.0
    as_wholes: float = 0.5
    within: bool = False

    def value_of(self, cosines: Floats) -> Floats:
        """Give nearness in 0..1: more for more, ``base`` by chance, 1 for the same text.

        Examples
        --------
        >>> Scale(0.2, chance=0.2).value_of(np.array([0.1, 0.36, 1.0])).round(9).tolist()
        [0.0, 0.6, 1.0]
        """
        above = saturate((cosines - self.chance) / (1.0 - self.chance), self.half_at)
        return self.base + (1.0 - self.base) * above

    def cosine_of(self, value: float) -> float:
        """Give the cosine that is read as a value.

        Examples
        --------
        >>> round(Scale(0.2, chance=0.2).cosine_of(0.6), 6)
        0.36
        """
        value = max(value - self.base, 0.0) / (1.0 - self.base)
        above = value * self.half_at / (1.0 + self.half_at - value)
        return self.chance + (1.0 - self.chance) * above


def unit_rows(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Give rows each of length 1, or 0 where there is nothing."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    units: NDArray[np.float32] = np.divide(
        rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-9
    )
    return units


# A stem or a phrase is seldom shared by chance, runs of letters often are;
# vectors of meaning stand at right angles when two texts have nothing in
# common. Letters are read as wholes alone: item by item they find nothing more,
# and take longer than all other channels together.
SCALES = {
    "words": Scale(0.06, base=0.17, inflected=1.5, within=True),
    "characters": Scale(0.15, chance=0.03, base=0.13, inflected=1.5, as_wholes=1.0, within=True),
    "concepts": Scale(0.30),
    "vectors": Scale(0.40),
    "encoder": Scale(0.60),
}
