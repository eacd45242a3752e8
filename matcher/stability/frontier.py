"""The best total against the number of changes: what each further change would bring."""

from __future__ import annotations

import time

from numpy.typing import ArrayLike

from matcher.constraints import Constraints
from matcher.stability.plans import Desk
from matcher.stability.standing import Previous
from matcher.stability.sweep import FrontierPoint, Sweep


def frontier(
    affinity: ArrayLike,
    constraints: Constraints,
    previous: Previous,
    *,
    time_limit: float = 10.0,
) -> tuple[FrontierPoint, ...]:
    """Give the best total for each number of changes, from the fewest to the best plan's.

    Parameters
    ----------
    affinity : array_like of float, shape (n_projects, n_mentors)
        Finite, any scale and sign; not changed.
    constraints : Constraints
    previous : bool array, shape (n_projects, n_mentors), or iterable of (str, str)
        As in :func:`matcher.stability.stable_assign`.
    time_limit : float
        Seconds. A point not proven by then has a gap.

    Returns
    -------
    tuple of FrontierPoint
        One for each number of changes, rising by one. The first has the fewest
        changes that any best plan has, the last the greatest total.

    Raises
    ------
    MatcherError
        As :func:`matcher.stability.stable_assign`.

    Notes
    -----
    The supported points by Lagrange: the price at which two known points are
    worth the same either finds one above them or proves that there is none
    (Eisner and Severance's method, [1]_). Every price also bounds all the points,
    and the least of these bounds is the hull. Between supported points the two
    neighbours' exchanges are taken in part, by dynamic programming over those
    that hang together; where that stays below the hull, branch and cut decides,
    over the pairs that the gap leaves undecided by their reduced costs [2]_.

    References
    ----------
    .. [1] M. J. Eisner, D. G. Severance, "Mathematical Techniques for Efficient
       Record Segmentation in Large Shared Databases", *Journal of the ACM* 23
       (1976), 619-635. https://doi.org/10.1145/321978.321982
    .. [2] R. K. Ahuja, T. L. Magnanti, J. B. Orlin, *Network Flows: Theory,
       Algorithms, and Applications*, Prentice Hall, 1993, chapter 16.

    Examples
    --------
    >>> from matcher.profiles import Demand, Load
    >>> limits = Constraints.build(
    ...     ["film-a", "film-b"],
    ...     ["aida", "bolot", "chinara"],
    ...     demand=[Demand(1, 1), Demand(1, 1)],
    ...     loads=[Load(0, 1)] * 3,
    ... )
    >>> fit = [[0.5, 1.0, 0.0], [1.0, 0.5, 0.75]]
    >>> standing = [("film-a", "aida"), ("film-b", "bolot")]
    >>> points = frontier(fit, limits, standing)
    >>> [(point.n_changes, point.total, point.supported) for point in points]
    [(0, 1.0, True), (1, 1.25, False), (2, 2.0, True)]
    """
    deadline = time.monotonic() + time_limit
    return Sweep(Desk.of(affinity, constraints, previous), deadline).points()
