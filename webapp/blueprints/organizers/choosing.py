"""Choosing the films: one tap for each of the three lists, counts on top."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import access, db
from webapp.blueprints.organizers import blueprint
from webapp.blueprints.organizers.pages import act, edition_terms, seal
from webapp.enums import ProjectState
from webapp.errors import InvalidValue
from webapp.forms.film import SelectForm
from webapp.languages import language
from webapp.services import projects, selection
from webapp.wording import word_error

SENT_IN = (ProjectState.SUBMITTED, *selection.OUTCOMES)


@blueprint.get("/<int:edition_id>/films/choose", endpoint="selection")
@access.organizer
def selection_page(edition_id: int) -> Any:
    """Show every film that was sent in, with three buttons each."""
    return _page()


@blueprint.post("/<int:edition_id>/films/choose/<int:project_id>")
@access.organizer
def selection_choose(edition_id: int, project_id: int) -> Any:
    """Put one film on one of the three lists."""
    form = SelectForm()
    if not form.validate_on_submit():
        raise InvalidValue("form_incomplete")
    film = projects.get_project(db.session(), g.edition, project_id)
    error = act(
        lambda: selection.select_project(
            db.session(),
            film,
            ProjectState(form.state.data),
            actor=access.actor(),
            expected_version=form.expected_version.data or 0,
        )
    )
    status = error.status if error else 200
    if request.headers.get("HX-Request") == "true":
        return _page(word_error(error) if error else "", film.id, only=film.id), status
    if error is not None:
        return _page(word_error(error), film.id), status
    return redirect(_url(anchor=f"film-{film.id}"), 303)


@blueprint.post("/<int:edition_id>/films/choose/switch")
@access.organizer
def selection_switch(edition_id: int) -> Any:
    """Switch choosing on or off; off, whatever was sent in takes part."""
    seal()
    is_on = request.form.get("on") == "yes"
    n_selected: list[int] = []
    error = act(
        lambda: n_selected.append(
            selection.switch_selection(db.session(), g.edition, is_on, actor=access.actor())
        )
    )
    if error is not None:
        return _page(word_error(error)), error.status
    if is_on:
        flash(_("Films are chosen from now on."), "ok")
    else:
        flash(
            ngettext(
                "Choosing is switched off. %(num)d film was selected by that.",
                "Choosing is switched off. %(num)d films were selected by that.",
                n_selected[0],
            ),
            "ok",
        )
    return redirect(_url(), 303)


def _url(anchor: str | None = None) -> str:
    shown = request.args.get("show") or None
    return url_for("organizers.selection", edition_id=g.edition.id, show=shown, _anchor=anchor)


def _page(refused: str = "", refused_id: int = 0, only: int = 0) -> str:
    session = db.session()
    films = projects.list_projects(session, g.edition, SENT_IN)
    counts = {state: sum(film.state is state for film in films) for state in SENT_IN}
    only_open = request.args.get("show") == "open"
    n_drafts = selection.count_by_state(session, g.edition)[ProjectState.DRAFT]
    template = "row" if only else "choose"
    return render_template(
        f"organizers/films/{template}.html",
        films=[
            film
            for film in films
            if (film.id == only if only else not only_open or film.state is ProjectState.SUBMITTED)
        ],
        n_films=len(films),
        n_drafts=n_drafts,
        counts=counts,
        only_open=only_open,
        notes=selection.list_notes(session, g.edition),
        terms=edition_terms(),
        language=language(),
        refused=refused,
        refused_id=refused_id,
        states=selection.OUTCOMES,
        State=ProjectState,
    )
