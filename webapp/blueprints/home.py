"""The first page: what waits for the reader, in each of their places."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp import access, db
from webapp.enums import ParticipationRole, ProgramRole
from webapp.forms.samples import sample_form
from webapp.services import accounts, next_steps
from webapp.services.next_steps import Place
from webapp.wording.next_steps import word_button, word_step
from webapp.wording.states import word_state

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@access.public
def index() -> ResponseReturnValue:
    """Show one's places and the one next thing in each; others are asked in."""
    session = db.session()
    if not current_user.is_authenticated:
        first = "account.first_run" if accounts.is_empty(session) else "account.sign_in"
        return redirect(url_for(first), 303)
    places = next_steps.list_places(session, access.actor())
    return render_template("home/index.html", cards_of_reader=[_card(place) for place in places])


@blueprint.get("/components")
@access.public
def components() -> ResponseReturnValue:
    """Show every part of a page on one, for whoever works on them."""
    if not (current_app.config["DEMO"] or current_app.testing):
        abort(404)
    return render_template(
        "components.html", form=sample_form(), broken_form=sample_form(with_errors=True)
    )


def _card(place: Place) -> dict[str, str]:
    return {
        "title": place.program.name,
        "year": place.edition.name if place.edition else "",
        "role": word_state(place.role),
        "sentence": word_step(place),
        "button": word_button(place),
        "url": _address(place),
    }


def _address(place: Place) -> str:
    if place.step == "make_edition":
        return url_for("organizers.new_edition", program_id=place.program.id)
    if place.edition is None:
        return ""
    edition_id = place.edition.id
    if place.role in (ProgramRole.OWNER, ProgramRole.ORGANIZER):
        return url_for("organizers.checklist", edition_id=edition_id)
    if place.role is ParticipationRole.FILMMAKER:
        return _film_address(place, edition_id)
    pages = {
        "mentor_check": "mentors.check",
        "mentor_profile": "mentors.profile",
        "mentor_told": "mentors.projects",
    }
    if place.role is ParticipationRole.MENTOR:
        return url_for(pages.get(place.step, "mentors.index"), edition_id=edition_id)
    return ""


def _film_address(place: Place, edition_id: int) -> str:
    pages = {"film_draft": "filmmakers.first_steps", "film_selected": "filmmakers.mentors"}
    if place.film is None or place.step not in pages:
        return url_for("filmmakers.index", edition_id=edition_id)
    return url_for(pages[place.step], edition_id=edition_id, project_id=place.film.id)
