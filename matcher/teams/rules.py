"""What a project's mentors are to be together, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.constraints import BoolArray, IntArray
from matcher.errors import MatcherError

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class Someone:
    """At least one of a project's mentors is of some kind.

    Attributes
    ----------
    name : str
        What the rule is called in the plan.
    who : bool array, shape (n_projects, n_mentors)
        Which mentors are of that kind for which project.
    price : float or None
        What a project without such a mentor takes off the worth; None: the rule
        is hard.
    stand_ins : int
        So many projects may do without, since somebody stands in: an interpreter.
    stand_in_price : float
        What each who stands in takes off the worth.
    """

    name: str
    who: BoolArray
    price: float | None = None
    stand_ins: int = 0
    stand_in_price: float = 0.0


def first_need(meets: ArrayLike, *, price: float | None = None) -> Someone:
    """Give the rule that a project's first need is met by somebody who has done it.

    Parameters
    ----------
    meets : bool array_like, shape (n_projects, n_mentors)
    price : float, optional
        Soft at this price; hard without one.
    """
    return Someone("first_need", np.asarray(meets, dtype=np.bool_), price)


def shared_language(
    shares: ArrayLike,
    *,
    interpreters: int = 0,
    interpreter_price: float = 0.0,
    price: float | None = None,
) -> Someone:
    """Give the rule that one of the mentors can talk with the filmmakers, or an interpreter can.

    Parameters
    ----------
    shares : bool array_like, shape (n_projects, n_mentors)
    interpreters : int
        Projects that can be given one.
    interpreter_price : float
    price : float, optional
        Soft at this price; hard without one.
    """
    marks = np.asarray(shares, dtype=np.bool_)
    return Someone("shared_language", marks, price, interpreters, interpreter_price)


@dataclass(frozen=True, eq=False, slots=True)
class Coverage:
    """A reward for each need that at least one of a project's mentors covers.

    Attributes
    ----------
    cells : int64 array, shape (n_cells, 3)
        Project, mentor and need, as positions: that mentor covers that need of
        that project.
    weights : float64 array, shape (n_projects, n_needs)
        The reward of each project's need, 0 or more.
    """

    cells: IntArray
    weights: Floats

    @classmethod
    def of(cls, covers: ArrayLike, weights: ArrayLike) -> Coverage:
        """Give the reward from a table of who covers what.

        Parameters
        ----------
        covers : bool array_like, shape (n_projects, n_mentors, n_needs)
        weights : float array_like, shape (n_projects, n_needs)

        Raises
        ------
        MatcherError
            Shapes that do not fit each other.
        """
        marks, rewards = np.asarray(covers, dtype=np.bool_), np.asarray(weights, dtype=np.float64)
        wanted = (*marks.shape[:1], *marks.shape[2:])
        if marks.ndim != 3 or rewards.shape != wanted:
            raise MatcherError(
                "rule_shape",
                rule="coverage",
                given=str(rewards.shape),
                wanted=str(wanted if marks.ndim == 3 else "(n_projects, n_mentors, n_needs)"),
            )
        return cls(np.argwhere(marks).astype(np.int64), rewards)


def rank_weights(n_needs: ArrayLike, *, most: int, reward: float = 1.0) -> Floats:
    """Give needs in order of importance their rewards: the second a half of the first, and so on.

    Parameters
    ----------
    n_needs : int array_like, shape (n_projects,)
        How many needs each project has.
    most : int
        How many there are at most.
    reward : float
        What all needs of one project are worth together.

    Returns
    -------
    float64 array, shape (n_projects, most)

    Examples
    --------
    >>> rank_weights([2, 0], most=2, reward=3.0).tolist()
    [[2.0, 1.0], [0.0, 0.0]]
    """
    ranks = np.arange(1, most + 1)
    weights = np.where(ranks <= np.asarray(n_needs)[:, None], 1.0 / ranks, 0.0)
    whole = weights.sum(axis=1, keepdims=True)
    rewards: Floats = reward * weights / np.where(whole > 0, whole, 1.0)
    return rewards


@dataclass(frozen=True, eq=False, slots=True)
class Mix:
    """How many mentors of each category a project has: "one editor and one sales agent".

    Attributes
    ----------
    categories : bool array, shape (n_mentors, n_categories)
        A mentor may be of several, and counts for each.
    names : tuple of str, length n_categories
    low, high : int array, shape (n_categories,) or (n_projects, n_categories)
        None: no minimum, or no maximum.
    price : float or None
        What each mentor that a minimum lacks takes off the worth; None: hard.
        Maximums are hard always.
    """

    categories: BoolArray
    names: tuple[str, ...]
    low: IntArray | None = None
    high: IntArray | None = None
    price: float | None = None


@dataclass(frozen=True, slots=True)
class SamePerson:
    """One person's several projects.

    Attributes
    ----------
    projects : tuple of str
        Their ids.
    most_mentors : int or None
        Pairs of all of them together; None: as the demands say.
    each_mentor_once : bool
        Whether a mentor takes at most one of them.
    """

    projects: tuple[str, ...]
    most_mentors: int | None = None
    each_mentor_once: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class Hours:
    """What projects cost mentors in hours: scripts to read, cuts to watch.

    Attributes
    ----------
    cost : float64 array, shape (n_projects,) or (n_projects, n_mentors)
        0 or more.
    most : float64 array, shape (n_mentors,)
        The hours a mentor has, 0 or more; infinite: no limit.
    """

    cost: Floats
    most: Floats


@dataclass(frozen=True, slots=True)
class TeamRules:
    """All rules for a project's mentors together; each may be left out.

    Attributes
    ----------
    someone : tuple of Someone
        See :func:`first_need` and :func:`shared_language`.
    mix : Mix or None
    apart : tuple of tuples of str
        Mentors' ids: not two of one tuple on one project.
    people : tuple of SamePerson
    hours : Hours or None
    coverage : Coverage or None
    """

    someone: tuple[Someone, ...] = ()
    mix: Mix | None = None
    apart: tuple[tuple[str, ...], ...] = ()
    people: tuple[SamePerson, ...] = ()
    hours: Hours | None = None
    coverage: Coverage | None = None
