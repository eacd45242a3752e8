"""How often each word stands in other texts of the trade.

A pool of twelve people is too small to tell which words are rare. The counts
beside this file (``background.csv``, made by ``tools/word_background.py`` from
the project's own texts) stand in for some hundred further texts; as a pool
grows, its own counts take over.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

# The shipped counts weigh as much as so many texts of the pool.
PSEUDO_TEXTS = 300


@dataclass(frozen=True)
class Background:
    """Counts of other texts.

    Attributes
    ----------
    n_texts : float
        How many texts the counts stand for.
    stems, words : mapping of str to float
        In how many of them each stem and each folded word stands.
    """

    n_texts: float
    stems: Mapping[str, float]
    words: Mapping[str, float]


@cache
def shipped() -> Background:
    """Give the counts that ship with the matcher, scaled to :data:`PSEUDO_TEXTS`.

    Examples
    --------
    >>> shipped().stems["script"] > shipped().stems.get("ferryman", 0.0)
    True
    """
    file = resources.files(__package__).joinpath("background.csv")
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    n_read = next(int(row["texts"]) for row in rows if row["kind"] == "all")
    scale = PSEUDO_TEXTS / n_read
    counts: dict[str, dict[str, float]] = {"stem": {}, "word": {}, "all": {}}
    for row in rows:
        counts[row["kind"]][row["word"]] = int(row["texts"]) * scale
    return Background(PSEUDO_TEXTS, counts["stem"], counts["word"])
