"""After everyone was told: a film's mentors, and why."""

from __future__ import annotations

from typing import Any

from flask import g, render_template

from webapp import access, db
from webapp.blueprints.filmmakers.pages import blueprint, edition_terms, film_view, is_over, is_told
from webapp.services import releases
from webapp.services.told import reasons_by_pair
from webapp.wording.profiles import mentor_sheet
from webapp.wording.reasons import word_reasons_for


@blueprint.get("/<int:project_id>/mentors")
@access.filmmaker
def mentors(edition_id: int, project_id: int) -> Any:
    """Show the mentors of a film, each with why; calm words when there are none yet."""
    session, terms = db.session(), edition_terms()
    matches = releases.list_released_matches(session, g.edition, project=g.project)
    reasons = reasons_by_pair(session, matches)
    shown = [
        {
            "sheet": mentor_sheet(match.mentor, terms),
            "reasons": word_reasons_for(
                reasons.get((match.project_id, match.mentor_id), []),
                terms,
                mentor=match.mentor.user.name,
            ),
        }
        for match in matches
    ]
    return render_template(
        "filmmakers/mentors.html",
        view=film_view(g.project),
        mentors=shown,
        is_told=is_told() or is_over(),
        edition=g.edition,
    )
