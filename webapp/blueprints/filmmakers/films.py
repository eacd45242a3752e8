"""Films of one's own: the list, the six questions, the rest, and the preview."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp import access, db
from webapp.blueprints.film_answers import first_answers, further_answers
from webapp.blueprints.filmmakers.pages import (
    blueprint,
    can_edit,
    edition_terms,
    film_url,
    film_view,
    is_over,
    is_told,
    to_index,
)
from webapp.blueprints.saving import save
from webapp.errors import CampfireError, InvalidValue, NotPossible
from webapp.forms.project import ActForm, FirstStepsForm, MoreForm
from webapp.languages import language
from webapp.models import Project
from webapp.services import nonces, projects, releases, terms, versions
from webapp.wording.choices import profile_choices
from webapp.wording.errors import word_error
from webapp.wording.profiles import film_sheet


@blueprint.get("")
@access.filmmaker
def index(edition_id: int) -> Any:
    """Show one's own films and what each of them waits for."""
    session = db.session()
    own = projects.list_own_projects(session, g.edition, access.actor())
    mentors: dict[int, list[str]] = {}
    if is_told() or is_over():
        for match in releases.list_released_matches(session, g.edition):
            mentors.setdefault(match.project_id, []).append(match.mentor.user.name)
    return render_template(
        "filmmakers/index.html",
        films=[film_view(project) | {"mentors": mentors.get(project.id, [])} for project in own],
        form=ActForm(),
        edition=g.edition,
        is_over=is_over(),
        is_told=is_told(),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@access.filmmaker
def add(edition_id: int) -> Any:
    """Start a film: its row is made when something is saved."""
    if not can_edit():
        return to_index()
    form = FirstStepsForm()
    form.offer(profile_choices(edition_terms()))
    if not form.is_submitted():
        return _questions(form, None)
    if not form.validate():
        return _questions(form, None), 422
    try:
        nonces.spend_nonce(db.session(), form.nonce.data, access.actor())
        project = projects.make_project(
            db.session(),
            g.edition,
            actor=access.actor(),
            filmmaker=access.actor(),
            values=form.values(),
        )
        problem = _try_sending(project)
        db.commit()
    except NotPossible as error:
        db.rollback()
        if error.code == "already_done":
            return to_index()
        raise
    except CampfireError as error:
        db.rollback()
        form.add_error(error.field if isinstance(error, InvalidValue) else "", word_error(error))
        return _questions(form, None), error.status
    return _after_first_steps(form, project, problem)


@blueprint.get("/<int:project_id>/first")
@access.filmmaker
def first_steps(edition_id: int, project_id: int) -> Any:
    """Ask the six questions."""
    if not can_edit():
        return redirect(film_url("preview"), 303)
    form = FirstStepsForm(data=first_answers(g.project), expected_version=g.project.version)
    form.offer(profile_choices(edition_terms()))
    return _questions(form, g.project)


@blueprint.post("/<int:project_id>/first")
@access.filmmaker
def save_first_steps(edition_id: int, project_id: int) -> Any:
    """Save what is answered, complete or not; send the film in if that was asked."""
    form = FirstStepsForm()
    form.offer(profile_choices(edition_terms()))
    if not form.validate():
        return _questions(form, g.project), 422
    problems: list[InvalidValue | None] = []
    refused = save(
        form,
        g.project,
        lambda version: _update(form.values(), version),
        content=_content,
        then=lambda: problems.append(_try_sending(g.project)),
    )
    if refused:
        return _questions(form, g.project), refused
    return _after_first_steps(form, g.project, problems[0] if problems else None)


def _try_sending(project: Project) -> InvalidValue | None:
    """Send a film in when that was asked; what it lacks does not keep it from being saved."""
    if request.form.get("action") != "submit" or not projects.can_submit(project):
        return None
    try:
        projects.submit_project(
            db.session(), project, actor=access.actor(), expected_version=project.version
        )
    except InvalidValue as problem:
        return problem
    return None


def _after_first_steps(form: FirstStepsForm, project: Project, problem: InvalidValue | None) -> Any:
    g.project = project
    if problem is not None:
        flash(_("Your answers are saved as a draft."), "ok")
        if request.endpoint == "filmmakers.add":
            flash(word_error(problem), "warn")
            return redirect(film_url("first_steps"), 303)
        form.add_error(problem.field, word_error(problem))
        form.show_version(project.version)
        return _questions(form, project), problem.status
    if request.form.get("action") == "submit":
        flash(_("Your film is sent in. You can still change it."), "ok")
    elif project.state in projects.CAN_SUBMIT:
        flash(_("Saved as a draft. Go on whenever you like."), "ok")
    else:
        flash(_("Saved."), "ok")
    return to_index()


def _questions(form: FirstStepsForm, project: Project | None) -> str:
    return render_template(
        "filmmakers/first_steps.html",
        form=form,
        view=film_view(project) if project else None,
        edition=g.edition,
        action=film_url("save_first_steps", project)
        if project
        else url_for("filmmakers.add", edition_id=g.edition.id),
    )


@blueprint.get("/<int:project_id>/more")
@access.filmmaker
def more(edition_id: int, project_id: int) -> Any:
    """Ask the rest."""
    if not can_edit():
        return redirect(film_url("preview"), 303)
    countries = terms.labels(edition_terms(), g.project.countries, language())
    answers = further_answers(g.project, access.actor(), countries)
    form = MoreForm(data=answers, expected_version=g.project.version)
    form.offer(profile_choices(edition_terms()))
    return _rest(form)


@blueprint.post("/<int:project_id>/more")
@access.filmmaker
def save_more(edition_id: int, project_id: int) -> Any:
    """Save the rest."""
    form = MoreForm()
    form.offer(profile_choices(edition_terms()))
    if not form.validate():
        return _rest(form), 422
    refused = save(
        form,
        g.project,
        lambda version: _update(form.values(), version),
        content=_content,
    )
    if refused:
        return _rest(form), refused
    flash(_("Saved."), "ok")
    return redirect(film_url("preview"), 303)


def _rest(form: MoreForm) -> str:
    return render_template("filmmakers/more.html", form=form, view=film_view(g.project))


def _update(values: dict[str, Any], version: int) -> None:
    projects.update_project(
        db.session(), g.project, values, actor=access.actor(), expected_version=version
    )


def _content() -> Any:
    return versions.project_content(g.project), g.project.keep_apart_note


@blueprint.get("/<int:project_id>")
@access.filmmaker
def preview(edition_id: int, project_id: int) -> Any:
    """Show the film as a mentor will read it."""
    return render_template(
        "filmmakers/preview.html",
        view=film_view(g.project),
        sheet=film_sheet(g.project, edition_terms()),
        form=ActForm(expected_version=g.project.version),
        is_over=is_over(),
        is_told=is_told(),
        edition=g.edition,
    )
