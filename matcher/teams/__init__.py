"""A project's mentors together: what they must, may not and had better be.

:func:`assign_teams` gives the best plan under :class:`TeamRules`. A team here is
the mentors of one project, not the people who make the film.
"""

from matcher.teams.plans import TeamPlan, assign_teams
from matcher.teams.prices import TeamPrice
from matcher.teams.rules import (
    Coverage,
    Hours,
    Mix,
    SamePerson,
    Someone,
    TeamRules,
    first_need,
    rank_weights,
    shared_language,
)
from matcher.teams.standing import Broken

__all__ = [
    "Broken",
    "Coverage",
    "Hours",
    "Mix",
    "SamePerson",
    "Someone",
    "TeamPlan",
    "TeamPrice",
    "TeamRules",
    "assign_teams",
    "first_need",
    "rank_weights",
    "shared_language",
]
