"""Groups with their tutors, in words and in values."""

from __future__ import annotations

from typing import Any

from matcher.command.group_planning import Grouped
from matcher.command.pair_words import project_lines
from matcher.command.terminal import wrap
from matcher.command.wording import counted, language_name, named, short_figure, total_figure
from matcher.facts import PlanFacts


def groups_headline(facts: PlanFacts, grouped: Grouped) -> str:
    """Give the sizes, the total, and how sure it is."""
    plan = grouped.plan
    sizes = sorted({len(group.projects) for group in plan.groups})
    size = f"{sizes[0]}" if len(sizes) == 1 else f"{sizes[0]} or {sizes[-1]}"
    said = (
        f"{counted(facts.limits.shape[0], 'project')} in {counted(len(plan.groups), 'group')} of "
        f"{size}, each with a tutor."
    )
    if plan.pairs is not None:
        whole = "Everybody has what they asked for."
        short = "Not everybody has what they asked for: see WHO IS SHORT."
        said += f" {counted(plan.pairs.n_pairs, 'single pair')} beside them. "
        said += whole if plan.pairs.complete else short
    return "\n".join([*wrap(said, 0), *wrap(_total(grouped), 0)])


def groups_lines(facts: PlanFacts, grouped: Grouped) -> list[str]:
    """Give each group's tutor, language and projects."""
    rows = {one: row for row, one in enumerate(facts.limits.project_ids)}
    columns = {one: column for column, one in enumerate(facts.limits.mentor_ids)}
    lines: list[str] = []
    for number, group in enumerate(grouped.plan.groups, 1):
        column = columns[group.tutor]
        code = grouped.languages[number - 1]
        tongue = f", in {language_name(code)}" if code else ""
        tutor = named(facts.mentor_names[column], group.tutor)
        lines += wrap(f"Group {number}: {tutor}{tongue}", 2)
        for project in group.projects:
            lines += project_lines(facts, (rows[project], column))
    leading = {group.tutor for group in grouped.plan.groups}
    idle = [
        named(name, one)
        for name, one in zip(facts.mentor_names, facts.limits.mentor_ids, strict=True)
        if one not in leading
    ]
    if idle:
        lines += wrap(f"Without a group: {', '.join(idle)}.", 2, first="  ")
    return lines


def groups_json(grouped: Grouped) -> dict[str, Any]:
    """Give the groups as values."""
    plan = grouped.plan
    return {
        "groups": [
            {
                "number": number,
                "tutor": group.tutor,
                "language": grouped.languages[number - 1] or None,
                "projects": list(group.projects),
                "worth": group.worth,
            }
            for number, group in enumerate(plan.groups, 1)
        ],
        "worth": plan.worth,
        "order": plan.order,
        "upper_bound": plan.certificate.upper_bound,
        "gap": plan.certificate.gap,
    }


def _total(grouped: Grouped) -> str:
    plan = grouped.plan
    found = plan.certificate
    what = "tutors' affinities" if plan.order != "jointly" else "affinities, tutors' and pairs',"
    said = f"All {what} together: {total_figure(found.total)}"
    if found.gap > 1e-6 * max(1.0, abs(found.total)):
        said += (
            f"; the search was stopped after some seconds, and there may be up to "
            f"{short_figure(found.gap)} more."
        )
    else:
        said += ", the most there is under your rules."
    if plan.order == "groups first":
        said += " The single pairs are the best that these groups leave."
    return said
