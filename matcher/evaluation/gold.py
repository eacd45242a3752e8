"""A spreadsheet of who was the right mentor for whom."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
from numpy.typing import NDArray

from matcher.files.cells import read_id
from matcher.files.sheets import Row, Source, read_sheet


@dataclass(frozen=True, slots=True)
class Gold:
    """Right pairs, as somebody named them.

    Attributes
    ----------
    grades : dict of (str, str) to float
        By project's and mentor's id; 0 is a pair that was looked at and found wrong.
    project_languages, mentor_languages : dict of str to str
        By id, where the file says in which language somebody writes.
    """

    grades: dict[tuple[str, str], float]
    project_languages: dict[str, str]
    mentor_languages: dict[str, str]

    def matrix(self, project_ids: Sequence[str], mentor_ids: Sequence[str]) -> NDArray[np.float64]:
        """Give the grades (n_projects, n_mentors), NaN where nothing is said."""
        rows = {one: row for row, one in enumerate(project_ids)}
        columns = {one: column for column, one in enumerate(mentor_ids)}
        matrix = np.full((len(rows), len(columns)), np.nan)
        for (project, mentor), grade in self.grades.items():
            matrix[rows[project], columns[mentor]] = grade
        return matrix


def read_gold(source: Source, *, project_ids: Collection[str], mentor_ids: Collection[str]) -> Gold:
    """Give the right pairs in a file.

    Parameters
    ----------
    source : path or text file
        CSV in UTF-8 with the columns ``project`` and ``mentor``, and perhaps
        ``grade`` (above 0 is right, higher is better; an empty one is 1),
        ``project_language`` and ``mentor_language``.
    project_ids, mentor_ids : collection of str
        Who takes part: anybody else is an error that names the row.

    Raises
    ------
    MatcherError
        For an id that is empty or that nobody has, a grade that is no number,
        or two rows that say different things of the same pair or person.
    """
    gold = Gold({}, {}, {})
    said_in: dict[tuple[str, ...], int] = {}

    def keep(told: dict[str, str], who: str, row: Row, column: str) -> None:
        language = row.text(column).casefold()
        if not language:
            return
        before = told.setdefault(who, language)
        first = said_in.setdefault((column, who), row.number)
        if before != language:
            raise row.at(column).error(
                "gold_language_double", id=who, language=language, before=before, first=first
            )

    for row in read_sheet(source, required=("project", "mentor")).rows:
        pair = _member(row, "project", project_ids), _member(row, "mentor", mentor_ids)
        grade, first = _grade(row), said_in.setdefault(pair, row.number)
        if gold.grades.setdefault(pair, grade) != grade:
            raise row.at("grade").error(
                "gold_grade_double",
                project=pair[0],
                mentor=pair[1],
                grade=grade,
                before=gold.grades[pair],
                first=first,
            )
        keep(gold.project_languages, pair[0], row, "project_language")
        keep(gold.mentor_languages, pair[1], row, "mentor_language")
    return gold


def _member(row: Row, column: str, ids: Collection[str]) -> str:
    at = row.at(column)
    own_id = read_id(row.cell(column))
    if not own_id:
        raise at.error("cell_empty")
    if own_id in ids:
        return own_id
    nearest = get_close_matches(own_id, ids, n=1, cutoff=0.0)
    if not nearest:
        raise at.error("id_unknown_nobody", id=own_id)
    raise at.error("id_unknown", id=own_id, nearest=nearest[0])


def _grade(row: Row) -> float:
    text = row.text("grade")
    if not text:
        return 1.0
    try:
        grade = float(text)
    except ValueError:
        grade = math.nan
    if not math.isfinite(grade) or not 0.0 <= grade <= 1e6:
        raise row.at("grade").error("gold_grade_unreadable", text=text[:60])
    return grade
