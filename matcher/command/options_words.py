"""Which other mentors a project could have, in words and in values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matcher.command.planning import Option
from matcher.command.terminal import wrap
from matcher.command.wording import and_list, counted, named, short_figure
from matcher.counterfactuals import Consequence


def options_title(k: int) -> str:
    """Give the section's title."""
    return f"WHO ELSE: EACH PROJECT'S NEXT {counted(k, 'MENTOR', 'MENTORS')}, AND WHAT THEY COST"


def options_lines(
    options: Sequence[Sequence[Option]], projects: Mapping[str, str], mentors: Mapping[str, str]
) -> list[str]:
    """Name each project's next mentors, what the total loses, and who makes room.

    Parameters
    ----------
    options : sequence of sequences of Option, one a project
    projects, mentors : mappings of str to str
        Titles and names by id, in the order of rows and columns.
    """
    lines = wrap(
        "The number is what the whole plan loses, the rest of it making room as well as it can.",
        2,
        first="  ",
    )
    for (one, title), found in zip(projects.items(), options, strict=True):
        lines += wrap(named(title, one), 2)
        if not found:
            lines.append("    nobody else could be given")
        for option in found:
            number = short_figure(max(0.0, option.consequence.price))
            mentor = named(mentors[option.mentor], option.mentor)
            said = f"{mentor}{_moves(option.consequence, mentors)}"
            lines += wrap(said, 14, first=f"    {number}  ")
    return lines


def options_json(
    options: Sequence[Sequence[Option]], project_ids: Sequence[str]
) -> list[dict[str, Any]]:
    """Give each project's next mentors as values."""
    return [
        {
            "project": one,
            "next": [
                {
                    "mentor": option.mentor,
                    "price": option.consequence.price,
                    "pairs_lost": option.consequence.pairs_lost,
                    "minimums_missed": option.consequence.minimums_missed,
                    "total": option.consequence.total,
                    "lost": [list(pair) for pair in option.consequence.lost],
                    "gained": [list(pair) for pair in option.consequence.gained],
                }
                for option in found
            ],
        }
        for one, found in zip(project_ids, options, strict=True)
    ]


def _moves(asked: Consequence, mentors: Mapping[str, str]) -> str:
    """Say instead of whom, and how many others change for it."""
    own = [one.mentor for one in asked.lost if one.project == asked.pair.project]
    back = [one.mentor for one in asked.gained[1:] if one.project == asked.pair.project]
    gone = [named(mentors[one], one) for one in own if one not in back]
    others = {one.project for one in (*asked.lost, *asked.gained)} - {asked.pair.project}
    said = f" instead of {and_list(gone)}" if gone else " as well"
    if others:
        said += f"; {counted(len(others), 'other project changes', 'other projects change')}"
    if asked.pairs_lost > 0:
        said += f"; {counted(asked.pairs_lost, 'pair', 'pairs')} fewer in all"
    if asked.minimums_missed > 0:
        said += f"; {counted(asked.minimums_missed, 'place')} more missing to somebody's minimum"
    return said
