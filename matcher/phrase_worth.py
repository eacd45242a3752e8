"""What shared words are worth: the affinity without them, beside the one with them.

A phrase's weight is found by taking it out of the project's texts and asking
again, so that a reason says what it is worth and no more.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from matcher.features import HALF_AT
from matcher.item_pairs import text_values
from matcher.shared_words import Shared, Side
from matcher.text import CharacterVectors, Rows, StemVectors
from matcher.words import content_words, stem_of


def _without(
    project: Side, gone: set[str], stems: StemVectors, characters: CharacterVectors
) -> dict[str, Rows]:
    """Give the rows of a project's items as if some stems did not stand in them."""
    kept = [[word.stem for word in words if word.stem not in gone] for words in project.words]
    # A column of the counts is silenced and not cut out: cutting takes far longer.
    silent = np.array([stem_of(word) in gone for word in project.folded], dtype=np.bool_)
    counts = project.counts.copy()
    counts.data[silent[counts.indices]] = 0.0
    counts.eliminate_zeros()
    return {
        "words": stems.transform_stems(kept),
        "characters": characters.weigh(counts, project.spelled),
    }


def carried_by(
    phrases: Sequence[Shared],
    project: Side,
    mentor: Side,
    *,
    stems: StemVectors,
    characters: CharacterVectors,
    neutral: dict[str, float],
) -> dict[str, float]:
    """Give what each text channel loses when a project does not say some phrases.

    Parameters
    ----------
    phrases : sequence of Shared
    project, mentor : Side
    stems, characters
        Fitted.
    neutral : dict of str to float

    Returns
    -------
    dict of str to float
        ``words`` and ``characters``, each in 0..1.
    """
    gone = {word.stem for phrase in phrases for word in content_words(phrase.words)}
    after = _without(project, gone, stems, characters)
    before = {"words": project.stem_rows, "characters": project.character_rows}
    others = {"words": mentor.stem_columns, "characters": mentor.character_columns}
    twice = project.sets.repeated(2)
    lost: dict[str, float] = {}
    for name, other in others.items():
        values, _ = text_values(
            twice,
            mentor.sets,
            sparse.vstack([before[name], after[name]], format="csr"),
            other,
            half_at=HALF_AT[name],
            neutral=neutral[name],
        )
        lost[name] = max(float(values[0, 0] - values[1, 0]), 0.0)
    return lost
