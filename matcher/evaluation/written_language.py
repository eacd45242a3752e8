"""The language in which somebody wrote most of a profile."""

from __future__ import annotations

import re
from collections import Counter

from matcher.evaluation.baselines import mentor_text, project_text
from matcher.profiles import MentorProfile, ProjectProfile
from matcher.stopwords import STOP_WORDS_BY_LANGUAGE
from matcher.words import folded_words

_CYRILLIC = ("ru", "kk", "ky")
# Letters that one language writes and the others do not.
_OWN_LETTERS = {"kk": frozenset("әғқұһі"), "ru": frozenset("щъ")}
# ң ө ү stand in both Turkic languages and never in Russian.
_TURKIC_LETTERS = frozenset("ңөү")
# Kyrgyz doubles its long vowels; Kazakh has none, and Russian next to none.
_LONG_VOWEL = re.compile("аа|оо|уу|ээ|өө|үү")


def project_language(project: ProjectProfile) -> str:
    """Give the language of most of a project's words: ``en``, ``ru``, ``kk``, ``ky``, or empty.

    Examples
    --------
    >>> project_language(ProjectProfile(id="p1", difficulties="Финал никак не складывается"))
    'ru'
    """
    return language_of(project_text(project))


def mentor_language(mentor: MentorProfile) -> str:
    """Give the language of most of a mentor's words: ``en``, ``ru``, ``kk``, ``ky``, or empty."""
    return language_of(mentor_text(mentor))


def language_of(text: str) -> str:
    """Give a text's main language, by its small words and its letters.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        Empty where nothing tells.

    Examples
    --------
    >>> language_of("Соңын таппай жүрмін"), language_of("12 000")
    ('kk', '')
    """
    words = folded_words(text)
    latin = sum("a" <= word[0] <= "z" for word in words)
    cyrillic = sum("\u0400" <= word[0] <= "\u052f" for word in words)
    if latin > cyrillic:
        return "en" if any(word in STOP_WORDS_BY_LANGUAGE["en"] for word in words) else ""
    votes = dict.fromkeys(_CYRILLIC, 0.0)
    for word, count in Counter(words).items():
        speaking = [one for one in _CYRILLIC if word in STOP_WORDS_BY_LANGUAGE[one]]
        for one in speaking:
            votes[one] += count / len(speaking)
    for letter, count in Counter(text.casefold()).items():
        for one, letters in _OWN_LETTERS.items():
            votes[one] += count * (letter in letters)
        for one in ("kk", "ky"):
            votes[one] += count * (letter in _TURKIC_LETTERS) / 2
    n_long = len(_LONG_VOWEL.findall(text.casefold()))
    votes["ky"] += n_long
    if votes["kk"] and votes["kk"] == votes["ky"]:
        votes["ky" if n_long else "kk"] += 0.5
    best = max(votes.values())
    winners = [one for one, votes_for in votes.items() if votes_for == best]
    return winners[0] if best and len(winners) == 1 else ""
