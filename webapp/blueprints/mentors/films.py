"""A mentor's films, once everyone was told: the ask in two lines, and all to read."""

from __future__ import annotations

from typing import Any

from flask import g, render_template

from webapp import access, db
from webapp.blueprints.handing_out import hand_out
from webapp.blueprints.mentors.pages import (
    blueprint,
    edition_terms,
    is_told,
    mentor_view,
)
from webapp.models import Match
from webapp.services import releases, uploads
from webapp.services.told import reasons_by_pair
from webapp.wording.profiles import film_sheet
from webapp.wording.reasons import word_reasons_for


@blueprint.get("/films")
@access.mentor
def projects(edition_id: int) -> Any:
    """Show a mentor's films, each with its ask in two lines."""
    matches = releases.list_released_matches(db.session(), g.edition, mentor=g.participation)
    return render_template(
        "mentors/projects.html",
        films=_films(matches),
        view=mentor_view(g.participation),
        is_told=is_told(),
        edition=g.edition,
    )


@blueprint.get("/films/<int:project_id>")
@access.mentor
def project(edition_id: int, project_id: int) -> Any:
    """Show one of a mentor's own films in full, with why; anybody else's is not found."""
    match = releases.get_released_match(db.session(), g.edition, project_id, g.participation)
    (film,) = _films([match])
    return render_template(
        "mentors/project.html",
        film=film,
        uploads=match.project.uploads,
        view=mentor_view(g.participation),
        edition=g.edition,
    )


@blueprint.get("/films/<int:project_id>/files/<int:upload_id>")
@access.mentor
def upload_file(edition_id: int, project_id: int, upload_id: int) -> Any:
    """Hand out a file of one of a mentor's own films."""
    session = db.session()
    match = releases.get_released_match(session, g.edition, project_id, g.participation)
    return hand_out(uploads.get_upload(session, match.project, upload_id))


def _films(matches: list[Match]) -> list[dict[str, Any]]:
    terms = edition_terms()
    reasons = reasons_by_pair(db.session(), matches)
    return [
        {
            "id": match.project_id,
            "sheet": film_sheet(match.project, terms),
            "short": match.project.difficulties or match.project.logline,
            "reasons": word_reasons_for(
                reasons.get((match.project_id, match.mentor_id), []),
                terms,
                mentor=match.mentor.user.name,
                to_mentor=True,
            ),
        }
        for match in matches
    ]
