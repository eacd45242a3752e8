"""Signing in and out, the very first account, and the language of the pages."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from webapp import access, db
from webapp.access import TOKEN
from webapp.blueprints.account.pages import (
    blueprint,
    local_path,
    password_cost,
    show_refusal,
    sign_browser_in,
)
from webapp.errors import CampfireError, InvalidValue, NotPossible
from webapp.forms.account import FirstRunForm, SignInForm
from webapp.languages import COOKIE, known, language
from webapp.models import User
from webapp.services import accounts, lockouts, programs, sessions
from webapp.throttle import ANSWERS, limiter

YEAR = 31_536_000


@blueprint.route("/sign-in", methods=["GET", "POST"])
@access.public
@limiter.limit(ANSWERS, methods=["POST"])
def sign_in() -> ResponseReturnValue:
    """Let a person in who knows address and password."""
    form, status = SignInForm(), 200
    if form.validate_on_submit():
        try:
            sign_browser_in(_recognise(form.email.data or "", form.password.data or ""))
            db.commit()
            return redirect(local_path(request.args.get("next")), 303)
        except CampfireError as error:
            status = show_refusal(form, error)
    elif form.is_submitted():
        status = 422
    return render_template("account/sign_in.html", form=form), status


def _recognise(email: str, password: str) -> User:
    """Give the person, or the same refusal for a wrong password and for nobody."""
    with db.sessions().to_read() as reading:
        lockouts.check_open(reading, email)
        found = accounts.find_credentials(reading, email)
    # A hash takes long: nobody else may have to wait for it.
    db.rollback()
    right = accounts.password_matches(found.password_hash, password, password_cost())
    session = db.session()
    # Of many tries at once only the first few count.
    lockouts.check_open(session, email)
    if right and found == accounts.find_credentials(session, email) and found.user_id:
        lockouts.forgive(session, email)
        return accounts.get_user(session, found.user_id)
    lockouts.note_failure(session, email)
    db.commit()
    raise InvalidValue("sign_in_failed")


@blueprint.post("/sign-out")
@access.public
def sign_out() -> ResponseReturnValue:
    """End this browser's sign-in, row and cookie."""
    if token := cookie.get(TOKEN):
        sessions.end_token(db.session(), token)
        db.commit()
    cookie.clear()
    flash(_("You are signed out."))
    return redirect(url_for("account.sign_in"), 303)


@blueprint.route("/start", methods=["GET", "POST"])
@access.public
@limiter.limit(ANSWERS, methods=["POST"])
def first_run() -> ResponseReturnValue:
    """Guide an organizer on an empty database to the first account and lab."""
    if not accounts.is_empty(db.session()):
        raise NotPossible("not_first")
    form, status = FirstRunForm(), 200
    if form.validate_on_submit():
        try:
            _start(form)
            db.commit()
            return redirect(url_for("home.index"), 303)
        except CampfireError as error:
            status = show_refusal(form, error)
    elif form.is_submitted():
        status = 422
    return render_template("account/first_run.html", form=form), status


def _start(form: FirstRunForm) -> None:
    password = form.password.data or ""
    accounts.check_password(password)
    db.rollback()
    password_hash = accounts.hash_password(password, password_cost())
    session = db.session()
    if not accounts.is_empty(session):
        raise NotPossible("not_first")
    user = accounts.make_user(
        session,
        name=form.name.data or "",
        email=form.email.data or "",
        password_hash=password_hash,
        language=language(),
    )
    try:
        programs.make_program(session, actor=user, name=form.program.data or "")
    except InvalidValue as error:
        # The service says name; on this page that is the person's.
        error.field = "program"
        raise
    sign_browser_in(user)


@blueprint.post("/language")
@access.public
def set_language() -> ResponseReturnValue:
    """Keep the reader's choice: in this browser, and with the account."""
    chosen = known(request.form.get("language"))
    if not chosen:
        raise InvalidValue("language_unknown", field="language")
    if current_user.is_authenticated:
        accounts.set_language(access.actor(), chosen)
        db.commit()
    response = redirect(local_path(request.args.get("next")), 303)
    response.set_cookie(
        COOKIE,
        chosen,
        max_age=YEAR,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return response
