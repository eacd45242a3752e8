"""Cells that hold the trade's words: needs, forms, countries, languages with level."""

from __future__ import annotations

import re
from collections.abc import Iterable

from matcher.errors import Note
from matcher.files.cells import CellPlace, plain, read_list, written_list
from matcher.folding import fold
from matcher.profiles import LanguageLevel, LanguageSkill, Term
from matcher.vocabulary import Concept, Kind, Vocabulary, term_key

_LEVELS: dict[str, LanguageLevel] = {
    "a1": "A1",
    "a2": "A2",
    "b1": "B1",
    "b2": "B2",
    "c1": "C1",
    "c2": "C2",
    "native": "native",
    "native speaker": "native",
    "mother tongue": "native",
    "first language": "native",
    "родной": "native",
    "родной язык": "native",
    "носитель": "native",
    "ана тили": "native",
    "эне тил": "native",
    "эне тили": "native",
    "ona tili": "native",
    "она тили": "native",
    "забони модари": "native",
}
# No label holds as many commas; no language and level are as long.
_LONGEST = 8
_LONGEST_LANGUAGE = 80
_MOST_NEAREST = 3
# On a Russian keyboard А2, В1 and С1 come out in Cyrillic.
_LOOKALIKES = str.maketrans("авс", "abc")
_WITH_LEVEL = (
    re.compile(r"(?P<name>.+?)\s*:\s*(?P<level>[^:]*)"),
    re.compile(r"(?P<name>.+?)\s*\((?P<level>[^()]*)\)"),
    re.compile(r"(?P<name>.+?)\s+(?:[-–—]\s+)?(?P<level>[ABCАВСabcавс][12]\+?)"),
    re.compile(r"(?P<name>.+?)\s+[-–—]\s+(?P<level>.+)"),
)


def read_terms(
    cell: str, kinds: tuple[Kind, ...], at: CellPlace
) -> tuple[tuple[Term, ...], tuple[Note, ...]]:
    """Give the terms in a cell parted by ``;``, and a note for each unknown one.

    Parameters
    ----------
    cell : str
        The cell as it stands in the file.
    kinds : tuple of str
        The lists of the vocabulary to look in, in this order.
    at : CellPlace
        What the notes name.
    """
    return _terms(read_list(cell), kinds, at)


def read_ticks(
    cell: str, kinds: tuple[Kind, ...], at: CellPlace
) -> tuple[tuple[Term, ...], tuple[Note, ...]]:
    """Give the terms of a form's ticks, which arrive joined by ``", "``.

    Labels hold commas too, so that the longest known label is taken first. A
    cell with a ``;`` is parted there and nowhere else.
    """
    if ";" in cell:
        return read_terms(cell, kinds, at)
    return _terms(_ticked(plain(cell), kinds), kinds, at)


def _ticked(text: str, kinds: tuple[Kind, ...]) -> list[str]:
    pieces = [piece for piece in re.split(r",\s+", text) if piece.strip()]
    found: list[str] = []
    while pieces:
        taken = next(
            (
                n
                for n in range(min(len(pieces), _LONGEST), 1, -1)
                if _concept(", ".join(pieces[:n]), kinds)
            ),
            1,
        )
        found.append(", ".join(pieces[:taken]).strip())
        pieces = pieces[taken:]
    return found


def _terms(
    entries: Iterable[str], kinds: tuple[Kind, ...], at: CellPlace
) -> tuple[tuple[Term, ...], tuple[Note, ...]]:
    terms: dict[str, Term] = {}
    notes: list[Note] = []
    for entry in entries:
        concept = _concept(entry, kinds)
        if concept is None:
            term = Term(entry)
            if term.key not in terms:
                notes.append(_unknown(entry, kinds, at))
        else:
            term = Term(_shown(entry, concept), concept.id)
        terms.setdefault(term.key, term)
    return tuple(terms.values()), tuple(notes)


def _concept(text: str, kinds: tuple[Kind, ...]) -> Concept | None:
    vocabulary = Vocabulary.load()
    found = (vocabulary.recognise(text, kind) for kind in kinds)
    return next((concept for concept in found if concept), None)


def _shown(text: str, concept: Concept) -> str:
    """Give what was written, or the label where it was only an id."""
    key = term_key(text)
    worded = any(lang and term_key(words) == key for lang, words in concept.spellings)
    return text if worded else concept.label("en")


def _unknown(text: str, kinds: tuple[Kind, ...], at: CellPlace) -> Note:
    parts = _ticked(text, kinds)
    if len(parts) > 1 and all(_concept(part, kinds) for part in parts):
        return at.note("note_term_commas", text=text, nearest=tuple(parts))
    nearest, lang = Vocabulary.load().nearest_concepts(text, kinds)
    if not nearest:
        return at.note("note_term_unknown", text=text)
    labels = {concept.label(lang): concept.label("en") for concept in reversed(nearest)}
    named = list(reversed(labels.items()))[:_MOST_NEAREST]
    return at.note(
        "note_term_near",
        text=text,
        nearest=tuple(label for label, _ in named),
        nearest_en=tuple(english for _, english in named),
    )


def written_terms(terms: Iterable[Term], kinds: tuple[Kind, ...]) -> str:
    """Give the cell for terms: the words, or the id where they do not say which concept."""
    return written_list(_written(term, kinds) for term in terms)


def _written(term: Term, kinds: tuple[Kind, ...]) -> str:
    words = term.text.replace(";", ",")
    concept = _concept(words, kinds)
    understood = concept.id if concept else None
    return term.concept if term.concept and term.concept != understood else words


def read_languages(cell: str, at: CellPlace) -> tuple[tuple[LanguageSkill, ...], tuple[Note, ...]]:
    """Give the languages in a cell: ``ru:C1; ky:native; en (B2); тоҷикӣ``.

    A language named twice counts once, with the first level given. An unknown
    language keeps its own words as its code; an unknown level is none.
    """
    skills: dict[str, LanguageSkill] = {}
    notes: list[Note] = []
    for entry in read_list(cell):
        name, said = _name_and_level(entry)
        concept = _concept(name, ("language",))
        if concept is None:
            notes.append(_unknown(name, ("language",), at))
        level = _level(said)
        if said and level is None:
            notes.append(at.note("note_level_unknown", text=name, level=said))
        code = concept.code if concept else name
        if skills.get(code, LanguageSkill(code)).level is None:
            skills[code] = LanguageSkill(code, level)
    return tuple(skills.values()), tuple(notes)


def _name_and_level(entry: str) -> tuple[str, str]:
    if len(entry) > _LONGEST_LANGUAGE or _concept(entry, ("language",)):
        return entry, ""
    for pattern in _WITH_LEVEL:
        found = pattern.fullmatch(entry)
        if found:
            return found["name"], found["level"].strip()
    return entry, ""


def _level(said: str) -> LanguageLevel | None:
    folded = fold(said).removesuffix("+").rstrip()  # B2+ is B2 at least
    return _LEVELS.get(folded) or _LEVELS.get(folded.translate(_LOOKALIKES))


def written_languages(skills: Iterable[LanguageSkill]) -> str:
    """Give the cell for languages, each with its level where it is known."""
    return written_list(f"{each.code}:{each.level}" if each.level else each.code for each in skills)
