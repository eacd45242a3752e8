"""A plan as a tired organizer wants to read it in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath

import numpy as np
from numpy.typing import NDArray

from matcher.facts import InputFacts, Pair, PlanFacts
from matcher.terminal import clean, clip, columns, wrap
from matcher.wording import AFFINITY_WORDS, lead_reason, term_name

_NAME_WIDTH = 60
_WORD_INDENT = 14


def counted(number: int, one: str, many: str = "") -> str:
    """Give "1 project", "2 projects".

    >>> counted(1, "pair"), counted(0, "project is", "projects are")
    ('1 pair', '0 projects are')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"


def figure(value: float) -> str:
    """Give a number as short as it can be told apart: 0.71, 1e+15."""
    return f"{value:.2f}" if 0.01 <= abs(value) < 1e6 or value == 0 else f"{value:.6g}"


def named(name: str, one: str) -> str:
    """Give somebody's name with the id behind it."""
    shown, own = clip(clean(name), _NAME_WIDTH), clip(clean(one), _NAME_WIDTH)
    return shown if shown == own else f"{shown} ({own})"


def plan_summary(facts: PlanFacts) -> str:
    """Give the whole summary of a plan.

    Parameters
    ----------
    facts : PlanFacts

    Returns
    -------
    str
        Lines of at most 92 columns, without a line end at the end.
    """
    names = facts.project_names, facts.mentor_names
    sections = [
        _headline(facts),
        _section("WHO WITH WHOM", _pairs(facts)),
        _section("WHO IS SHORT", _shortages(facts)),
        _section("HOW MANY PROJECTS EACH MENTOR HAS", _loads(facts)),
        _section("LOOK AT THIS ONE FIRST", _worst(facts)),
        _section("PLEASE ASK BEFORE YOU TELL THEM", _soft_conflicts(facts)),
        *_thin_sections(facts.read, facts.limits.project_ids, facts.limits.mentor_ids, names),
        *_reading_sections(facts.read),
    ]
    return "\n\n".join(section for section in sections if section)


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
    sections = [
        head,
        _section("EACH PROJECT'S NEAREST MENTORS", [columns(rows)] if rows else []),
        *_thin_sections(read, project_ids, mentor_ids, names),
        *_reading_sections(read),
    ]
    return "\n\n".join(section for section in sections if section)


def _section(title: str, lines: Iterable[str]) -> str:
    body = "\n".join(lines)
    return f"{title}\n{body}" if body else ""


def _headline(facts: PlanFacts) -> str:
    n_projects, n_mentors = facts.limits.shape
    low, high = int(facts.limits.demand_low.sum()), int(facts.limits.demand_high.sum())
    asked = str(low) if low == high else f"{low} to {high}"
    room = int(np.minimum(facts.limits.load_high, n_projects).sum())
    plan = facts.plan
    verdict = (
        "Everybody has what they asked for."
        if plan.complete
        else "Not everybody has what they asked for: see WHO IS SHORT."
    )
    served = int((plan.chosen.sum(axis=1) > 0).sum())
    bound = f" (rounding: at most {plan.rounding_bound:.1g} below the best there is)"
    return "\n".join(
        [
            f"{counted(n_projects, 'project')}, {counted(n_mentors, 'mentor')}, "
            f"{counted(plan.n_pairs, 'pair')}. {verdict}",
            *wrap(
                f"Projects ask for {asked} mentors in all, mentors have room for {room}. "
                f"{counted(served, 'project has', 'projects have')} a mentor, "
                f"{n_projects - served} none.",
                0,
            ),
            *wrap(f"Total affinity: {plan.total:.10g}{bound}.", 0),
        ]
    )


def _pairs(facts: PlanFacts) -> list[str]:
    by_project: dict[int, list[Pair]] = {}
    for pair in facts.pairs():
        by_project.setdefault(pair[0], []).append(pair)
    lines: list[str] = []
    for row, one in enumerate(facts.limits.project_ids):
        lines += wrap(named(facts.project_names[row], one), 2)
        lines += [line for pair in by_project.get(row, []) for line in _pair(facts, pair)]
        if row not in by_project:
            wants = int(facts.limits.demand_high[row])
            lines.append("    nobody" if wants else "    nobody, as asked")
    return lines


def _pair(facts: PlanFacts, pair: Pair) -> list[str]:
    row, column = pair
    mentor = named(facts.mentor_names[column], facts.limits.mentor_ids[column])
    number = figure(float(facts.affinity[pair]))
    if pair not in facts.words:
        kept = ", kept by your lock" if facts.limits.locked[pair] else ""
        return wrap(f"{mentor}{kept}", _WORD_INDENT + 4, first=f"    {number}")
    word = AFFINITY_WORDS[facts.words[pair]]
    reason = lead_reason(facts.reasons.get(pair, ()))
    kept = " Kept by your lock." if facts.limits.locked[row, column] else ""
    return [
        *wrap(f"{mentor} - {word}, {number}.{kept}", 6, first="    *"),
        *wrap(f"{reason[:1].upper()}{reason[1:]}.", 6),
    ]


