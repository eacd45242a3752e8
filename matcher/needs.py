"""What a project needs, and where a text speaks of a need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from matcher.folding import fold
from matcher.items import MAX_ITEMS
from matcher.profiles import ProjectProfile, Term
from matcher.turkic import turkic_stem
from matcher.vocabulary import Kind, Vocabulary
from matcher.words import Word, content_words, folded_words

# Words of a craft speak of the needs that its people usually meet: a guess.
CRAFT_CREDIT = 0.8
# A need that was only read out of a text is a guess: it counts half.
GUESS_CREDIT = 0.5
LONGEST_SPELLING = 4

# Where a project that named no need is read for one, in this order. Not in the
# organizers' private reading: a need is told to both sides.
READ_FOR_NEEDS = ("difficulties", "goals")

# "I know nothing about sound" offers no sound.
_SENTENCE_ENDS = ".!?;\n"
_SENTENCE_REACH = 200  # characters to either side
_NO = frozenset(
    """no not nothing never dont doesnt cannot cant except
    не нет ничего никогда кроме емес жок эмес""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Need:
    """One need of a project.

    Attributes
    ----------
    term : Term
        As written, or as found in a text.
    share : float
        Its part of all the project's needs; they add up to 1, or to
        :data:`GUESS_CREDIT` where they are only read out of its texts.
    rank : int
        1 for the first-named; 0 where the project gave no order.
    field, start, end
        Where it stands in the project.
    """

    term: Term
    share: float
    rank: int
    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A need that words within a text speak of: by name, or through a craft."""

    need: str
    start: int
    end: int
    credit: float


@lru_cache(maxsize=1)
def _spellings() -> dict[tuple[str, ...], tuple[tuple[str, float], ...]]:
    """Give the needs that each run of stems speaks of."""
    vocabulary = Vocabulary.load()
    found: dict[tuple[str, ...], dict[str, float]] = {}
    kinds: tuple[tuple[Kind, float], ...] = (("need", 1.0), ("craft", CRAFT_CREDIT))
    for kind, credit in kinds:
        for concept in vocabulary.concepts(kind):
            for lang, words in concept.spellings:
                said = content_words(words)
                if not lang or not 0 < len(said) <= LONGEST_SPELLING:
                    continue
                # A Russian word takes Kazakh and Kyrgyz endings in their texts.
                for stems in {
                    tuple(word.stem for word in said),
                    tuple(turkic_stem(word.folded) for word in said),
                }:
                    for need in vocabulary.needs_met_by(concept.id):
                        found.setdefault(stems, {}).setdefault(need, credit)
    return {stems: tuple(needs.items()) for stems, needs in found.items()}


def mentions(text: str) -> Iterator[Mention]:
    """Give the needs that a text speaks of, longest spelling first at each place.

    Parameters
    ----------
    text : str

    Yields
    ------
    Mention
        In the order of the text.
    """
    words: Sequence[Word] = content_words(text)
    spellings = _spellings()
    place = 0
    while place < len(words):
        for length in range(min(LONGEST_SPELLING, len(words) - place), 0, -1):
            run = words[place : place + length]
            needs = spellings.get(tuple(word.stem for word in run))
            if needs:
                for need, credit in needs:
                    yield Mention(need, run[0].start, run[-1].end, credit)
                place += length - 1
                break
        place += 1


def is_denied(text: str, start: int, end: int) -> bool:
    """Say whether the sentence around a place in a text says no.

    Examples
    --------
    >>> text = "I shoot. I know nothing about sound."
    >>> is_denied(text, 2, 7), is_denied(text, 30, 35)
    (False, True)
    """
    low = max(start - _SENTENCE_REACH, 0)
    first = max(low, *(text.rfind(mark, low, start) + 1 for mark in _SENTENCE_ENDS))
    high = end + _SENTENCE_REACH
    last = [text.find(mark, end, high) for mark in _SENTENCE_ENDS]
    sentence = text[first : min((place for place in last if place >= 0), default=high)]
    return not _NO.isdisjoint(folded_words(sentence))


def needs_of(project: ProjectProfile) -> list[Need]:
    """Give a project's needs with the share of each.

    In order, the second-named counts half as much as the first, the third a
    third; without order all count alike. A project that named none is read for
    needs in its own words, without order and with half the credit.

    Parameters
    ----------
    project : ProjectProfile

    Returns
    -------
    list of Need
        The first-named first; each need once.
    """
    named: dict[str, Need] = {}
    credit = 1.0
    for place, term in enumerate(project.needs[:MAX_ITEMS]):
        key = need_key(term)
        if key and key not in named:
            rank = len(named) + 1 if project.needs_ordered else 0
            named[key] = Need(term, 1.0, rank, f"needs[{place}]", 0, len(term.text))
    if not named:
        credit = GUESS_CREDIT
        for field in READ_FOR_NEEDS:
            text = str(getattr(project, field))
            for found in mentions(text):
                term = Term(text[found.start : found.end], found.need)
                named.setdefault(found.need, Need(term, 1.0, 0, field, found.start, found.end))
    raw = [1.0 / need.rank if need.rank else 1.0 for need in named.values()]
    return [
        Need(need.term, credit * weight / sum(raw), need.rank, need.field, need.start, need.end)
        for need, weight in zip(named.values(), raw, strict=True)
    ]


def need_key(term: Term) -> str:
    """Give what two ways of writing a need share; empty for no words at all."""
    return term.concept or fold(term.text)
