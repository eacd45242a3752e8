"""Filling in for a filmmaker: an old application becomes a film.

First the title and what they sent; then the whole form, with what the text
already names ticked. The filmmaker sees it on their own link.
"""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp import access, db
from webapp.blueprints.film_answers import first_answers, further_answers
from webapp.blueprints.organizers import blueprint
from webapp.blueprints.organizers.pages import act_once, all_choices, edition_terms, put_error
from webapp.blueprints.organizers.pasted import WRITTEN, count_ticked, language_rows
from webapp.blueprints.saving import save
from webapp.enums import TermKind
from webapp.forms.film import FilmForm, FilmForSomeoneForm, FilmPasteForm
from webapp.languages import language
from webapp.models import Project
from webapp.services import people, projects, suggestions, terms, versions


@blueprint.route("/<int:edition_id>/films/new", methods=["GET", "POST"])
@access.organizer
def new_film(edition_id: int) -> Any:
    """Write a film down: what somebody sent, then what it says."""
    if request.form.get("step") != WRITTEN:
        return _paste_film()
    form = FilmForSomeoneForm()
    form.offer(all_choices())
    status = 422
    if form.validate():
        made: list[Project] = []
        error = act_once(form, lambda: made.append(_make_film(form)))
        if error is None:
            flash(_("Written down. Send the filmmaker their link, so that they can look."), "ok")
            if not made:
                return redirect(url_for("organizers.films", edition_id=edition_id), 303)
            return redirect(_film_url(made[0]), 303)
        status = put_error(form, error)
    return render_template("organizers/films/form.html", form=form, film=None), status


def _paste_film() -> Any:
    form = FilmPasteForm()
    if not form.validate_on_submit():
        page = render_template("organizers/films/paste.html", form=form)
        return page, 422 if form.is_submitted() else 200
    pasted = form.pasted.data or ""
    named = suggestions.suggest_terms(pasted, edition_terms())
    full = FilmForSomeoneForm(
        formdata=None,
        data={
            "name": form.name.data,
            "email": form.email.data,
            "title": form.title.data,
            "pasted": pasted,
            # Which of them matters most, a text does not say: the order is the organizer's.
            "needs": named[TermKind.NEED][:3],
            "stage": (named[TermKind.STAGE] or [""])[-1],
            "forms": named[TermKind.FORM],
            "genres": named[TermKind.GENRE],
            "languages": language_rows(pasted),
        },
    )
    full.offer(all_choices())
    return render_template(
        "organizers/films/form.html",
        form=full,
        film=None,
        n_ticked=count_ticked(named),
    )


def _make_film(form: FilmForSomeoneForm) -> Project:
    return people.fill_in_film(
        db.session(),
        g.edition,
        form.values(),
        actor=access.actor(),
        name=form.name.data or "",
        email=form.email.data or "",
        sends_in=request.form.get("action") == "submit",
    )


def _film_url(film: Project) -> str:
    return url_for("organizers.film", edition_id=g.edition.id, project_id=film.id)


@blueprint.route("/<int:edition_id>/films/<int:project_id>/edit", methods=["GET", "POST"])
@access.organizer
def edit_film(edition_id: int, project_id: int) -> Any:
    """Change a film for its filmmaker."""
    film = projects.get_project(db.session(), g.edition, project_id)
    if request.method == "GET":
        form = FilmForm(data=_film_answers(film), expected_version=film.version)
    else:
        form = FilmForm()
    form.offer(all_choices())
    status = 200
    if form.validate_on_submit():
        values = form.values()
        status = save(
            form,
            film,
            lambda version: projects.update_project(
                db.session(), film, values, actor=access.actor(), expected_version=version
            ),
            content=lambda: (versions.project_content(film), film.keep_apart_note),
        )
        if not status:
            flash(_("Saved."), "ok")
            return redirect(_film_url(film), 303)
    elif form.is_submitted():
        status = 422
    return render_template("organizers/films/form.html", form=form, film=film), status


def _film_answers(film: Project) -> dict[str, Any]:
    countries = terms.labels(edition_terms(), film.countries, language())
    return {
        **first_answers(film),
        **further_answers(film, access.actor(), countries),
        "demand_low": film.demand_low,
        "demand_high": film.demand_high,
    }
