"""Learned from your decisions: what would count instead, and the organizer's word on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp import access, db
from webapp.blueprints.organizers import blueprint
from webapp.blueprints.organizers.pages import act_once, seal
from webapp.forms.plan import PlainForm
from webapp.services import learned_weights
from webapp.services.matching.weight_shares import list_changes
from webapp.wording import word_error
from webapp.wording.weights import word_act, word_change, word_side

Act = Callable[..., None]


@blueprint.get("/<int:edition_id>/learning")
@access.organizer
def learning(edition_id: int) -> Any:
    """Show what the decisions teach, once there are enough of them."""
    return _page()


@blueprint.post("/<int:edition_id>/learning/use")
@access.organizer
def learning_use(edition_id: int) -> Any:
    """Let what was learned count in the next suggestions."""
    said = _("From the next suggestion on, this counts.")
    return _done(learned_weights.use_weights, said)


@blueprint.post("/<int:edition_id>/learning/refuse")
@access.organizer
def learning_refuse(edition_id: int) -> Any:
    """Leave everything as it is."""
    said = _("Everything stays as it is. Nobody asks again before there is more to learn from.")
    return _done(learned_weights.refuse_weights, said)


@blueprint.post("/<int:edition_id>/learning/reset")
@access.organizer
def learning_reset(edition_id: int) -> Any:
    """Go back to what counted before anything was learned."""
    return _done(learned_weights.reset_weights, _("What counted before counts again."))


def _done(change: Act, said: str) -> Any:
    form = seal()
    error = act_once(
        form,
        lambda: change(
            db.session(),
            g.edition,
            actor=access.actor(),
            expected_version=form.expected_version.data or 0,
        ),
    )
    if error is not None:
        return _page(refused=word_error(error)), error.status
    flash(said, "ok")
    return redirect(url_for("organizers.learning", edition_id=g.edition.id), 303)


def _page(refused: str = "") -> Any:
    session = db.session()
    learned = learned_weights.find_learned(session, g.edition)
    is_offered = learned_weights.is_offered(learned, g.edition)
    changes = []
    if learned is not None and is_offered:
        changes = list_changes(learned.weights_before, learned.weights_after, learned.silent)
    elif learned is not None and learned.replaced is not None:
        changes = list_changes(learned.replaced, g.edition.weights, learned.silent)
    return render_template(
        "organizers/learning/learning.html",
        learned=learned,
        is_offered=is_offered,
        is_refused=learned is not None and learned.refused_at_n is not None,
        changes=changes,
        history=learned_weights.list_history(session, g.edition),
        ask_again_after=learned_weights.ASK_AGAIN_AFTER,
        form=PlainForm(formdata=None),
        refused=refused,
        word_side=word_side,
        word_change=word_change,
        word_act=word_act,
    )
