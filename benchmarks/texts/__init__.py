"""Needs and mentors as people write them, to measure how well texts find each other.

One half is for choosing: look at it, tune on it. The other is for reporting
alone. A topic has one need in each of four languages, each by another person
about another film, and one mentor who answers it in English and in Russian,
for a third of the topics in Kazakh and Kyrgyz too. All people and films are
invented.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from io import StringIO
from pathlib import Path

from matcher.profiles import MentorProfile, ProjectProfile
from matcher.tables import read_mentors, read_projects

FOLDER = Path(__file__).parent
HALVES = ("choosing", "reporting")
NEED_LANGUAGES = ("en", "ru", "kk", "ky")
MENTOR_LANGUAGES = ("en", "ru")
# What a keyboard without the Kazakh and Kyrgyz letters makes of them.
_WITHOUT_SPECIAL_LETTERS = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")


@dataclass(frozen=True)
class Half:
    """One half of the texts: profiles, and what each one's row says beside them.

    Attributes
    ----------
    projects, mentors : tuples of profiles
        By topic and language, as in the files.
    topic, language : dict of (side, id) to str
        ``side`` is ``project`` or ``mentor``.
    """

    projects: tuple[ProjectProfile, ...]
    mentors: tuple[MentorProfile, ...]
    topic: dict[tuple[str, str], str]
    language: dict[tuple[str, str], str]

    def needs(self, language: str, *, typed_plainly: bool = False) -> list[ProjectProfile]:
        """Give one language's needs; ``typed_plainly`` without ә ғ қ ң ө ұ ү һ і."""
        own = [each for each in self.projects if self.language["project", each.id] == language]
        return [without_special_letters(each) for each in own] if typed_plainly else own

    def answers(self, language: str, topics: Sequence[str] | None = None) -> list[MentorProfile]:
        """Give the mentors who write one language, of all topics or of some."""
        return [
            each
            for each in self.mentors
            if self.language["mentor", each.id] == language
            and (topics is None or self.topic["mentor", each.id] in topics)
        ]

    def gold(
        self, projects: Sequence[ProjectProfile], mentors: Sequence[MentorProfile]
    ) -> list[tuple[str, str]]:
        """Give the ids of the pairs that belong together."""
        return [
            (project.id, mentor.id)
            for project in projects
            for mentor in mentors
            if self.topic["project", project.id] == self.topic.get(("mentor", mentor.id))
        ]


@cache
def load_half(name: str) -> Half:
    """Give the ``choosing`` or the ``reporting`` half."""
    files = {"project": FOLDER / f"{name}_needs.csv", "mentor": FOLDER / f"{name}_mentors.csv"}
    rows = {
        (side, row["id"]): row
        for side, file in files.items()
        for row in csv.DictReader(StringIO(file.read_text(encoding="utf-8")))
    }
    return Half(
        projects=read_projects(files["project"]).profiles,
        mentors=read_mentors(files["mentor"]).profiles,
        topic={key: row["topic"] for key, row in rows.items()},
        language={key: row["language"] for key, row in rows.items()},
    )


def without_special_letters(project: ProjectProfile) -> ProjectProfile:
    """Give a project as somebody types it on a Russian keyboard."""
    return replace(
        project,
        title=project.title.translate(_WITHOUT_SPECIAL_LETTERS),
        logline=project.logline.translate(_WITHOUT_SPECIAL_LETTERS),
        difficulties=project.difficulties.translate(_WITHOUT_SPECIAL_LETTERS),
    )
