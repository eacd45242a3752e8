"""What a plan changes of the one that stands, in words and in values."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from matcher.command.terminal import wrap
from matcher.command.wording import and_list, counted, named, short_figure, total_figure
from matcher.stability import Exchange, PlanChange, StablePlan

_WHY = {
    "conflict": "the two have a conflict that forbids it",
    "no_place": "there is no place for it beside your locks, loads and demands",
}


def changes_headline(plan: StablePlan) -> str:
    """Say among which plans the total is the greatest."""
    total = total_figure(plan.total)
    if math.isinf(plan.change_price):
        return f"All affinities together: {total}, the most there is with as few changes as can be."
    return (
        f"All affinities together: {total}, the most there is where each change must bring "
        f"{short_figure(plan.change_price)}."
    )


def changes_lines(
    plan: StablePlan, projects: Mapping[str, str], mentors: Mapping[str, str]
) -> list[str]:
    """Say how many pairs stay, and what each exchange of pairs brings.

    Parameters
    ----------
    plan : StablePlan
    projects, mentors : mappings of str to str
        Titles and names by id.
    """
    kinds = [line.kind for line in plan.lines]
    stay = kinds.count("stays")
    n_standing = stay + plan.n_lost
    lines = wrap(
        f"{stay} of {counted(n_standing, 'pair')} {'stays' if stay == 1 else 'stay'}; "
        f"{_told(kinds)}",
        2,
        first="  ",
    )
    if plan.exchanges:
        lines += wrap(
            f"All changes together bring {_signed(plan.gain)}: from "
            f"{total_figure(plan.previous_total)} to {total_figure(plan.total)}. What hangs "
            "together is to be taken or left as one.",
            2,
            first="  ",
        )
    for exchange in plan.exchanges:
        own = [line for line in plan.lines if line.exchange == exchange.number]
        lines += _exchange(exchange, own, projects, mentors)
    for gone in plan.impossible:
        pair = f"{named(projects[gone.project], gone.project)} with " + named(
            mentors[gone.mentor], gone.mentor
        )
        lines += wrap(f"{pair} cannot stay: {_WHY[gone.why]}.", 4, first="  *")
    return lines


def changes_json(plan: StablePlan) -> dict[str, Any]:
    """Give the changes as values; an infinite price is null."""
    return {
        "change_price": plan.change_price if math.isfinite(plan.change_price) else None,
        "n_changes": plan.n_changes,
        "n_lost": plan.n_lost,
        "n_gained": plan.n_gained,
        "total": plan.total,
        "previous_total": plan.previous_total,
        "gain": plan.gain,
        "lines": [
            {
                "kind": line.kind,
                "project": line.project,
                "mentor": line.mentor,
                "instead_of": line.instead_of,
                "gain": line.gain,
                "exchange": line.exchange,
            }
            for line in plan.lines
        ],
        "exchanges": [
            {
                "number": one.number,
                "lost": [list(pair) for pair in one.lost],
                "gained": [list(pair) for pair in one.gained],
                "gain": one.gain,
                "n_changes": one.n_changes,
                "needed": one.needed,
            }
            for one in plan.exchanges
        ],
        "impossible": [
            {"project": one.project, "mentor": one.mentor, "why": one.why}
            for one in plan.impossible
        ],
    }


def _told(kinds: Sequence[str]) -> str:
    moves, new, lost = (kinds.count(kind) for kind in ("moves", "new", "lost"))
    said = []
    if moves:
        said.append(f"{counted(moves, 'place goes', 'places go')} to another mentor")
    if new:
        said.append(f"{counted(new, 'pair is', 'pairs are')} new")
    if lost:
        said.append(f"{counted(lost, 'pair is', 'pairs are')} given up")
    return f"{and_list(said)}." if said else "nothing changes."


def _exchange(
    exchange: Exchange,
    lines: list[PlanChange],
    projects: Mapping[str, str],
    mentors: Mapping[str, str],
) -> list[str]:
    fills = len(exchange.gained) > len(exchange.lost)
    must = "; it cannot be left out" if exchange.needed else ""
    if len(lines) == 1:
        # A new pair by itself fills a place, as its line says.
        remark = "" if fills else must
        return wrap(f"{_line(lines[0], projects, mentors)}{remark}.", 4, first="  *")
    must = "; it fills an empty place" if fills else must
    told = wrap(f"Together {_signed(exchange.gain)}{must}:", 4, first="  *")
    for line in lines:
        told += wrap(f"{_line(line, projects, mentors)}.", 8, first="      -")
    return told


def _line(line: PlanChange, projects: Mapping[str, str], mentors: Mapping[str, str]) -> str:
    project = named(projects[line.project], line.project)
    mentor = named(mentors[line.mentor], line.mentor)
    gain = _signed(line.gain)
    if line.kind == "moves" and line.instead_of is not None:
        old = named(mentors[line.instead_of], line.instead_of)
        return f"{project}: {mentor} instead of {old}, {gain}"
    if line.kind == "lost":
        return f"{project}: no longer {mentor}, {gain}"
    return f"{project}: also {mentor}, {gain}"


def _signed(value: float) -> str:
    return f"{'+' if value >= 0 else '-'}{short_figure(abs(value))}"
