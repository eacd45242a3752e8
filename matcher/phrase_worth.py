"""What shared words are worth: the affinity without them, beside the one with them.

A phrase's weight is found by taking it out of the project's texts and asking
again, so that a reason says what it is worth and no more.
"""

from __future__ import annotations

from collections.abc import Sequence

from matcher.features import HALF_AT
from matcher.item_pairs import ItemSets, text_values
from matcher.shared_words import Shared, Side
from matcher.text import CharacterVectors, Rows, StemVectors
from matcher.words import content_words, stem_of


def _without(
    project: Side, gone: set[str], stems: StemVectors, characters: CharacterVectors
) -> dict[str, Rows]:
    """Give the rows of a project's items as if some stems did not stand in them."""
    texts: list[str] = []
    for item, words in zip(project.items, project.words, strict=True):
        parts: list[str] = []
        at = 0
        for word in words:
            if word.stem in gone and word.start >= at:
                parts.append(item.text[at : word.start])
                at = word.end
        texts.append("".join((*parts, item.text[at:])))
    kept = [column for column, word in enumerate(project.folded) if stem_of(word) not in gone]
    spelled = characters.weigh(project.counts[:, kept], project.spelled[kept])
    return {"words": stems.transform(texts), "characters": spelled}


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
    before = {"words": project.stem_rows.tocsr(), "characters": project.character_rows}
    others = {"words": mentor.stem_rows.tocsr(), "characters": mentor.character_rows}
    lost: dict[str, float] = {}
    for name, other in others.items():
        first, then = (
            _value(
                project.sets,
                mentor.sets,
                rows,
                other,
                half_at=HALF_AT[name],
                neutral=neutral[name],
            )
            for rows in (before[name], after[name])
        )
        lost[name] = max(first - then, 0.0)
    return lost


def _value(
    ours: ItemSets, theirs: ItemSets, rows: Rows, other: Rows, *, half_at: float, neutral: float
) -> float:
    values, _ = text_values(ours, theirs, rows, other, half_at=half_at, neutral=neutral)
    return float(values[0, 0])
