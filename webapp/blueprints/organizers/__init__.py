"""The organizers' pages: one blueprint, a module for each thing they do."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request, url_for
from flask_babel import gettext as _

from webapp.forms.base import new_nonce

blueprint = Blueprint("organizers", __name__, url_prefix="/organize")

# Which pages belong to which entry of the navigation.
PEOPLE = (
    "organizers.person",
    "organizers.edit_mentor",
    "organizers.new_mentor",
    "organizers.invite",
    "organizers.invitation",
)
FILMS = (
    "organizers.film",
    "organizers.edit_film",
    "organizers.new_film",
    "organizers.selection",
)


@blueprint.context_processor
def navigation() -> dict[str, Any]:
    """Give every organizers' page its lab's name and the way round."""
    edition = g.get("edition")
    program = g.get("program")
    if edition is None:
        return {"program_name": program.name if program else "", "new_nonce": new_nonce}
    pages = (
        (_("Overview"), "organizers.checklist", ("organizers.edition_settings",)),
        (_("People"), "organizers.people", PEOPLE),
        (_("Films"), "organizers.films", FILMS),
        (_("Not together"), "organizers.apart", ()),
        (_("Suggest pairs"), "organizers.suggest", ("organizers.run",)),
        (
            _("The list"),
            "organizers.plan_list",
            (
                "organizers.plan_others",
                "organizers.plan_choose",
                "organizers.plan_swap",
                "organizers.plan_swap_with",
                "organizers.history",
                "organizers.history_then",
                "organizers.history_undo",
                "organizers.history_return",
            ),
        ),
        (_("Tell everyone"), "organizers.tell", ()),
    )
    return {
        "edition": edition,
        "new_nonce": new_nonce,
        "program_name": edition.program.name,
        "current_edition_name": edition.name,
        "program_url": url_for("organizers.checklist", edition_id=edition.id),
        "nav_items": [
            {
                "label": label,
                "url": url_for(endpoint, edition_id=edition.id),
                "current": request.endpoint in {endpoint, *others},
            }
            for label, endpoint, others in pages
        ],
    }


# The pages stand on the blueprint, so they come after it.
from webapp.blueprints.organizers import (  # noqa: E402
    another,
    apart,
    checklist,
    choosing,
    editions,
    files,
    film,
    film_for_someone,
    films,
    history,
    invite,
    labs,
    learning,
    mentor_for_someone,
    people,
    plan,
    suggest,
    swapping,
    tell,
)

__all__ = [
    "another",
    "apart",
    "blueprint",
    "checklist",
    "choosing",
    "editions",
    "files",
    "film",
    "film_for_someone",
    "films",
    "history",
    "invite",
    "labs",
    "learning",
    "mentor_for_someone",
    "people",
    "plan",
    "suggest",
    "swapping",
    "tell",
]
