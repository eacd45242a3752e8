"""One's own name, language, address, password, and the browsers signed in."""

from __future__ import annotations

from flask import flash, g, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import access, db
from webapp.blueprints.account.pages import blueprint, password_cost, show_refusal
from webapp.config import LANGUAGES
from webapp.errors import CampfireError, ChangedMeanwhile, InvalidValue
from webapp.forms.account import PersonForm, SignInDetailsForm
from webapp.forms.base import CampfireForm
from webapp.languages import NAMES, language
from webapp.services import accounts, lockouts, sessions
from webapp.throttle import ANSWERS, limiter
from webapp.wording.account import word_device


@blueprint.route("/account", methods=["GET", "POST"])
@access.signed_in
def settings() -> ResponseReturnValue:
    """Show one's own settings, and keep name and language."""
    form = _person_form()
    if form.validate_on_submit():
        try:
            accounts.update_user(
                access.actor(),
                name=form.name.data or "",
                language=form.language.data,
                expected_version=form.expected_version.data,
            )
            db.commit()
            flash(_("Saved."))
            return redirect(url_for("account.settings"), 303)
        except CampfireError as error:
            return _refused(form, error, person=form)
    return _page(person=form), 422 if form.is_submitted() else 200


@blueprint.post("/account/sign-in")
@access.signed_in
@limiter.limit(ANSWERS)
def change_sign_in() -> ResponseReturnValue:
    """Keep another address or password, from whoever knows the present one."""
    form = SignInDetailsForm(prefix="details")
    if not form.validate_on_submit():
        return _page(details=form), 422
    try:
        _change_sign_in(form)
        db.commit()
    except CampfireError as error:
        return _refused(form, error, details=form)
    flash(_("Saved. Other browsers are signed out."))
    return redirect(url_for("account.settings"), 303)


def _change_sign_in(form: SignInDetailsForm) -> None:
    user = access.actor()
    before, address = user.password_hash, user.email or ""
    new = form.new_password.data or ""
    if new:
        accounts.check_password(new, "new_password")
    lockouts.check_open(db.session(), address)
    # A hash takes long: nobody else may have to wait for it.
    db.rollback()
    knows = before is None or accounts.password_matches(
        before, form.present_password.data or "", password_cost()
    )
    new_hash = accounts.hash_password(new, password_cost()) if new and knows else None
    session = db.session()
    lockouts.check_open(session, address)
    if not knows or user.password_hash != before:
        lockouts.note_failure(session, address)
        db.commit()
        raise InvalidValue("password_wrong", field="present_password")
    accounts.change_sign_in(
        session,
        user,
        email=form.email.data or "",
        password_hash=new_hash,
        expected_version=form.expected_version.data,
    )
    sessions.end_sessions(session, user, but=g.sign_in_session.id)


@blueprint.post("/account/browsers/<int:session_id>/end")
@access.signed_in
def end_session(session_id: int) -> ResponseReturnValue:
    """Sign one of one's own browsers out."""
    sessions.end_session(db.session(), access.actor(), session_id)
    db.commit()
    flash(_("That browser is signed out."))
    return redirect(url_for("account.settings"), 303)


@blueprint.post("/account/browsers/end-others")
@access.signed_in
def end_other_sessions() -> ResponseReturnValue:
    """Sign every browser out but this one."""
    sessions.end_sessions(db.session(), access.actor(), but=g.sign_in_session.id)
    db.commit()
    flash(_("All other browsers are signed out."))
    return redirect(url_for("account.settings"), 303)


def _person_form() -> PersonForm:
    user = access.actor()
    form = PersonForm(
        name=user.name, language=user.language or language(), expected_version=user.version
    )
    form.language.choices = {code: NAMES[code] for code in LANGUAGES}
    return form


def _refused(
    form: CampfireForm, error: CampfireError, **forms: CampfireForm
) -> ResponseReturnValue:
    status = show_refusal(form, error)
    if isinstance(error, ChangedMeanwhile):
        form.show_version(access.actor().version)
    return make_response(_page(**forms), status)


def _page(person: CampfireForm | None = None, details: CampfireForm | None = None) -> str:
    user = access.actor()
    if person is None:
        # The other form was sent: what it shows is not for this one.
        person = PersonForm(
            formdata=None,
            name=user.name,
            language=user.language or language(),
            expected_version=user.version,
        )
        person.language.choices = {code: NAMES[code] for code in LANGUAGES}
    if details is None:
        details = SignInDetailsForm(
            formdata=None,
            prefix="details",
            email=user.email,
            expected_version=user.version,
        )
    browsers = [
        {
            "id": each.id,
            "name": word_device(each.device),
            "since": each.created_at,
            "is_this": each.id == g.sign_in_session.id,
        }
        for each in sessions.list_sessions(db.session(), user)
    ]
    return render_template(
        "account/settings.html",
        person=person,
        details=details,
        browsers=browsers,
        has_password=user.password_hash is not None,
    )
