"""The parts of the summary that answer what was asked about a plan."""

from __future__ import annotations

from typing import Any

from matcher.command.changes_words import changes_headline, changes_json, changes_lines
from matcher.command.concerns import section, shortages
from matcher.command.diagnosis_words import blockage_lines, diagnosis_values, repair_lines
from matcher.command.fairness_words import (
    TITLES,
    aims_lines,
    fairness_headline,
    fairness_json,
    fairness_lines,
)
from matcher.command.groups_words import groups_json
from matcher.command.options_words import options_json, options_lines, options_title
from matcher.command.planning import Answers
from matcher.command.wording import total_figure
from matcher.facts import PlanFacts


def total_sentence(facts: PlanFacts, answers: Answers) -> str:
    """Give the plan's total, and among which plans it is the greatest."""
    if answers.fairness:
        return fairness_headline(answers.fairness.plan)
    if answers.changes:
        return changes_headline(answers.changes)
    return (
        f"All affinities together: {total_figure(facts.plan.total)}, the most there is under your "
        f"rules to within {facts.plan.rounding_bound:.1g}."
    )


def answer_sections(facts: PlanFacts, answers: Answers) -> list[str]:
    """Give the sections on fairness and on changes."""
    sections = []
    if answers.aims:
        title = "WHAT EACH KIND OF FAIRNESS WOULD GIVE AND COST"
        sections.append(section(title, aims_lines(answers.aims, facts.limits)))
    if answers.fairness:
        lines = fairness_lines(answers.fairness, facts.limits, facts.project_names)
        sections.append(section(TITLES[answers.fairness.plan.aim], lines))
    if answers.changes:
        projects, mentors = _names(facts)
        lines = changes_lines(answers.changes, projects, mentors)
        sections.append(section("WHAT CHANGES IN THE PLAN THAT STANDS", lines))
    return sections


def option_section(facts: PlanFacts, answers: Answers) -> str:
    """Give the section on each project's next mentors."""
    if not answers.n_options:
        return ""
    lines = options_lines(answers.options, *_names(facts))
    return section(options_title(answers.n_options), lines)


def shortage_sections(facts: PlanFacts, answers: Answers) -> list[str]:
    """Give the sections on who is short: who blocks and what would mend it where that was asked."""
    found = answers.diagnosis
    if found is None:
        return [section("WHO IS SHORT", shortages(facts))]
    if found.complete:
        nobody = "  Nobody is: everybody has what they asked for."
        return [section("WHO IS SHORT", [nobody])]
    projects, mentors = _names(facts)
    return [
        section("WHO IS SHORT", shortages(facts, remedy=False)),
        section("WHY", blockage_lines(found, projects, mentors)),
        section(
            "WHAT WOULD MEND IT, THE BEST FIRST; EACH WAS TRIED",
            repair_lines(found, projects, mentors),
        ),
    ]


def answers_json(facts: PlanFacts, answers: Answers) -> dict[str, Any]:
    """Give what was asked about a plan as values: a key for each question."""
    told: dict[str, Any] = {}
    ids = facts.limits.project_ids
    if answers.aims:
        told["aims"] = [fairness_json(plan, ids) for plan in answers.aims]
    if answers.fairness:
        told["fairness"] = fairness_json(answers.fairness.plan, ids)
        told["best_overall"] = fairness_json(answers.fairness.best, ids)
    if answers.changes:
        told["changes"] = changes_json(answers.changes)
    if answers.n_options:
        told["options"] = options_json(answers.options, ids)
    if answers.grouped:
        told["groups"] = groups_json(answers.grouped)
    if answers.diagnosis:
        told["shortage"] = diagnosis_values(answers.diagnosis)
    if answers.prices:
        told["price_rounding_bound"] = answers.prices.rounding_bound
    return told


def _names(facts: PlanFacts) -> tuple[dict[str, str], dict[str, str]]:
    limits = facts.limits
    return (
        dict(zip(limits.project_ids, facts.project_names, strict=True)),
        dict(zip(limits.mentor_ids, facts.mentor_names, strict=True)),
    )
