"""A plan as a tired organizer wants to read it in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.command.answer_words import (
    answer_sections,
    option_section,
    shortage_sections,
    total_sentence,
)
from matcher.command.concerns import (
    reading,
    section,
    soft_conflicts,
    thin_profiles,
    worst_project,
)
from matcher.command.groups_words import groups_headline, groups_lines
from matcher.command.pair_words import mentor_lines
from matcher.command.planning import Answers
from matcher.command.terminal import clean, clip, columns, wrap
from matcher.command.wording import (
    counted,
    named,
)
from matcher.facts import InputFacts, Pair, PlanFacts


def plan_summary(facts: PlanFacts, answers: Answers | None = None) -> str:
    """Give the whole summary of a plan.

    Parameters
    ----------
    facts : PlanFacts
    answers : Answers, optional
        What was asked about it.

    Returns
    -------
    str
        Lines of at most 92 columns, without a line end at the end.
    """
    answers = answers or Answers()
    parts = [
        *(_of_groups(facts, answers) if answers.grouped else _of_pairs(facts, answers)),
        section("TIES TO MIND BEFORE YOU TELL EVERYONE", soft_conflicts(facts)),
        thin_profiles(
            facts.read,
            (facts.limits.project_ids, facts.limits.mentor_ids),
            (facts.project_names, facts.mentor_names),
            facts.hard_to_compare(),
        ),
        *reading(facts.read),
    ]
    return "\n\n".join(part for part in parts if part)


def affinity_summary(
    affinity: NDArray[np.float64],
    project_ids: Sequence[str],
    mentor_ids: Sequence[str],
    read: InputFacts,
    names: tuple[Sequence[str], Sequence[str]],
) -> str:
    """Give what the affinities say at a glance: each project's best three mentors.

    Parameters
    ----------
    affinity : float64 array, shape (n_projects, n_mentors)
        In 0..1.
    project_ids, mentor_ids : sequences of str
    read : InputFacts
    names : two sequences of str
        Titles and names, in the order of the ids.

    Returns
    -------
    str
    """
    head = (
        f"How well {counted(len(project_ids), 'project')} and "
        f"{counted(len(mentor_ids), 'mentor')} fit, from 0 to 1."
    )
    rows = []
    for row, one in enumerate(project_ids):
        order = sorted(range(len(mentor_ids)), key=lambda c: (-affinity[row, c], mentor_ids[c]))
        best = [f"{clip(clean(mentor_ids[c]), 12)} {affinity[row, c]:.2f}" for c in order[:3]]
        title = "" if names[0][row] == one else clip(clean(names[0][row]), 36)
        rows.append([clip(clean(one), 16), title, *best, *[""] * (3 - len(best))])
    parts = [
        head,
        section("EACH PROJECT'S NEAREST MENTORS", [columns(rows)] if rows else []),
        thin_profiles(read, (project_ids, mentor_ids), names, []),
        *reading(read),
    ]
    return "\n\n".join(part for part in parts if part)


def _of_pairs(facts: PlanFacts, answers: Answers) -> list[str]:
    best_overall = not (answers.fairness or answers.changes)
    return [
        _headline(facts, answers),
        *answer_sections(facts, answers),
        section("WHO WITH WHOM", _pairs(facts, facts.pairs())),
        option_section(facts, answers),
        section("HOW MANY PROJECTS EACH MENTOR HAS", _loads(facts)),
        *shortage_sections(facts, answers),
        section("LOOK AT THIS ONE FIRST", worst_project(facts, best_overall=best_overall)),
    ]


def _of_groups(facts: PlanFacts, answers: Answers) -> list[str]:
    grouped = answers.grouped
    if grouped is None:
        return []
    limits = facts.limits
    beside = [
        pair
        for pair in facts.pairs()
        if (limits.project_ids[pair[0]], limits.mentor_ids[pair[1]]) not in grouped.number_of
    ]
    return [
        groups_headline(facts, grouped),
        section("WHO IN WHICH GROUP", groups_lines(facts, grouped)),
        section("SINGLE PAIRS BESIDE THE GROUPS", _pairs(facts, beside) if beside else []),
        *shortage_sections(facts, answers),
    ]


def _headline(facts: PlanFacts, answers: Answers) -> str:
    n_projects, n_mentors = facts.limits.shape
    low, high = int(facts.limits.demand_low.sum()), int(facts.limits.demand_high.sum())
    asked = counted(high, "mentor") if low == high else f"{low} to {high} mentors"
    room = int(np.minimum(facts.limits.load_high, n_projects).sum())
    plan = facts.plan
    verdict = (
        "Everybody has what they asked for."
        if plan.complete
        else "Not everybody has what they asked for: see WHO IS SHORT."
    )
    alone = int((plan.chosen.sum(axis=1) == 0).sum())
    nobody = f"{counted(alone, 'project has', 'projects have')} nobody."
    return "\n".join(
        [
            *wrap(
                f"{counted(n_projects, 'project')}, {counted(n_mentors, 'mentor')}, "
                f"{counted(plan.n_pairs, 'pair')}. {verdict}",
                0,
            ),
            *wrap(
                f"Projects ask for {asked} in all, mentors have room for {room}. "
                f"{nobody if alone else 'Every project has somebody.' if n_projects else ''}",
                0,
            ),
            *wrap(total_sentence(facts, answers), 0),
        ]
    )


def _pairs(facts: PlanFacts, pairs: Sequence[Pair]) -> list[str]:
    by_project: dict[int, list[Pair]] = {}
    for pair in pairs:
        by_project.setdefault(pair[0], []).append(pair)
    lines: list[str] = []
    for row, one in enumerate(facts.limits.project_ids):
        lines += wrap(named(facts.project_names[row], one), 2)
        lines += [line for pair in by_project.get(row, []) for line in mentor_lines(facts, pair)]
        if row not in by_project:
            wants = int(facts.limits.demand_high[row])
            lines.append("    nobody" if wants else "    nobody, as asked")
    return lines


def _loads(facts: PlanFacts) -> list[str]:
    rows = []
    for column, has in enumerate(facts.loads()):
        low, high = int(facts.limits.load_low[column]), int(facts.limits.load_high[column])
        remark = (
            f"{low - has} too few"
            if has < low
            else "full"
            if has >= high > 0 and high < facts.limits.shape[0]
            else ""
        )
        name = named(facts.mentor_names[column], facts.limits.mentor_ids[column])
        rows.append([clip(name, 48), str(has), _range(low, high, facts.limits.shape[0]), remark])
    return [columns(rows, numbers=[1])] if rows else []


def _range(low: int, high: int, n_projects: int) -> str:
    if high >= n_projects:
        return f"wants {low} or more" if low else "takes any number"
    if not high:
        return "takes nobody"
    if low == high:
        return f"wants {low}"
    return f"wants {low} to {high}" if low else f"takes up to {high}"
