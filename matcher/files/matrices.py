"""A whole matrix of affinities from a file, and back: rows projects, columns mentors."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.errors import MatcherError
from matcher.files.cells import CellPlace, guarded, plain, read_id, written_number
from matcher.files.saving import Target, save_rows
from matcher.files.sheets import Source, header_under, read_bytes, read_text, records, text_in

_NUMPY = b"\x93NUMPY"


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """How well each mentor fits each project, on any scale.

    Attributes
    ----------
    project_ids, mentor_ids : tuple of str
        What the rows and the columns stand for.
    values : ndarray of float64, shape (n_projects, n_mentors)
        Finite numbers.
    """

    project_ids: tuple[str, ...]
    mentor_ids: tuple[str, ...]
    values: NDArray[np.float64]


def read_matrix(source: Source) -> Matrix:
    """Give the matrix in a CSV file or in a numpy file.

    Parameters
    ----------
    source : path or text file
        CSV: the first row names the mentors behind its first cell, the first
        column names the projects. ``.npy``: a plain two-dimensional array,
        whose ids are its row and column numbers from 0.

    Raises
    ------
    MatcherError
        When it is neither, when an id is missing or double, and for the first
        cell that is empty, no number or not finite, by row and column.
    """
    if isinstance(source, str | Path):
        # Read once: a pipe gives its bytes to the first who asks.
        file, content = str(source), read_bytes(str(source))
        if file.lower().endswith(".npy") or content.startswith(_NUMPY):
            return _from_numpy(file, content)
        text = text_in(file, content, first_column="project")
    else:
        file, text = read_text(source, first_column="project")
    comma, semicolon, tab = (header_under(file, text, each) for each in ",;\t")
    delimiter = "," if len(comma[1]) > 1 else ";" if len(semicolon[1]) > 1 else "\t"
    if delimiter == "\t" and len(tab[1]) < 2:
        delimiter = ","
    return _from_csv(file, text, delimiter)


def _from_csv(file: str, text: str, delimiter: str) -> Matrix:
    rows = records(file, text, delimiter)
    _, header = next(rows, (0, []))
    if not header:
        raise MatcherError("file_empty", file=file, column="project")
    if all(_is_number(cell) for cell in header):
        raise MatcherError("matrix_without_ids", file=file)
    mentor_ids = _mentor_ids(file, header)
    first: dict[str, int] = {}
    values: list[list[float]] = []
    for number, cells in rows:
        project_id = read_id(cells[0])
        at = CellPlace(file, number, plain(header[0]) or "1")
        if not project_id:
            raise at.error("id_empty")
        if project_id in first:
            raise at.error("id_double", id=project_id, first=first[project_id])
        first[project_id] = number
        values.append(_numbers(file, number, cells, mentor_ids))
    matrix = np.array(values, dtype=np.float64).reshape(len(first), len(mentor_ids))
    return Matrix(tuple(first), mentor_ids, matrix)


def _mentor_ids(file: str, header: Sequence[str]) -> tuple[str, ...]:
    named = [read_id(cell) for cell in header[1:]]
    while named and not named[-1]:
        named.pop()
    first: dict[str, int] = {}
    for number, mentor_id in enumerate(named, start=2):
        if not mentor_id:
            raise MatcherError("matrix_column_without_id", file=file, number=number)
        if mentor_id in first:
            raise MatcherError(
                "column_double", file=file, column=mentor_id, first=first[mentor_id], second=number
            )
        first[mentor_id] = number
    return tuple(named)


def _numbers(file: str, row: int, cells: Sequence[str], mentor_ids: Sequence[str]) -> list[float]:
    beyond = len(mentor_ids) + 1
    if any(cell.strip() for cell in cells[beyond:]):
        raise MatcherError("row_too_long", file=file, row=row, cells=len(cells), columns=beyond)
    padded = [*cells[1:beyond], *[""] * (beyond - len(cells))]
    return [
        _number(cell, CellPlace(file, row, mentor_id))
        for cell, mentor_id in zip(padded, mentor_ids, strict=True)
    ]


def _number(cell: str, at: CellPlace) -> float:
    text = plain(cell)
    if not text:
        raise at.error("matrix_cell_empty")
    try:
        # Python reads 1_000 as a number; no spreadsheet does.
        number = float(text.replace("_", "?"))
    except ValueError:
        raise at.error("matrix_cell_unreadable", text=text[:60]) from None
    if not math.isfinite(number):
        raise at.error("matrix_cell_not_finite", text=text[:60])
    return number


def _is_number(cell: str) -> bool:
    try:
        float(plain(cell))
    except ValueError:
        return False
    return True


def _from_numpy(file: str, content: bytes) -> Matrix:
    if not content:
        raise MatcherError("file_empty", file=file, column="project")
    try:
        loaded = np.load(io.BytesIO(content), allow_pickle=False)
    except (ValueError, EOFError, OSError, SyntaxError, MemoryError, OverflowError):
        raise MatcherError("matrix_unreadable", file=file) from None
    if not isinstance(loaded, np.ndarray):
        loaded.close()
        raise MatcherError("matrix_unreadable", file=file)
    if loaded.dtype.kind not in "biuf":
        raise MatcherError("matrix_not_numbers", file=file, kind=loaded.dtype.name)
    if loaded.ndim != 2:
        raise MatcherError("matrix_not_two_dimensional", file=file, dimensions=loaded.ndim)
    with np.errstate(over="ignore"):
        values = np.array(loaded, dtype=np.float64, order="C")
    wrong = np.argwhere(~np.isfinite(values))
    if len(wrong):
        row, column = (int(number) for number in wrong[0])
        at = CellPlace(file, row, str(column))
        raise at.error("matrix_cell_not_finite", text=str(values[row, column]))
    n_projects, n_mentors = values.shape
    return Matrix(tuple(map(str, range(n_projects))), tuple(map(str, range(n_mentors))), values)


def write_affinity(
    target: Target,
    project_ids: Sequence[str],
    mentor_ids: Sequence[str],
    values: NDArray[np.float64],
) -> None:
    """Write a matrix with a first column ``project`` and one for each mentor id.

    Parameters
    ----------
    target : path or text file
        A file is replaced as a whole or not at all.
    project_ids, mentor_ids : sequence of str
    values : ndarray of float64, shape (n_projects, n_mentors)
    """
    save_rows(
        target,
        ["project", *map(guarded, mentor_ids)],
        (
            [guarded(project_id), *map(written_number, row)]
            for project_id, row in zip(project_ids, values.tolist(), strict=True)
        ),
    )
