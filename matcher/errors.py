"""Everything that can be wrong with what the matcher was given, as values.

An error is a code and its parameters. ``str(error)`` words it in English for
the command line; the web application words the same code in the reader's own
language.
"""

from __future__ import annotations

from collections.abc import Mapping

Parameter = str | int | float | tuple[str, ...]

# One clear sentence each: what is wrong, where, and what to do about it.
SENTENCES: dict[str, str] = {
    # matcher.constraints
    "double_project_id": "Project id “{id}” is given twice: give each project an id of its own.",
    "double_mentor_id": "Mentor id “{id}” is given twice: give each mentor an id of their own.",
    "demand_below_zero": "Project “{project}” asks for {asked} mentors: give 0 or more.",
    "demand_min_above_max": "Project “{project}” asks for at least {low} and at most {high} "
    "mentors: lower the first number or raise the second.",
    "load_below_zero": "Mentor “{mentor}” has a load of {asked} projects: give 0 or more.",
    "load_min_above_max": "Mentor “{mentor}” takes at least {low} and at most {high} projects: "
    "lower min_load or raise max_load.",
    "conflict_unknown_project": "A conflict names project “{id}”, which is not among the projects: "
    "did you mean “{nearest}”?",
    "conflict_unknown_mentor": "A conflict names mentor “{id}”, who is not among the mentors: "
    "did you mean “{nearest}”?",
    "lock_unknown_project": "A lock names project “{id}”, which is not among the projects: "
    "did you mean “{nearest}”?",
    "lock_unknown_mentor": "A lock names mentor “{id}”, who is not among the mentors: "
    "did you mean “{nearest}”?",
    "conflict_without_projects": "A conflict names project “{id}”, but there are no projects.",
    "conflict_without_mentors": "A conflict names mentor “{id}”, but there are no mentors.",
    "lock_without_projects": "A lock names project “{id}”, but there are no projects.",
    "lock_without_mentors": "A lock names mentor “{id}”, but there are no mentors.",
    "lock_against_conflict": "Project “{project}” and mentor “{mentor}” are locked together and "
    "also have a conflict that forbids it: take out one of the two.",
    "locks_beyond_demand": "Project “{project}” has {locks} locked mentors but asks for at most "
    "{demand}: raise its demand or take out a lock.",
    "locks_beyond_load": "Mentor “{mentor}” has {locks} locked projects but takes at most "
    "{max_load}: raise max_load or take out a lock.",
    # matcher.assignment
    "affinity_shape": "The affinity has {rows} rows and {columns} columns, but there are "
    "{projects} projects and {mentors} mentors: give one row a project and one column a mentor.",
    "affinity_not_finite": "The affinity of project “{project}” and mentor “{mentor}” is {value}: "
    "give a finite number.",
    "affinity_too_large": "The affinity of project “{project}” and mentor “{mentor}” is {value}, "
    "too large to add up: divide all of them by the same number.",
    # matcher.affinity
    "weight_unknown": "There is no feature “{name}” to weigh: did you mean “{nearest}”?",
    "weight_not_usable": "The weight of “{name}” is {value}: give a number of 0 or more.",
    "weights_all_zero": "Every weight is 0, so no pair is better than another: give at least one "
    "of {names} a weight above 0.",
    "neutral_unknown": "There is no feature “{name}” to give a neutral value: did you mean "
    "“{nearest}”?",
    "neutral_not_usable": "The neutral value of “{name}” is {value}: give a number from 0 to 1.",
}


class MatcherError(Exception):
    """Input that contradicts itself or cannot be read.

    Attributes
    ----------
    code : str
        A key of :data:`SENTENCES`.
    params : mapping
        What the sentence names: ids, rows, numbers asked and offered.
    """

    def __init__(self, code: str, **params: Parameter) -> None:
        self.code = code
        self.params: Mapping[str, Parameter] = params
        super().__init__(code, params)

    def __str__(self) -> str:
        """Word the error in English."""
        return SENTENCES[self.code].format(**self.params)
