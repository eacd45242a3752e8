"""The best pairs within demand, loads, conflicts and locks."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from matcher.constraints import BoolArray, Constraints, IntArray
from matcher.errors import MatcherError
from matcher.id_order import id_order
from matcher.optimum import Optimum, chosen_values, find_optimum
from matcher.pair_costs import Floats, pairs_of

# Sums of a hundred million such numbers still fit a float.
LARGEST_AFFINITY = 1e300


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Somebody who got less than the least they asked for."""

    id: str
    asked: int
    got: int

    @property
    def missing(self) -> int:
        """How many more it would take."""
        return self.asked - self.got


@dataclass(frozen=True, slots=True)
class Certificate:
    """How good a plan is proven to be among the plans as good in pairs and minimums.

    Attributes
    ----------
    total : float
        The plan's own.
    upper_bound : float
        No such plan has a greater total, but for the plan's ``rounding_bound``:
        what the rounding of affinities to whole numbers can hide.
    gap : float
        ``upper_bound - total``, never negative; 0 where the plan is the best.
    """

    total: float
    upper_bound: float
    gap: float

    @classmethod
    def exact(cls, total: float) -> Certificate:
        """Give the certificate of a plan that is proven best."""
        return cls(total=total, upper_bound=total, gap=0.0)


@dataclass(frozen=True, eq=False, slots=True)
class Assignment:
    """A plan: who meets whom, and who is short.

    Attributes
    ----------
    chosen : bool array, shape (n_projects, n_mentors)
        The plan's pairs, locked ones included. Read-only.
    total : float
        The sum of the chosen pairs' affinities, from the numbers as given.
    rounding_bound : float
        No plan that is as good in pairs and minimums has a greater total by
        more than this; the solver works in whole numbers.
    n_pairs : int
    complete : bool
        Whether everybody has at least what they asked for.
    short_projects : tuple of Shortfall
        Projects below their demand, in the order of rows.
    short_mentors : tuple of Shortfall
        Mentors below their min_load, in the order of columns.
    mentor_ids : tuple of str, length n_mentors
    certificate : Certificate
        How far the total can be from the best; the flow's plan is the best.
    """

    chosen: BoolArray
    total: float
    rounding_bound: float
    n_pairs: int
    complete: bool
    short_projects: tuple[Shortfall, ...]
    short_mentors: tuple[Shortfall, ...]
    mentor_ids: tuple[str, ...] = field(repr=False)

    @property
    def certificate(self) -> Certificate:
        """The proof that the flow gives with its plan: no residual cycle gains anything."""
        return Certificate.exact(self.total)

    def ranks(self, affinity: ArrayLike) -> IntArray:
        """Give each chosen mentor's rank among its project's chosen mentors.

        Parameters
        ----------
        affinity : float array, shape (n_projects, n_mentors)

        Returns
        -------
        int64 array, shape (n_projects, n_mentors)
            1 (the greatest affinity) up to the number of the project's
            mentors; 0 where the pair is not chosen. Ties go to the lower id.
        """
        values = np.asarray(affinity, dtype=np.float64)
        ranks = np.zeros(self.chosen.shape, dtype=np.int64)
        order = np.argsort(id_order(self.mentor_ids))
        for row in range(len(ranks)):
            columns = np.flatnonzero(self.chosen[row])
            best_first = columns[np.lexsort((order[columns], -values[row, columns]))]
            ranks[row, best_first] = np.arange(1, len(columns) + 1)
        return ranks


