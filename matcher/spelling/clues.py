"""What a letter's surroundings say about the letter that was meant."""

from __future__ import annotations

# Which letters people type instead, and what they may have meant by them.
SPECIAL_LETTERS = {"kk": "әғқңөұүһі", "ky": "ңөү"}
TYPED_INSTEAD = str.maketrans("әғқңөұүһі", "агкноуухи")

_VOWELS = frozenset("аеёиоуыэюяәөұүі")
_REACH = 4  # letters to either side
_WINDOW = 6  # letters of both sides together
_NEAR_VOWELS = 3  # to either side: Turkic vowels follow one another


def doubtful_letters(language: str) -> frozenset[str]:
    """Give the letters of a language that may stand for another one.

    Examples
    --------
    >>> sorted(doubtful_letters("ky"))
    ['н', 'о', 'у']
    """
    return frozenset(SPECIAL_LETTERS[language].translate(TYPED_INSTEAD))


def clues_of(word: str, place: int, written: str) -> list[str]:
    """Give all clues to what one letter of a word means.

    Parameters
    ----------
    word : str
        As typed, in small letters.
    place : int
        Of the letter.
    written : str
        The letters before it as they were meant.

    Returns
    -------
    list of str
        The letters around it, the vowels around it, what the letters before it
        turned out to be, and the whole word.

    Examples
    --------
    >>> "dө" in clues_of("чойчок", 4, "чөйч")
    True
    """
    around, at = f"<{word}>", place + 1
    clues = [f"={word}"]
    for before in range(min(_REACH, at) + 1):
        for after in range(min(_REACH, len(around) - at - 1) + 1):
            if 0 < before + after <= _WINDOW:
                clues.append(f"{before}{around[at - before : at + after + 1]}")
    left = [letter for letter in word[:place] if letter in _VOWELS][-_NEAR_VOWELS:]
    right = [letter for letter in word[place + 1 :] if letter in _VOWELS][:_NEAR_VOWELS]
    for before in range(len(left) + 1):
        for after in range(len(right) + 1):
            if before + after:
                clues.append(f"v{''.join(left[len(left) - before :])}|{''.join(right[:after])}")
    meant = "".join(letter for letter in written if letter in _VOWELS)[-2:]
    if meant:
        clues += [f"d{meant[-1]}", f"d{meant}", f"D{meant[-1]}{word[place - 1]}"]
    if written:
        clues += [f"e{written[-1]}", f"E{written[-2:]}{word[place + 1 : place + 2]}"]
    return clues
