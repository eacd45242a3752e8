"""What the matcher knows of either side: frozen values, and its only input.

A profile is built by :mod:`matcher.tables` from a file's rows, or by the web
application from its database. Nothing in it says who a person is beyond an id
and a name, and neither of those is ever a feature.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from matcher.folding import fold

LanguageLevel = Literal["A1", "A2", "B1", "B2", "C1", "C2", "native"]

# The texts of each side, in the order in which a person reads them.
PROJECT_TEXTS = (
    "title",
    "logline",
    "difficulties",
    "statement",
    "synopsis",
    "goals",
    "reading",
)
MENTOR_TEXTS = ("bio",)


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the trade as somebody wrote it, recognised or not.

    Attributes
    ----------
    text : str
        What was written, or the label that was ticked.
    concept : str or None
        The concept's id in :mod:`matcher.vocabulary`; None when the words are
        not known there. An unknown term still takes part as text.
    """

    text: str
    concept: str | None = None

    @property
    def key(self) -> str:
        """What two equal terms share: the concept, else the folded words."""
        return self.concept or fold(self.text) or self.text.strip()


@dataclass(frozen=True, slots=True)
class LanguageSkill:
    """A language someone speaks. ``level`` None means unknown, not zero."""

    code: str
    level: LanguageLevel | None = None


@dataclass(frozen=True, slots=True)
class TeamMember:
    """One person of a film's team, as written: ``Name (role)``."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time somebody can meet in; both ends are aware instants."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Demand:
    """How many mentors a project is to have: at least ``low``, at most ``high``."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Load:
    """How many projects a mentor takes: ``high`` None means without limit."""

    low: int = 0
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectProfile:
    """A project as the matcher sees it.

    ``needs`` are in order of importance unless ``needs_ordered`` is False.
    ``reading`` is the organizers' own private reading of what the project
    needs. ``talk_in`` are codes of the languages in which its people wish to
    talk; empty means any they speak. ``wishes`` are ids of mentors they would
    like, the first most; ``past`` ids of mentors they have worked with in
    earlier years. ``demand`` None means that the row said nothing.
    """

    id: str
    title: str = ""
    logline: str = ""
    synopsis: str = ""
    statement: str = ""
    difficulties: str = ""
    goals: str = ""
    reading: str = ""
    needs: tuple[Term, ...] = ()
    needs_ordered: bool = True
    forms: tuple[Term, ...] = ()
    genres: tuple[Term, ...] = ()
    stages: tuple[Term, ...] = ()
    languages: tuple[LanguageSkill, ...] = ()
    countries: tuple[Term, ...] = ()
    talk_in: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    team: tuple[TeamMember, ...] = ()
    demand: Demand | None = None
    email: str = field(default="", repr=False)
    company: str = ""
    available: tuple[Window, ...] = ()

    @property
    def name(self) -> str:
        """What to call the project in a sentence."""
        return self.title or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorProfile:
    """A mentor as the matcher sees them.

    ``expertise`` is what people come to them for, ``offers`` what they say
    they give here, ``credits`` films and posts, each a short text of its own.
    ``territories`` are countries whose funds, crews and rules they know, which
    need not be their own. ``talk_in``, ``wishes`` (ids of projects) and ``past``
    are as for a project.
    ``load`` None means that the row said nothing.
    """

    id: str
    name: str = ""
    bio: str = ""
    offers: tuple[Term, ...] = ()
    expertise: tuple[Term, ...] = ()
    credits: tuple[str, ...] = ()
    forms: tuple[Term, ...] = ()
    genres: tuple[Term, ...] = ()
    stages: tuple[Term, ...] = ()
    languages: tuple[LanguageSkill, ...] = ()
    countries: tuple[Term, ...] = ()
    territories: tuple[Term, ...] = ()
    talk_in: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    load: Load | None = None
    email: str = field(default="", repr=False)
    company: str = ""
    available: tuple[Window, ...] = ()


ConflictStrength = Literal["never", "ask", "tell"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A declared reason against a pair. Only ``never`` forbids it."""

    project: str
    mentor: str
    kind: str = ""
    strength: ConflictStrength = "never"


@dataclass(frozen=True, slots=True)
class Lock:
    """An organizer's word that a pair stays."""

    project: str
    mentor: str
