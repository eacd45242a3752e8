"""A plan that keeps every rule that is at most so much, however poor otherwise."""

from __future__ import annotations

import numpy as np

from matcher.constraints import BoolArray
from matcher.fairness.best_plans import BestPlans
from matcher.teams.question import Question
from matcher.teams.standing import HOURS_KEPT_TO


def greedy_plan(question: Question) -> BoolArray:
    """Give locks first, then the pairs of the best plan without rules, then any that fit.

    Returns
    -------
    bool array, shape (n_projects, n_mentors)
        Where every pair that still fitted has been taken.
    """
    unruled, _ = BestPlans.of(question.constraints).best(question.values)
    return filled(question, filled(question, question.constraints.locked, unruled))


def filled(question: Question, chosen: BoolArray, among: BoolArray | None = None) -> BoolArray:
    """Give a plan with pairs added, the best first, until none fits any more.

    Parameters
    ----------
    question : Question
    chosen : bool array, shape (n_projects, n_mentors)
        A plan that keeps every rule that is at most so much.
    among : bool array, shape (n_projects, n_mentors), optional
        Pairs to add; any that are possible by default.
    """
    limits, values = question.constraints, question.values
    plan = chosen.copy()
    room = _Room(question, chosen)
    fits = (limits.demand_high > chosen.sum(axis=1))[:, None]
    fits = fits & (limits.load_high > chosen.sum(axis=0))[None, :]
    fits &= ~(limits.forbidden | chosen)
    rows, columns = np.nonzero(fits if among is None else fits & among)
    order = np.argsort(-values[rows, columns], kind="stable")
    for row, column in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        if room.takes(row, column):
            plan[row, column] = True
    return plan


class _Room:
    """What is left of every ceiling."""

    def __init__(self, question: Question, chosen: BoolArray) -> None:
        limits, rules = question.constraints, question.rules
        self._rows = (limits.demand_high - chosen.sum(axis=1)).tolist()
        self._columns = (limits.load_high - chosen.sum(axis=0)).tolist()
        self._cost = rules.hours
        used = np.where(chosen, rules.hours, 0.0).sum(axis=0)
        self._hours = (rules.most_hours * (1 + HOURS_KEPT_TO) - used).tolist()
        # Each further ceiling is a counter; a pair draws on some of them.
        self._left: list[int] = []
        self._of_mentor: dict[int, list[int]] = {}
        self._of_person: dict[int, list[int]] = {}
        self._once: dict[int, list[int]] = {}
        self._met = [set(np.flatnonzero(chosen[p.rows].any(axis=0)).tolist()) for p in rules.people]
        n_projects = len(self._rows)
        for ceiling in rules.ceilings:
            base = len(self._left)
            mine = chosen[:, ceiling.columns].sum(axis=1)
            self._left += (ceiling.most - mine).tolist()
            for column in ceiling.columns.tolist():
                self._of_mentor.setdefault(column, []).append(base)
        assert len(self._left) == n_projects * len(rules.ceilings)
        for place, person in enumerate(rules.people):
            if person.most_mentors is not None:
                for row in person.rows.tolist():
                    self._of_person.setdefault(row, []).append(len(self._left))
                self._left.append(person.most_mentors - int(chosen[person.rows].sum()))
            if person.each_mentor_once:
                for row in person.rows.tolist():
                    self._once.setdefault(row, []).append(place)

    def takes(self, row: int, column: int) -> bool:
        """Take a pair where it fits, and tell whether it did."""
        cost = float(self._cost[row, column])
        drawn = [base + row for base in self._of_mentor.get(column, ())]
        drawn += self._of_person.get(row, ())
        if not (self._rows[row] and self._columns[column]) or self._hours[column] < cost:
            return False
        if any(self._left[one] <= 0 for one in drawn):
            return False
        once = self._once.get(row, ())
        if any(column in self._met[place] for place in once):
            return False
        self._rows[row] -= 1
        self._columns[column] -= 1
        self._hours[column] -= cost
        for one in drawn:
            self._left[one] -= 1
        for place in once:
            self._met[place].add(column)
        return True
