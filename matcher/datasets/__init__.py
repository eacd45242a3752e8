"""A small invented film camp, for a first try, for the tests and for the demo."""

from __future__ import annotations

import io
from collections.abc import Callable
from importlib import resources
from typing import NamedTuple, TypeVar

from matcher.profiles import Conflict, Lock
from matcher.tables import (
    MentorTable,
    ProjectTable,
    read_conflicts,
    read_locks,
    read_mentors,
    read_projects,
)

T = TypeVar("T")


class DemoLab(NamedTuple):
    """The Ak-Suu camp's four files."""

    projects: ProjectTable
    mentors: MentorTable
    conflicts: tuple[Conflict, ...]
    locks: tuple[Lock, ...]


def load_demo() -> DemoLab:
    """Give the invented camp: 18 projects, 8 mentors, conflicts and locks.

    Examples
    --------
    >>> lab = load_demo()
    >>> len(lab.projects.profiles), len(lab.mentors.profiles)
    (18, 8)
    """
    return DemoLab(
        projects=_read("demo_projects.csv", read_projects),
        mentors=_read("demo_mentors.csv", read_mentors),
        conflicts=_read("demo_conflicts.csv", read_conflicts),
        locks=_read("demo_locks.csv", read_locks),
    )


def _read(name: str, reader: Callable[[io.StringIO], T]) -> T:
    file = resources.files(__name__).joinpath(name)
    text = io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")
    return reader(text)
