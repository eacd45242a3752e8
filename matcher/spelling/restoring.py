"""The letters ә ғ қ ң ө ұ ү һ і where somebody typed without them.

A sentence encoder has learned from texts that are spelled right; *козкарас* is
no word to it. Which letter was meant is nearly always settled by those around
it (vowel harmony, the letters that follow one another, known words), so that a
small linear model restores nineteen words of twenty. The folded channels do
not need it: they fold both sides.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np

from matcher.spelling.clues import SPECIAL_LETTERS, clues_of
from matcher.static_vectors import StaticVectors

# A text with one special letter in so many is typed with them on purpose.
MOST_SPECIAL = 1 / 50
# By how much (in log odds) a text's words must speak for its language.
SURE = 2.0
_LONGEST_WORD = 40
_WORD = re.compile(r"[а-яёәғқңөұүһі]+", re.IGNORECASE)


@dataclass(frozen=True)
class _Meaning:
    """One letter that may have been meant: how likely, and what speaks for it."""

    letter: str
    bias: float
    clues: Mapping[str, float]

    def odds(self, clues: list[str]) -> float:
        return self.bias + sum(self.clues.get(clue, 0.0) for clue in clues)


def restored(text: str) -> str:
    """Give a text with the letters that its writer's keyboard lacked.

    Parameters
    ----------
    text : str
        Anything. Only a text in Kazakh or Kyrgyz with (next to) none of the
        special letters is changed, and in it only words without any.

    Returns
    -------
    str
        As long as the text.

    Examples
    --------
    >>> restored("Менин кейипкерим не калайтынын билмеймин, бирак онымен кала бергим келеди.")
    'Менің кейіпкерім не қалайтынын білмеймін, бірақ онымен қала бергім келеді.'
    >>> restored("Мой герой не знает, чего хочет.")
    'Мой герой не знает, чего хочет.'
    """
    if not _may_lack_letters(text):
        return text
    language = _turkic_language(text)
    if not language:
        return text
    return _WORD.sub(lambda found: _in_its_case(found.group(), language), text)


def _may_lack_letters(text: str) -> bool:
    small = text.casefold()
    n_letters = sum("\u0400" <= letter <= "\u052f" for letter in small)
    n_special = sum(small.count(letter) for letter in SPECIAL_LETTERS["kk"])
    return n_letters > 0 and n_special <= n_letters * MOST_SPECIAL


def _turkic_language(text: str) -> str:
    """Give ``kk`` or ``ky`` where a text's words say so clearly, else nothing."""
    table = StaticVectors().table
    _, said = table.sum_texts([text])
    order = np.argsort(-said[0])
    best = table.languages[int(order[0])]
    sure = said[0, order[0]] - said[0, order[1]] >= SURE
    return best if sure and best in SPECIAL_LETTERS else ""


def _in_its_case(word: str, language: str) -> str:
    small = word.lower()
    if len(word) > _LONGEST_WORD or not set(small).isdisjoint(SPECIAL_LETTERS["kk"]):
        return word
    letters = zip(word, restored_word(small, language), strict=True)
    return "".join(new.upper() if old.isupper() else new for old, new in letters)


@lru_cache(maxsize=50_000)
def restored_word(word: str, language: str) -> str:
    """Give one word, in small letters, as it is spelled.

    Examples
    --------
    >>> restored_word("тушунбой", "ky"), restored_word("тусинбей", "kk")
    ('түшүнбөй', 'түсінбей')
    """
    known = _meanings()[language]
    written = ""
    for place, letter in enumerate(word):
        may_be = known.get(letter)
        if may_be is None:
            written += letter
            continue
        clues = clues_of(word, place, written)
        written += max(may_be, key=lambda each: (each.odds(clues), each.letter)).letter
    return written


@cache
def _meanings() -> dict[str, dict[str, tuple[_Meaning, ...]]]:
    """Read the model: for each language and letter typed, what it may mean."""
    found: dict[tuple[str, str, str], dict[str, float]] = {}
    table = files("matcher.spelling").joinpath("letters.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(table.splitlines()):
        clues = found.setdefault((row["language"], row["typed"], row["meant"]), {})
        clues[row["clue"]] = float(row["weight"])
    meanings: dict[str, dict[str, tuple[_Meaning, ...]]] = {code: {} for code in SPECIAL_LETTERS}
    for (language, typed, meant), clues in sorted(found.items()):
        one = _Meaning(meant, clues.pop("", 0.0), clues)
        meanings[language][typed] = (*meanings[language].get(typed, ()), one)
    return meanings
