"""A film and a mentor as the other side reads them, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from webapp.languages import language
from webapp.models import Participation, Project, Term
from webapp.services.terms import labels, language_label

Terms = Mapping[str, Term]

LEVELS: dict[str, LazyString] = {
    "A1": _("a few words"),
    "A2": _("a little"),
    "B1": _("gets by"),
    "B2": _("well enough"),
    "C1": _("very well"),
    "C2": _("almost native"),
    "native": _("native"),
}
ANSWERS: dict[str, LazyString] = {
    "title": _("the title"),
    "logline": _("what the film is about"),
    "difficulties": _("what doesn't work yet"),
    "needs": _("what you need most"),
    "stage_and_form": _("stage and form"),
    "languages": _("languages"),
}


@dataclass(frozen=True, slots=True)
class FilmSheet:
    """A film for a mentor to read; the organizers' own reading is never on it."""

    title: str
    title_original: str
    line: str
    needs: list[str]
    needs_ordered: bool
    facts: list[tuple[str, str]]
    texts: list[tuple[str, str]]
    team: list[str]

    @property
    def ask(self) -> str:
        """What the film asks for, in a line."""
        return " → ".join(self.needs) if self.needs_ordered else ", ".join(self.needs)


@dataclass(frozen=True, slots=True)
class MentorSheet:
    """A mentor for a filmmaker to read."""

    name: str
    line: str
    bio: str
    offers: str
    expertise: list[str]
    credits: list[str]
    facts: list[tuple[str, str]]


def film_sheet(project: Project, terms: Terms) -> FilmSheet:
    """Give a film as a mentor reads it."""
    now = language()
    forms = labels(terms, project.forms, now)
    stages = labels(terms, project.stages, now)
    facts = [
        (str(_("Genre")), ", ".join(labels(terms, project.genres, now))),
        (str(_("Countries")), ", ".join(labels(terms, project.countries, now))),
        (str(_("Where the filmmakers are from")), project.place),
        (str(_("Company")), project.company),
        (str(_("Languages to talk in")), word_languages(project.languages)),
    ]
    texts = [
        (str(_("What doesn't work yet")), project.difficulties),
        (str(_("Goals here")), project.goals),
        (str(_("Synopsis")), project.synopsis),
        (str(_("Director's statement")), project.statement),
        (str(_("From an earlier application")), project.pasted),
    ]
    return FilmSheet(
        title=project.title or str(_("Untitled film")),
        title_original=project.title_original,
        line=" · ".join([*forms, *stages]),
        needs=labels(terms, project.needs, now),
        needs_ordered=project.needs_ordered,
        facts=[(name, value) for name, value in facts if value],
        texts=[
            (name, text) for name, text in [(str(_("Logline")), project.logline), *texts] if text
        ],
        team=[f"{each.name} ({each.role})" if each.role else each.name for each in project.members],
    )


def mentor_sheet(mentor: Participation, terms: Terms) -> MentorSheet:
    """Give a mentor as a filmmaker reads them."""
    now = language()
    facts = [
        (str(_("Languages")), word_languages(mentor.languages)),
        (str(_("Knows best: forms")), ", ".join(labels(terms, mentor.forms, now))),
        (str(_("Knows best: genres")), ", ".join(labels(terms, mentor.genres, now))),
        (str(_("Helps best at")), ", ".join(labels(terms, mentor.stages, now))),
        (str(_("Company")), mentor.company),
    ]
    countries = ", ".join(labels(terms, mentor.countries, now))
    return MentorSheet(
        name=mentor.user.name,
        line=mentor.place or countries,
        bio=mentor.bio,
        offers=mentor.offers_text,
        expertise=labels(terms, dict.fromkeys([*mentor.expertise, *mentor.offers]), now),
        credits=list(mentor.credits),
        facts=[(name, value) for name, value in facts if value],
    )


def word_languages(rows: Iterable[Mapping[str, str | None]]) -> str:
    """Name languages with how well somebody speaks them, where that is known."""
    said = []
    for row in rows:
        name = language_label(row["code"] or "", language())
        level = LEVELS.get(row.get("level") or "")
        said.append(f"{name} ({level})" if level else name)
    return ", ".join(said)


def word_missing(answers: Sequence[str]) -> str:
    """Name the answers that are still open."""
    return ", ".join(str(ANSWERS[each]) for each in answers)
