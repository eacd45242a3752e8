"""The words of a text: where each stands, and the stem it is compared by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

import snowballstemmer

from matcher.folding import fold
from matcher.stopwords import RUSSIAN_ALONE, STOP_WORDS, TURKIC_ALONE
from matcher.turkic import turkic_stem

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
# Letters of Kazakh and Kyrgyz that Russian has not.
_TURKIC_LETTERS = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")


class Word(NamedTuple):
    """A word at its place: ``text[start:end]`` of the text as written."""

    start: int
    end: int
    folded: str
    stem: str


class _Part(NamedTuple):
    """One word of what stands between two blanks, folded."""

    folded: str
    stem: str
    # The two above, as one value for all texts that say the word.
    both: tuple[str, str]
    tells: bool
    # Above 0 where it is written in Kazakh or Kyrgyz alone, below in Russian.
    votes: int
    has_letters: bool


@lru_cache(maxsize=100_000)
def stem_of(folded: str) -> str:
    """Give the stem of a folded word: English for Latin letters, Russian for Cyrillic.

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
    elif _is_cyrillic(folded):
        script = "cyrillic"
    else:
        return folded
    with _STEMMER_LOCK:
        return str(_STEMMERS[script].stemWord(folded))


@lru_cache(maxsize=50_000)
def _turkic_part(folded: str) -> tuple[str, str]:
    return folded, turkic_stem(folded) if _is_cyrillic(folded) else stem_of(folded)


def _is_cyrillic(folded: str) -> bool:
    return "\u0400" <= folded[0] <= "\u052f"


_STOP_STEMS = frozenset(stem_of(word) for word in STOP_WORDS)


@lru_cache(maxsize=100_000)
def _parts(written: str) -> tuple[_Part, ...]:
    """Read a written word; one sign may stand for several words."""
    parts: list[_Part] = []
    for folded in (part[:MAX_WORD] for part in fold(written).split()):
        stem = stem_of(folded)
        votes = (folded in TURKIC_ALONE) - (folded in RUSSIAN_ALONE)
        has_letters = not _TURKIC_LETTERS.isdisjoint(written)
        parts.append(
            _Part(folded, stem, (folded, stem), is_telling(folded, stem), votes, has_letters)
        )
    return tuple(parts)


class _Read(NamedTuple):
    """A text's words, read once for all who ask."""

    folded: tuple[str, ...]
    telling: tuple[tuple[str, str], ...]
    turkic: bool


# Each of the channels reads a pool of some thousand people again.
@lru_cache(maxsize=32_768)
def _read(text: str) -> _Read:
    found = _WORD.findall(text[:MAX_CHARACTERS])
    parts = tuple(part for written in found for part in _parts(written[:MAX_WORD]))
    turkic = _is_turkic(parts)
    telling = (
        tuple(_turkic_part(part.folded) for part in parts if part.tells)
        if turkic
        else tuple(part.both for part in parts if part.tells)
    )
    return _Read(tuple(part.folded for part in parts), telling, turkic)


def _is_turkic(parts: Iterable[_Part]) -> bool:
    """Say whether a text is in Kazakh or Kyrgyz.

    Small words tell; where there are none, a letter that Russian has not does.
    """
    votes = 0
    has_letters = False
    for part in parts:
        votes += part.votes
        has_letters = has_letters or part.has_letters
    return has_letters if votes == 0 else votes > 0


def folded_words(text: str) -> list[str]:
    """Give every word of a text folded, small ones too, without its place."""
    return list(_read(text).folded)


def places_of_words(text: str) -> list[tuple[int, int]]:
    """Give the place ``text[start:end]`` of each of a text's :func:`folded_words`.

    Examples
    --------
    >>> places_of_words("Rough-cut, alas")
    [(0, 5), (6, 9), (11, 15)]
    """
    return [
        place.span()
        for place in _WORD.finditer(text, 0, MAX_CHARACTERS)
        for _ in _parts(place.group()[:MAX_WORD])
    ]


def says_something(text: str) -> bool:
    """Say whether a text holds at least one telling word."""
    return bool(_read(text).telling)


def n_telling_words(text: str) -> int:
    """Count a text's telling words."""
    return len(_read(text).telling)


def telling_words(text: str) -> list[tuple[str, str]]:
    """Give (folded, stem) of a text's telling words: fast, for counting.

    The words of a Kazakh or Kyrgyz text lose its endings, those of any other
    text in Cyrillic letters the Russian ones.

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
    >>> telling_words("Монтажды эмне үчүн бүтүрө албайм")[0]
    ('монтажды', 'монтаж')
    """
    return list(_read(text).telling)


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
    turkic = _read(text).turkic
    return [
        Word(
            place.start(),
            place.end(),
            part.folded,
            _turkic_part(part.folded)[1] if turkic else part.stem,
        )
        for place in _WORD.finditer(text, 0, MAX_CHARACTERS)
        for part in _parts(place.group()[:MAX_WORD])
        if part.tells
    ]
