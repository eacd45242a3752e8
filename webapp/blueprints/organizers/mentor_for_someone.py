"""Filling in for a mentor: a pasted biography becomes a profile.

First the name and what they sent; then the whole form, with what the text
already names ticked. The mentor sees it on their own link.
"""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp import access, db
from webapp.blueprints.mentor_answers import mentor_answers
from webapp.blueprints.organizers import blueprint
from webapp.blueprints.organizers.pages import act_once, all_choices, edition_terms, put_error
from webapp.blueprints.organizers.pasted import WRITTEN, count_ticked, language_rows
from webapp.blueprints.saving import save
from webapp.enums import ParticipationRole, TermKind
from webapp.errors import NotFound
from webapp.forms.person import MentorByOrganizerForm, MentorForSomeoneForm, PasteForm
from webapp.languages import language
from webapp.models import Participation
from webapp.services import participations, people, suggestions, terms, versions


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
            "languages": language_rows(bio),
        },
    )
    full.offer(all_choices())
    return render_template(
        "organizers/people/mentor_form.html",
        form=full,
        person=None,
        n_ticked=count_ticked(named),
    )


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
        form = MentorByOrganizerForm(data=_mentor_answers(found), expected_version=found.version)
    else:
        form = MentorByOrganizerForm()
    form.offer(all_choices())
    status = 200
    if form.validate_on_submit():
        values = form.values()
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
