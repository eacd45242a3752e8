"""One spelling for all the ways in which people type the same word.

Many type Kazakh and Kyrgyz without their own letters, Russian without ё,
Uzbek with any of eight apostrophes. Whatever is compared (terms, names, the
words of a text, a search) is folded first, on both sides.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters people leave out, beside the Russian ones they type instead: of
# Kazakh, Kyrgyz, Buryat and Sakha first, then of Tajik and Uzbek.
_TYPED_INSTEAD = (
    ("ё", "е"),
    ("ә", "а"),
    ("ғ", "г"),
    ("қ", "к"),
    ("ң", "н"),
    ("ө", "о"),
    ("ұ", "у"),
    ("ү", "у"),
    ("һ", "х"),
    ("і", "и"),
    ("ҕ", "г"),
    ("ҥ", "н"),
    ("ҷ", "ч"),
    ("ҳ", "х"),
    ("ӣ", "и"),
    ("ӯ", "у"),
    ("ў", "у"),
    # Latin letters that carry no separable accent.
    ("ı", "i"),
    ("ø", "o"),
    ("đ", "d"),
    ("ł", "l"),
    ("æ", "ae"),
    ("œ", "oe"),
)
_APOSTROPHES = "'’‘‛`´ʻʼʽʾʿˈʹ′‵＇"
_SEPARATORS = "-_&/‐‑‒–—―−⁄∕"
# The words of texts are folded again and again, by all who read them.
_LONGEST_WORD = 40
_ACCENTS = range(0x0300, 0x0370)
# Soft hyphens, zero-width and direction marks, variation selectors: nobody
# sees them, and they are pasted along with names and titles.
_UNSEEN = (
    0x00AD,
    0x061C,
    0xFEFF,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
)


def _unaccented_latin() -> dict[int, str]:
    """Give each accented Latin letter its plain one: ü is typed as u, ş as s."""
    plain: dict[int, str] = {}
    for code in (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            plain[code] = base
    return plain


_BEFORE = str.maketrans(dict.fromkeys(_APOSTROPHES))
_AFTER = str.maketrans(
    {
        **_unaccented_latin(),
        **dict.fromkeys(_ACCENTS),
        **dict.fromkeys(_UNSEEN),
        **{ord(letter): None for letter in _APOSTROPHES},
        **{ord(letter): " " for letter in _SEPARATORS},
        **{ord(letter): instead for letter, instead in _TYPED_INSTEAD},
    }
)


def fold(text: str) -> str:
    """Give the one spelling under which two ways of typing a word are equal.

    Case, ё, the letters of Kazakh, Kyrgyz, Sakha, Tajik and Uzbek that a
    Russian keyboard lacks, accents of Latin letters, compatibility forms and
    unseen marks are folded; apostrophes of every shape are dropped; ``-``,
    ``_``, ``&``, ``/``, dashes and runs of blanks become one space.

    Parameters
    ----------
    text : str
        Anything somebody wrote.

    Returns
    -------
    str
        The folded text; folding it again changes nothing.

    Examples
    --------
    >>> fold("Қазақ  тілі") == fold("казак тили")
    True
    >>> fold("Rough-Cut"), fold("o‘zbek")
    ('rough cut', 'ozbek')
    """
    return _fold_word(text) if len(text) <= _LONGEST_WORD else _fold(text)


@lru_cache(maxsize=100_000)
def _fold_word(word: str) -> str:
    return _fold(word)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text.translate(_BEFORE)).casefold()
    plain = unicodedata.normalize("NFKC", plain).translate(_AFTER)
    return " ".join(plain.split())
