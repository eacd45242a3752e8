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
    JSON name them. In groups: ``group``, the number of the group whose tutor
    the mentor is, empty for a single pair beside.
    """
    limits = facts.limits
    if answers.grouped is not None:
        number_of = answers.grouped.number_of
        return (
            ("group",),
            lambda row, column: (
                str(number_of.get((limits.project_ids[row], limits.mentor_ids[column]), "")),
            ),
        )
    if answers.changes is None:
        return (), lambda _row, _column: ()
    told = {
        (line.project, line.mentor): (line.kind, line.instead_of or "")
        for line in answers.changes.lines
        if line.kind != "lost"
    }
    return (
        ("change", "instead_of"),
        lambda row, column: told[limits.project_ids[row], limits.mentor_ids[column]],
    )
