"""Suggest pairs: asked for, watched while it works, looked at, taken over."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, url_for

from webapp import access, db
from webapp.blueprints.organizers import blueprint
from webapp.enums import PairPlace, RunState
from webapp.errors import CampfireError, InvalidValue
from webapp.forms.plan import DraftForm, PlainForm
from webapp.languages import language
from webapp.models import Participation, Project, Run
from webapp.services import nonces, participations, plan, plan_view, projects, runs, supply, terms
from webapp.wording import word_error


@blueprint.get("/<int:edition_id>/suggest")
@access.organizer
def suggest(edition_id: int) -> Any:
    """Show what a suggestion would work with, and the button."""
    return _page()


@blueprint.post("/<int:edition_id>/suggest")
@access.organizer
def suggest_start(edition_id: int) -> Any:
    """Ask for a suggestion; the worker does it."""
    form = PlainForm()
    if not form.validate_on_submit():
        raise InvalidValue("form_incomplete")
    try:
        nonces.spend_nonce(db.session(), form.nonce.data, access.actor())
        run = runs.queue_run(db.session(), g.edition, actor=access.actor())
        db.commit()
    except CampfireError as error:
        db.rollback()
        return _page(refused=word_error(error)), error.status
    return redirect(_run_url(run), 303)


@blueprint.get("/<int:edition_id>/suggest/<int:number>")
@access.organizer
def run(edition_id: int, number: int) -> Any:
    """Show one suggestion: how far it is, or what it found."""
    found = runs.get_run(db.session(), g.edition, number)
    return _run_page(found)


@blueprint.get("/<int:edition_id>/suggest/<int:number>/progress")
@access.organizer
def run_progress(edition_id: int, number: int) -> Any:
    """Give the progress alone; when it is over, tell the page to load again."""
    found = runs.get_run(db.session(), g.edition, number)
    if found.state in runs.UNFINISHED:
        return render_template(
            "organizers/suggest/progress.html",
            run=found,
            job=runs.get_job(db.session(), found),
        )
    return "", 200, {"HX-Redirect": _run_url(found)}


@blueprint.post("/<int:edition_id>/suggest/<int:number>/take")
@access.organizer
def run_take(edition_id: int, number: int) -> Any:
    """Put a suggestion's pairs on the list: all, or those ticked."""
    form = DraftForm()
    if not form.validate_on_submit():
        raise InvalidValue("form_incomplete")
    found = runs.get_run(db.session(), g.edition, number)
    try:
        plan.apply_run(
            db.session(),
            g.edition,
            found,
            actor=access.actor(),
            line_ids=None if form.all.data else form.lines.data,
        )
        db.commit()
    except CampfireError as error:
        db.rollback()
        found = runs.get_run(db.session(), g.edition, number)
        return _run_page(found, refused=word_error(error)), error.status
    return redirect(url_for("organizers.plan_list", edition_id=edition_id), 303)


@blueprint.post("/<int:edition_id>/suggest/<int:number>/drop")
@access.organizer
def run_drop(edition_id: int, number: int) -> Any:
    """Stop a suggestion that is being worked out, or drop one that is ready."""
    if not PlainForm().validate_on_submit():
        raise InvalidValue("form_incomplete")
    found = runs.get_run(db.session(), g.edition, number)
    if found.state in runs.UNFINISHED:
        runs.cancel_run(db.session(), found)
    else:
        runs.discard_run(found)
    db.commit()
    return redirect(url_for("organizers.suggest", edition_id=edition_id), 303)


def _run_url(found: Run) -> str:
    return url_for("organizers.run", edition_id=found.edition_id, number=found.number)


def _page(refused: str = "") -> Any:
    session = db.session()
    return render_template(
        "organizers/suggest/start.html",
        supply=supply.count_places(session, g.edition),
        view=plan_view.view_plan(session, g.edition),
        unfinished=runs.unfinished_run(session, g.edition),
        draft=runs.latest_run(session, g.edition, RunState.DRAFT),
        form=PlainForm(formdata=None),
        refused=refused,
    )


def _run_page(found: Run, refused: str = "") -> Any:
    session = db.session()
    if found.state in runs.UNFINISHED:
        return render_template(
            "organizers/suggest/working.html",
            run=found,
            job=runs.get_job(session, found),
            form=PlainForm(formdata=None),
            refresh_seconds=2,
        )
    films = {project.id: project for project in projects.list_projects(session, g.edition)}
    people = {
        person.id: person for person in participations.list_participations(session, g.edition)
    }
    waiting = [line for line in found.lines if line.applied_at is None]
    return render_template(
        "organizers/suggest/draft.html",
        run=found,
        films=films,
        people=people,
        new=[line for line in waiting if _is_new(line.before, line.after)],
        lost=[line for line in waiting if line.after == PairPlace.NONE],
        staying=[line for line in waiting if line.before == line.after],
        form=DraftForm(formdata=None),
        refused=refused,
        error_names=_names_in(found, films, people),
        RunState=RunState,
        terms=terms.terms_by_key(session, g.edition),
        language=language(),
    )


def _names_in(
    found: Run, films: dict[int, Project], people: dict[int, Participation]
) -> dict[str, str]:
    """Give what the film and the mentor of a kept error are called."""
    params = (found.error or {}).get("params", {})
    film, mentor = films.get(params.get("project_id")), people.get(params.get("mentor_id"))
    return {
        "project": (film.title or film.code) if film else "",
        "mentor": mentor.user.name if mentor else "",
    }


def _is_new(before: str, after: str) -> bool:
    return before != after and after == PairPlace.PROPOSED
