"""Pairs mentors with film projects: profiles in, a plan with its reasons out.

A pure library: it knows neither a web page nor a database. The names below are
fetched when they are first used, so that reading a word list does not load a
solver.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.affinity import AffinityModel
    from matcher.assignment import Assignment, assign
    from matcher.constraints import Constraints
    from matcher.counterfactuals import SolvedPlan
    from matcher.diagnosis import diagnose
    from matcher.errors import MatcherError, Note
    from matcher.fairness import compare_aims, fair_assign
    from matcher.groups import GroupRules, split_into_groups
    from matcher.profiles import (
        Conflict,
        Demand,
        Load,
        Lock,
        MentorProfile,
        ProjectProfile,
    )
    from matcher.reasons import explain
    from matcher.stability import frontier, stable_assign
    from matcher.tables import read_conflicts, read_locks, read_mentors, read_projects
    from matcher.teams import TeamRules, assign_teams
    from matcher.vocabulary import Vocabulary
    from matcher.whole_matrix.assigning import assign_blocks

_HOMES = {
    "affinity": ("AffinityModel",),
    "assignment": ("Assignment", "assign"),
    "constraints": ("Constraints",),
    "counterfactuals": ("SolvedPlan",),
    "diagnosis": ("diagnose",),
    "errors": ("MatcherError", "Note"),
    "fairness": ("compare_aims", "fair_assign"),
    "groups": ("GroupRules", "split_into_groups"),
    "profiles": ("Conflict", "Demand", "Load", "Lock", "MentorProfile", "ProjectProfile"),
    "reasons": ("explain",),
    "stability": ("frontier", "stable_assign"),
    "tables": ("read_conflicts", "read_locks", "read_mentors", "read_projects"),
    "teams": ("TeamRules", "assign_teams"),
    "vocabulary": ("Vocabulary",),
    "whole_matrix.assigning": ("assign_blocks",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "AffinityModel",
    "Assignment",
    "Conflict",
    "Constraints",
    "Demand",
    "GroupRules",
    "Load",
    "Lock",
    "MatcherError",
    "MentorProfile",
    "Note",
    "ProjectProfile",
    "SolvedPlan",
    "TeamRules",
    "Vocabulary",
    "assign",
    "assign_blocks",
    "assign_teams",
    "compare_aims",
    "diagnose",
    "explain",
    "fair_assign",
    "frontier",
    "read_conflicts",
    "read_locks",
    "read_mentors",
    "read_projects",
    "split_into_groups",
    "stable_assign",
]


def __getattr__(name: str) -> object:
    """Fetch a public name from the module that defines it."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
