"""What each of the commands works out, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from matcher.affinity import AffinityModel
from matcher.command.arguments import Asked
from matcher.command.group_planning import spoken_languages
from matcher.command.plan_columns import plan_columns
from matcher.command.plan_json import affinity_json, plan_json
from matcher.command.planning import Answers, Planner
from matcher.command.summary import affinity_summary, plan_summary
from matcher.command.wording import word_reasons
from matcher.constraints import Constraints
from matcher.encoders import CachedEncoder, FileStore, find_encoder, read_ahead
from matcher.errors import Note
from matcher.facts import Fill, PlanFacts
from matcher.files.prices import write_prices
from matcher.files.saving import Target
from matcher.files.weights import read_weights
from matcher.profiles import Conflict, Demand, Load, Lock, MentorProfile, ProjectProfile
from matcher.proposing import affinities, input_facts, propose
from matcher.tables import (
    MentorTable,
    PlanRow,
    ProjectTable,
    read_conflicts,
    read_locks,
    read_matrix,
    read_mentors,
    read_projects,
    write_affinity,
    write_plan,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command has worked out, ready to be written or told.

    Attributes
    ----------
    complete : bool
        False for a partial plan.
    write : callable
        Writes the CSV to a path or an open text file.
    summary, json : callable
        Give the text for people and for programs.
    beside : tuple of (str, str, callable)
        Further files: what each holds, its path, and what writes it there.
    """

    complete: bool
    write: Callable[[Target], None]
    summary: Callable[[], str]
    json: Callable[[], str]
    beside: tuple[tuple[str, str, Callable[[Target], None]], ...] = ()


def run_propose(asked: Asked) -> Outcome:
    """Work out a plan with reasons from two files of people."""
    projects, mentors = _read_people(asked)
    conflicts, locks = _read_pairs(asked, _ids(projects.profiles), _ids(mentors.profiles))
    planner = Planner(asked, spoken_languages(projects.profiles, mentors.profiles))
    model, note = model_of(asked, projects.profiles, mentors.profiles)
    facts = propose(
        projects.profiles,
        mentors.profiles,
        conflicts=conflicts,
        locks=locks,
        notes=_notes(asked, projects, mentors),
        fills=_fills(asked, projects, mentors),
        model=model,
        choose=planner.choose,
    )
    facts = replace(facts, read=replace(facts.read, without_encoder=note))
    return _plan_outcome(asked, facts, planner.answers, reasons=True)


def run_affinity(asked: Asked) -> Outcome:
    """Work out how well every pair of two files of people fits."""
    projects, mentors = _read_people(asked)
    model, note = model_of(asked, projects.profiles, mentors.profiles)
    values = affinities(projects.profiles, mentors.profiles, model)
    rows, columns = _ids(projects.profiles), _ids(mentors.profiles)
    read = input_facts(projects.profiles, mentors.profiles, _notes(asked, projects, mentors), ())
    read = replace(read, without_encoder=note)
    names = (
        [project.name for project in projects.profiles],
        [mentor.name or mentor.id for mentor in mentors.profiles],
    )
    return Outcome(
        complete=True,
        write=lambda target: write_affinity(target, rows, columns, values),
        summary=lambda: affinity_summary(values, rows, columns, read, names),
        json=lambda: affinity_json(rows, columns, values.tolist(), read),
    )


def run_assign(asked: Asked) -> Outcome:
    """Work out a plan from a matrix of somebody's own numbers."""
    matrix = read_matrix(asked.matrix)
    n_projects, n_mentors = matrix.values.shape
    conflicts, locks = _read_pairs(asked, matrix.project_ids, matrix.mentor_ids)
    limits = Constraints.build(
        matrix.project_ids,
        matrix.mentor_ids,
        demand=[asked.demand or Demand(1, 1)] * n_projects,
        loads=[Load(asked.min_load or 0, asked.max_load)] * n_mentors,
        conflicts=conflicts,
        locks=locks,
    )
    planner = Planner(asked)
    facts = PlanFacts(
        plan=planner.choose(matrix.values, limits),
        limits=limits,
        affinity=matrix.values,
        project_names=matrix.project_ids,
        mentor_names=matrix.mentor_ids,
        soft_conflicts=tuple(one for one in conflicts if one.strength != "never"),
    )
    return _plan_outcome(asked, facts, planner.answers, reasons=False)


