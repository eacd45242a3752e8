"""What a link in a letter opens: signing in once, and a new password."""

from __future__ import annotations

import time
from datetime import timedelta

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import access, db, limits
from webapp.blueprints.account.pages import (
    blueprint,
    password_cost,
    show_refusal,
    sign_browser_in,
)
from webapp.enums import LetterKind, LinkPurpose
from webapp.errors import InvalidValue
from webapp.forms.account import ForgotForm, ResetForm
from webapp.languages import known, language
from webapp.models import User
from webapp.services import accounts, links, lockouts, outbox, sessions
from webapp.throttle import ANSWERS, LETTERS, limiter
from webapp.wording.account import word_reset_letter

# Nobody's mailbox is filled by somebody else's pressing of a button.
LETTERS_AN_HOUR = 3


@blueprint.get("/enter/<token>")
@access.public
def enter(token: str) -> ResponseReturnValue:
    """Say whom a link signs in. Robots look at links, so looking spends nothing."""
    link = links.open_link(db.session(), token, LinkPurpose.SIGN_IN)
    return render_template("account/enter.html", person=link.user, token=token)


@blueprint.post("/enter/<token>")
@access.public
@limiter.limit(ANSWERS)
def enter_now(token: str) -> ResponseReturnValue:
    """Spend the link and sign its person in."""
    session = db.session()
    link = links.open_link(session, token, LinkPurpose.SIGN_IN)
    links.spend_link(session, link)
    sign_browser_in(link.user)
    db.commit()
    return redirect(url_for("home.index"), 303)


@blueprint.route("/forgot", methods=["GET", "POST"])
@access.public
@limiter.limit(LETTERS, methods=["POST"])
def forgot() -> ResponseReturnValue:
    """Send a link for a new password; the answer tells nobody who is here."""
    form, status = ForgotForm(), 200
    if form.validate_on_submit():
        started = time.monotonic()
        try:
            accounts.check_email(form.email.data or "")
        except InvalidValue as error:
            status = show_refusal(form, error)
        else:
            _write_to(form.email.data or "")
            _take_as_long_as_ever(started)
            return render_template("account/forgot_sent.html", email=form.email.data)
    elif form.is_submitted():
        status = 422
    return render_template("account/forgot.html", form=form), status


def _write_to(email: str) -> None:
    session = db.session()
    user = accounts.find_by_email(session, email)
    hour = timedelta(hours=1)
    reset = LinkPurpose.PASSWORD_RESET
    if user and links.count_recent_links(session, user, reset, within=hour) < LETTERS_AN_HOUR:
        _, token = links.make_link(session, user, reset, hours=limits.RESET_HOURS)
        address = current_app.config["PUBLIC_URL"].rstrip("/")
        spoken = known(user.language) or language()
        subject, body = word_reset_letter(
            user.name, address + url_for("account.reset", token=token), spoken
        )
        letter = outbox.hold_letter(
            session,
            edition=None,
            user=user,
            kind=LetterKind.PASSWORD_RESET,
            language=spoken,
            subject=subject,
            body=body,
        )
        outbox.queue_letters(session, [letter])
    # Kept here, and the lock let go of, before the page waits.
    db.commit()


def _take_as_long_as_ever(started: float) -> None:
    rest = current_app.config["LETTER_SECONDS"] - (time.monotonic() - started)
    if rest > 0:
        time.sleep(rest)


@blueprint.route("/reset/<token>", methods=["GET", "POST"])
@access.public
@limiter.limit(ANSWERS, methods=["POST"])
def reset(token: str) -> ResponseReturnValue:
    """Take a new password from whoever holds the letter."""
    link = links.open_link(db.session(), token, LinkPurpose.PASSWORD_RESET)
    person = link.user.name
    form, status = ResetForm(), 200
    if form.validate_on_submit():
        try:
            sign_browser_in(_renew(token, form.password.data or ""))
            db.commit()
            flash(_("The new password holds. Other browsers are signed out."))
            return redirect(url_for("home.index"), 303)
        except InvalidValue as error:
            status = show_refusal(form, error)
    elif form.is_submitted():
        status = 422
    return render_template("account/reset.html", form=form, person=person), status


def _renew(token: str, password: str) -> User:
    accounts.check_password(password)
    db.rollback()
    password_hash = accounts.hash_password(password, password_cost())
    session = db.session()
    link = links.open_link(session, token, LinkPurpose.PASSWORD_RESET)
    links.spend_link(session, link)
    user = link.user
    accounts.set_password(session, user, password_hash)
    sessions.end_sessions(session, user)
    if user.email:
        lockouts.forgive(session, user.email)
    return user
