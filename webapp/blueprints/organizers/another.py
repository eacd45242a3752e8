"""Another mentor for a film: who could come, what follows, and a word on it."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request
from flask_babel import gettext as _

from webapp import access, change_letters, db
from webapp.blueprints.organizers import blueprint
from webapp.blueprints.organizers.pages import edition_terms, list_url, put_error
from webapp.errors import CampfireError, ChangedMeanwhile
from webapp.forms.plan import ChooseForm
from webapp.languages import language
from webapp.services import nonces, plan, plan_choices, plan_options, projects
from webapp.services.plan_choices import Weighed
from webapp.wording.consequences import word_choice, word_drop, word_effects, word_taken_back
from webapp.wording.errors import word_error


@blueprint.get("/<int:edition_id>/plan/<int:project_id>/others")
@access.organizer
def plan_others(edition_id: int, project_id: int) -> Any:
    """Show the mentors a film could have instead of one, or beside."""
    return _others(project_id, ChooseForm(formdata=None))


@blueprint.post("/<int:edition_id>/plan/<int:project_id>/others")
@access.organizer
def plan_choose(edition_id: int, project_id: int) -> Any:
    """Give a film another mentor; where others have to move, show it and ask first."""
    form = ChooseForm()
    projects.get_project(db.session(), g.edition, project_id)
    if not form.validate_on_submit() or not (form.mentor_id.data or form.nobody.data):
        return _others(project_id, form), 422
    plan.lock_plan(db.session(), g.edition)
    try:
        # First: a second tap on a slow line is no mistake. Asking keeps nothing of it.
        nonces.spend_nonce(db.session(), form.nonce.data, access.actor())
        weighed = _weigh(project_id, form)
        if weighed.consequence.others and form.agreed.data != weighed.consequence.seal:
            return _ask(project_id, form, weighed)
        plan_choices.decide(
            db.session(),
            g.edition,
            weighed,
            actor=access.actor(),
            expected_version=form.expected_version.data,
            reason=form.reason.data or "",
        )
        change_letters.keep_up(db.session(), g.edition, access.actor())
        db.commit()
    except CampfireError as error:
        db.rollback()
        if error.code != "already_done":
            put_error(form, error)
            return _others(project_id, form), error.status
    return redirect(list_url(project_id), 303)


def _weigh(project_id: int, form: ChooseForm) -> Weighed:
    session, instead = db.session(), form.instead_of.data
    if form.nobody.data and instead is not None:
        pair = (project_id, instead)
        seen = form.instead_before.data
        return plan_choices.weigh_drop(session, g.edition, pair, seen=seen)
    return plan_choices.weigh_choice(
        session,
        g.edition,
        project_id,
        form.mentor_id.data or 0,
        instead_of=instead,
        seen=form.instead_before.data,
    )


def _ask(project_id: int, form: ChooseForm, weighed: Weighed) -> Any:
    """Show what follows, with the button that does exactly this."""
    today, told = weighed.today, weighed.consequence
    # A page that showed something else was seen already.
    error = ChangedMeanwhile("consequence_changed") if form.agreed.data else None
    names = {"mentor": today.state.name(told.asked[1]), "film": today.state.title(project_id)}
    instead = form.instead_of.data
    page = render_template(
        "organizers/plan/confirm.html",
        title=_("Choose %(mentor)s for “%(film)s”?", **names),
        lead=""
        if instead is None
        else _("Instead of %(mentor)s.", mentor=today.state.name(instead)),
        refused=word_error(error) if error else "",
        sentences=word_effects(told, today),
        taken_back=word_taken_back(told, today),
        form=form,
        hidden={
            "expected_version": plan.get_revision(db.session(), g.edition),
            "agreed": told.seal,
            "mentor_id": told.asked[1],
            **({} if instead is None else {"instead_of": instead}),
            "instead_before": form.instead_before.data,
        },
        asks_reason=instead is not None,
        project_id=project_id,
        back={"endpoint": "organizers.plan_others", "instead_of": instead},
    )
    return page, error.status if error else 200


def _others(project_id: int, form: ChooseForm) -> Any:
    session = db.session()
    project = projects.get_project(session, g.edition, project_id)
    others = plan_options.list_others(
        session,
        g.edition,
        project,
        instead_of=form.instead_of.data or request.args.get("instead_of", type=int),
    )
    today = others.today
    return render_template(
        "organizers/plan/others.html",
        others=others,
        form=form,
        words={
            option.mentor.id: word_choice(option.consequence, today) for option in others.options
        },
        nobody=word_drop(others.nobody, today) if others.nobody else [],
        title=_("Other options for “%(title)s”", title=project.title or project.code),
        terms=edition_terms(),
        language=language(),
        revision=plan.get_revision(session, g.edition),
    )
