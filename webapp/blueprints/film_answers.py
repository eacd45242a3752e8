"""What a film's forms show of what is stored."""

from __future__ import annotations

from typing import Any

from webapp import limits
from webapp.forms.project import N_LANGUAGES_SHOWN
from webapp.forms.rows import padded
from webapp.models import Project, User


def first_answers(project: Project) -> dict[str, Any]:
    """Give what the six questions' form shows of a film."""
    return {
        "title": project.title,
        "logline": project.logline,
        "pasted": project.pasted,
        "difficulties": project.difficulties,
        "needs": list(project.needs),
        "stage": project.stages[0] if project.stages else "",
        "forms": list(project.forms),
        "languages": padded(project.languages, N_LANGUAGES_SHOWN, limits.N_LANGUAGES),
    }


def further_answers(project: Project, actor: User, countries: list[str]) -> dict[str, Any]:
    """Give what the second form shows of a film; countries come with their labels."""
    contacts = [each for each in project.members if each.user_id is not None]
    own = [each for each in contacts if each.user_id == actor.id] or contacts
    others = [each for each in project.members if each.user_id is None]
    return {
        "synopsis": project.synopsis,
        "statement": project.statement,
        "goals": project.goals,
        "genres": list(project.genres),
        "own_role": own[0].role if own else "",
        "team": "\n".join(f"{e.name} ({e.role})" if e.role else e.name for e in others),
        "countries": ", ".join(countries),
        "place": project.place,
        "company": project.company,
        "title_original": project.title_original,
        "title_outside": project.title_outside,
        "keep_apart_note": project.keep_apart_note,
    }
