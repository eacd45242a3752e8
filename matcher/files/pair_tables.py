"""Spreadsheets of pairs: who must not be put together, and who stays together."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from typing import get_args

from matcher.errors import MatcherError
from matcher.files.cells import read_id
from matcher.files.sheets import Row, Source, read_sheet
from matcher.folding import fold
from matcher.profiles import Conflict, ConflictStrength, Lock
from matcher.vocabulary import Vocabulary

_STRENGTHS: dict[str, ConflictStrength] = {each: each for each in get_args(ConflictStrength)}


def read_conflicts(
    source: Source,
    *,
    project_ids: Collection[str] | None = None,
    mentor_ids: Collection[str] | None = None,
) -> tuple[Conflict, ...]:
    """Give the declared conflicts in a file.

    Parameters
    ----------
    source : path or text file
        CSV in UTF-8 with the columns ``project`` and ``mentor``, and perhaps
        ``kind`` and ``strength``. A known kind becomes its concept's id; an
        empty strength is ``never``.
    project_ids, mentor_ids : collection of str, optional
        Who takes part: anybody else is an error that names the row.

    Raises
    ------
    MatcherError
        For an id that is empty or that nobody has, or an unknown strength.
    """
    vocabulary = Vocabulary.load()
    conflicts = []
    for row in read_sheet(source, required=("project", "mentor")).rows:
        project, mentor = _pair(row, project_ids, mentor_ids)
        kind = row.text("kind")
        concept = vocabulary.recognise(kind, "conflict_kind") if kind else None
        conflicts.append(Conflict(project, mentor, concept.id if concept else kind, _strength(row)))
    return tuple(conflicts)


def read_locks(
    source: Source,
    *,
    project_ids: Collection[str] | None = None,
    mentor_ids: Collection[str] | None = None,
) -> tuple[Lock, ...]:
    """Give the pairs in a file that stay together, each once.

    Parameters
    ----------
    source : path or text file
        CSV in UTF-8 with the columns ``project`` and ``mentor``.
    project_ids, mentor_ids : collection of str, optional
        Who takes part: anybody else is an error that names the row.

    Raises
    ------
    MatcherError
        For an id that is empty or that nobody has.
    """
    rows = read_sheet(source, required=("project", "mentor")).rows
    pairs = dict.fromkeys(_pair(row, project_ids, mentor_ids) for row in rows)
    return tuple(Lock(project, mentor) for project, mentor in pairs)


def read_standing(
    source: Source, *, project_ids: Collection[str], mentor_ids: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """Give the pairs of a plan that stands, each once.

    Parameters
    ----------
    source : path or text file
        CSV in UTF-8 with the columns ``project`` and ``mentor``; a plan as
        :func:`matcher.tables.write_plan` writes it.
    project_ids, mentor_ids : collection of str
        Who takes part: anybody else is an error that names the row.

    Raises
    ------
    MatcherError
        For an id that is empty or that nobody has: clear the rows of people who
        are gone.
    """
    pairs: dict[tuple[str, str], None] = {}
    for row in read_sheet(source, required=("project", "mentor")).rows:
        try:
            pairs[_pair(row, project_ids, mentor_ids)] = None
        except MatcherError as error:
            if error.code != "id_unknown":
                raise
            raise MatcherError("standing_id_unknown", **error.params) from None
    return tuple(pairs)


def _pair(
    row: Row, project_ids: Collection[str] | None, mentor_ids: Collection[str] | None
) -> tuple[str, str]:
    return _member(row, "project", project_ids), _member(row, "mentor", mentor_ids)


def _member(row: Row, column: str, ids: Collection[str] | None) -> str:
    at = row.at(column)
    own_id = read_id(row.cell(column))
    if not own_id:
        raise at.error("cell_empty")
    if ids is None or own_id in ids:
        return own_id
    nearest = get_close_matches(own_id, ids, n=1, cutoff=0.0)
    if not nearest:
        raise at.error("id_unknown_nobody", id=own_id)
    raise at.error("id_unknown", id=own_id, nearest=nearest[0])


def _strength(row: Row) -> ConflictStrength:
    text = row.text("strength")
    strength = _STRENGTHS.get(fold(text) or "never")
    if strength is None:
        raise row.at("strength").error("strength_unknown", text=text)
    return strength
