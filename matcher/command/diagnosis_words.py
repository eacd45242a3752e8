"""Who blocks a plan and what would repair it, in words and in values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from matcher.command.terminal import wrap
from matcher.command.wording import and_list, counted, named, short_figure, total_figure
from matcher.diagnosis import Act, Blockage, Diagnosis, Repair

Names = Mapping[str, str]

_MOST_NAMED = 8
_MOST_ACTS = 6
_MOST_BLOCKAGES = 6


def blockage_lines(found: Diagnosis, projects: Names, mentors: Names) -> list[str]:
    """Say of each blockage what is needed, what is offered, and by whom.

    Parameters
    ----------
    found : Diagnosis
    projects, mentors : mappings of str to str
        Titles and names by id.

    Returns
    -------
    list of str
        Lines of at most 92 columns; none where everybody has their minimum.
    """
    lines: list[str] = []
    worst_first = sorted(found.blockages, key=lambda one: -one.missing)
    for one in worst_first[:_MOST_BLOCKAGES]:
        askers, others = _sides(one)
        names = (projects, mentors) if one.kind == "projects_short" else (mentors, projects)
        lines += wrap(_balance(one, askers, others, names), 4, first="  *")
        sides = ("Projects", "Mentors") if one.kind == "projects_short" else ("Mentors", "Projects")
        if len(askers) > 1:
            lines += wrap(f"{sides[0]}: {_people(askers, one.needs, names[0])}", 4, first="    ")
        if len(others) > 1:
            lines += wrap(f"{sides[1]}: {_people(others, one.offers, names[1])}", 4, first="    ")
        for told in _circumstances(one, names):
            lines += wrap(told, 4, first="    ")
    if len(worst_first) > _MOST_BLOCKAGES:
        rest = worst_first[_MOST_BLOCKAGES:]
        missing = sum(one.missing for one in rest)
        lines += wrap(f"{len(rest)} more like these, with {missing} missing.", 4, first="  *")
    return lines


def repair_lines(found: Diagnosis, projects: Names, mentors: Names) -> list[str]:
    """Say what would repair the plan, the best first, and what it would be then.

    Parameters
    ----------
    found : Diagnosis
    projects, mentors : mappings of str to str
        Titles and names by id.

    Returns
    -------
    list of str
        Lines of at most 92 columns; none where everybody has their minimum.
    """
    lines: list[str] = []
    for number, repair in enumerate(found.repairs, 1):
        first = f"{number:>3}."
        if len(repair.acts) == 1:
            said = f"{_act(repair.acts[0], projects, mentors)} {_outcome(repair)}"
            lines += wrap(said, 5, first=first)
            continue
        said = f"{counted(len(repair.acts), 'change')} together. {_outcome(repair)}"
        lines += wrap(said, 5, first=first)
        for act in repair.acts[:_MOST_ACTS]:
            lines += wrap(_act(act, projects, mentors), 7, first="     *")
        if len(repair.acts) > _MOST_ACTS:
            lines += wrap(f"and {len(repair.acts) - _MOST_ACTS} more.", 7, first="     *")
    return lines


def diagnosis_values(found: Diagnosis) -> dict[str, Any]:
    """Give a diagnosis as values for JSON.

    Keys: ``complete``, ``missing``, ``blockages`` and ``repairs``, each with
    the fields of :class:`matcher.diagnosis.Blockage` and
    :class:`matcher.diagnosis.Repair`, and ``needed``, ``offered``, ``missing``
    or ``complete``, ``asks`` beside.
    """
    return {
        "complete": found.complete,
        "missing": found.missing,
        "blockages": [_blockage_values(one) for one in found.blockages],
        "repairs": [
            {**asdict(one), "complete": one.complete, "asks": one.asks} for one in found.repairs
        ],
    }


def _blockage_values(one: Blockage) -> dict[str, Any]:
    return {
        **asdict(one),
        "needed": one.needed,
        "offered": one.offered,
        "missing": one.missing,
        "core": _blockage_values(one.core) if one.core else None,
    }


def _sides(one: Blockage) -> tuple[Sequence[str], Sequence[str]]:
    if one.kind == "projects_short":
        return one.project_ids, one.mentor_ids
    return one.mentor_ids, one.project_ids


def _balance(
    one: Blockage, askers: Sequence[str], others: Sequence[str], names: tuple[Names, Names]
) -> str:
    """The sentence that says it: these need so many, and those they can have offer fewer."""
    by_projects = one.kind == "projects_short"
    single = len(askers) == 1
    if by_projects:
        who = named(names[0][askers[0]], askers[0]) if single else f"These {len(askers)} projects"
        asks = counted(one.needed, "mentor" if single else "place")
        told = f"{who} {'needs' if single else 'need'} {asks}"
    else:
        who = named(names[0][askers[0]], askers[0]) if single else f"These {len(askers)} mentors"
        asks = counted(one.needed, "project" if single else "place")
        told = f"{who} {'is' if single else 'are'} promised at least {asks}"
    they = "it" if single and by_projects else "they"
    side = "mentor" if by_projects else "project"
    if not others:
        return f"{told}, and there is no {side} {they} can have: {one.missing} missing."
    if len(others) == 1:
        whom = f"the one {side} {they} can have, {named(names[1][others[0]], others[0])}, offers"
    else:
        whom = f"the {len(others)} {side}s {they} can have offer"
    return f"{told}, and {whom} {one.offered}: {one.missing} missing."


def _people(ids: Sequence[str], numbers: Sequence[int], names: Names) -> str:
    """Name people with their numbers, the first of them at least."""
    alike = len(set(numbers)) == 1
    told = [
        named(names[one], one) if alike else f"{named(names[one], one)} {number}"
        for one, number in zip(ids[:_MOST_NAMED], numbers, strict=False)
    ]
    if len(ids) > _MOST_NAMED:
        told.append(f"{len(ids) - _MOST_NAMED} more")
    return f"{and_list(told)}, {numbers[0]} each." if alike else f"{and_list(told)}."


def _circumstances(one: Blockage, names: tuple[Names, Names]) -> list[str]:
    """What else there is to know: places locked elsewhere, conflicts, who blocks even alone."""
    told = []
    if one.locked_elsewhere:
        places = counted(one.locked_elsewhere, "place is", "places are")
        told.append(f"{places} locked with others.")
    if one.forbidden_pairs:
        pairs = counted(one.forbidden_pairs, "pair of theirs is", "pairs of theirs are")
        told.append(f"{pairs} forbidden by conflicts.")
    askers, _ = _sides(one)
    core = _sides(one.core)[0] if one.core else ()
    # A core that is nearly all of them tells nothing new.
    if one.core and 2 * len(core) <= len(askers):
        who = [named(names[0][each], each) for each in core[:_MOST_NAMED]]
        if len(core) > _MOST_NAMED:
            who.append(f"{len(core) - _MOST_NAMED} more")
        verb = "needs" if len(core) == 1 else "need"
        told.append(
            f"Even alone {and_list(who)} {verb} {one.core.needed} and can have {one.core.offered}."
        )
    return told


def _act(act: Act, projects: Names, mentors: Names) -> str:
    """One change, as what to do."""
    project = named(projects[act.project], act.project) if act.project else ""
    mentor = named(mentors[act.mentor], act.mentor) if act.mentor else ""
    after = act.after or "no"
    match act.kind:
        case "raise_load":
            return f"Let {mentor} take {counted(act.after, 'project')} instead of {act.before}."
        case "lower_min_load":
            many = "project" if act.after < 2 else "projects"
            return f"Promise {mentor} {after} {many} instead of {act.before}."
        case "raise_demand":
            mentors_told = counted(act.after, "mentor")
            return f"Let {project} have up to {mentors_told} instead of {act.before}."
        case "lower_demand":
            many = "mentor" if act.after < 2 else "mentors"
            return f"Promise {project} {after} {many} instead of {act.before}."
        case "release_lock":
            return f"Take off the lock of {project} and {mentor}."
        case "lift_conflict":
            return f"Ask whether {project} and {mentor} may meet after all, despite their conflict."


def _outcome(repair: Repair) -> str:
    """What the plan would be."""
    sign = "+" if repair.gain > 0 else "-"
    change = f" ({sign}{short_figure(abs(repair.gain))})" if repair.gain else ", as now"
    total = f"{total_figure(repair.total)}{change}"
    if repair.complete:
        return f"Then nobody is short; total {total}."
    filled = counted(repair.filled, "missing place")
    return f"Fills {filled}, {repair.remaining} would remain; total {total}."