def model_of(
    asked: Asked, projects: Sequence[ProjectProfile], mentors: Sequence[MentorProfile]
) -> tuple[AffinityModel, Note | None]:
    """Give the model with the weights, channels and encoder that were asked for.

    The encoder reads all texts first; where it cannot, the model goes without
    it and a note says why.
    """
    weights = read_weights(asked.weights) if asked.weights else None
    found = find_encoder(asked.encoder)
    if found.encoder is not None:
        found = read_ahead(CachedEncoder(found.encoder, FileStore()), projects, mentors)
    return AffinityModel(weights, channels=asked.channels, encoder=found.encoder), found.note


def _read_people(asked: Asked) -> tuple[ProjectTable, MentorTable]:
    return (
        read_projects(asked.projects, demand=asked.demand),
        read_mentors(asked.mentors, min_load=asked.min_load, max_load=asked.max_load),
    )


def _read_pairs(
    asked: Asked, project_ids: Sequence[str], mentor_ids: Sequence[str]
) -> tuple[Sequence[Conflict], Sequence[Lock]]:
    rows, columns = dict.fromkeys(project_ids), dict.fromkeys(mentor_ids)
    return (
        read_conflicts(asked.conflicts, project_ids=rows, mentor_ids=columns)
        if asked.conflicts
        else (),
        read_locks(asked.locks, project_ids=rows, mentor_ids=columns) if asked.locks else (),
    )


def _ids(profiles: Sequence[ProjectProfile] | Sequence[MentorProfile]) -> tuple[str, ...]:
    return tuple(profile.id for profile in profiles)


def _notes(asked: Asked, *tables: ProjectTable | MentorTable) -> list[tuple[str, Note]]:
    files = (asked.projects, asked.mentors)
    return [(file, note) for file, table in zip(files, tables, strict=True) for note in table.notes]


def _fills(asked: Asked, projects: ProjectTable, mentors: MentorTable) -> list[Fill]:
    n_projects, n_mentors = len(projects.profiles), len(mentors.profiles)
    fills: list[Fill] = []
    if asked.demand is not None:
        low, high = asked.demand.low, asked.demand.high
        flag = f"--demand {low}" if low == high else f"--demand {low}-{high}"
        fills.append(Fill(flag, projects.n_filled_demand, n_projects, "project"))
    for name, number, n_filled in (
        ("--min-load", asked.min_load, mentors.n_filled_min_load),
        ("--max-load", asked.max_load, mentors.n_filled_max_load),
    ):
        if number is not None:
            fills.append(Fill(f"{name} {number}", n_filled, n_mentors, "mentor"))
    return fills


def _plan_outcome(asked: Asked, facts: PlanFacts, answers: Answers, *, reasons: bool) -> Outcome:
    more, cells = plan_columns(facts, answers)

    def write(target: Target) -> None:
        ranks = facts.ranks()
        write_plan(
            target,
            (
                PlanRow(
                    facts.limits.project_ids[row],
                    facts.limits.mentor_ids[column],
                    float(facts.affinity[row, column]),
                    int(ranks[row, column]),
                    word_reasons(facts.reasons.get((row, column), ())),
                    cells(row, column),
                )
                for row, column in facts.pairs()
            ),
            reasons=reasons,
            more=more,
        )

    return Outcome(
        complete=facts.plan.complete,
        write=write,
        summary=lambda: plan_summary(facts, answers),
        json=lambda: plan_json(facts, answers),
        beside=_beside(asked, facts, answers),
    )


def _beside(
    asked: Asked, facts: PlanFacts, answers: Answers
) -> tuple[tuple[str, str, Callable[[Target], None]], ...]:
    prices, limits = answers.prices, facts.limits
    if not asked.prices or prices is None:
        return ()

    def write(target: Target) -> None:
        write_prices(target, limits.project_ids, limits.mentor_ids, prices)

    return (("Prices", asked.prices, write),)
