"""What a filmmaker's pages share: where they hang, and what they know of a film."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp import access, db
from webapp.enums import EditionState, ProjectState
from webapp.models import Project
from webapp.services import terms
from webapp.services.projects import TOLD, can_submit, missing_answers
from webapp.wording.profiles import word_missing
from webapp.wording.states import word_state

blueprint = Blueprint("filmmakers", __name__, url_prefix="/editions/<int:edition_id>/films")

# Decisions of the organizers that nobody hears before everyone is told.
DECIDED = (ProjectState.SELECTED, ProjectState.WAITING_LIST, ProjectState.NOT_THIS_TIME)


def edition_terms() -> terms.TermsByKey:
    """Give the edition's lists, read once a page."""
    if "terms" not in g:
        g.terms = terms.terms_by_key(db.session(), g.edition)
    found: terms.TermsByKey = g.terms
    return found


def is_over() -> bool:
    """Whether the year is in the archive: everything can be read, nothing changed."""
    return bool(g.edition.state is EditionState.ARCHIVED)


def is_told() -> bool:
    """Whether everyone knows who is with whom."""
    return g.edition.state in TOLD


def can_edit() -> bool:
    """Whether a filmmaker may still change a film."""
    return not is_over() and not is_told()


def film_url(endpoint: str, project: Project | None = None, **values: Any) -> str:
    """Give the address of one of a film's pages."""
    film = project or g.project
    return url_for(f"filmmakers.{endpoint}", edition_id=g.edition.id, project_id=film.id, **values)


def to_index() -> Response:
    """Go to the list of one's own films."""
    return redirect(url_for("filmmakers.index", edition_id=g.edition.id), 303)


def shown_state(project: Project) -> tuple[str, str]:
    """Give the state as its filmmaker may know it, and the colour of its badge."""
    state = project.state
    if state in DECIDED and not is_told():
        state = ProjectState.SUBMITTED
    tones = {
        ProjectState.SUBMITTED: "ok",
        ProjectState.SELECTED: "ok",
        ProjectState.RETURNED: "warn",
    }
    return word_state(state), tones.get(state, "")


def film_view(project: Project) -> dict[str, Any]:
    """Give what the head of a film's pages shows."""
    missing = missing_answers(project)
    words, tone = shown_state(project)
    filled_in_by = project.filled_in_by
    return {
        "film": project,
        "title": project.title or _("Untitled film"),
        "state": words,
        "tone": tone,
        "n_missing": len(missing),
        "missing": word_missing(missing),
        "can_submit": can_edit() and can_submit(project),
        "can_edit": can_edit(),
        "can_withdraw": can_edit() and project.state is not ProjectState.WITHDRAWN,
        "unseen_by": filled_in_by.name if filled_in_by and not project.checked_at else "",
        "tabs": film_tabs(project),
    }


def film_tabs(project: Project) -> list[dict[str, Any]]:
    """Give the way between a film's pages."""
    pages = [("preview", _("What a mentor sees"))]
    if can_edit():
        pages = [("first_steps", _("Six questions")), ("more", _("The rest")), *pages]
    pages.append(("files", _("Files")))
    if is_told():
        pages.insert(0, ("mentors", _("Mentors")))
    return [
        {
            "label": label,
            "url": film_url(name, project),
            "current": request.endpoint == f"filmmakers.{name}",
        }
        for name, label in pages
    ]


def reader_name() -> str:
    """Give the reader's own name."""
    return access.actor().name
