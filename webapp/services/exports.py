"""The plan as a file: CSV for any program, XLSX for Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from webapp.services.plan_view import PairView, PlanView

# The first five are what `python -m matcher propose` writes; the rest is for people.
COLUMNS = (
    "project",
    "mentor",
    "affinity",
    "rank",
    "reasons",
    "title",
    "name",
    "place",
    "kept",
)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'=", "'+", "'-", "'@")
WIDTHS = (12, 12, 10, 8, 60, 34, 28, 14, 8)

Row = tuple[str | float | int, ...]
WordReasons = Callable[[PairView], str]


def plan_rows(view: PlanView, word_reasons: WordReasons) -> list[Row]:
    """Give the plan's pairs as rows, film by film, best mentor first."""
    return [
        (
            pair.project.code,
            pair.mentor.code,
            "" if pair.affinity is None else round(pair.affinity, 6),
            rank,
            word_reasons(pair),
            pair.project.title,
            pair.mentor.user.name,
            pair.place.value,
            "yes" if pair.is_kept else "",
        )
        for film in view.films
        for rank, pair in enumerate(film.pairs, start=1)
    ]


def write_csv(rows: Sequence[Row]) -> bytes:
    """Give rows as CSV, UTF-8; no cell can become a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_guarded(value) for value in row])
    return buffer.getvalue().encode("utf-8")


def write_xlsx(rows: Sequence[Row]) -> bytes:
    """Give rows as a workbook; texts are cells of text, never formulas."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("plan")
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEFGHI", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([_cell(sheet, name, bold=True) for name in COLUMNS])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _guarded(value: str | float) -> str | float:
    """Put one apostrophe before what a spreadsheet would take for a formula."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def _cell(sheet: Any, value: str | float, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        # openpyxl would make a formula of a text that begins with "=".
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
