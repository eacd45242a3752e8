"""The list: each film, its proposed mentors, and an organizer's word on each."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request, url_for

from webapp import access, change_letters, db
from webapp.blueprints.organizers import blueprint
from webapp.blueprints.organizers.pages import list_url
from webapp.enums import LineAspect, PairPlace, Said
from webapp.errors import CampfireError, InvalidValue, NotPossible
from webapp.forms.base import CampfireForm
from webapp.forms.plan import PairForm, PlainForm
from webapp.languages import language
from webapp.services import nonces, plan, plan_view, terms
from webapp.services.plan_lines import Line
from webapp.services.plan_view import PlanView
from webapp.wording import word_error


@blueprint.get("/<int:edition_id>/plan")
@access.organizer
def plan_list(edition_id: int) -> Any:
    """Show the list, by film or by mentor."""
    return _page()


@blueprint.post("/<int:edition_id>/plan")
@access.organizer
def plan_act(edition_id: int) -> Any:
    """Take an organizer's word about one pair."""
    form = PairForm()
    if not form.validate_on_submit():
        raise InvalidValue("form_incomplete")
    lines = _lines(form)
    try:
        _apply(form, lines)
    except CampfireError as error:
        # A second tap on a slow line is no mistake: show what the first one did.
        if error.code != "already_done":
            return refuse(error, form.project_id.data)
        db.rollback()
    return _answer(form.project_id.data)


@blueprint.post("/<int:edition_id>/plan/yes-to-all")
@access.organizer
def plan_yes_to_all(edition_id: int) -> Any:
    """Say yes to every pair that waits for a word."""
    form = PlainForm()
    if not form.validate_on_submit():
        raise InvalidValue("form_incomplete")
    waiting = [
        Line(pair.project.id, pair.mentor.id, PairPlace.PROPOSED, PairPlace.CONFIRMED)
        for film in plan_view.view_plan(db.session(), g.edition).films
        for pair in film.pairs
        if pair.place is PairPlace.PROPOSED
    ]
    try:
        _apply(form, waiting)
    except CampfireError as error:
        if error.code != "already_done":
            return refuse(error)
        db.rollback()
    return redirect(url_for("organizers.plan_list", edition_id=edition_id), 303)


@blueprint.post("/<int:edition_id>/plan/changes/<int:change_id>/undo")
@access.organizer
def plan_undo(edition_id: int, change_id: int) -> Any:
    """Take one change of the plan back."""
    if not PlainForm().validate_on_submit():
        raise InvalidValue("form_incomplete")
    try:
        plan.undo_change(db.session(), g.edition, change_id, actor=access.actor())
        change_letters.keep_up(db.session(), g.edition, access.actor())
        db.commit()
    except CampfireError as error:
        return refuse(error)
    return redirect(url_for("organizers.plan_list", edition_id=edition_id), 303)


def _apply(form: CampfireForm, lines: list[Line]) -> None:
    """Apply lines as one unit, once however often the form comes, and keep them."""
    nonces.spend_nonce(db.session(), form.nonce.data, access.actor())
    plan.apply_lines(
        db.session(),
        g.edition,
        lines,
        actor=access.actor(),
        expected_version=form.expected_version.data,
    )
    change_letters.keep_up(db.session(), g.edition, access.actor())
    db.commit()


def _lines(form: PairForm) -> list[Line]:
    """Give the lines that an organizer's word stands for."""
    pair = form.project_id.data, form.mentor_id.data
    before = PairPlace(form.before.data)
    reason = form.reason.data or ""

    def place(after: PairPlace) -> Line:
        return Line(*pair, before, after, reason=reason)

    def word(aspect: LineAspect, after: str) -> Line:
        return Line(*pair, Said.NO if after == Said.YES else Said.YES, after, aspect)

    held = before in {PairPlace.PROPOSED, PairPlace.CONFIRMED}
    meanings = {
        "yes": [place(PairPlace.CONFIRMED)],
        "back": [place(PairPlace.PROPOSED)],
        "set_aside": [place(PairPlace.SET_ASIDE)],
        "offer_again": [place(PairPlace.PROPOSED)],
        "keep": [word(LineAspect.LOCK, Said.YES)],
        "let_go": [word(LineAspect.LOCK, Said.NO)],
        "not_together": ([place(PairPlace.NONE)] if held else [])
        + [word(LineAspect.FORBID, Said.YES)],
        "allow": [word(LineAspect.FORBID, Said.NO)],
    }
    return meanings[form.action.data]


def _is_fragment() -> bool:
    return request.headers.get("HX-Request") == "true"


def _answer(project_id: int) -> Any:
    """Give the film's row alone to a page that asks for it, else lead back to the list."""
    if not _is_fragment():
        return redirect(list_url(project_id), 303)
    view = plan_view.view_plan(db.session(), g.edition)
    return render_template("organizers/plan/film.html", **_film_context(view, project_id))


def refuse(error: CampfireError, project_id: int | None = None) -> Any:
    """Say what happened instead, on today's list; nothing was changed."""
    db.rollback()
    sentence = word_error(error)
    if _is_fragment() and project_id is not None and not isinstance(error, NotPossible):
        raise error
    if _is_fragment() and project_id is not None:
        view = plan_view.view_plan(db.session(), g.edition)
        context = _film_context(view, project_id)
        return render_template(
            "organizers/plan/film.html", refused=sentence, **context
        ), error.status
    return _page(refused=sentence), error.status


def _film_context(view: PlanView, project_id: int) -> dict[str, Any]:
    film = next((film for film in view.films if film.project.id == project_id), None)
    return {"film": film, "view": view, "is_fragment": True, **_shared()}


def _shared() -> dict[str, Any]:
    session = db.session()
    return {
        "terms": terms.terms_by_key(session, g.edition),
        "language": language(),
        "revision": plan.get_revision(session, g.edition),
        "PairPlace": PairPlace,
    }


def _page(refused: str = "") -> Any:
    session = db.session()
    view = plan_view.view_plan(session, g.edition)
    return render_template(
        "organizers/plan/list.html",
        view=view,
        by_mentor=request.args.get("view") == "mentors",
        only_open=request.args.get("show") == "open",
        changes=plan.list_changes(session, g.edition, limit=10),
        refused=refused,
        **_shared(),
    )
