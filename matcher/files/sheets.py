"""A CSV file as a spreadsheet shows it: named columns, numbered rows, text cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TextIO

from matcher.errors import MatcherError
from matcher.files.cells import CellPlace, plain, read_id

Source = str | Path | TextIO

# What an office program writes in front of its own files.
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_PDF = b"%PDF-"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = frozenset(range(32)) - set(b"\t\n\r\f\v")
# Spreadsheets in Russian and German part the cells of a CSV with a semicolon.
_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header; ``number`` is the one the spreadsheet shows."""

    file: str
    number: int
    cells: dict[str, str]

    def cell(self, column: str) -> str:
        """Give a cell as it stands in the file; a missing column is empty."""
        return self.cells.get(column, "")

    def text(self, column: str) -> str:
        """Give a cell's text, trimmed and without its formula guard."""
        return plain(self.cell(column))

    def at(self, column: str) -> CellPlace:
        """Give the place that an error about this cell names."""
        return CellPlace(self.file, self.number, column)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole file: its columns and its rows that are not empty."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_sheet(source: Source, *, required: Sequence[str]) -> Sheet:
    """Give the rows of a CSV file under the names in its first row.

    Parameters
    ----------
    source : path or text file
        UTF-8 with or without BOM; cells parted by commas, or by semicolons or
        tabs throughout.
    required : sequence of str
        Columns without which the file says nothing.

    Raises
    ------
    MatcherError
        When there is no such file, or it is no CSV file in UTF-8, or lacks a
        required column, or a row has more cells than the header.
    """
    file, text = read_text(source, first_column=required[0])
    headers = [(each, *header_under(file, text, each)) for each in _DELIMITERS]
    fitting = [each for each in headers if set(required) <= set(each[2])]
    if not fitting:
        raise _column_missing(file, text, [columns for _, _, columns in headers], required)
    delimiter, number, columns = fitting[0]
    _refuse_double_columns(file, columns)
    rows = [
        Row(file, row_number, _under(file, row_number, columns, cells))
        for row_number, cells in records(file, text, delimiter)
        if row_number > number
    ]
    return Sheet(file, tuple(name for name in columns if name), tuple(rows))


def _under(file: str, row: int, columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Give a row's cells by column name."""
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise MatcherError(
            "row_too_long", file=file, row=row, cells=len(cells), columns=len(columns)
        )
    named = zip(columns, cells, strict=False)
    return {name: cell for name, cell in named if name}


def _refuse_double_columns(file: str, columns: Sequence[str]) -> None:
    first: dict[str, int] = {}
    for number, name in enumerate(columns, start=1):
        if name and name in first:
            raise MatcherError(
                "column_double", file=file, column=name, first=first[name], second=number
            )
        first[name] = number


def header_under(file: str, text: str, delimiter: str) -> tuple[int, list[str]]:
    """Give the header's row and names as they would be under a delimiter."""
    try:
        number, header = next(records(file, text, delimiter), (0, []))
    except MatcherError:
        return 0, []
    return number, [read_id(name) for name in header]


def _column_missing(
    file: str, text: str, headers: Sequence[Sequence[str]], required: Sequence[str]
) -> MatcherError:
    """Name the missing column, the columns found and the one that may be meant."""
    found = tuple(name for name in max(headers, key=len) if name.strip(',;\t "'))
    if not found:
        # The reason why there is no header, unless the file is only blank cells.
        next(records(file, text, _DELIMITERS[0]), None)
        return MatcherError("file_empty", file=file, column=required[0])
    column = next(name for name in required if name not in found)
    nearest = nearest_column(column, [name for name in found if name not in required])
    shown = tuple(name if len(name) <= 40 else f"{name[:39]}…" for name in found[:40])
    if nearest:
        return MatcherError(
            "column_missing_near", file=file, column=column, found=shown, nearest=nearest
        )
    return MatcherError("column_missing", file=file, column=column, found=shown)


def nearest_column(column: str, among: Sequence[str]) -> str | None:
    """Give the name that comes nearest to a column's, whatever its case."""
    named = {name.casefold(): name for name in reversed(among)}
    for name in among:
        if column in name.casefold().replace("_", " ").replace("-", " ").split():
            return name
    close = get_close_matches(column, named, n=1, cutoff=0.75)
    return named[close[0]] if close else None


def records(file: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Give each row that is not empty with its number in a spreadsheet.

    A cell of several lines is one row; an empty line is one too.
    """
    row = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        row += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field larger" in str(error):
                most = csv.field_size_limit()
                raise MatcherError("cell_too_long", file=file, row=row, most=most) from None
            raise MatcherError("quote_broken", file=file, row=row) from None
        if any(cell.strip() for cell in cells):
            yield row, cells


def read_text(source: Source, *, first_column: str) -> tuple[str, str]:
    """Give a source's name and its text, or say why it is no text in UTF-8."""
    if isinstance(source, str | Path):
        file = str(source)
        return file, text_in(file, read_bytes(file), first_column=first_column)
    file = str(getattr(source, "name", "table"))
    return file, _checked(file, source.read().removeprefix("\ufeff"), first_column)


def text_in(file: str, content: bytes, *, first_column: str) -> str:
    """Give the text in a file's content, or say why it is no text in UTF-8."""
    return _checked(file, _decoded(file, content), first_column)


def _checked(file: str, text: str, first_column: str) -> str:
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise MatcherError("nul_in_text", file=file, line=line)
    if not text.strip():
        raise MatcherError("file_empty", file=file, column=first_column)
    return text


def read_bytes(file: str) -> bytes:
    """Give a file's content, or say why it cannot be opened."""
    try:
        return Path(file).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise MatcherError("file_missing", file=file) from None
    except IsADirectoryError:
        raise MatcherError("file_is_folder", file=file) from None
    except (OSError, ValueError):
        raise MatcherError("file_unreadable", file=file) from None


def _decoded(file: str, content: bytes) -> str:
    if content.startswith(_WORKBOOKS):
        raise MatcherError("file_is_workbook", file=file)
    if content.startswith(_PDF):
        raise MatcherError("file_is_binary", file=file)
    start = content[:4096]
    if content.startswith(_UTF16) or start.count(0) > len(start) // 4:
        raise MatcherError("file_is_utf16", file=file)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if sum(byte in _CONTROLS for byte in start) > len(start) // 50:
            raise MatcherError("file_is_binary", file=file) from None
        line = content.count(b"\n", 0, error.start) + 1
        raise MatcherError("file_not_utf8", file=file, line=line) from None
