"""What any other pair would cost, what a lock would move, and who comes next.

A plan is the cheapest flow (:mod:`matcher.flow`), so everything it could
exchange for something else is a path in its residual graph. One matrix of
shortest paths prices every pair; one path answers one question or one edit.
"""

from matcher.counterfactuals.alternates import Alternate
from matcher.counterfactuals.consequences import Consequence, Pair
from matcher.counterfactuals.prices import Prices
from matcher.counterfactuals.solved_plan import SolvedPlan
from matcher.counterfactuals.standing import StandingPlan, consequence_of

__all__ = [
    "Alternate",
    "Consequence",
    "Pair",
    "Prices",
    "SolvedPlan",
    "StandingPlan",
    "consequence_of",
]
