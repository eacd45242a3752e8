"""The trade's words as the web application asks for them.

The vocabulary belongs to :mod:`matcher`; services and pages read it here.
"""

from __future__ import annotations

import re
from typing import cast, get_args

from matcher.folding import fold
from matcher.vocabulary import Concept, Kind, Vocabulary

_WORD = re.compile(r"\w+")

__all__ = [
    "Concept",
    "codes",
    "concepts",
    "fold",
    "folded_words",
    "label",
    "names_of",
    "recognise",
]


def concepts(kind: str) -> list[Concept]:
    """List a kind's concepts in the order in which a form shows them."""
    if kind not in get_args(Kind):
        raise ValueError(f"{kind!r} is no list of the vocabulary; it has {get_args(Kind)}")
    return Vocabulary.load().concepts(cast("Kind", kind))


def label(concept_id: str, lang: str) -> str:
    """Give a concept's name in a language; an unknown id stays as it is."""
    return Vocabulary.load().label(concept_id, lang)


def recognise(text: str, kind: str) -> str | None:
    """Give the id of the concept that somebody wrote, or None."""
    found = Vocabulary.load().recognise(text, cast("Kind", kind))
    return found.id if found else None


def codes(kind: str) -> dict[str, str]:
    """Give a kind's short codes (``ky`` of ``language.ky``) with their ids."""
    return {concept.code: concept.id for concept in concepts(kind)}


def names_of(concept_id: str) -> tuple[str, ...]:
    """Give every way in which a concept is written, in any language; ids are none."""
    concept = Vocabulary.load().get(concept_id)
    return tuple(words for lang, words in concept.spellings if lang) if concept else ()


def folded_words(text: str) -> list[str]:
    """Give a text's words, folded, in their order."""
    return _WORD.findall(fold(text))
