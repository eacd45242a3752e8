"""What in a plan wants an organizer's eye: shortage, ties, thin profiles, odd cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from matcher.command.terminal import clean, wrap
from matcher.command.unknown_words import unknown_words
from matcher.command.wording import counted, figure, named, term_name
from matcher.errors import Note
from matcher.facts import InputFacts, PlanFacts


def section(title: str, lines: Iterable[str]) -> str:
    """Give a section under its title; nothing where there are no lines."""
    body = "\n".join(lines)
    return f"{title}\n{body}" if body else ""


def shortages(facts: PlanFacts, *, remedy: bool = True) -> list[str]:
    """Name who is short, by how much, and at a glance what would mend it."""
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
    return [*lines, *_remedies(facts)] if remedy else lines


def _remedies(facts: PlanFacts) -> list[str]:
    lines: list[str] = []
    # Whoever a short project could still be given is full, else the plan had more pairs.
    free = ~(facts.plan.chosen | facts.limits.forbidden)
    if facts.plan.short_projects:
        wanting = {short.id for short in facts.plan.short_projects}
        rows = [one in wanting for one in facts.limits.project_ids]
        more = "raise somebody's max_load" if free[rows].any() else "ask another mentor in"
        lines += wrap(f"To mend it: {more}, or lower these demands.", 2)
    if facts.plan.short_mentors:
        wanting = {short.id for short in facts.plan.short_mentors}
        columns = [one in wanting for one in facts.limits.mentor_ids]
        more = ", or let projects ask for more" if free[:, columns].any() else ""
        lines += wrap(f"To mend it: lower these min_loads{more}.", 2)
    if lines:
        lines += wrap("--explain-shortage says who blocks whom, and what exactly would mend it.", 2)
    return lines


def worst_project(facts: PlanFacts, *, best_overall: bool = True) -> list[str]:
    """Name the project that fares worst, and what would help it."""
    row = facts.worst_project()
    if row is None or facts.limits.shape[0] < 2:
        return []
    limits = facts.limits
    mine = facts.affinity[row][facts.plan.chosen[row]]
    project = named(facts.project_names[row], limits.project_ids[row])
    fit = figure(float((mine / len(mine)).sum()))
    text = f"{project} fares worst: its mentors fit it {fit} on average."
    if len(mine) == 1:
        text = f"{project} fares worst: its mentor fits it {fit}."
    unmet = facts.unmet_by_all(row)
    if unmet:
        text += f" Nobody here meets its first need, {term_name(unmet)}: could you ask someone in?"
    best = facts.better_elsewhere(row)
    if best is None:
        return wrap(f"{text} Nobody here would fit it better.", 2, first="  ")
    name = named(facts.mentor_names[best], limits.mentor_ids[best])
    if limits.forbidden[row, best]:
        why = "but the two must not be put together"
    elif facts.loads()[best] >= limits.load_high[best]:
        why = "but is full"
    elif best_overall:
        why = "but the plan as a whole is better this way"
    else:
        why = "but not in the plan that you asked for"
    value = figure(float(facts.affinity[row, best]))
    return wrap(f"{text} {name} would fit it better ({value}), {why}.", 2, first="  ")


def soft_conflicts(facts: PlanFacts) -> list[str]:
    """Name the chosen pairs with a declared tie that forbids nothing."""
    projects = dict(zip(facts.limits.project_ids, facts.project_names, strict=True))
    mentors = dict(zip(facts.limits.mentor_ids, facts.mentor_names, strict=True))
    lines: list[str] = []
    for conflict in sorted(facts.chosen_soft_conflicts(), key=lambda one: one.strength):
        act = "ask them first" if conflict.strength == "ask" else "tell them that you know"
        kind = (
            f", {term_name(conflict.kind)}"
            if conflict.kind not in {"", "conflict.other", "conflict_kind.other"}
            else ""
        )
        project = named(projects[conflict.project], conflict.project)
        mentor = named(mentors[conflict.mentor], conflict.mentor)
        lines += wrap(f"{project} and {mentor}{kind}: {act}.", 4, first="  *")
    return lines


def thin_profiles(
    read: InputFacts,
    ids: tuple[Sequence[str], Sequence[str]],
    names: tuple[Sequence[str], Sequence[str]],
    hard: Sequence[int],
) -> str:
    """Name the profiles with too little in them, and what would help."""
    (project_ids, mentor_ids), (project_names, mentor_names) = ids, names
    told = [
        f"{named(project_names[row], project_ids[row])} wrote next to nothing: a line on what "
        "does not work yet, or one need, would help."
        for row in read.thin_projects
    ]
    told += [
        f"{named(project_names[row], project_ids[row])} wrote little that can be compared with "
        "these mentors: a need, a stage and a form would help."
        for row in hard
    ]
    told += [
        f"{named(mentor_names[column], mentor_ids[column])} wrote next to nothing: a line on what "
        "people come to them for would help."
        for column in read.thin_mentors
    ]
    lines = [line for one in told for line in wrap(one, 4, first="  *")]
    return section("WE KNOW TOO LITTLE TO MATCH THESE WELL", lines)


def reading(read: InputFacts) -> list[str]:
    """Give what the files left to be said: unknown words, filled cells."""
    fills = [
        f"{one.flag} filled {one.n_filled} of {counted(one.n_rows, one.side)}; the others have "
        "a number of their own."
        if one.n_filled < one.n_rows
        else f"{one.flag} filled {counted(one.n_filled, one.side)}, which is all of them."
        for one in read.fills
    ]
    filled = [line for one in fills for line in wrap(one, 4, first="  *")]
    return [
        section("WORDS WE DID NOT KNOW", unknown_words(read.notes)),
        section("EMPTY CELLS", filled),
        without_encoder(read.without_encoder),
    ]


def without_encoder(note: Note | None) -> str:
    """Say why the sentence encoder that was asked for did not read the texts."""
    lines = wrap(clean(str(note)), 4, first="  *") if note else []
    return section("NO SENTENCE ENCODER", lines)
