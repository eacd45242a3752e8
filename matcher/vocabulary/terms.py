"""The vocabulary by name: found by id, label or alias in any language."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib import resources

from matcher.folding import fold
from matcher.vocabulary.concept import KINDS, SPOKEN_KINDS, Concept, Kind
from matcher.vocabulary.spreadsheets import read_vocabulary

_CONJUNCTIONS = frozenset({"and", "the", "и", "жане", "жана", "va", "ва"})
_NOT_IN_A_WORD = re.compile(r"[^\w+#]+")
_CLOSE_ENOUGH = 0.6


def term_key(text: str) -> str:
    """Give what two spellings of a term share.

    Beyond :func:`matcher.folding.fold`, punctuation, blanks and the word
    "and" do not matter: *pre-production* is *preproduction*.
    """
    return "".join(_words(text))


def _words(text: str) -> list[str]:
    words = _NOT_IN_A_WORD.sub(" ", fold(text)).split()
    return [word for word in words if word not in _CONJUNCTIONS] or words


class Vocabulary:
    """All concepts, found by id, label or alias in any language.

    Parameters
    ----------
    concepts : iterable of Concept
        In the order in which a form lists them.
    """

    def __init__(self, concepts: tuple[Concept, ...]) -> None:
        self._by_id = {concept.id: concept for concept in concepts}
        kinds = (*KINDS, *SPOKEN_KINDS)
        self._by_kind: dict[Kind, list[Concept]] = {kind: [] for kind in kinds}
        self._by_key: dict[Kind, dict[str, Concept]] = {kind: {} for kind in kinds}
        self._by_words: dict[Kind, dict[tuple[str, ...], Concept]] = {kind: {} for kind in kinds}
        self._folded: dict[Kind, list[tuple[str, Concept, str]]] = {kind: [] for kind in kinds}
        for concept in concepts:
            self._by_kind[concept.kind].append(concept)
            keys = self._by_key[concept.kind]
            for lang, words in concept.spellings:
                keys.setdefault(term_key(words), concept)
                folded = _words(words)
                self._by_words[concept.kind].setdefault(tuple(sorted(folded)), concept)
                self._folded[concept.kind].append((" ".join(folded), concept, lang))
        self._nearest = lru_cache(maxsize=4096)(self._find_nearest)

    @classmethod
    def load(cls) -> Vocabulary:
        """Give the vocabulary that ships with the matcher, read once."""
        return _shipped()

    def concepts(self, kind: Kind) -> list[Concept]:
        """List a kind's concepts in the order in which a form shows them."""
        return list(self._by_kind[kind])

    def get(self, concept_id: str) -> Concept | None:
        """Give the concept with exactly this id."""
        return self._by_id.get(concept_id)

    def label(self, concept_id: str, lang: str = "en") -> str:
        """Give a concept's name in a language; an unknown id stays as it is."""
        concept = self._by_id.get(concept_id)
        return concept.label(lang) if concept else concept_id

    def recognise(self, text: str, kind: Kind | None = None) -> Concept | None:
        """Give the concept that somebody wrote, or None.

        Parameters
        ----------
        text : str
            An id, or a label or alias in any language, however typed.
        kind : str, optional
            The list to look in; without it all lists that a form offers,
            needs first. What only texts speak of is asked for by its kind.

        Examples
        --------
        >>> Vocabulary.load().recognise("script and story", "need").id
        'need.story-script'
        """
        kinds = (kind,) if kind else KINDS
        if text in self._by_id and self._by_id[text].kind in kinds:
            return self._by_id[text]
        words = _words(text)
        key, in_any_order = "".join(words), tuple(sorted(words))
        for each in kinds:
            found = self._by_key[each].get(key) or self._by_words[each].get(in_any_order)
            if found:
                return found
        return None

    def nearest(self, text: str, kind: Kind, n: int = 3) -> list[str]:
        """Give up to ``n`` labels that somebody may have meant, best first.

        All are in the language of the spelling that came nearest; nothing is
        given where no spelling comes near.
        """
        found, lang = self.nearest_concepts(text, (kind,))
        return [concept.label(lang) for concept in found[:n]]

    def nearest_concepts(
        self, text: str, kinds: tuple[Kind, ...]
    ) -> tuple[tuple[Concept, ...], str]:
        """Give what somebody may have meant, best first, and the language they typed.

        Parameters
        ----------
        text : str
        kinds : tuple of str
            The lists to look in.

        Returns
        -------
        tuple of Concept
        str
            That of the spelling that came nearest, ``en`` where none did.
        """
        words = " ".join(_words(text[:200]))
        near = [each for kind in kinds for each in self._nearest(words, kind)]
        near.sort(key=lambda each: -each[0])
        return tuple(concept for _, concept, _ in near), (near[0][2] or "en") if near else "en"

    def needs_met_by(self, concept_id: str) -> tuple[str, ...]:
        """Give the ids of the needs that someone of this craft usually meets.

        A need meets itself; anything else meets nothing.
        """
        concept = self._by_id.get(concept_id)
        if concept is None:
            return ()
        return (concept.id,) if concept.kind == "need" else concept.meets

    def _find_nearest(self, words: str, kind: Kind) -> tuple[tuple[float, Concept, str], ...]:
        best: dict[str, tuple[float, Concept, str]] = {}
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(words)
        for spelling, concept, lang in self._folded[kind]:
            nearness = _nearness(matcher, words, spelling)
            if nearness > best.get(concept.id, (_CLOSE_ENOUGH,))[0]:
                best[concept.id] = (nearness, concept, lang)
        return tuple(sorted(best.values(), key=lambda found: -found[0]))


def _nearness(matcher: SequenceMatcher[str], words: str, spelling: str) -> float:
    """Say how near two folded spellings are, 0 to 1."""
    if len(spelling) > 3 and f" {spelling} " in f" {words} ":
        # Named within a sentence: the more of it, the surer.
        return 0.7 + 0.25 * len(spelling) / len(words)
    matcher.set_seq1(spelling)
    if min(matcher.real_quick_ratio(), matcher.quick_ratio()) <= _CLOSE_ENOUGH:
        return 0.0
    return matcher.ratio()


@cache
def _shipped() -> Vocabulary:
    return Vocabulary(read_vocabulary(resources.files(__package__)))
