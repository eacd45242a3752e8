"""Filling in for somebody: a pasted biography or an old application becomes a profile.

First a name and whatever they sent; then the whole form, with what the text
already names ticked. The person sees it on their own link.
"""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp import access, db, limits
from webapp.blueprints.film_answers import first_answers, further_answers
from webapp.blueprints.mentor_answers import mentor_answers
from webapp.blueprints.organizers import blueprint
from webapp.blueprints.organizers.pages import act_once, all_choices, edition_terms, put_error
from webapp.blueprints.saving import save
from webapp.enums import ParticipationRole, TermKind
from webapp.errors import NotFound
from webapp.forms.film import FilmForm, FilmForSomeoneForm, FilmPasteForm
from webapp.forms.mentor import N_LANGUAGES_SHOWN, MentorForm
from webapp.forms.person import MentorForSomeoneForm, PasteForm
from webapp.forms.rows import padded
from webapp.languages import language
from webapp.models import Participation, Project
from webapp.services import participations, people, projects, suggestions, terms, versions

WRITTEN = "write"


@blueprint.route("/<int:edition_id>/people/new-mentor", methods=["GET", "POST"])
@access.organizer
def new_mentor(edition_id: int) -> Any:
    """Write a mentor down: name and biography, then what the biography says."""
    if request.form.get("step") != WRITTEN:
        return _paste_mentor()
    form = MentorForSomeoneForm()
    form.offer(all_choices())
    status = 422
    if form.validate():
        made: list[Participation] = []
        error = act_once(form, lambda: made.append(_make_mentor(form)))
        if error is None:
            flash(_("Written down. Now send them their link: they only have to look."), "ok")
            if not made:
                return redirect(url_for("organizers.people", edition_id=edition_id), 303)
            return redirect(
                url_for("organizers.person", edition_id=edition_id, participation_id=made[0].id),
                303,
            )
        status = put_error(form, error)
    return render_template("organizers/people/mentor_form.html", form=form, person=None), status


def _paste_mentor() -> Any:
    form = PasteForm()
    if not form.validate_on_submit():
        page = render_template("organizers/people/mentor_paste.html", form=form)
        return page, 422 if form.is_submitted() else 200
    bio = form.bio.data or ""
    named = suggestions.suggest_terms(bio, edition_terms())
    full = MentorForSomeoneForm(
        formdata=None,
        data={
            "name": form.name.data,
            "email": form.email.data,
            "bio": bio,
            "expertise": named[TermKind.NEED],
            "forms": named[TermKind.FORM],
            "genres": named[TermKind.GENRE],
            "stages": named[TermKind.STAGE],
            "languages": _language_rows(bio),
        },
    )
    full.offer(all_choices())
    return render_template(
        "organizers/people/mentor_form.html",
        form=full,
        person=None,
        n_ticked=sum(len(named[kind]) for kind in _TICKED),
    )


_TICKED = (TermKind.NEED, TermKind.FORM, TermKind.GENRE, TermKind.STAGE)


def _language_rows(text: str) -> Any:
    rows = [{"code": code, "level": ""} for code in suggestions.suggest_languages(text)]
    return padded(rows, N_LANGUAGES_SHOWN, limits.N_LANGUAGES)


def _make_mentor(form: MentorForSomeoneForm) -> Participation:
    return people.fill_in_mentor(
        db.session(),
        g.edition,
        form.values(),
        actor=access.actor(),
        name=form.name.data or "",
        email=form.email.data or "",
    )


@blueprint.route("/<int:edition_id>/people/<int:participation_id>/edit", methods=["GET", "POST"])
@access.organizer
def edit_mentor(edition_id: int, participation_id: int) -> Any:
    """Change a mentor's profile for them."""
    found = participations.get_participation(db.session(), g.edition, participation_id)
    if found.role is not ParticipationRole.MENTOR:
        raise NotFound("no_such_person")
    if request.method == "GET":
        form = MentorForm(data=_mentor_answers(found), expected_version=found.version)
    else:
        form = MentorForm()
    form.offer(all_choices())
    status = 200
    if form.validate_on_submit():
        values = form.values()
        # The times are asked of the mentor alone, so they stay as they are.
        del values["windows"]
        status = save(
            form,
            found,
            lambda version: participations.update_mentor(
                db.session(), found, values, actor=access.actor(), expected_version=version
            ),
            content=lambda: (versions.mentor_content(found), found.keep_apart_note),
        )
        if not status:
            flash(_("Saved."), "ok")
            return redirect(
                url_for("organizers.person", edition_id=edition_id, participation_id=found.id),
                303,
            )
    elif form.is_submitted():
        status = 422
    return render_template("organizers/people/mentor_form.html", form=form, person=found), status


def _mentor_answers(found: Participation) -> dict[str, Any]:
    needs = [key for key, _label in all_choices()["need"]]
    keys = [*found.expertise, *found.countries]
    labels = terms.labels(edition_terms(), keys, language())
    return mentor_answers(found, (), needs, dict(zip(keys, labels, strict=True)))


def _film_answers(film: Project) -> dict[str, Any]:
    countries = terms.labels(edition_terms(), film.countries, language())
    return {
        **first_answers(film),
        **further_answers(film, access.actor(), countries),
        "demand_low": film.demand_low,
        "demand_high": film.demand_high,
    }


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
            "languages": _language_rows(pasted),
        },
    )
    full.offer(all_choices())
    return render_template(
        "organizers/films/form.html",
        form=full,
        film=None,
        n_ticked=sum(len(named[kind]) for kind in _TICKED),
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
