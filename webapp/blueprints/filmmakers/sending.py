"""Sending a film in, taking it back, and saying that it is right."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp import access, db
from webapp.blueprints.filmmakers.pages import blueprint, film_url, to_index
from webapp.enums import ProjectState
from webapp.errors import CampfireError, InvalidValue
from webapp.forms.project import ActForm
from webapp.services import projects
from webapp.wording.errors import word_error


@blueprint.post("/<int:project_id>/submit")
@access.filmmaker
def submit(edition_id: int, project_id: int) -> Any:
    """Send a film in."""
    if g.project.state is not ProjectState.DRAFT and not projects.can_submit(g.project):
        # Sent twice: the first time counted.
        return to_index()
    return _act(projects.submit_project, _("Your film is sent in. You can still change it."))


@blueprint.post("/<int:project_id>/withdraw")
@access.filmmaker
def withdraw(edition_id: int, project_id: int) -> Any:
    """Take a film out; what was written stays."""
    if g.project.state is ProjectState.WITHDRAWN:
        return to_index()
    return _act(
        projects.withdraw_project,
        _("Your film is withdrawn. Your texts stay here, and you can send it in again."),
    )


@blueprint.post("/<int:project_id>/right")
@access.filmmaker
def right(edition_id: int, project_id: int) -> Any:
    """Say that what somebody filled in is right."""
    return _act(projects.mark_checked, _("Thank you."))


def _act(act: Any, done: str) -> Response:
    """Do one thing to the film, or say on its page why not."""
    form = ActForm()
    if not form.validate_on_submit():
        raise InvalidValue("form_incomplete")
    try:
        act(
            db.session(),
            g.project,
            actor=access.actor(),
            expected_version=form.expected_version.data or 0,
        )
        db.commit()
    except InvalidValue as error:
        db.rollback()
        flash(word_error(error), "warn")
        return redirect(film_url("first_steps"), 303)
    except CampfireError as error:
        db.rollback()
        flash(word_error(error), "warn")
        return redirect(film_url("preview"), 303)
    flash(done, "ok")
    return to_index()
