"""The best plan when a project's mentors are looked at together."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.assignment import Assignment, Certificate, assign
from matcher.constraints import BoolArray, Constraints
from matcher.teams.question import Question
from matcher.teams.rules import TeamRules
from matcher.teams.solving import Found, find
from matcher.teams.standing import Broken

if TYPE_CHECKING:
    from matcher.teams.prices import TeamPrice

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class TeamPlan:
    """A plan under rules for a project's mentors together, with its proof.

    Attributes
    ----------
    assignment : Assignment
        The plan. What it is proven to be is said by ``certificate`` here.
    total : float
        The sum of the chosen pairs' affinities.
    reward, paid : float
        What covered needs are worth, and what soft rules and stand-ins cost.
    worth : float
        ``total + reward - paid``.
    certificate : Certificate
        Of the worth, among the plans that lack no more of the hard minimums,
        have as many pairs and no greater shortfall.
    missing, least_missing : int
        What the hard minimums lack together, and what no plan can be below.
    most_pairs : int
        No plan that lacks no more has more pairs.
    shortfall, least_shortfall : int
        What demands and min_loads lack together, and what no plan as good in
        the two before can be below.
    covered : bool array, shape (n_projects, n_needs)
        The needs that somebody of the plan covers; no column without coverage
        rules. Read-only.
    stood_in : mapping of str to tuple of str
        For each rule of that kind, the projects that somebody stands in for,
        such as an interpreter.
    hours : float64 array, shape (n_mentors,)
        What the plan costs each mentor. Read-only.
    broken : tuple of Broken
        The minimums that are not met, by rule and then by project id.
    """

    assignment: Assignment
    total: float
    reward: float
    paid: float
    worth: float
    certificate: Certificate
    missing: int
    least_missing: int
    most_pairs: int
    shortfall: int
    least_shortfall: int
    covered: BoolArray = field(repr=False)
    stood_in: dict[str, tuple[str, ...]]
    hours: Floats = field(repr=False)
    broken: tuple[Broken, ...]
    _question: Question = field(repr=False)
    _relative_gap: float = field(repr=False, default=0.0)

    @property
    def settled(self) -> bool:
        """Whether what comes before the worth is proven: missing, pairs and shortfall."""
        return (
            self.missing == self.least_missing
            and self.assignment.n_pairs == self.most_pairs
            and self.shortfall == self.least_shortfall
        )

    def price_of(self, project: str, mentor: str, *, time_limit: float = 10.0) -> TeamPrice:
        """Give what forcing a pair costs, or dropping a chosen one, by solving again.

        Parameters
        ----------
        project, mentor : str
            Ids.
        time_limit : float
            Seconds.

        Raises
        ------
        MatcherError
            An unknown id; a pair that a conflict forbids or no plan within the
            rules can hold.

        Notes
        -----
        Rules join pairs that no exchange path of the flow sees, so the prices of
        :mod:`matcher.counterfactuals` do not hold here.
        """
        from matcher.teams.prices import priced  # noqa: PLC0415 - prices solve plans

        return priced(self, project, mentor, time_limit=time_limit)


def assign_teams(
    affinity: ArrayLike,
    constraints: Constraints,
    rules: TeamRules,
    *,
    time_limit: float = 10.0,
    relative_gap: float = 0.0,
) -> TeamPlan:
    """Give the best plan when a project's mentors are looked at together.

    Some rules say *at most*: a category's maximum, who is kept apart, a
    person's ceiling, a mentor's hours. No plan breaks them, as no plan breaks a
    conflict. The others say *at least*: somebody for the first need, somebody
    who shares a language, a category's minimum. Those are never a reason to
    leave a project without mentors. In this order a plan

    1. lacks as little as possible of the hard minimums, all counted together;
    2. has the most pairs;
    3. has the smallest shortfall of demands and min_loads;
    4. has the greatest worth: affinities and rewards for covered needs, less the
       prices of soft minimums and of stand-ins.

    So where every hard minimum can be met, every plan considered meets them; and
    one more such rule can cost pairs, but never makes it impossible to plan. A
    minimum that no mentor possible for that project can meet is named in
    ``broken`` and not asked for. Minimums count for each project that asks for
    mentors at all, whether or not it gets any.

    Parameters
    ----------
    affinity : array_like of float, shape (n_projects, n_mentors)
        Finite, any scale and sign; not changed.
    constraints : Constraints
    rules : TeamRules
        Rewards and prices in the unit of affinity.
    time_limit : float
        Seconds. What is not proven by then is given with its bounds.
    relative_gap : float
        The search may stop this part of the worth (counted from the poorest open
        pair's affinity) from the bound; 0 looks for the best.

    Raises
    ------
    MatcherError
        As :func:`matcher.assignment.assign`; an unknown id, an array of another
        shape or a number below 0 in a rule; locks that break a rule that says
        *at most*: take off one of the locks, or relax that rule.

    Notes
    -----
    The reward of a set of mentors is a coverage function, monotone and
    submodular; greedy reaches 1 - 1/e of it at worst [1]_, linear lines reach the
    best: a need counts as far as the sum of those who cover it, and at most once.
    See :func:`matcher.programs.best` for how the bound is found; diversity of a
    paper's reviewers is treated alike in [2]_, mixes of people in teams in [3]_.

    Rows and columns are looked at in the order of ids, and the solver is
    deterministic on one machine: the same input gives the same plan as long as
    the time limit does not cut the search short. Which of several plans of the
    same worth is given, the solver's fixed order decides. Hours are kept to a
    hundred millionth of what a mentor has.

    References
    ----------
    .. [1] G. L. Nemhauser, L. A. Wolsey, M. L. Fisher, "An analysis of
       approximations for maximizing submodular set functions - I",
       *Mathematical Programming* 14 (1978), 265-294.
       https://doi.org/10.1007/BF01588971
    .. [2] F. Ahmed, J. P. Dickerson, M. Fuge, "Diverse Weighted Bipartite
       b-Matching", IJCAI 2017, 35-41. https://doi.org/10.24963/ijcai.2017/6
    .. [3] T. Lappas, K. Liu, E. Terzi, "Finding a team of experts in social
       networks", KDD 2009, 467-476. https://doi.org/10.1145/1557019.1557074

    Examples
    --------
    >>> from matcher.profiles import Demand, Load
    >>> limits = Constraints.build(
    ...     ["film-a"],
    ...     ["aida", "bolot", "chinara"],
    ...     demand=[Demand(2, 2)],
    ...     loads=[Load(0, 1)] * 3,
    ... )
    >>> from matcher.teams.rules import first_need
    >>> plan = assign_teams(
    ...     [[0.75, 0.5, 0.25]],
    ...     limits,
    ...     TeamRules(someone=(first_need([[False, False, True]]),), apart=(("aida", "bolot"),)),
    ... )
    >>> plan.assignment.chosen.astype(int).tolist(), plan.worth, plan.certificate.gap
    ([[1, 0, 1]], 1.0, 0.0)
    """
    question = Question.of(affinity, constraints, rules)
    deadline = time.monotonic() + time_limit
    found = find(question, deadline=deadline, relative_gap=relative_gap)
    return _told(question, found, relative_gap)


def _told(question: Question, found: Found, relative_gap: float) -> TeamPlan:
    """Say in the given order what was found."""
    chosen, rules = found.chosen, question.rules
    plan = question.given_order(chosen)
    only = replace(question.given_constraints, locked=plan, forbidden=~plan)
    assignment = assign(question.given, only)
    reward, paid = rules.reward(chosen), rules.paid(chosen)
    worth = assignment.total + reward - paid
    ids = question.constraints.project_ids
    by_row, by_column = np.argsort(question.rows), np.argsort(question.columns)
    covered = rules.covered(chosen)[by_row]
    hours = np.where(chosen, rules.hours, 0.0).sum(axis=0)[by_column]
    covered.setflags(write=False)
    hours.setflags(write=False)
    return TeamPlan(
        assignment=assignment,
        total=assignment.total,
        reward=reward,
        paid=paid,
        worth=worth,
        certificate=Certificate(total=worth, upper_bound=worth + found.gap, gap=found.gap),
        missing=rules.missing(chosen),
        least_missing=found.least_missing,
        most_pairs=found.most_pairs,
        shortfall=question.shortfall(chosen),
        least_shortfall=found.least_shortfall,
        covered=covered,
        stood_in={
            one.rule: tuple(ids[row] for row in np.flatnonzero(one.stood_in(chosen)))
            for one in rules.requirements
            if one.stand_ins > 0
        },
        hours=hours,
        broken=tuple(replace(one, project=ids[row]) for row, one in rules.broken(chosen)),
        _question=question,
        _relative_gap=relative_gap,
    )
