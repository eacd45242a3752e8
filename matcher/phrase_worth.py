"""What shared words are worth: the affinity without them, beside the one with them.

A phrase's weight is found by taking it out of the project's texts and asking
again, so that a reason says what it is worth and no more.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from matcher.channels.scale import SCALES
from matcher.item_pairs import text_values
from matcher.shared_words import Shared, Side
from matcher.text import CharacterVectors, Rows, StemVectors


def stems_said(phrases: Sequence[Shared], project: Side) -> set[str]:
    """Give the stems that phrases stand for, as the texts around them are read."""
    return {
        word.stem
        for phrase in phrases
        for item, words in zip(project.items, project.words, strict=True)
        if item.field == phrase.project_field
        for word in words
        if phrase.project_start <= word.start < phrase.project_end
    }


def _without(
    project: Side, gone: set[str], stems: StemVectors, characters: CharacterVectors
) -> dict[str, Rows]:
    """Give the rows of a project's items as if some stems did not stand in them."""
    kept = [[word.stem for word in words if word.stem not in gone] for words in project.words]
    # What is gone is silenced in the counts and not cut out: cutting takes far longer.
    columns = {folded: column for column, folded in enumerate(project.folded)}
    counts = project.counts.copy()
    for row, words in enumerate(project.words):
        silent = [columns[word.folded] for word in words if word.stem in gone]
        if silent:
            own = slice(counts.indptr[row], counts.indptr[row + 1])
            counts.data[own][np.isin(counts.indices[own], silent)] = 0.0
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
    gone = stems_said(phrases, project)
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
            scale=SCALES[name],
            neutral=neutral[name],
        )
        lost[name] = max(float(values[0, 0] - values[1, 0]), 0.0)
    return lost
