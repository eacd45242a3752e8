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
    from matcher.errors import MatcherError, Note
    from matcher.profiles import (
        Conflict,
        Demand,
        Load,
        Lock,
        MentorProfile,
        ProjectProfile,
    )
    from matcher.reasons import explain
    from matcher.tables import read_conflicts, read_locks, read_mentors, read_projects
    from matcher.vocabulary import Vocabulary

_HOMES = {
    "affinity": ("AffinityModel",),
    "assignment": ("Assignment", "assign"),
    "constraints": ("Constraints",),
    "errors": ("MatcherError", "Note"),
    "profiles": ("Conflict", "Demand", "Load", "Lock", "MentorProfile", "ProjectProfile"),
    "reasons": ("explain",),
    "tables": ("read_conflicts", "read_locks", "read_mentors", "read_projects"),
    "vocabulary": ("Vocabulary",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "AffinityModel",
    "Assignment",
    "Conflict",
    "Constraints",
    "Demand",
    "Load",
    "Lock",
    "MatcherError",
    "MentorProfile",
    "Note",
    "ProjectProfile",
    "Vocabulary",
    "assign",
    "explain",
    "read_conflicts",
    "read_locks",
    "read_mentors",
    "read_projects",
]


def __getattr__(name: str) -> object:
    """Fetch a public name from the module that defines it."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
