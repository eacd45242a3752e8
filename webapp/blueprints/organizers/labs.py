"""A lab and its years: founded, opened, looked at."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp import access, db
from webapp.blueprints.organizers import blueprint
from webapp.blueprints.organizers.pages import act_once, language_choices, put_error, zones
from webapp.forms.edition import LabForm, NewEditionForm
from webapp.models import Edition, Program
from webapp.services import editions, programs


@blueprint.route("/labs/new", methods=["GET", "POST"])
@access.signed_in
def new_lab() -> Any:
    """Found a lab."""
    form = LabForm()
    status = 200
    if form.validate_on_submit():
        made: list[Program] = []

        def found() -> None:
            made.append(
                programs.make_program(db.session(), actor=access.actor(), name=form.name.data or "")
            )

        error = act_once(form, found)
        if error is None:
            if not made:
                return redirect(url_for("home.index"), 303)
            return redirect(url_for("organizers.new_edition", program_id=made[0].id), 303)
        status = put_error(form, error)
    elif form.is_submitted():
        status = 422
    return render_template("organizers/labs/new_lab.html", form=form), status


@blueprint.get("/labs/<int:program_id>")
@access.organizer
def lab(program_id: int) -> Any:
    """Show a lab's years and who looks after it."""
    return render_template(
        "organizers/labs/lab.html",
        program=g.program,
        editions=g.program.editions,
        members=programs.list_members(db.session(), g.program),
    )


@blueprint.route("/labs/<int:program_id>/new", methods=["GET", "POST"])
@access.organizer
def new_edition(program_id: int) -> Any:
    """Open a lab's new year."""
    form = NewEditionForm(data=_like_the_last())
    form.offer(zones(), language_choices())
    status = 200
    if form.validate_on_submit():
        made: list[Edition] = []
        error = act_once(form, lambda: made.append(_make(form)))
        if error is None:
            if not made:
                return redirect(url_for("organizers.lab", program_id=program_id), 303)
            flash(_("%(year)s is open. Here is what comes next.", year=made[0].name), "ok")
            return redirect(url_for("organizers.checklist", edition_id=made[0].id), 303)
        status = put_error(form, error)
    elif form.is_submitted():
        status = 422
    return render_template("organizers/labs/new_edition.html", form=form, program=g.program), status


def _make(form: NewEditionForm) -> Edition:
    values = form.values()
    contact = values.pop("contact")
    edition = editions.make_edition(
        db.session(),
        g.program,
        actor=access.actor(),
        has_selection=bool(form.has_selection.data),
        **values,
    )
    if contact:
        editions.update_edition(
            db.session(),
            edition,
            {"contact": contact},
            actor=access.actor(),
            expected_version=edition.version,
        )
    return edition


def _like_the_last() -> dict[str, Any]:
    """Begin a new year with what the last one said, but for its name and days."""
    last = g.program.editions[0] if g.program.editions else None
    if last is None:
        return {"timezone": "Asia/Bishkek", "languages": ["en", "ru"]}
    kept = (
        "place",
        "timezone",
        "languages",
        "demand_low",
        "demand_high",
        "load_low",
        "load_high",
        "contact",
        "has_selection",
    )
    return {name: getattr(last, name) for name in kept}
