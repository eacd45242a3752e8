"""What makes every split impossible, as values."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from matcher.constraints import BoolArray
from matcher.errors import MatcherError, Parameter
from matcher.groups.lines import lines_of
from matcher.groups.question import Question
from matcher.programs import best


@dataclass(frozen=True, slots=True)
class Blocked:
    """Why there is no split.

    Attributes
    ----------
    code : str
        A key of :data:`matcher.errors.SENTENCES`.
    params : mapping
        What the sentence names.
    """

    code: str
    params: Mapping[str, Parameter]

    def __str__(self) -> str:
        """Word it in English."""
        return str(MatcherError(self.code, **self.params))


def counted_blocks(question: Question) -> tuple[Blocked, ...]:
    """Give what counting alone shows to be impossible."""
    found = [*_sizes(question)]
    if not found:
        found += [*_tutors(question), *_apart(question)]
    return tuple(found)


def _sizes(question: Question) -> list[Blocked]:
    rules, n_projects = question.rules, len(question.values)
    sizes = {"low": rules.size_low, "high": rules.size_high, "projects": n_projects}
    groups = rules.n_groups
    if groups is None:
        if question.fewest > question.most:
            return [Blocked("blocked_sizes", sizes)]
        return []
    if groups * rules.size_high < n_projects:
        holds = groups * rules.size_high
        return [Blocked("blocked_groups_hold", {**sizes, "groups": groups, "holds": holds})]
    if groups * rules.size_low > n_projects:
        needs = groups * rules.size_low
        return [Blocked("blocked_groups_need", {**sizes, "groups": groups, "needs": needs})]
    return []


def _tutors(question: Question) -> list[Blocked]:
    found = []
    limits = question.constraints
    places = int(np.minimum(question.seats, question.most)[question.can_lead.any(axis=0)].sum())
    needs = question.fewest * (1 + question.rules.co_tutors)
    if places < needs:
        facts = {"groups": question.fewest, "needs": needs, "places": places}
        found.append(Blocked("blocked_tutors", facts))
    alone = ~(question.can_lead & (question.seats > 0)[None, :]).any(axis=1)
    if alone.any():
        ids = tuple(limits.project_ids[row] for row in np.flatnonzero(alone))
        found.append(Blocked("blocked_no_tutor", {"projects": ids}))
    return found


def _apart(question: Question) -> list[Blocked]:
    ids = question.constraints.project_ids
    return [
        Blocked(
            "blocked_apart",
            {
                "projects": tuple(ids[row] for row in rows),
                "needs": len(rows),
                "groups": question.most,
            },
        )
        for rows in question.apart
        if len(rows) > question.most
    ]


def blocking_rules(question: Question, *, deadline: float) -> Blocked:
    """Name the rules of which one must go, by trying without each.

    Parameters
    ----------
    question : Question
        Proven to be impossible.
    deadline : float
        On the clock of ``time.monotonic``.
    """
    without = dict(_relaxations(question))
    alone = []
    for left, (name, other) in enumerate(without.items()):
        now = time.monotonic()
        some = now + (deadline - now) / (len(without) - left)
        if not counted_blocks(other) and _possible(other, some):
            alone.append(name)
    if alone:
        return Blocked("blocked_by", {"rules": tuple(alone)})
    return Blocked("blocked_by_several", {"rules": tuple(without)})


def _possible(question: Question, deadline: float) -> bool:
    lines = lines_of(question, with_pairs=False)
    everything: BoolArray = np.ones(len(lines.gains), dtype=np.bool_)
    found = best(lines.program, 0.0 * lines.gains, everything, deadline=deadline)
    return found.choices is not None


def _relaxations(question: Question) -> list[tuple[str, Question]]:
    """The question without each of its rules in turn."""
    limits, rules = question.constraints, question.rules
    shape, n_projects = limits.shape, len(question.values)
    tutors = (question.seats > 0)[None, :]
    spoken = question.common.any(axis=2)
    any_count = replace(rules, n_groups=None)
    wider = replace(rules, size_low=1, size_high=n_projects)
    free = replace(limits, locked=np.zeros(shape, dtype=np.bool_))
    found = [
        ("sizes", replace(question, rules=wider)),
        (
            "number of groups",
            replace(
                question,
                rules=any_count,
                fewest=-(-n_projects // rules.size_high),
                most=n_projects // rules.size_low,
            ),
        ),
        (
            "languages",
            replace(
                question,
                can_lead=~limits.forbidden & tutors,
                common=np.ones((*shape, 1), dtype=np.bool_),
                speaks=np.ones((shape[1], 1), dtype=np.bool_),
            ),
        ),
        (
            "conflicts",
            replace(
                question,
                can_lead=tutors & spoken,
                constraints=replace(limits, forbidden=np.zeros(shape, dtype=np.bool_)),
            ),
        ),
        ("locks", replace(question, constraints=free)),
        ("projects apart", replace(question, apart=())),
        ("mentors apart", replace(question, strangers=np.zeros_like(question.strangers))),
        ("co-tutors", replace(question, rules=replace(rules, co_tutors=0))),
        (
            "groups a mentor takes",
            replace(question, seats=np.where(question.seats > 0, question.most, 0)),
        ),
    ]
    used = {
        "sizes": True,
        "number of groups": rules.n_groups is not None,
        "languages": not question.common.all(),
        "conflicts": bool(limits.forbidden.any()),
        "locks": bool(limits.locked.any()),
        "projects apart": bool(question.apart),
        "mentors apart": bool(question.strangers.any()),
        "co-tutors": rules.co_tutors > 0,
        "groups a mentor takes": True,
    }
    return [(name, other) for name, other in found if used[name]]
