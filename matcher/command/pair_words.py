"""One pair of a plan in the summary: how well it fits, and why."""

from __future__ import annotations

from matcher.command.terminal import wrap
from matcher.command.wording import AFFINITY_WORDS, figure, lead_reason, named
from matcher.facts import Pair, PlanFacts

_WORD_INDENT = 14


def mentor_lines(facts: PlanFacts, pair: Pair) -> list[str]:
    """Give a project's mentor, under the project's name."""
    return _lines(facts, pair, named(facts.mentor_names[pair[1]], facts.limits.mentor_ids[pair[1]]))


def project_lines(facts: PlanFacts, pair: Pair) -> list[str]:
    """Give a tutor's project, under the tutor's name."""
    title = facts.project_names[pair[0]]
    return _lines(facts, pair, named(title, facts.limits.project_ids[pair[0]]))


def _lines(facts: PlanFacts, pair: Pair, who: str) -> list[str]:
    number = figure(float(facts.affinity[pair]))
    if pair not in facts.words:
        kept = ", kept by your lock" if facts.limits.locked[pair] else ""
        return wrap(f"{who}{kept}", _WORD_INDENT + 4, first=f"    {number}  ")
    word = AFFINITY_WORDS[facts.words[pair]]
    first_need_met = facts.first_need_met(pair[0])
    reason = lead_reason(facts.reasons.get(pair, ()), first_need_met=first_need_met)
    kept = " Kept by your lock." if facts.limits.locked[pair] else ""
    return [
        *wrap(f"{who} - {word}, {number}.{kept}", 6, first="    *"),
        *wrap(f"{reason[:1].upper()}{reason[1:]}.", 6),
    ]
