"""Tell everyone: letters written, read, corrected, and then let go."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp import access, change_letters, db
from webapp.blueprints.organizers import blueprint
from webapp.enums import LetterState
from webapp.errors import CampfireError, ChangedMeanwhile, InvalidValue, NotPossible
from webapp.forms.plan import LetterForm, PlainForm
from webapp.models import Release
from webapp.services import nonces, outbox, plan_view, releases
from webapp.wording import word_error


@blueprint.get("/<int:edition_id>/tell")
@access.organizer
def tell(edition_id: int) -> Any:
    """Show who will hear what, and what was told."""
    return _page()


@blueprint.post("/<int:edition_id>/tell/write")
@access.organizer
def tell_write(edition_id: int) -> Any:
    """Draft one letter a person; nothing goes out."""
    _seal()
    try:
        releases.open_release(
            db.session(),
            g.edition,
            actor=access.actor(),
            write=change_letters.news_writer(db.session(), g.edition),
        )
        db.commit()
    except CampfireError as error:
        return _refused(error)
    return redirect(url_for("organizers.tell", edition_id=edition_id), 303)


@blueprint.post("/<int:edition_id>/tell/letters/<int:letter_id>")
@access.organizer
def tell_edit(edition_id: int, letter_id: int) -> Any:
    """Change the words of one letter."""
    form = LetterForm()
    letter = outbox.get_letter(db.session(), g.edition, letter_id)
    if not form.validate_on_submit():
        return _page(edited=letter_id, form=form), 422
    try:
        outbox.edit_letter(
            db.session(),
            letter,
            form.subject.data,
            form.body.data,
            actor=access.actor(),
            expected_version=form.expected_version.data,
        )
        db.commit()
    except CampfireError as error:
        db.rollback()
        form.add_error("", word_error(error))
        return _page(edited=letter_id, form=form), error.status
    return redirect(_letter_url(letter_id), 303)


@blueprint.post("/<int:edition_id>/tell/letters/<int:letter_id>/by-hand")
@access.organizer
def tell_by_hand(edition_id: int, letter_id: int) -> Any:
    """Note that a letter was passed on by hand."""
    _seal()
    letter = outbox.get_letter(db.session(), g.edition, letter_id)
    try:
        outbox.mark_sent_by_hand(db.session(), letter)
        db.commit()
    except CampfireError as error:
        return _refused(error)
    return redirect(_letter_url(letter_id), 303)


@blueprint.post("/<int:edition_id>/tell/send")
@access.organizer
def tell_send(edition_id: int) -> Any:
    """Tell everyone, now."""
    form = _seal()
    try:
        nonces.spend_nonce(db.session(), form.nonce.data, access.actor())
        releases.release_(
            db.session(),
            g.edition,
            _draft_that_was_read(),
            actor=access.actor(),
            expected_version=form.expected_version.data or 0,
        )
        db.commit()
    except CampfireError as error:
        return _refused(error)
    flash(_("Told: everyone sees on their own page who they work with."), "ok")
    return redirect(url_for("organizers.tell", edition_id=edition_id), 303)


@blueprint.post("/<int:edition_id>/tell/drop")
@access.organizer
def tell_drop(edition_id: int) -> Any:
    """Drop the drafted letters; nobody hears anything."""
    _seal()
    try:
        releases.discard_release(db.session(), _draft())
        db.commit()
    except CampfireError as error:
        return _refused(error)
    return redirect(url_for("organizers.tell", edition_id=edition_id), 303)


def _seal() -> PlainForm:
    form = PlainForm()
    if not form.validate_on_submit():
        raise InvalidValue("form_incomplete")
    return form


def _draft() -> Release:
    draft = releases.get_draft(db.session(), g.edition)
    if draft is None:
        raise NotPossible("release_over")
    return draft


def _draft_that_was_read() -> Release:
    """Give the draft the page showed; letters written since nobody has read."""
    draft = _draft()
    if request.form.get("release", str(draft.id)) != str(draft.id):
        raise ChangedMeanwhile("plan_changed_since_letters")
    return draft


def _letter_url(letter_id: int) -> str:
    return url_for("organizers.tell", edition_id=g.edition.id, _anchor=f"letter-{letter_id}")


def _refused(error: CampfireError) -> Any:
    db.rollback()
    return _page(refused=word_error(error)), error.status


def _page(refused: str = "", edited: int | None = None, form: LetterForm | None = None) -> Any:
    session = db.session()
    draft = releases.get_draft(session, g.edition)
    news = releases.list_news(session, g.edition)
    return render_template(
        "organizers/tell/tell.html",
        draft=draft,
        is_outdated=draft is not None and releases.is_outdated(session, g.edition, draft),
        news=news,
        changes=news if any(each.is_change for each in news) else [],
        unreachable=releases.list_unreachable(session, g.edition),
        view=plan_view.view_plan(session, g.edition),
        sent=releases.list_letters(session, g.edition),
        letter_form=_letter_form,
        edited=edited,
        edited_form=form,
        form=PlainForm(formdata=None),
        refused=refused,
        LetterState=LetterState,
        sends_mail=bool(current_app.config["SMTP_HOST"]),
    )


def _letter_form(letter: Any) -> LetterForm:
    return LetterForm(formdata=None, obj=letter, expected_version=letter.version)
