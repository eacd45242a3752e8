"""Fairness as a choice in plain words, each with its price.

:func:`fair_assign` gives the plan for one aim, :func:`compare_aims` one for each
of :data:`AIMS`, so that the price is known before one is chosen.
"""

from matcher.fairness.aims import AIMS, Aim
from matcher.fairness.plans import FairPlan, compare_aims, fair_assign

__all__ = ["AIMS", "Aim", "FairPlan", "compare_aims", "fair_assign"]
