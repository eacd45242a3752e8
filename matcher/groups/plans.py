"""The best split of projects into groups, with its proof."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.assignment import Certificate
from matcher.constraints import BoolArray, Constraints
from matcher.groups.blocks import Blocked, blocking_rules, counted_blocks
from matcher.groups.lines import GroupLines, lines_of
from matcher.groups.question import Question
from matcher.groups.rules import GroupRules
from matcher.groups.telling import GroupPlan, Order, told
from matcher.groups.tutors import first_split, rounded
from matcher.programs import Answer, best

Floats = NDArray[np.float64]
# Up to so many cells groups and pairs are planned jointly.
JOINTLY = 1_500


def split_into_groups(
    affinity: ArrayLike,
    constraints: Constraints,
    rules: GroupRules,
    *,
    time_limit: float = 10.0,
    relative_gap: float = 0.0,
) -> GroupPlan:
    """Give the best split of all projects into groups, each with its tutor.

    Every project is in exactly one group. No tutor or co-tutor has a conflict
    with a project of the group, nobody who must be apart meets in one, and all
    speak one language where languages are given. A group's worth is the sum of
    its projects' affinities to the tutor, plus ``co_tutor_weight`` times those to
    the co-tutor, plus the nearness of each two of its projects.

    A locked pair is met when the mentor is tutor or co-tutor of the project's
    group, or, where pairs stand beside the groups, a single pair.

    Where ``pairs_beside``, what groups leave of the mentors' loads goes to single
    pairs, by the projects' demands; nobody is paired with a tutor of the own
    group. Up to 1,500 cells of the matrix both are planned jointly: everybody in a
    group, then the most pairs, then the smallest shortfall, then the greatest
    worth. Above, the groups come first, and the pairs have what is left.

    Parameters
    ----------
    affinity : array_like of float, shape (n_projects, n_mentors)
        Finite, any scale and sign; not changed.
    constraints : Constraints
        Demands and min_loads count for single pairs only; max_loads count
        ``load_of_group`` for each group.
    rules : GroupRules
    time_limit : float
        Seconds. What is not proven by then is given with its bound. As long again
        may be taken to find out what blocks, where there is no split.
    relative_gap : float
        The search may stop this part of the worth (counted from the poorest open
        pair's affinity) from the bound; 0 looks for the best.

    Returns
    -------
    GroupPlan
        Where every split is impossible, ``blocked`` says by what.

    Raises
    ------
    MatcherError
        As :func:`matcher.assignment.assign`; an unknown id; sizes, counts or
        arrays that cannot be meant: the sentence names what to change.

    Notes
    -----
    A group is known by its tutor, so that no two splits that differ only in the
    groups' names are looked at twice: it is a location problem with capacities,
    a tutor being a place that is opened or not [1]_. Rows and columns are looked
    at in the order of ids, and the solver is deterministic on one machine: the
    same input gives the same split as long as the time limit does not cut the
    search short. Nearness makes it a clique partitioning problem [2]_, whose
    bounds are weak: beyond some fifteen projects expect a gap.

    References
    ----------
    .. [1] R. Sridharan, "The capacitated plant location problem", *European
       Journal of Operational Research* 87 (1995), 203-213.
       https://doi.org/10.1016/0377-2217(95)00042-O
    .. [2] M. Grötschel, Y. Wakabayashi, "A cutting plane algorithm for a
       clustering problem", *Mathematical Programming* 45 (1989), 59-96.
       https://doi.org/10.1007/BF01589097

    Examples
    --------
    >>> from matcher.profiles import Demand, Load
    >>> limits = Constraints.build(
    ...     ["film-a", "film-b", "film-c", "film-d"],
    ...     ["aida", "bolot"],
    ...     demand=[Demand(0, 0)] * 4,
    ...     loads=[Load(0, 1)] * 2,
    ... )
    >>> fit = [[0.75, 0.5], [0.25, 0.5], [0.75, 0.0], [0.5, 0.5]]
    >>> plan = split_into_groups(fit, limits, GroupRules(size_low=2, size_high=2))
    >>> [(group.tutor, group.projects) for group in plan.groups], plan.worth
    ([('aida', ('film-a', 'film-c')), ('bolot', ('film-b', 'film-d'))], 2.5)
    >>> rules = GroupRules(size_low=1, size_high=1, n_groups=3)
    >>> print(split_into_groups(fit, limits, rules).blocked[0])
    Group sizes 1-1 with 3 groups hold at most 3 of 4 projects: allow more groups or larger ones.
    """
    question = Question.of(affinity, constraints, rules)
    deadline = time.monotonic() + time_limit
    order: Order = "groups only"
    if rules.pairs_beside:
        order = "jointly" if question.values.size <= JOINTLY else "groups first"
    blocked = counted_blocks(question)
    if blocked:
        return _nothing(order, blocked)
    lines = lines_of(question, with_pairs=order == "jointly")
    lines, answer, most_pairs = _worthiest(lines, deadline, relative_gap)
    if answer.impossible:
        why = blocking_rules(question, deadline=time.monotonic() + time_limit)
        return _nothing(order, (why,))
    if answer.choices is None:
        return _nothing(order, (Blocked("blocked_not_found", {}),))
    return told(lines, answer, order, most_pairs, constraints)


def _nothing(order: Order, blocked: tuple[Blocked, ...]) -> GroupPlan:
    return GroupPlan((), None, 0.0, Certificate.exact(0.0), order, 0, blocked)


def _worthiest(
    lines: GroupLines, deadline: float, relative_gap: float
) -> tuple[GroupLines, Answer, int]:
    """Any split there is; with pairs, first the most of them, then the least shortfall."""
    everything: BoolArray = np.ones(len(lines.gains), dtype=np.bool_)
    pairs, short = np.zeros(len(lines.gains)), np.zeros(len(lines.gains))
    pairs[lines.pairs[lines.pairs >= 0]] = 1.0
    short[lines.short] = -1.0
    known = first_split(lines, deadline=deadline)
    most_pairs = 0
    for left, gains in ((3, pairs), (2, short)):
        if not gains.any():
            continue
        now = time.monotonic()
        some = now + (deadline - now) / left
        answer = best(lines.program, gains, everything, deadline=some, known=known, steps=1.0)
        if answer.choices is None:
            return lines, answer, 0
        known, reached = answer.choices, float(np.rint(answer.gain))
        most_pairs = round(answer.bound) if left == 3 else most_pairs
        high = reached if left == 3 else np.inf
        lines = replace(lines, program=lines.program.with_line(gains, reached, high))
    answer = best(
        lines.program,
        lines.gains,
        everything,
        deadline=deadline,
        known=known,
        guess=rounded(lines, deadline),
        relative_gap=relative_gap,
    )
    return lines, answer, most_pairs
