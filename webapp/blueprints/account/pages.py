"""What the account pages share: where they hang, and signing a browser in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, current_app, request, url_for
from flask import session as cookie

from webapp import db
from webapp.access import TOKEN
from webapp.errors import CampfireError, InvalidValue
from webapp.forms.base import CampfireForm
from webapp.models import User
from webapp.services import sessions
from webapp.wording.errors import word_error

blueprint = Blueprint("account", __name__)


def password_cost() -> Mapping[str, Any]:
    """Give what a hash costs here."""
    cost: Mapping[str, Any] = current_app.config["PASSWORD_COST"]
    return cost


def sign_browser_in(user: User) -> None:
    """Sign this browser in as a person, and end what it was signed in as.

    Nothing that was in the cookie before stays, so nobody can plant it.
    """
    if old := cookie.get(TOKEN):
        sessions.end_token(db.session(), old)
    token = sessions.start_session(db.session(), user, device=request.user_agent.string)
    cookie.clear()
    cookie.permanent = True
    cookie[TOKEN] = token


def local_path(target: str | None) -> str:
    """Give an address to come back to, if it is one of ours; else the first page."""
    first = url_for("home.index")
    if not target or not target.isprintable() or "\\" in target:
        return first
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not target.startswith("/") or target.startswith("//"):
        return first
    return target


def show_refusal(form: CampfireForm, error: CampfireError) -> int:
    """Put an error's sentence into the form, and give the page's status."""
    field = error.field if isinstance(error, InvalidValue) else ""
    form.add_error(field, word_error(error))
    db.rollback()
    return error.status
