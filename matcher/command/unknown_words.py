"""What reading the files did not understand: line by line, or by column when there is much."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from matcher.command.terminal import clean, clip, wrap
from matcher.errors import Note, listed_values

# So many notes are read one by one; more of them are gathered by column.
MOST_SINGLY = 8
MOST_OF_A_COLUMN = 8
MOST_ROWS = 5
_LONGEST = 48
_TERMS = frozenset({"note_term_unknown", "note_term_near"})

FileNote = tuple[str, Note]


def unknown_words(notes: Sequence[FileNote]) -> list[str]:
    """Give the lines that name each unknown word with its row and the nearest known ones.

    Parameters
    ----------
    notes : sequence of (str, Note)
        Each with its file.
    """
    terms = [each for each in notes if each[1].code in _TERMS]
    if len(terms) <= MOST_SINGLY:
        return _singly(notes)
    by_column: dict[tuple[str, str], list[Note]] = {}
    for file, note in terms:
        by_column.setdefault((file, note.column), []).append(note)
    lines = _singly([each for each in notes if each[1].code not in _TERMS])
    for (file, column), found in by_column.items():
        lines += wrap(f"{clean(PurePath(file).name)}, column {column}:", 4, first="  *")
        lines += _of_a_column(found)
    return lines


def _singly(notes: Sequence[FileNote]) -> list[str]:
    told = (f"{PurePath(file).name}, {note}" for file, note in notes)
    return [line for one in told for line in wrap(clean(one), 4, first="  *")]


def _of_a_column(notes: Sequence[Note]) -> list[str]:
    """Give each unknown word of a column once, with its rows."""
    rows: dict[str, list[int]] = {}
    nearest: dict[str, str] = {}
    for note in notes:
        text = str(note.params["text"])
        rows.setdefault(text, []).append(note.row)
        if "nearest" in note.params:
            nearest[text] = f"; near: {listed_values(note.params, 'nearest')}"
    lines: list[str] = []
    for text in list(rows)[:MOST_OF_A_COLUMN]:
        said = f"“{clip(clean(text), _LONGEST)}”, {_rows(rows[text])}{nearest.get(text, '')}"
        lines += wrap(clean(said), 8, first="      -")
    beyond = len(rows) - MOST_OF_A_COLUMN
    return [*lines, f"      - and {beyond} more, which --json lists"] if beyond > 0 else lines


def _rows(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:MOST_ROWS]))
    more = len(numbers) - MOST_ROWS
    if more > 0:
        return f"rows {shown} and {more} more"
    return f"row {shown}" if len(numbers) == 1 else f"rows {shown}"
