"""The words of a text: where each stands, and the stem it is compared by."""

from __future__ import annotations

import re
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

import snowballstemmer

from matcher.folding import fold
from matcher.stopwords import STOP_WORDS

# Of one text so many characters are read: about eight printed pages. A paste
# of 10 MB costs no more than that.
MAX_CHARACTERS = 20_000
# Nobody's word is longer; a run of letters without a blank is cut here.
MAX_WORD = 40

# Letters and digits, with the accents, apostrophes and unseen marks (soft
# hyphen, joiners, direction marks) that stand inside a word.
_WORD = re.compile(
    r"[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200f\u2060]"
    r"|['’‘‛`´ʻʼʽʾʿ′＇](?=[^\W_]))*"
)
_STEMMERS = {
    "latin": snowballstemmer.stemmer("english"),
    "cyrillic": snowballstemmer.stemmer("russian"),
}
_STEMMER_LOCK = Lock()  # a stemmer keeps its word in itself


class Word(NamedTuple):
    """A word at its place: ``text[start:end]`` of the text as written."""

    start: int
    end: int
    folded: str
    stem: str


@lru_cache(maxsize=100_000)
def stem_of(folded: str) -> str:
    """Give the stem of a folded word: English for Latin letters, Russian for Cyrillic.

    Kazakh and Kyrgyz words go through the Russian stemmer too: it takes off
    few of their endings, and the same ones on both sides.

    Parameters
    ----------
    folded : str
        One word, folded.

    Returns
    -------
    str

    Examples
    --------
    >>> stem_of("editing"), stem_of("монтажа")
    ('edit', 'монтаж')
    """
    if "a" <= folded[0] <= "z":
        script = "latin"
    elif "\u0400" <= folded[0] <= "\u052f":
        script = "cyrillic"
    else:
        return folded
    with _STEMMER_LOCK:
        return str(_STEMMERS[script].stemWord(folded))


_STOP_STEMS = frozenset(stem_of(word) for word in STOP_WORDS)


@lru_cache(maxsize=100_000)
def _parts(written: str) -> tuple[tuple[str, str], ...]:
    """Give (folded, stem) of a written word; one sign may stand for several words."""
    return tuple(
        (part, stem_of(part)) for part in (part[:MAX_WORD] for part in fold(written).split())
    )


@lru_cache(maxsize=100_000)
def _telling_parts(written: str) -> tuple[tuple[str, str], ...]:
    return tuple(part for part in _parts(written) if is_telling(*part))


def folded_words(text: str) -> list[str]:
    """Give every word of a text folded, small ones too, without its place."""
    found: list[str] = []
    for written in _WORD.findall(text[:MAX_CHARACTERS]):
        found += [folded for folded, _ in _parts(written[:MAX_WORD])]
    return found


def says_something(text: str) -> bool:
    """Say whether a text holds at least one telling word."""
    found = _WORD.finditer(text[:MAX_CHARACTERS])
    return any(_telling_parts(each.group()[:MAX_WORD]) for each in found)


def telling_words(text: str) -> list[tuple[str, str]]:
    """Give (folded, stem) of a text's telling words: fast, for counting.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of (str, str)

    Examples
    --------
    >>> telling_words("I edit films at night")
    [('edit', 'edit'), ('night', 'night')]
    """
    found: list[tuple[str, str]] = []
    for written in _WORD.findall(text[:MAX_CHARACTERS]):
        found += _telling_parts(written[:MAX_WORD])
    return found


def is_telling(folded: str, stem: str) -> bool:
    """Say whether a word tells something: no small word, no number, no single letter."""
    return (
        len(folded) > 1
        and folded not in STOP_WORDS
        and stem not in _STOP_STEMS
        and not folded.isdecimal()
    )


def content_words(text: str) -> list[Word]:
    """Give a text's telling words in order, with their places.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of Word

    Examples
    --------
    >>> [word.stem for word in content_words("The ending of my film doesn't hold")]
    ['end', 'hold']
    """
    return [
        Word(found.start(), found.end(), folded, stem)
        for found in _WORD.finditer(text, 0, MAX_CHARACTERS)
        for folded, stem in _telling_parts(found.group()[:MAX_WORD])
    ]
