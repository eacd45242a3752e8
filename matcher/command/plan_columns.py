"""The further columns of a plan's file, where something was asked that a pair can tell."""

from __future__ import annotations

from collections.abc import Callable

from matcher.command.planning import Answers
from matcher.facts import PlanFacts

Cells = Callable[[int, int], tuple[str, ...]]


def plan_columns(facts: PlanFacts, answers: Answers) -> tuple[tuple[str, ...], Cells]:
    """Give the names of the further columns, and what gives a pair's cells in them.

    Beside a standing plan: ``change`` (stays, moves, new) and ``instead_of``,
    the mentor whom the project gives up where it moves. Pairs that are lost
    without another in their place are no rows of a plan; the summary and the
    JSON name them.
    """
    if answers.changes is None:
        return (), lambda _row, _column: ()
    limits = facts.limits
    told = {
        (line.project, line.mentor): (line.kind, line.instead_of or "")
        for line in answers.changes.lines
        if line.kind != "lost"
    }
    return (
        ("change", "instead_of"),
        lambda row, column: told[limits.project_ids[row], limits.mentor_ids[column]],
    )
