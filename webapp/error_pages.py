"""When something is wrong: one sentence, and what to do, in the reader's language."""

from __future__ import annotations

import logging

from flask import Flask, current_app, g, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException, SecurityError

from webapp import db
from webapp.errors import CampfireError
from webapp.wording.errors import word_error

logger = logging.getLogger(__name__)

# What it is, and what helps.
PAGES: dict[int, tuple[LazyString, LazyString]] = {
    400: (_("The page could not read what was sent."), _("Go back and try once more.")),
    403: (_("This is not yours to open."), _("Ask the organizers if you think it should be.")),
    404: (
        _("There is no such page, or it is not for you."),
        _("Check the address, or start from the first page."),
    ),
    405: (
        _("This address cannot be opened like that."),
        _("Go back and use the button on the page."),
    ),
    409: (_("In the meantime something changed."), _("Go back and look at the page again.")),
    413: (
        _("That is too much at once."),
        _("Send a smaller file (up to 15 MB) or a shorter text."),
    ),
    422: (
        _("Something in the form does not fit."),
        _("Go back: what you wrote is still there. Correct it and save again."),
    ),
    429: (_("That was too often in a short time."), _("Wait a minute, then try again.")),
    500: (
        _("Something broke on our side. Nothing of what was saved before is lost."),
        _("Try again. If it happens once more, tell the organizers when it was."),
    ),
    503: (
        _("Too many people are saving at this moment."),
        _("Wait a few seconds, go back and save again: what you wrote is still there."),
    ),
}
CSRF_PAGE = (
    _("This page was open for too long, or you signed in again meanwhile."),
    _("Go back, open the page anew and save: your browser keeps what you wrote."),
)


def init_app(app: Flask) -> None:
    """Seal the forms, and give every error its page."""
    CSRFProtect(app)
    app.register_error_handler(CampfireError, _named)
    app.register_error_handler(CSRFError, _broken_seal)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(db.StaleRow, _stale)
    app.register_error_handler(SQLAlchemyError, _database)
    app.register_error_handler(Exception, _unexpected)


def show_error(status: int, sentence: str = "", remedy: str = "") -> ResponseReturnValue:
    """Give the page for an error, in the usual layout even without a database."""
    usual, helps = PAGES.get(status, PAGES[500])
    db.rollback()
    words = {"status": status, "sentence": sentence or usual, "remedy": remedy or helps}
    try:
        return make_response(render_template("errors/error.html", **words), status)
    except Exception:
        # Whatever the layout asked for is part of the trouble: do without.
        logger.exception("the page of an error broke")
    _forget_everybody()
    try:
        return make_response(render_template("errors/error.html", **words), status)
    except Exception:
        logger.exception("the bare page of an error broke")
    answer = make_response(f"{words['sentence']} {words['remedy']}", status)
    answer.mimetype = "text/plain"
    return answer


def _forget_everybody() -> None:
    """Let the layout do without anything that has to be read."""
    db.rollback()
    for name in ("edition", "program", "program_member", "participation", "project"):
        g.pop(name, None)
    g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]


def _named(error: CampfireError) -> ResponseReturnValue:
    return show_error(error.status, word_error(error))


def _broken_seal(_error: CSRFError) -> ResponseReturnValue:
    sentence, remedy = CSRF_PAGE
    return show_error(400, str(sentence), str(remedy))


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    if isinstance(error, SecurityError):
        # Asked under a foreign name: no page of ours has an address there.
        return error.get_response()
    response = make_response(show_error(error.code))
    # A method that is not allowed names those that are.
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    response.status_code = error.code
    return response


def _stale(_error: Exception) -> ResponseReturnValue:
    return show_error(409)


def _database(error: SQLAlchemyError) -> ResponseReturnValue:
    logger.error("the database refused", exc_info=error)
    _forget_everybody()
    busy = isinstance(error, OperationalError) and "locked" in str(error.orig)
    return show_error(503 if busy else 500)


def _unexpected(error: Exception) -> ResponseReturnValue:
    logger.error("a page broke", exc_info=error)
    _forget_everybody()
    return show_error(500)
