"""``evaluate``: how high the right mentors stand, beside plain word overlap and chance."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.command.arguments import Asked
from matcher.command.commands import Outcome, model_of
from matcher.command.evaluation_words import evaluation_json, evaluation_summary
from matcher.evaluation import (
    RankingReport,
    evaluate_ranking,
    mentor_language,
    plain_overlap,
    project_language,
)
from matcher.evaluation.gold import Gold, read_gold
from matcher.files.cells import guarded, read_id
from matcher.files.saving import Target, save_rows
from matcher.files.sheets import read_sheet, read_text
from matcher.profiles import MentorProfile, ProjectProfile
from matcher.proposing import affinities
from matcher.tables import read_mentors, read_projects

Profile = TypeVar("Profile", ProjectProfile, MentorProfile)

_COLUMNS = (
    "project",
    "project_language",
    "right_mentor",
    "mentor_language",
    "place",
    "reciprocal_rank",
    "first_mentor",
)


@dataclass(frozen=True)
class _Pool:
    """The people of both files, and in which language each of them writes."""

    projects: Sequence[ProjectProfile]
    mentors: Sequence[MentorProfile]
    project_languages: list[str]
    mentor_languages: list[str]
    grades: NDArray[np.float64]


def run_evaluate(asked: Asked) -> Outcome:
    """Work out how high the right mentors stand in each project's order."""
    pool = _read(asked)
    model, note = model_of(asked, pool.projects, pool.mentors)
    affinity = affinities(pool.projects, pool.mentors, model)
    report, plain = (
        evaluate_ranking(
            values,
            pool.grades,
            project_languages=pool.project_languages,
            mentor_languages=pool.mentor_languages,
        )
        for values in (affinity, plain_overlap(pool.projects, pool.mentors))
    )
    left_out = [pool.projects[row].id for row in report.left_out]
    return Outcome(
        complete=True,
        write=lambda target: _write(target, pool, affinity, report),
        summary=lambda: evaluation_summary(report, plain, left_out, note),
        json=lambda: evaluation_json(report, plain, left_out, note),
    )


def _read(asked: Asked) -> _Pool:
    ours, theirs = _whole(asked.projects), _whole(asked.mentors)
    projects = read_projects(ours()).profiles
    mentors = read_mentors(theirs()).profiles
    project_ids, mentor_ids = [one.id for one in projects], [one.id for one in mentors]
    gold: Gold = read_gold(
        asked.gold, project_ids=dict.fromkeys(project_ids), mentor_ids=dict.fromkeys(mentor_ids)
    )
    return _Pool(
        projects,
        mentors,
        _languages(projects, gold.project_languages, ours(), project_language),
        _languages(mentors, gold.mentor_languages, theirs(), mentor_language),
        gold.matrix(project_ids, mentor_ids),
    )


def _whole(file: str) -> Callable[[], io.StringIO]:
    """Read a file once, which may be a pipe, and give it as often as it is wanted."""
    _, text = read_text(file, first_column="id")

    def again() -> io.StringIO:
        table = io.StringIO(text, newline="")
        table.name = file
        return table

    return again


def _languages(
    profiles: Sequence[Profile],
    in_gold: Mapping[str, str],
    table: io.StringIO,
    detected: Callable[[Profile], str],
) -> list[str]:
    """Give each one's language: as the gold says, or the own row, or the texts."""
    rows = read_sheet(table, required=("id",)).rows
    own = {read_id(row.cell("id")): row.text("language").casefold() for row in rows}
    return [in_gold.get(one.id) or own.get(one.id) or detected(one) for one in profiles]


def _write(
    target: Target, pool: _Pool, affinity: NDArray[np.float64], report: RankingReport
) -> None:
    """Write a row for each project: its best placed right mentor, and who stands first."""
    right = np.nan_to_num(pool.grades) > 0
    ids = np.array([one.id for one in pool.mentors], dtype=object)
    by_id = np.argsort(ids, kind="stable")  # ties by id

    def best(row: int, among: NDArray[np.bool_]) -> int:
        columns = by_id[among[by_id]]
        return int(columns[affinity[row, columns].argmax()])

    def cells(row: int, project: ProjectProfile) -> list[str]:
        language, first = pool.project_languages[row], best(row, np.ones(len(ids), dtype=bool))
        if math.isnan(report.places[row]):
            own = ["", "", "", ""]
        else:
            column = best(row, right[row])
            own = [
                guarded(str(ids[column])),
                guarded(pool.mentor_languages[column]),
                f"{report.places[row]:g}",
                f"{report.reciprocal_ranks[row]:.6f}",
            ]
        return [guarded(project.id), guarded(language), *own, guarded(str(ids[first]))]

    save_rows(target, _COLUMNS, (cells(*each) for each in enumerate(pool.projects)))
