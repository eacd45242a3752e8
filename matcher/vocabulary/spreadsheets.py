"""The vocabulary's CSV files, read with a clear word for whoever slips in one."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable

from matcher.errors import MatcherError
from matcher.folding import fold
from matcher.vocabulary.concept import LANGUAGES, LISTS, PREFIXES, SPOKEN, Concept, Kind

# A shorter beginning catches words that have nothing to do with it; beside
# another word of its phrase it may be as short as a stem.
SHORTEST_BEGINNING = 4
SHORTEST_IN_PHRASE = 2
ONLY_IN_LISTS = "only_in_lists.csv"


def read_vocabulary(folder: Traversable) -> tuple[Concept, ...]:
    """Give every concept of a folder's files, in the order of a form.

    Parameters
    ----------
    folder : path or package resource
        Holds the files that :mod:`matcher.vocabulary` ships with.

    Returns
    -------
    tuple of Concept

    Raises
    ------
    MatcherError
        Names the file, row and column of the first slip, and its remedy.
    """
    read: list[tuple[str, int, Concept]] = []
    for kind, file in {**LISTS, **SPOKEN}.items():
        text = folder.joinpath(file).read_text(encoding="utf-8-sig")
        read += [(file, row, concept) for row, concept in read_concepts(kind, file, text)]
    _check_ids(read)
    return tuple(concept for _, _, concept in read)


def read_only_in_lists(folder: Traversable) -> frozenset[str]:
    """Give the words that name a concept in a cell and say nothing in a text, folded."""
    text = folder.joinpath(ONLY_IN_LISTS).read_text(encoding="utf-8-sig")
    return frozenset(fold(row["word"]) for row in csv.DictReader(text.splitlines()))


def read_concepts(kind: Kind, file: str, text: str) -> Iterator[tuple[int, Concept]]:
    """Give one file's concepts, each with its row as a spreadsheet counts it.

    Raises
    ------
    MatcherError
        Where a column, an id or a label lacks, a number is none, or the
        beginning of a word is too short.

    Examples
    --------
    >>> rows = "id,en,ru,kk,ky,uz,uz_Cyrl,tg\\nplace.sea,Sea; sea*,Море,Теңіз,Деңиз,D,Д,Б"
    >>> [(row, found.labels["kk"]) for row, found in read_concepts("place", "places.csv", rows)]
    Traceback (most recent call last):
    matcher.errors.MatcherError: “places.csv”, row 2, column en: “sea*” begins too many words: \
write at least 4 letters before the “*”, or the whole word.
    """
    rows = csv.DictReader(text.splitlines())
    for column in ("id", *LANGUAGES):
        if column not in (rows.fieldnames or ()):
            found = ", ".join(rows.fieldnames or ())
            raise MatcherError("column_missing", file=file, column=column, found=found)
    for number, row in enumerate(rows, start=2):
        yield number, _concept(kind, file, number, row)


def _concept(kind: Kind, file: str, number: int, row: Mapping[str, str | None]) -> Concept:
    """Read one row: a label and aliases in each language."""
    own_id = (row["id"] or "").strip()
    prefix = PREFIXES.get(kind, kind) + "."
    if not own_id.startswith(prefix) or own_id == prefix:
        raise MatcherError("vocabulary_id", file=file, row=number, id=own_id, prefix=prefix)
    labels: dict[str, str] = {}
    spellings = [("", own_id), ("", own_id.partition(".")[2])]
    beginnings: list[tuple[str, str]] = []
    for lang in LANGUAGES:
        words = split_cell(row[lang])
        if not words or "*" in words[0]:
            raise MatcherError("vocabulary_label", file=file, row=number, column=lang)
        labels[lang] = words[0]
        begun = [word for word in words if "*" in word]
        _check_beginnings(begun, file, number, lang)
        beginnings += [(lang, word) for word in begun]
        whole = [word for word in words if "*" not in word]
        spellings += [(lang, each) for word in whole for each in (word, *_halves(word))]
    known = dict.fromkeys(labels.values())
    return Concept(
        own_id,
        kind,
        labels,
        tuple(dict.fromkeys(each for lang, each in spellings if lang and each not in known)),
        tuple(split_cell(row.get("meets"))),
        tuple(dict.fromkeys(spellings)),
        tuple(dict.fromkeys(beginnings)),
        tuple(split_cell(row.get("near"))),
        _share(row.get("in_100"), file, number),
    )


def split_cell(cell: str | None) -> list[str]:
    """Give what a cell lists."""
    return [word.strip() for word in (cell or "").split(";") if word.strip()]


def _halves(words: str) -> list[str]:
    """Give each half of "thriller/crime", which people write alone."""
    return [half.strip() for half in words.split("/")] if "/" in words else []


def _check_beginnings(begun: Iterable[str], file: str, row: int, column: str) -> None:
    for words in begun:
        folded = fold(words).split()
        shortest = SHORTEST_BEGINNING if len(folded) == 1 else SHORTEST_IN_PHRASE
        for word in folded:
            letters = word.rstrip("*")
            if "*" in letters or ("*" in word and len(letters) < shortest):
                raise MatcherError(
                    "vocabulary_beginning",
                    file=file,
                    row=row,
                    column=column,
                    words=words,
                    shortest=shortest,
                )


def _share(cell: str | None, file: str, row: int) -> float | None:
    if not (cell or "").strip():
        return None
    try:
        share = float(str(cell).replace(",", "."))
    except ValueError:
        share = -1.0
    if not 0 < share <= 100:
        raise MatcherError("vocabulary_share", file=file, row=row, text=str(cell))
    return share


def _check_ids(read: list[tuple[str, int, Concept]]) -> None:
    """Refuse an id that is given twice, and a neighbour that nobody has."""
    first: dict[str, tuple[str, int]] = {}
    for file, row, concept in read:
        if concept.id in first:
            before = first[concept.id]
            raise MatcherError(
                "vocabulary_id_double",
                file=file,
                row=row,
                id=concept.id,
                first_file=before[0],
                first=before[1],
            )
        first[concept.id] = (file, row)
    for file, row, concept in read:
        for column, named in (("near", concept.near), ("meets", concept.meets)):
            for each in named:
                if each not in first:
                    nearest = difflib.get_close_matches(each, first, n=1, cutoff=0.0)[0]
                    raise MatcherError(
                        "vocabulary_id_unknown",
                        file=file,
                        row=row,
                        column=column,
                        id=each,
                        nearest=nearest,
                    )
