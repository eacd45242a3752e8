"""The summary as JSON, for other programs: values, never sentences."""

from __future__ import annotations

import json
from typing import Any

from matcher.assignment import Shortfall
from matcher.command.answer_words import answers_json
from matcher.command.planning import Answers
from matcher.errors import Note, Parameter
from matcher.facts import InputFacts, PlanFacts


def plan_json(facts: PlanFacts, answers: Answers | None = None) -> str:
    """Give a plan as one JSON object.

    Keys: ``complete``, ``n_pairs``, ``total``, ``rounding_bound``, ``pairs``
    (in the order of the CSV), ``short_projects``, ``short_mentors``, ``loads``,
    ``worst_project``, ``soft_conflicts``, what reading the files noticed, and
    a key for each question that was asked about the plan.

    Parameters
    ----------
    facts : PlanFacts
    answers : Answers, optional

    Returns
    -------
    str
        Without a line end at the end.
    """
    worst = facts.worst_project()
    plan = facts.plan
    return _written(
        {
            "complete": plan.complete,
            "n_projects": facts.limits.shape[0],
            "n_mentors": facts.limits.shape[1],
            "n_pairs": plan.n_pairs,
            "total": plan.total,
            "rounding_bound": plan.rounding_bound,
            "pairs": _pairs(facts),
            "short_projects": [_short(one) for one in plan.short_projects],
            "short_mentors": [_short(one) for one in plan.short_mentors],
            "loads": _loads(facts),
            "worst_project": None if worst is None else facts.limits.project_ids[worst],
            "soft_conflicts": [
                {
                    "project": one.project,
                    "mentor": one.mentor,
                    "kind": one.kind,
                    "strength": one.strength,
                }
                for one in facts.chosen_soft_conflicts()
            ],
            **_read(facts.read, facts.limits.project_ids, facts.limits.mentor_ids),
            **answers_json(facts, answers or Answers()),
        }
    )


def affinity_json(
    project_ids: tuple[str, ...],
    mentor_ids: tuple[str, ...],
    affinity: list[list[float]],
    read: InputFacts,
) -> str:
    """Give the affinities as one JSON object, rows and columns in the order of the files."""
    return _written(
        {
            "projects": list(project_ids),
            "mentors": list(mentor_ids),
            "affinity": affinity,
            **_read(read, project_ids, mentor_ids),
        }
    )


def _written(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2)


def _pairs(facts: PlanFacts) -> list[dict[str, Any]]:
    ranks = facts.ranks()
    told = []
    for row, column in facts.pairs():
        one: dict[str, Any] = {
            "project": facts.limits.project_ids[row],
            "mentor": facts.limits.mentor_ids[column],
            "affinity": float(facts.affinity[row, column]),
            "rank": int(ranks[row, column]),
            "locked": bool(facts.limits.locked[row, column]),
        }
        if (row, column) in facts.words:
            one["word"] = facts.words[row, column]
            one["reasons"] = [reason.to_dict() for reason in facts.reasons[row, column]]
        told.append(one)
    return told


def _loads(facts: PlanFacts) -> list[dict[str, Any]]:
    return [
        {
            "mentor": one,
            "load": facts.loads()[column],
            "min_load": int(facts.limits.load_low[column]),
            "max_load": int(facts.limits.load_high[column]),
        }
        for column, one in enumerate(facts.limits.mentor_ids)
    ]


def _short(one: Shortfall) -> dict[str, Any]:
    return {"id": one.id, "asked": one.asked, "got": one.got, "missing": one.missing}


def _read(
    read: InputFacts, project_ids: tuple[str, ...], mentor_ids: tuple[str, ...]
) -> dict[str, Any]:
    return {
        "without_encoder": encoder_json(read.without_encoder),
        "too_thin_projects": [project_ids[row] for row in read.thin_projects],
        "too_thin_mentors": [mentor_ids[column] for column in read.thin_mentors],
        "notes": [
            {
                "file": file,
                "row": note.row,
                "column": note.column,
                "code": note.code,
                **{name: _plain(value) for name, value in note.params.items()},
            }
            for file, note in read.notes
        ],
        "fills": [
            {"flag": one.flag, "side": one.side, "filled": one.n_filled, "rows": one.n_rows}
            for one in read.fills
        ],
    }


def encoder_json(note: Note | None) -> dict[str, Any] | None:
    """Give why an encoder did not read the texts: a code and what it names."""
    return None if note is None else {"code": note.code, **note.params}


def _plain(value: Parameter) -> Any:
    return list(value) if isinstance(value, tuple) else value
