"""A plan as a CSV file: one row for each pair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matcher.files.cells import guarded, written_number
from matcher.files.saving import Target, save_rows


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One pair of a plan.

    Attributes
    ----------
    project, mentor : str
        Their ids.
    affinity : float
        As it was given, on whatever scale.
    rank : int
        From 1 among this project's chosen mentors.
    reasons : str
        Why, in words.
    more : tuple of str
        A cell for each of the plan's further columns.
    """

    project: str
    mentor: str
    affinity: float
    rank: int
    reasons: str = ""
    more: tuple[str, ...] = ()


def write_plan(
    target: Target,
    rows: Iterable[PlanRow],
    *,
    reasons: bool = True,
    more: Sequence[str] = (),
) -> None:
    """Write a plan with the columns ``project,mentor,affinity,rank,reasons``.

    Parameters
    ----------
    target : path or text file
        A file is replaced as a whole or not at all.
    rows : iterable of PlanRow
    reasons : bool, default True
        Whether there is a column for them.
    more : sequence of str
        The names of further columns, behind the others.
    """
    header = ["project", "mentor", "affinity", "rank", "reasons"]
    save_rows(
        target,
        [*(header if reasons else header[:-1]), *more],
        (
            [
                guarded(row.project),
                guarded(row.mentor),
                written_number(row.affinity),
                str(row.rank),
                *([guarded(row.reasons)] if reasons else []),
                *map(guarded, row.more),
            ]
            for row in rows
        ),
    )
