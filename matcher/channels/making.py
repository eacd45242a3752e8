"""The channels of a model by their names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any

from matcher.channels.concepts import ConceptVectors
from matcher.channels.vectors import Encoder, MeaningVectors
from matcher.errors import MatcherError
from matcher.feature_names import TEXT_CHANNELS
from matcher.text import CharacterVectors, StemVectors

MADE: dict[str, Callable[[], Any]] = {
    "words": StemVectors,
    "characters": CharacterVectors,
    "concepts": ConceptVectors,
    "vectors": MeaningVectors,
}


def chosen_channels(names: Sequence[str] | None, encoder: Encoder | None) -> tuple[str, ...]:
    """Give the channels that compare texts, in the order of their list.

    Parameters
    ----------
    names : sequence of str or None
        None for all.
    encoder : Encoder or None
        Without one, the channel ``encoder`` is left out.

    Raises
    ------
    MatcherError
        For a name that no channel has.

    Examples
    --------
    >>> chosen_channels(("vectors", "words"), None)
    ('words', 'vectors')
    """
    for name in names or ():
        if name not in TEXT_CHANNELS:
            near = get_close_matches(str(name), TEXT_CHANNELS, n=1, cutoff=0.0)
            listed = ", ".join(TEXT_CHANNELS)
            raise MatcherError("channel_unknown", name=str(name), nearest=near[0], names=listed)
    wanted = TEXT_CHANNELS if names is None else names
    return tuple(
        name for name in TEXT_CHANNELS if name in wanted and (name != "encoder" or encoder)
    )


def make_channels(names: Sequence[str], encoder: Encoder | None) -> dict[str, Any]:
    """Give a transformer for each channel, none fitted yet."""
    return {name: MeaningVectors(encoder) if name == "encoder" else MADE[name]() for name in names}
