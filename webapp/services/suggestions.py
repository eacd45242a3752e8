"""Terms that somebody's pasted words already name: offered ticked, never stored unseen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from webapp import limits
from webapp.enums import TermKind
from webapp.models import Term
from webapp.services.matching import words

# A short word such as "art" or "doc" stands in too many sentences to mean anything.
SHORTEST = 4
# As many letters are never an ending: "монтаж" is in "монтажом", "acting" not in "active".
STEM = 5
LONGEST_ENDING = 2


class SaidWords:
    """A text's words, to look for names in, whatever endings they have."""

    def __init__(self, text: str) -> None:
        self._words = words.folded_words(text[: limits.LONG_TEXT])
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self._words):
            self._places[word[:STEM]].append(place)

    def name_any(self, names: Iterable[str]) -> bool:
        """Say whether one of the names stands in the text."""
        return any(self._name(words.folded_words(name)) for name in names)

    def _name(self, name: list[str]) -> bool:
        if sum(map(len, name)) < SHORTEST:
            return False
        return any(
            len(self._words) >= place + len(name)
            and all(map(_is_same, name, self._words[place : place + len(name)]))
            for place in self._places.get(name[0][:STEM], ())
        )


def suggest_terms(
    text: str, terms: Mapping[str, Term], kinds: Collection[TermKind] = tuple(TermKind)
) -> dict[TermKind, list[str]]:
    """Give the edition's terms that a text names, by kind, in the edition's order."""
    said = SaidWords(text)
    found: dict[TermKind, list[str]] = {kind: [] for kind in kinds}
    for term in terms.values():
        if term.kind in found and term.is_offered and said.name_any(_names(term)):
            found[term.kind].append(term.key)
    return found


def suggest_languages(text: str) -> list[str]:
    """Give the codes of the languages that a text names."""
    said = SaidWords(text)
    return [
        code
        for code, concept_id in words.codes("language").items()
        if said.name_any(words.names_of(concept_id))
    ]


def _names(term: Term) -> set[str]:
    own = {str(name) for name in term.labels.values()}
    return own.union(words.names_of(term.concept_id)) if term.concept_id else own


def _is_same(one: str, other: str) -> bool:
    if one == other:
        return True
    shortest, longest = sorted((one, other), key=len)
    kept = max(STEM, len(longest) - LONGEST_ENDING)
    return len(shortest) >= kept and shortest[:kept] == longest[:kept]
