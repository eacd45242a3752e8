"""What a sentence encoder is, and what it is given to read."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.spelling import restored

Floats = NDArray[np.float32]

# Of one text so many characters are read, about a printed page: a small encoder
# looks at some 500 word pieces, and time grows with the length.
MOST_CHARACTERS = 2_000
# Those that a text can begin with before it is normalised: nothing beyond can matter.
_MOST_RAW = 4 * MOST_CHARACTERS


class Encoder(Protocol):
    """Whatever turns texts into vectors of what they mean, across languages.

    Attributes
    ----------
    name : str
        What it is called in settings and reports.
    version : str
        Changes whenever its vectors do.
    n_dimensions : int
    language_means : mapping of str to float array (n_dimensions,)
        What vectors of one language share, by its code; empty where nobody knows.
    """

    @property
    def name(self) -> str:
        """What it is called in settings and reports."""

    @property
    def version(self) -> str:
        """Changes whenever its vectors do."""

    @property
    def n_dimensions(self) -> int:
        """How many numbers a vector has."""

    @property
    def language_means(self) -> Mapping[str, Floats]:
        """The mean vector of each language that is known; it may be empty."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Give a row for each text (n_texts, n_dimensions), of length 1 or 0.

        A text without a letter or digit has a row of zeros. The same text has
        the same row whatever is read beside it.
        """


def readable(text: str) -> str:
    """Give what an encoder is shown of a text.

    Compatibility forms are written out, control characters become blanks, a
    long text is cut, and Kazakh or Kyrgyz typed without its own letters gets
    them back. What is readable already stays as it is.

    Parameters
    ----------
    text : str
        Anything somebody wrote.

    Returns
    -------
    str
        At most :data:`MOST_CHARACTERS`, each of which has an UTF-8 form; empty
        where there is no letter and no digit.

    Examples
    --------
    >>> readable("ﬁlm\\0noir\\n"), readable("… !")
    ('film noir', '')
    """
    plain = unicodedata.normalize("NFKC", text[:_MOST_RAW])
    shown = (" " if unicodedata.category(letter) in _UNREADABLE else letter for letter in plain)
    cut = " ".join("".join(shown).split())[:MOST_CHARACTERS].rstrip()
    if not any(map(str.isalnum, cut)):
        return ""
    return restored(cut)


# Control characters, halves of surrogate pairs, codes without a character. Those
# that join or turn letters (Cf) belong to words.
_UNREADABLE = frozenset({"Cc", "Cs", "Co", "Cn"})


def unit_or_zero(rows: Floats) -> Floats:
    """Give rows of length 1; one that is not finite, or nothing, becomes zeros."""
    sound = np.where(np.isfinite(rows).all(axis=1, keepdims=True), rows, np.float32(0.0))
    lengths = np.linalg.norm(sound, axis=1, keepdims=True)
    units: Floats = np.divide(sound, lengths, out=np.zeros_like(sound), where=lengths > 1e-9)
    return units
