"""Spreadsheets of people and pairs to values and back; errors name file, row and column."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from matcher.errors import Note
from matcher.files.cells import guarded, read_id
from matcher.files.matrices import Matrix, read_matrix, write_affinity
from matcher.files.pair_tables import read_conflicts, read_locks
from matcher.files.people_rows import (
    read_mentor,
    read_project,
    rows_with_ids,
    written_mentor,
    written_project,
)
from matcher.files.plans import PlanRow, write_plan
from matcher.files.saving import Target, save_rows
from matcher.files.sheets import Sheet, Source, read_sheet
from matcher.profiles import Demand, MentorProfile, ProjectProfile

__all__ = [
    "Matrix",
    "MentorTable",
    "PlanRow",
    "ProjectTable",
    "read_conflicts",
    "read_locks",
    "read_matrix",
    "read_mentors",
    "read_projects",
    "write_affinity",
    "write_mentors",
    "write_plan",
    "write_projects",
]

_PROJECT_COLUMNS = (
    *("id", "title", "logline", "synopsis", "statement", "difficulties", "goals", "needs"),
    *("form", "genres", "stage", "languages", "country", "team", "demand"),
)
_MENTOR_COLUMNS = (
    *("id", "name", "bio", "offers", "expertise", "credits", "forms", "genres", "stages"),
    *("languages", "country", "min_load", "max_load"),
)
_WISHES = ("talk_in", "wishes", "past")
# Written only where somebody has something to say in them.
_PROJECT_OPTIONAL = ("email", "company", "available", "reading", "needs_unordered", *_WISHES)
_MENTOR_OPTIONAL = ("email", "company", "available", "territories", *_WISHES)

Extras = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class ProjectTable:
    """A file of projects.

    Attributes
    ----------
    profiles : tuple of ProjectProfile
        In the order of the rows; each has a demand.
    notes : tuple of Note
        What was read all the same, and is worth a look.
    columns : tuple of str
        All columns of the file.
    extras : mapping of str to mapping of str to str
        By project id: the cells of the columns that the matcher does not read.
    n_filled_demand : int
        How many empty cells the default demand filled.
    """

    profiles: tuple[ProjectProfile, ...]
    notes: tuple[Note, ...]
    columns: tuple[str, ...]
    extras: Extras
    n_filled_demand: int = 0


@dataclass(frozen=True, slots=True)
class MentorTable:
    """A file of mentors.

    Attributes
    ----------
    profiles : tuple of MentorProfile
        In the order of the rows; each has a load.
    notes, columns, extras
        As for :class:`ProjectTable`.
    n_filled_min_load, n_filled_max_load : int
        How many empty cells each default filled.
    """

    profiles: tuple[MentorProfile, ...]
    notes: tuple[Note, ...]
    columns: tuple[str, ...]
    extras: Extras
    n_filled_min_load: int = 0
    n_filled_max_load: int = 0


def read_projects(source: Source, *, demand: Demand | None = None) -> ProjectTable:
    """Give the projects in a file.

    Parameters
    ----------
    source : path or text file
        CSV in UTF-8; only the column ``id`` is required.
    demand : Demand, optional
        Fills empty cells only; without it they ask for one mentor.

    Raises
    ------
    MatcherError
        For the first thing in the file that cannot be read as it must be.

    Examples
    --------
    >>> import io
    >>> table = read_projects(io.StringIO("id,needs,demand\\n01,editing; sound,2-3\\n"))
    >>> table.profiles[0].id, [need.concept for need in table.profiles[0].needs]
    ('01', ['need.editing', 'need.sound-music'])
    """
    sheet = read_sheet(source, required=("id",))
    known = (*_PROJECT_COLUMNS, *_PROJECT_OPTIONAL)
    profiles: list[ProjectProfile] = []
    notes = _column_notes(sheet, known)
    for row, project_id in rows_with_ids(sheet):
        profile, found = read_project(row, project_id, demand or Demand(1, 1))
        profiles.append(profile)
        notes += found
    filled = _n_empty(sheet, "demand") if demand else 0
    return ProjectTable(tuple(profiles), tuple(notes), sheet.columns, _extras(sheet, known), filled)


def read_mentors(
    source: Source, *, min_load: int | None = None, max_load: int | None = None
) -> MentorTable:
    """Give the mentors in a file.

    Parameters
    ----------
    source : path or text file
        CSV in UTF-8; only the column ``id`` is required.
    min_load, max_load : int, optional
        Fill empty cells only; without them a mentor takes any number from 0.

    Raises
    ------
    MatcherError
        For the first thing in the file that cannot be read as it must be.
    """
    sheet = read_sheet(source, required=("id",))
    known = (*_MENTOR_COLUMNS, *_MENTOR_OPTIONAL)
    profiles: list[MentorProfile] = []
    notes = _column_notes(sheet, known)
    for row, mentor_id in rows_with_ids(sheet):
        profile, found = read_mentor(row, mentor_id, min_load, max_load)
        profiles.append(profile)
        notes += found
    return MentorTable(
        tuple(profiles),
        tuple(notes),
        sheet.columns,
        _extras(sheet, known),
        0 if min_load is None else _n_empty(sheet, "min_load"),
        0 if max_load is None else _n_empty(sheet, "max_load"),
    )


def _column_notes(sheet: Sheet, known: Sequence[str]) -> list[Note]:
    """Note each column that is not read and looks as if it should be."""
    missing = [name for name in known if name not in sheet.columns]
    notes: list[Note] = []
    for column in sheet.columns:
        near = None if column in known else _meant(column, missing)
        if near:
            params = {"nearest": near}
            notes.append(Note("note_column_near", 1, column, params))
    return notes


def _meant(column: str, missing: Sequence[str]) -> str | None:
    close = get_close_matches(column.casefold(), missing, n=1, cutoff=0.8)
    return close[0] if close else None


def _extras(sheet: Sheet, known: Collection[str]) -> Extras:
    columns = [name for name in sheet.columns if name not in known]
    return {
        read_id(row.cell("id")): {name: row.text(name) for name in columns} for row in sheet.rows
    }


def _n_empty(sheet: Sheet, column: str) -> int:
    return sum(not row.text(column) for row in sheet.rows)


def write_projects(
    target: Target, profiles: Iterable[ProjectProfile], *, extras: Extras | None = None
) -> None:
    """Write projects so that reading them gives the same profiles.

    Parameters
    ----------
    target : path or text file
    profiles : iterable of ProjectProfile
    extras : mapping, optional
        By project id: further cells, as :class:`ProjectTable` keeps them.
    """
    rows = {profile.id: written_project(profile) for profile in profiles}
    _save_people(target, rows, (_PROJECT_COLUMNS, _PROJECT_OPTIONAL), extras or {})


def write_mentors(
    target: Target, profiles: Iterable[MentorProfile], *, extras: Extras | None = None
) -> None:
    """Write mentors so that reading them gives the same profiles.

    Parameters
    ----------
    target : path or text file
    profiles : iterable of MentorProfile
    extras : mapping, optional
        By mentor id: further cells, as :class:`MentorTable` keeps them.
    """
    rows = {profile.id: written_mentor(profile) for profile in profiles}
    _save_people(target, rows, (_MENTOR_COLUMNS, _MENTOR_OPTIONAL), extras or {})


def _save_people(
    target: Target,
    rows: Mapping[str, Mapping[str, str]],
    columns: tuple[Sequence[str], Sequence[str]],
    extras: Extras,
) -> None:
    always, optional = columns
    used = [name for name in optional if any(cells.get(name) for cells in rows.values())]
    more = dict.fromkeys(name for each in rows for name in extras.get(each, {}))
    header = [*always, *used]
    further = [name for name in more if name not in (*always, *optional)]
    save_rows(
        target,
        [*header, *(guarded(name) for name in further)],
        (
            [
                *(cells.get(name, "") for name in header),
                *(guarded(extras.get(each, {}).get(name, "").strip()) for name in further),
            ]
            for each, cells in rows.items()
        ),
    )
