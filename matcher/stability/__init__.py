"""Plans that change no more of the standing one than it is worth.

:func:`stable_assign` gives the best plan at a price of a change, as lines;
:func:`frontier` gives the best total for each number of changes.
"""

from matcher.stability.changes import Exchange, PlanChange
from matcher.stability.frontier import frontier
from matcher.stability.plans import StablePlan, stable_assign
from matcher.stability.standing import Impossible
from matcher.stability.sweep import FrontierPoint

__all__ = [
    "Exchange",
    "FrontierPoint",
    "Impossible",
    "PlanChange",
    "StablePlan",
    "frontier",
    "stable_assign",
]
