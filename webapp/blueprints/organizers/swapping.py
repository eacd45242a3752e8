"""Two films swap mentors: with whom, what follows, and a word on it."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request
from flask_babel import gettext as _

from webapp import access, change_letters, db
from webapp.blueprints.organizers import blueprint
from webapp.blueprints.organizers.pages import list_url
from webapp.blueprints.organizers.plan import refuse
from webapp.errors import CampfireError, ChangedMeanwhile, InvalidValue
from webapp.forms.plan import SwapForm
from webapp.services import nonces, plan, plan_choices, projects
from webapp.services.plan_choices import Weighed
from webapp.wording.consequences import word_effects, word_taken_back
from webapp.wording.errors import word_error

# As many as one looks through; the rest waits behind a link.
AT_FIRST = 12


@blueprint.get("/<int:edition_id>/plan/<int:project_id>/swap/<int:participation_id>")
@access.organizer
def plan_swap(edition_id: int, project_id: int, participation_id: int) -> Any:
    """Show with whom a pair could swap mentors."""
    return _partners(project_id, participation_id)


@blueprint.post("/<int:edition_id>/plan/<int:project_id>/swap/<int:participation_id>")
@access.organizer
def plan_swap_with(edition_id: int, project_id: int, participation_id: int) -> Any:
    """Swap with one pair; what follows is shown first."""
    form = SwapForm()
    projects.get_project(db.session(), g.edition, project_id)
    if not form.validate_on_submit():
        raise InvalidValue("form_incomplete")
    plan.lock_plan(db.session(), g.edition)
    try:
        # First: a second tap on a slow line is no mistake. Asking keeps nothing of it.
        nonces.spend_nonce(db.session(), form.nonce.data, access.actor())
        weighed = plan_choices.weigh_swap(
            db.session(),
            g.edition,
            (project_id, participation_id),
            (form.project_id.data, form.mentor_id.data),
            seen=(form.before.data, form.other_before.data),
        )
        if form.agreed.data != weighed.consequence.seal:
            return _ask(project_id, participation_id, form, weighed)
        plan_choices.decide(
            db.session(),
            g.edition,
            weighed,
            actor=access.actor(),
            expected_version=form.expected_version.data,
        )
        change_letters.keep_up(db.session(), g.edition, access.actor())
        db.commit()
    except CampfireError as error:
        db.rollback()
        if error.code == "already_done":
            return redirect(list_url(project_id), 303)
        return refuse(error)
    return redirect(list_url(project_id), 303)


def _ask(project_id: int, mentor_id: int, form: SwapForm, weighed: Weighed) -> Any:
    """Show what follows, with the button that does exactly this."""
    today, told = weighed.today, weighed.consequence
    error = ChangedMeanwhile("consequence_changed") if form.agreed.data else None
    names = {"one": today.state.name(mentor_id), "other": today.state.name(form.mentor_id.data)}
    page = render_template(
        "organizers/plan/confirm.html",
        title=_("Swap %(one)s and %(other)s?", **names),
        lead="",
        refused=word_error(error) if error else "",
        sentences=word_effects(told, today, with_asked=True),
        taken_back=word_taken_back(told, today),
        form=form,
        hidden={
            "expected_version": plan.get_revision(db.session(), g.edition),
            "agreed": told.seal,
            "project_id": form.project_id.data,
            "mentor_id": form.mentor_id.data,
            "before": form.before.data,
            "other_before": form.other_before.data,
        },
        asks_reason=False,
        project_id=project_id,
        back={"endpoint": "organizers.plan_swap", "participation_id": mentor_id},
    )
    return page, error.status if error else 200


def _partners(project_id: int, mentor_id: int) -> Any:
    session = db.session()
    projects.get_project(session, g.edition, project_id)
    pair = (project_id, mentor_id)
    weighed, partners = plan_choices.list_swap_partners(session, g.edition, pair)
    today = weighed.today
    refusal = weighed.consequence.refusal
    shown = partners if request.args.get("all") == "yes" else partners[:AT_FIRST]
    return render_template(
        "organizers/plan/swap.html",
        title=_("Swap %(mentor)s with…", mentor=today.state.name(mentor_id)),
        film=today.state.projects[project_id],
        mentor=today.state.mentors[mentor_id],
        today=today,
        refused=word_error(plan_choices.refused(today, refusal)) if refusal else "",
        partners=[(each, word_effects(each.consequence, today, with_asked=True)) for each in shown],
        n_more=len(partners) - len(shown),
        revision=plan.get_revision(session, g.edition),
    )
