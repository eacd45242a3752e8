"""One film: its texts, what readers say, our own reading, and its way to being chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp import access, change_letters, db
from webapp.blueprints.handing_out import hand_out
from webapp.blueprints.organizers import blueprint
from webapp.blueprints.organizers.choosing import SENT_IN
from webapp.blueprints.organizers.films import TONES
from webapp.blueprints.organizers.pages import act, edition_terms, put_error, seal
from webapp.enums import ProjectState
from webapp.errors import InvalidValue
from webapp.forms.base import CampfireForm
from webapp.forms.film import ReadingForm, ReturnForm, SelectForm, VerdictForm
from webapp.models import Project, SelectionNote
from webapp.services import people, plan_view, projects, selection, uploads
from webapp.wording import word_error
from webapp.wording.profiles import film_sheet
from webapp.wording.states import word_state


@blueprint.get("/<int:edition_id>/films/<int:project_id>")
@access.organizer
def film(edition_id: int, project_id: int) -> Any:
    """Show a film: its texts, what readers say, our own reading, and its mentors."""
    return _page(_get(project_id))


@blueprint.post("/<int:edition_id>/films/<int:project_id>/state")
@access.organizer
def film_state(edition_id: int, project_id: int) -> Any:
    """Put a film on one of the three lists."""
    found = _get(project_id)
    form = SelectForm()
    if not form.validate_on_submit():
        raise InvalidValue("form_incomplete")
    error = act(
        lambda: selection.select_project(
            db.session(),
            found,
            ProjectState(form.state.data),
            actor=access.actor(),
            expected_version=form.expected_version.data or 0,
        )
    )
    if error is not None:
        return _page(found, refused=word_error(error)), error.status
    flash(_("“%(film)s”: %(state)s.", film=found.title, state=word_state(found.state)), "ok")
    return redirect(_film_url(found), 303)


@blueprint.post("/<int:edition_id>/films/<int:project_id>/return")
@access.organizer
def film_return(edition_id: int, project_id: int) -> Any:
    """Send a film back to its filmmaker with a question."""
    found = _get(project_id)
    form = ReturnForm(prefix="return")
    return _save(
        found,
        form,
        "back",
        lambda: selection.return_project(
            db.session(),
            found,
            form.note.data or "",
            actor=access.actor(),
            expected_version=form.expected_version.data or 0,
        ),
        _("Sent back with your question. It can be changed and sent in again."),
    )


@blueprint.post("/<int:edition_id>/films/<int:project_id>/reading")
@access.organizer
def film_reading(edition_id: int, project_id: int) -> Any:
    """Keep the organizers' own reading of a film."""
    found = _get(project_id)
    form = ReadingForm()
    return _save(
        found,
        form,
        "reading",
        lambda: selection.keep_reading(
            db.session(),
            found,
            form.reading.data or "",
            actor=access.actor(),
            expected_version=form.expected_version.data or 0,
        ),
        _("Saved. Only organizers see it, and suggestions use it."),
    )


@blueprint.post("/<int:edition_id>/films/<int:project_id>/verdict")
@access.organizer
def film_verdict(edition_id: int, project_id: int) -> Any:
    """Keep one's own yes, maybe or no on a film."""
    found = _get(project_id)
    form = VerdictForm(prefix="verdict")
    return _save(
        found,
        form,
        "notes",
        lambda: selection.note_reading(
            db.session(),
            found,
            reader=access.actor(),
            verdict=form.chosen(),
            note=form.note.data or "",
        ),
        _("Your word is kept."),
    )


@blueprint.post("/<int:edition_id>/films/<int:project_id>/send-in")
@access.organizer
def film_send_in(edition_id: int, project_id: int) -> Any:
    """Send a draft in for its filmmaker."""
    found = _get(project_id)
    version = seal().expected_version.data or 0
    error = act(
        lambda: projects.submit_project(
            db.session(), found, actor=access.actor(), expected_version=version
        )
    )
    if error is not None:
        return _page(found, refused=word_error(error)), error.status
    return redirect(_film_url(found), 303)


@blueprint.post("/<int:edition_id>/films/<int:project_id>/withdraw")
@access.organizer
def film_withdraw(edition_id: int, project_id: int) -> Any:
    """Take a film out of this year; its texts stay."""
    found = _get(project_id)
    version = seal().expected_version.data or 0

    def withdraw() -> None:
        actor = access.actor()
        projects.withdraw_project(db.session(), found, actor=actor, expected_version=version)
        change_letters.keep_up(db.session(), g.edition, actor)

    error = act(withdraw)
    if error is not None:
        return _page(found, refused=word_error(error)), error.status
    flash(_("“%(film)s” is withdrawn.", film=found.title or found.code), "ok")
    return redirect(url_for("organizers.films", edition_id=edition_id), 303)


@blueprint.get("/<int:edition_id>/films/<int:project_id>/files/<int:upload_id>")
@access.organizer
def film_file(edition_id: int, project_id: int, upload_id: int) -> Any:
    """Hand a film's file out."""
    return hand_out(uploads.get_upload(db.session(), _get(project_id), upload_id))


def _get(project_id: int) -> Project:
    return projects.get_project(db.session(), g.edition, project_id)


def _film_url(found: Project, anchor: str | None = None) -> str:
    return url_for("organizers.film", edition_id=g.edition.id, project_id=found.id, _anchor=anchor)


def _save(
    found: Project, form: CampfireForm, part: str, change: Callable[[], Any], sentence: str
) -> Any:
    """Keep one part of a film's page, or show the page with what was typed."""
    if not form.validate_on_submit():
        return _page(found, forms={part: form}), 422
    error = act(change)
    if error is not None:
        status = put_error(form, error)
        form.show_version(found.version)
        return _page(found, forms={part: form}), status
    flash(sentence, "ok")
    return redirect(_film_url(found, part), 303)


def _page(
    found: Project, *, forms: dict[str, CampfireForm] | None = None, refused: str = ""
) -> str:
    session = db.session()
    notes = selection.list_notes(session, g.edition).get(found.id, [])
    own = next((note for note in notes if note.reader_id == access.actor().id), None)
    view = plan_view.view_plan(session, g.edition)
    return render_template(
        "organizers/films/film.html",
        film=found,
        sheet=film_sheet(found, edition_terms()),
        notes=[note for note in notes if note is not own],
        forms={**_blank_forms(found, own), **(forms or {})},
        plan=next((row for row in view.films if row.project.id == found.id), None),
        contacts=people.contacts(session, g.edition, found),
        can_submit=projects.can_submit(found),
        is_sent_in=found.state in SENT_IN,
        states=selection.OUTCOMES,
        State=ProjectState,
        tones=TONES,
        refused=refused,
    )


def _blank_forms(found: Project, own: SelectionNote | None) -> dict[str, CampfireForm]:
    version = found.version
    return {
        "back": ReturnForm(formdata=None, prefix="return", expected_version=version),
        "reading": ReadingForm(formdata=None, reading=found.reading, expected_version=version),
        "notes": VerdictForm(
            formdata=None,
            prefix="verdict",
            verdict=own.verdict.value if own and own.verdict else None,
            note=own.note if own else "",
        ),
    }
