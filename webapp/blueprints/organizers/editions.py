"""One year's own settings."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp import access, db
from webapp.blueprints.organizers import blueprint
from webapp.blueprints.organizers.pages import language_choices, zones
from webapp.blueprints.saving import save
from webapp.forms.edition import EditionForm
from webapp.services import editions


@blueprint.route("/<int:edition_id>/settings", methods=["GET", "POST"])
@access.organizer
def edition_settings(edition_id: int) -> Any:
    """Change a year's name, days, clocks, languages and numbers."""
    form = EditionForm(obj=g.edition)
    if not form.is_submitted():
        form.show_version(g.edition.version)
    form.offer(zones(g.edition), language_choices())
    status = 200
    if form.validate_on_submit():
        status = save(form, g.edition, lambda version: _update(form, version), content=_content)
        if not status:
            flash(_("Saved."), "ok")
            return redirect(url_for("organizers.checklist", edition_id=edition_id), 303)
    elif form.is_submitted():
        status = 422
    return render_template("organizers/labs/settings.html", form=form), status


def _update(form: EditionForm, version: int) -> None:
    editions.update_edition(
        db.session(), g.edition, form.values(), actor=access.actor(), expected_version=version
    )


def _content() -> tuple[Any, ...]:
    return tuple(getattr(g.edition, name) for name in editions.EDITABLE)
