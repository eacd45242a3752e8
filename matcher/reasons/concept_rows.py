"""What texts are in the channel of concepts when only some of their phrases are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.channels.concepts import ConceptVectors

# Which concepts are near each other, exactly as the channel reads it.
from matcher.channels.concepts import _near as nearness_of_concepts
from matcher.vocabulary.phrases import Found

Floats = NDArray[np.float64]

# Kinds of concepts that a mentor's work consists of; one of two near ones is
# something that a film asks for.
OF_THE_TRADE = ("need", "craft", "stage", "problem", "technique", "industry", "role", "style")
ASKED = ("need", "problem", "technique")
# What people are rather than what they speak of; as seldom as this a trade tells
# something: nearly every film has a director, and nearly every mentor was one.
TRADES = ("craft", "role")
RARE_FROM = 2.2


@dataclass(frozen=True)
class ConceptRows:
    """The concepts as they count in a fitted channel.

    Attributes
    ----------
    ids : list of str
        The concept's id of each column.
    spread : float array (n_concepts, n_concepts)
        What a text that speaks of one concept once has in every column.
    products : float array (n_concepts, n_concepts)
        What two texts share that speak of one concept each.
    near : bool array (n_concepts, n_concepts)
        Which are near enough to be a reason: a problem and the craft that
        solves it are, a bus and work are not.
    trade, common : bool array (n_concepts,)
        Which are somebody's trade, and which of these nearly everybody names.
    """

    ids: list[str]
    spread: Floats
    products: Floats
    near: NDArray[np.bool_]
    trade: NDArray[np.bool_]
    common: NDArray[np.bool_]

    @classmethod
    def of_channel(cls, channel: ConceptVectors) -> ConceptRows:
        """Read a fitted channel."""
        near = nearness_of_concepts().toarray()
        spread = (np.eye(len(near)) + channel.nearness * near) * channel.idf_
        kinds = np.array([each.partition(".")[0] for each in channel.concepts_])
        trade = np.isin(kinds, OF_THE_TRADE)
        asked = np.isin(kinds, ASKED)
        told = np.outer(trade, trade) & (asked[:, np.newaxis] | asked)
        own = np.isin(kinds, TRADES)
        common = own & (channel.idf_ < RARE_FROM)
        near = (near > 0) & told
        return cls(channel.concepts_, spread, spread @ spread.T, near, own, common)

    def counts(self, phrases: Sequence[Found]) -> dict[int, float]:
        """Count what phrases speak of; one of several concepts is shared among them."""
        counts: dict[int, float] = {}
        for found in phrases:
            share = len(found.concepts) ** -0.5
            for column in found.concepts:
                counts[column] = counts.get(column, 0.0) + share
        return counts

    def length(self, counts: Mapping[int, float]) -> float:
        """Give how long the row of a text is before it is made 1."""
        columns = list(counts)
        said = np.log1p(list(counts.values()))
        return float(np.sqrt(said @ self.products[np.ix_(columns, columns)] @ said))

    def of(self, texts: Sequence[Sequence[Found]]) -> Floats:
        """Give texts' rows (n_texts, n_concepts), each of length 1 or 0."""
        rows = np.zeros((len(texts), len(self.ids)))
        for row, phrases in enumerate(texts):
            counts = self.counts(phrases)
            if counts:
                said = np.log1p(list(counts.values()))
                rows[row] = said @ self.spread[list(counts)]
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        units: Floats = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
        return units
