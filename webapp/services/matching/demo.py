"""The invented lab's files, read for the web application cell by cell."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from importlib.resources import files

import matcher
from matcher.files.cells import CellPlace, plain, read_demand, read_list, read_number, read_team
from matcher.files.cells import read_windows as _windows
from matcher.files.term_cells import read_languages as _languages

__all__ = ["DemoRow", "read_rows"]


class DemoRow:
    """One row of a file; each cell is read as what it holds."""

    def __init__(self, cells: dict[str, str], at: CellPlace) -> None:
        self._cells = cells
        self._at = at

    def text(self, column: str) -> str:
        """Give a text as it was typed."""
        return plain(self._cells[column])

    def entries(self, column: str) -> list[str]:
        """Give the entries of a list."""
        return read_list(self._cells[column])

    def number(self, column: str) -> int | None:
        """Give a number, or None for an empty cell."""
        return read_number(self._cells[column], self._place(column))

    def demand(self) -> tuple[int | None, int | None]:
        """Give the least and the most mentors a film asks for, or that nothing was said."""
        demand = read_demand(self._cells["demand"], self._place("demand"))
        return (demand.low, demand.high) if demand else (None, None)

    def languages(self) -> list[dict[str, str | None]]:
        """Give the languages somebody speaks, with the level where one was given."""
        skills, _ = _languages(self._cells["languages"], self._place("languages"))
        return [{"code": skill.code, "level": skill.level} for skill in skills]

    def team(self) -> list[dict[str, str]]:
        """Give a film's people and what they do."""
        return [{"name": each.name, "role": each.role} for each in read_team(self._cells["team"])]

    def windows(self) -> list[tuple[datetime, datetime]]:
        """Give stretches of time, both ends with their offset."""
        windows = _windows(self._cells["available"], self._place("available"))
        return [(each.starts_at, each.ends_at) for each in windows]

    def _place(self, column: str) -> CellPlace:
        return CellPlace(self._at.file, self._at.row, column)


def read_rows(name: str) -> list[DemoRow]:
    """Give the rows of one of the lab's files: projects, mentors, conflicts, locks."""
    file = files(matcher).joinpath("datasets", f"demo_{name}.csv")
    text = io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")
    return [
        DemoRow(cells, CellPlace(f"demo_{name}.csv", number, ""))
        for number, cells in enumerate(csv.DictReader(text), start=2)
    ]
