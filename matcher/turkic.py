"""The beginnings that Kazakh and Kyrgyz words keep when endings are added to endings.

A light stripper and no dictionary: it takes off number, owner, case and the
commonest endings of verbs, one after another, and leaves at least three
letters. Words come folded, so that *құрылымын* and *курылымын* end alike.
"""

from __future__ import annotations

# Letters that a stem keeps at least: before a long ending, and before a single
# letter or a short one that also ends words by itself.
LEAST = 3
LEAST_BEFORE_SHORT = 4
MOST_ENDINGS = 5

_VOWELS = frozenset("аеиоуыэюя")


def _forms(pattern: str) -> list[str]:
    """Write out ``л|д|т`` + ``А`` (а е о) or ``Ы`` (ы и у): the vowels go by the word's own."""
    heads, _, rest = pattern.rpartition("+")
    spelled = [""]
    for letter in rest:
        choices = {"А": "аео", "Ы": "ыиу"}.get(letter, letter)
        spelled = [each + choice for each in spelled for choice in choices]
    return [head + each for head in (heads.split("|") if heads else [""]) for each in spelled]


_PATTERNS = """
    л|д|т+Ар л|д|т+Ард л|д|т+Ары
    н|д|т+Ын н|д|т+Ы д|т+А д|т+Ан н+Ан нд+А нд+Ан н+А г|к+А м|б|п+ен менен
    Ым Ын Ы с+Ы с+Ын Ымыз Ыныз Ыбыз м|б+Ыз А
    л|д|т+Ык л|д|т+Ыг л|д+Ы луу с+Ыз д|т+Агы
    г|к+Ан г|к+Анд Ып п А+тын й+тын А+м й+м Уу у м|б|п+Ай м|б|п+Аст м|п|б+Ак
    с+А с+Ам с+Ак Айын АлЫк гыла г|к+Ы ш|ч+Ы ш|ч+ылык
"""


def _endings() -> dict[int, frozenset[str]]:
    """Give all endings by their length."""
    spelled: set[str] = set()
    for pattern in _PATTERNS.split():
        if pattern.startswith("А+"):
            spelled |= {vowel + pattern[2:] for vowel in "аео"}
        elif pattern.startswith("У"):
            spelled |= {pattern.replace("У", "у")}
        else:
            spelled |= set(_forms(pattern))
    lengths = {len(each) for each in spelled}
    return {n: frozenset(each for each in spelled if len(each) == n) for n in lengths}


_ENDINGS = _endings()
_LENGTHS = sorted(_ENDINGS, reverse=True)


def turkic_stem(folded: str) -> str:
    """Give what a Kazakh or Kyrgyz word keeps before its endings.

    Parameters
    ----------
    folded : str
        One word, folded, in Cyrillic letters.

    Returns
    -------
    str
        At least three letters of a word that has as many.

    Examples
    --------
    >>> [turkic_stem(word) for word in ("монтаждын", "монтажды", "монтаж")]
    ['монтаж', 'монтаж', 'монтаж']
    >>> turkic_stem("каармандардын"), turkic_stem("каарман")
    ('каарман', 'каарман')
    """
    stem = folded
    for _ in range(MOST_ENDINGS):
        shorter = _without_one(stem)
        if shorter == stem:
            break
        stem = shorter
    return stem


def _without_one(word: str) -> str:
    for length in _LENGTHS:
        rest = word[:-length]
        least = LEAST_BEFORE_SHORT if length < 3 else LEAST
        if len(rest) >= least and word[-length:] in _ENDINGS[length] and _has_vowel(rest):
            return rest
    return word


def _has_vowel(word: str) -> bool:
    return not _VOWELS.isdisjoint(word)