def _shortages(facts: PlanFacts) -> list[str]:
    projects = dict(zip(facts.limits.project_ids, facts.project_names, strict=True))
    mentors = dict(zip(facts.limits.mentor_ids, facts.mentor_names, strict=True))
    lines: list[str] = []
    for short in facts.plan.short_projects:
        asks = counted(short.asked, "mentor")
        lines += wrap(
            f"{named(projects[short.id], short.id)} asks for {asks} and has {short.got}: "
            f"{short.missing} missing.",
            4,
            first="  *",
        )
    for short in facts.plan.short_mentors:
        asks = counted(short.asked, "project")
        lines += wrap(
            f"{named(mentors[short.id], short.id)} wants at least {asks} and has {short.got}: "
            f"{short.missing} missing.",
            4,
            first="  *",
        )
    if facts.plan.short_projects:
        lines += wrap("To mend it: raise somebody's max_load, or lower these demands.", 2)
    if facts.plan.short_mentors:
        lines += wrap("To mend it: lower these min_loads, or let projects ask for more.", 2)
    return lines


def _loads(facts: PlanFacts) -> list[str]:
    rows = []
    for column, has in enumerate(facts.loads()):
        low, high = int(facts.limits.load_low[column]), int(facts.limits.load_high[column])
        remark = f"{low - has} too few" if has < low else "full" if has >= high else ""
        name = named(facts.mentor_names[column], facts.limits.mentor_ids[column])
        rows.append([clip(name, 48), str(has), _range(low, high, facts.limits.shape[0]), remark])
    return [columns(rows, numbers=[1])] if rows else []


def _range(low: int, high: int, n_projects: int) -> str:
    if high >= n_projects:
        return f"wants {low} or more" if low else "takes any number"
    if low == high:
        return f"wants {low}"
    return f"wants {low} to {high}" if low else f"takes up to {high}"


def _worst(facts: PlanFacts) -> list[str]:
    row = facts.worst_project()
    if row is None:
        return []
    limits = facts.limits
    mine = facts.affinity[row][facts.plan.chosen[row]]
    project = named(facts.project_names[row], limits.project_ids[row])
    text = f"{project} fares worst: its mentors fit it {figure(float(mine.mean()))} on average."
    best = facts.better_elsewhere(row)
    if best is None:
        return wrap(f"{text} Nobody here would fit it better.", 2, first="  ")
    name = named(facts.mentor_names[best], limits.mentor_ids[best])
    if limits.forbidden[row, best]:
        why = "but the two must not be put together"
    elif facts.loads()[best] >= limits.load_high[best]:
        why = "but is full"
    else:
        why = "but the plan as a whole is better this way"
    value = figure(float(facts.affinity[row, best]))
    return wrap(f"{text} {name} would fit it better ({value}), {why}.", 2, first="  ")


def _soft_conflicts(facts: PlanFacts) -> list[str]:
    projects = dict(zip(facts.limits.project_ids, facts.project_names, strict=True))
    mentors = dict(zip(facts.limits.mentor_ids, facts.mentor_names, strict=True))
    lines: list[str] = []
    for conflict in facts.chosen_soft_conflicts():
        act = "ask them first" if conflict.strength == "ask" else "tell them that it is known"
        kind = f" ({term_name(conflict.kind)})" if conflict.kind else ""
        project = named(projects[conflict.project], conflict.project)
        mentor = named(mentors[conflict.mentor], conflict.mentor)
        lines += wrap(f"{project} and {mentor}{kind}: {act}.", 4, first="  *")
    return lines


def _thin_sections(
    read: InputFacts,
    project_ids: Sequence[str],
    mentor_ids: Sequence[str],
    names: tuple[Sequence[str], Sequence[str]],
) -> list[str]:
    lines = [
        f"{named(names[0][row], project_ids[row])}: a line on what does not work yet, or "
        "one need, would help."
        for row in read.thin_projects
    ] + [
        f"{named(names[1][column], mentor_ids[column])}: a line on what people come to "
        "them for would help."
        for column in read.thin_mentors
    ]
    return [
        _section(
            "WE KNOW TOO LITTLE TO MATCH THESE WELL",
            [part for line in lines for part in wrap(line, 4, first="  *")],
        )
    ]


def _reading_sections(read: InputFacts) -> list[str]:
    told = [f"{PurePath(file).name}, {note}" for file, note in read.notes]
    fills = [
        f"{one.flag} filled {one.n_filled} of {counted(one.n_rows, one.side)}; the others have "
        "a number of their own."
        if one.n_filled < one.n_rows
        else f"{one.flag} filled {counted(one.n_filled, one.side)}, which is all of them."
        for one in read.fills
    ]
    return [
        _section(title, [line for one in lines for line in wrap(clean(one), 4, first="  *")])
        for title, lines in (("WORDS WE DID NOT KNOW", told), ("EMPTY CELLS", fills))
    ]
