"""The films of a year: found by state, by title, by a name of the team."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import g, render_template, request, url_for
from flask_babel import gettext as _

from webapp import access, db
from webapp.blueprints.organizers import blueprint
from webapp.blueprints.organizers.pages import edition_terms
from webapp.enums import ProjectState
from webapp.languages import language
from webapp.models import Project
from webapp.services import people, projects, selection
from webapp.wording.states import word_state

TONES = {
    ProjectState.SELECTED: "ok",
    ProjectState.SUBMITTED: "lake",
    ProjectState.RETURNED: "warn",
    ProjectState.WAITING_LIST: "ember",
}


@blueprint.get("/<int:edition_id>/films")
@access.organizer
def films(edition_id: int) -> Any:
    """List the films, by state and by what is searched for."""
    shown = request.args.get("state", "")
    query = request.args.get("q", "")[:200]
    everything = projects.list_projects(db.session(), g.edition)
    found = [
        film
        for film in everything
        if (not shown or film.state == shown) and people.is_meant(query, *_searched(film))
    ]
    return render_template(
        "organizers/films/list.html",
        films=found,
        n_all=len(everything),
        query=query,
        shown=shown,
        tabs=_tabs(everything, shown),
        notes=selection.list_notes(db.session(), g.edition),
        terms=edition_terms(),
        language=language(),
        tones=TONES,
    )


def _searched(film: Project) -> list[str]:
    return [
        film.title,
        film.title_original,
        film.code,
        film.place,
        film.company,
        *(member.name for member in film.members),
    ]


def _tabs(everything: Iterable[Project], shown: str) -> list[dict[str, Any]]:
    counts = dict.fromkeys(ProjectState, 0)
    for film in everything:
        counts[film.state] += 1
    tabs = [("", _("All"), sum(counts.values()))]
    tabs += [(state.value, _capital(word_state(state)), n) for state, n in counts.items() if n]
    return [
        {
            "label": label,
            "url": url_for("organizers.films", edition_id=g.edition.id, state=state or None),
            "current": state == shown,
            "count": count,
        }
        for state, label, count in tabs
    ]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
