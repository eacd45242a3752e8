"""The plan that was asked for, with what was asked about it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matcher.assignment import Assignment, assign
from matcher.command.arguments import Asked
from matcher.command.group_planning import Grouped, Spoken, grouped
from matcher.command.plan_arguments import AIM_OF, COMPARE
from matcher.constraints import Constraints
from matcher.counterfactuals import Consequence, Prices, SolvedPlan
from matcher.diagnosis import Diagnosis, diagnose
from matcher.fairness import FairPlan, compare_aims, fair_assign
from matcher.files.pair_tables import read_standing
from matcher.stability import StablePlan, stable_assign

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class Fairness:
    """A plan for a fairness aim beside the best overall.

    Attributes
    ----------
    plan, best : FairPlan
    """

    plan: FairPlan
    best: FairPlan


@dataclass(frozen=True, slots=True)
class Option:
    """Another mentor whom a project could have, and what that would move.

    Attributes
    ----------
    mentor : str
    consequence : Consequence
        Its price among others.
    """

    mentor: str
    consequence: Consequence


@dataclass(frozen=True, eq=False, slots=True)
class Answers:
    """What was asked about a plan; what was not asked is empty.

    Attributes
    ----------
    fairness : Fairness or None
    aims : tuple of FairPlan
        One for each aim where they are to be compared.
    changes : StablePlan or None
    prices : Prices or None
    n_options : int
        How many were asked for.
    options : tuple of tuples of Option, one a project in the order of rows
    diagnosis : Diagnosis or None
    grouped : Grouped or None
    """

    fairness: Fairness | None = None
    aims: tuple[FairPlan, ...] = ()
    changes: StablePlan | None = None
    prices: Prices | None = None
    n_options: int = 0
    options: tuple[tuple[Option, ...], ...] = ()
    diagnosis: Diagnosis | None = None
    grouped: Grouped | None = None


@dataclass(slots=True)
class Planner:
    """Chooses the plan that was asked for, and keeps what was asked about it.

    Attributes
    ----------
    asked : Asked
    spoken : Spoken or None
        Who can talk in which language, where that is known.
    answers : Answers
    """

    asked: Asked
    spoken: Spoken | None = None
    answers: Answers = field(default_factory=Answers)

    def choose(self, affinity: Floats, constraints: Constraints) -> Assignment:
        """Give the plan; ``answers`` are about it then.

        Parameters
        ----------
        affinity : float64 array, shape (n_projects, n_mentors)
        constraints : Constraints

        Raises
        ------
        MatcherError
            As :func:`matcher.assignment.assign`; a standing plan that names
            somebody who does not take part; groups that nothing makes possible.
        """
        asked = self.asked
        if asked.groups:
            plan, split = grouped(
                affinity,
                constraints,
                asked.groups,
                pairs_beside=asked.pairs_beside,
                spoken=self.spoken,
            )
            self.answers = Answers(grouped=split)
            return plan
        diagnosis = diagnose(affinity, constraints) if asked.explain_shortage else None
        if asked.previous is not None and asked.change_price is not None:
            standing = _standing(asked.previous, constraints)
            stable = stable_assign(affinity, constraints, standing, asked.change_price)
            self.answers = Answers(changes=stable, diagnosis=diagnosis)
            return stable.assignment
        if asked.fairness in AIM_OF and asked.fairness != "best":
            fair = fair_assign(affinity, constraints, AIM_OF[asked.fairness])
            best = fair_assign(affinity, constraints, "best_overall")
            self.answers = Answers(fairness=Fairness(fair, best), diagnosis=diagnosis)
            return fair.assignment
        aims = compare_aims(affinity, constraints) if asked.fairness == COMPARE else ()
        if not (asked.prices or asked.options):
            self.answers = Answers(aims=aims, diagnosis=diagnosis)
            return assign(affinity, constraints)
        solved = SolvedPlan.solve(affinity, constraints)
        self.answers = Answers(
            aims=aims,
            prices=solved.prices() if asked.prices else None,
            n_options=asked.options or 0,
            options=_options(solved, asked.options) if asked.options else (),
            diagnosis=diagnosis,
        )
        return solved.assignment


def _standing(file: str, constraints: Constraints) -> tuple[tuple[str, str], ...]:
    return read_standing(
        file,
        project_ids=dict.fromkeys(constraints.project_ids),
        mentor_ids=dict.fromkeys(constraints.mentor_ids),
    )


def _options(solved: SolvedPlan, k: int) -> tuple[tuple[Option, ...], ...]:
    return tuple(
        tuple(Option(one.mentor, solved.consequence(project, one.mentor)) for one in found)
        for project, found in zip(solved.constraints.project_ids, solved.alternates(k), strict=True)
    )