def assign(affinity: ArrayLike, constraints: Constraints) -> Assignment:
    """Give the best plan there is; where not everybody can be served, the best partial one.

    No plan breaks a conflict, a max_load, a demand's ceiling or a lock. Among
    those it has the most pairs; then the smallest shortfall of min_load and of
    the demands' lower ends (the three never compete, see
    :func:`matcher.flow.solve`); then the greatest total. A pair of negative
    affinity is taken rather than left out. Exact ties go to the lower ids, and
    rows and columns are looked at in the order of their ids, so the order of
    the input makes no difference.

    Parameters
    ----------
    affinity : array_like of float, shape (n_projects, n_mentors)
        Finite, any scale and sign; not changed.
    constraints : Constraints

    Returns
    -------
    Assignment

    Raises
    ------
    MatcherError
        When the affinity is no table of numbers or has another shape than the
        constraints, or a cell is masked, NaN, infinite or beyond 1e300: give
        that cell a number.

    Notes
    -----
    The plan is exact for affinities rounded to whole numbers of a power of ten,
    as fine as 64 bits allow (at 300 x 80 a millionth of their range at worst);
    ``rounding_bound`` is twice the greatest rounding of a pair times the number
    of pairs that were free to choose. It is next to 0 for numbers written with
    few digits.

    Examples
    --------
    >>> from matcher.profiles import Demand, Load
    >>> limits = Constraints.build(
    ...     ["film-a", "film-b"],
    ...     ["aida", "bolot"],
    ...     demand=[Demand(1, 1), Demand(1, 1)],
    ...     loads=[Load(0, 1), Load(0, 1)],
    ... )
    >>> plan = assign([[0.9, 0.8], [0.7, 0.1]], limits)
    >>> plan.chosen.astype(int).tolist()
    [[0, 1], [1, 0]]
    >>> plan.total, plan.complete
    (1.5, True)
    """
    return described(find_optimum(checked(affinity, constraints), constraints), constraints)


def described(optimum: Optimum, constraints: Constraints) -> Assignment:
    """Give a solved plan's pairs, total and shortfalls in the order that was given."""
    order = optimum.order
    rows, columns = pairs_of(optimum.free)
    locked_rows, locked_columns = pairs_of(constraints.locked)
    chosen = constraints.locked.copy()
    chosen[order.rows[rows], order.columns[columns]] = True
    chosen.setflags(write=False)
    by_project = np.bincount(order.rows[rows], minlength=chosen.shape[0])
    by_project += np.bincount(locked_rows, minlength=chosen.shape[0])
    by_mentor = np.bincount(order.columns[columns], minlength=chosen.shape[1])
    by_mentor += np.bincount(locked_columns, minlength=chosen.shape[1])
    short_projects = _short(constraints.project_ids, constraints.demand_low, by_project)
    short_mentors = _short(constraints.mentor_ids, constraints.load_low, by_mentor)
    return Assignment(
        chosen=chosen,
        total=math.fsum(chosen_values(optimum, constraints)),
        rounding_bound=optimum.rounding_bound,
        n_pairs=len(rows) + len(locked_rows),
        complete=not short_projects and not short_mentors,
        short_projects=short_projects,
        short_mentors=short_mentors,
        mentor_ids=constraints.mentor_ids,
    )


def checked(affinity: ArrayLike, constraints: Constraints) -> Floats:
    """Give the affinities as finite numbers of the constraints' shape, or say what is wrong."""
    values = _numbers(affinity)
    if values.size == 0 and 0 in constraints.shape:
        values = values.reshape(constraints.shape)
    if values.ndim > 2 or not values.ndim:
        raise MatcherError("affinity_not_a_table")
    if values.shape != constraints.shape:
        rows, columns = (*values.shape, 1, 1)[:2]
        projects, mentors = constraints.shape
        raise MatcherError(
            "affinity_shape", rows=rows, columns=columns, projects=projects, mentors=mentors
        )
    # NaN compares false, so one pass finds all three kinds.
    wrong = np.argwhere(~(np.abs(values) <= LARGEST_AFFINITY))
    if len(wrong):
        row, column = wrong[0]
        value = float(values[row, column])
        raise MatcherError(
            "affinity_too_large" if math.isfinite(value) else "affinity_not_finite",
            project=constraints.project_ids[row],
            mentor=constraints.mentor_ids[column],
            value=str(value),
        )
    return values


def _numbers(affinity: ArrayLike) -> Floats:
    """Give the affinities as floats; a masked cell has none and is NaN."""
    try:
        if np.iscomplexobj(affinity):
            raise TypeError
        values: Floats = np.ma.asarray(affinity, dtype=np.float64).filled(np.nan)
    except (TypeError, ValueError, OverflowError) as error:
        raise MatcherError("affinity_not_a_table") from error
    return values


def _short(ids: tuple[str, ...], asked: IntArray, got: IntArray) -> tuple[Shortfall, ...]:
    return tuple(
        Shortfall(ids[index], asked=int(asked[index]), got=int(got[index]))
        for index in np.flatnonzero(got < asked)
    )
