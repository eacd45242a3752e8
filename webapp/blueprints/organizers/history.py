"""What was changed in the list, how it stood after any step, and a way back to it."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp import access, change_letters, db
from webapp.blueprints.organizers import blueprint
from webapp.blueprints.organizers.pages import act_once
from webapp.enums import EditionState
from webapp.errors import CampfireError, InvalidValue
from webapp.forms.plan import PlainForm
from webapp.models import PlanChange
from webapp.services import plan, plan_history, plan_return
from webapp.services.plan_state import PlanState, load_state
from webapp.wording.errors import word_error
from webapp.wording.history import word_hindrance, word_place, word_source, word_what


@blueprint.get("/<int:edition_id>/plan/history")
@access.organizer
def history(edition_id: int) -> Any:
    """Show every step, newest first, of one film or mentor if asked."""
    return _steps()


@blueprint.get("/<int:edition_id>/plan/history/<int:revision>")
@access.organizer
def history_then(edition_id: int, revision: int) -> Any:
    """Show the list as it stood after a step, and what a way back to it would change."""
    return _then(revision)


@blueprint.post("/<int:edition_id>/plan/history/<int:revision>/undo")
@access.organizer
def history_undo(edition_id: int, revision: int) -> Any:
    """Take one step back, or say what is in the way and by whom."""
    change = plan_history.get_step(db.session(), g.edition, revision)
    change_id = change.id
    form = _sealed()

    def undo() -> None:
        plan.undo_change(db.session(), g.edition, change_id, actor=access.actor())
        change_letters.keep_up(db.session(), g.edition, access.actor())

    error = act_once(form, undo)
    if error is not None:
        return _steps(_in_the_way(revision, error)), error.status
    _say_done(_("Step %(number)s is taken back.", number=revision))
    return redirect(url_for("organizers.history", edition_id=edition_id), 303)


@blueprint.post("/<int:edition_id>/plan/history/<int:revision>/return")
@access.organizer
def history_return(edition_id: int, revision: int) -> Any:
    """Bring the list back to how it stood after a step, exactly as the page showed it."""
    _get(revision)
    form = _sealed()

    def bring_back() -> None:
        plan_return.bring_back(
            db.session(),
            g.edition,
            revision,
            actor=access.actor(),
            agreed=request.form.get("agreed", ""),
        )
        change_letters.keep_up(db.session(), g.edition, access.actor())

    error = act_once(form, bring_back)
    if error is not None:
        return _then(revision, word_error(error)), error.status
    _say_done(_("The list stands as it did; you can take this step back as well."))
    return redirect(url_for("organizers.history", edition_id=edition_id), 303)


def _get(revision: int) -> PlanChange | None:
    """Give the step; 0 is the plan before the first one."""
    return plan_history.get_step(db.session(), g.edition, revision) if revision else None


def _sealed() -> PlainForm:
    form = PlainForm()
    if not form.validate_on_submit():
        raise InvalidValue("form_incomplete")
    return form


def _say_done(sentence: str) -> None:
    flash(sentence, "ok")


def _in_the_way(revision: int, error: CampfireError) -> list[str]:
    change = plan_history.get_step(db.session(), g.edition, revision)
    found = plan_return.list_hindrances(db.session(), g.edition, change)
    return [word_hindrance(each, g.edition.timezone) for each in found] or [word_error(error)]


def _steps(refused: list[str] | None = None) -> Any:
    session = db.session()
    state = load_state(session, g.edition)
    project_id = _chosen("film", set(state.projects))
    mentor_id = _chosen("mentor", set(state.mentors))
    found = plan_history.list_steps(
        session,
        g.edition,
        project_id=project_id,
        mentor_id=mentor_id,
        page=_page_number(),
    )
    films, mentors = _choices(state, project_id, mentor_id)
    asked = {"film": project_id, "mentor": mentor_id}
    return render_template(
        "organizers/history.html",
        found=found,
        state=state,
        films=films,
        mentors=mentors,
        asked=asked,
        pages=[
            url_for("organizers.history", edition_id=g.edition.id, page=number, **asked)
            for number in range(1, found.n_pages + 1)
        ],
        refused=refused or [],
        can_change=g.edition.state is not EditionState.ARCHIVED,
        newest=plan.get_revision(session, g.edition),
        **_words(),
    )


def _then(revision: int, refused: str = "") -> Any:
    session = db.session()
    step = _get(revision)
    state = load_state(session, g.edition)
    films = plan_history.compare(state, plan_history.values_at(session, state, revision))
    way = plan_return.weigh_return(session, g.edition, revision, state)
    return render_template(
        "organizers/history_then.html",
        step=step,
        revision=revision,
        films=films,
        state=state,
        way=way,
        left_out=[word_hindrance(each, g.edition.timezone) for each in way.left_out],
        refused=refused,
        can_change=g.edition.state is not EditionState.ARCHIVED,
        **_words(),
    )


def _words() -> dict[str, Any]:
    return {"word_place": word_place, "word_source": word_source, "word_what": word_what}


def _chosen(name: str, known: set[int]) -> int | None:
    """Give the film or mentor of the address, if it is one of this year's."""
    number = request.args.get(name, type=int)
    return number if number in known else None


def _page_number() -> int:
    return min(max(request.args.get("page", 1, type=int), 1), 10**6)


def _choices(
    state: PlanState, project_id: int | None, mentor_id: int | None
) -> tuple[list[tuple[int, str, bool]], list[tuple[int, str, bool]]]:
    """Give the films and the mentors one can ask for, by name; those asked for are marked."""
    films = [(key, state.title(key), key == project_id) for key in state.projects]
    mentors = [
        (key, state.name(key), key == mentor_id)
        for key, person in state.mentors.items()
        if person.role == "mentor"
    ]
    return (
        sorted(films, key=lambda each: each[1].casefold()),
        sorted(mentors, key=lambda each: each[1].casefold()),
    )
