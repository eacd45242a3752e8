"""What the organizers' pages share: buttons that count once, refusals, the year's lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask import g, url_for

from webapp import access, db
from webapp.config import LANGUAGES
from webapp.errors import CampfireError, InvalidValue
from webapp.forms.base import CampfireForm
from webapp.forms.plan import PlainForm
from webapp.languages import NAMES, language
from webapp.models import Edition
from webapp.services import nonces, terms
from webapp.wording.choices import profile_choices
from webapp.wording.errors import word_error
from webapp.wording.zones import zone_choices


def seal() -> PlainForm:
    """Check the seal of a form that is one button, and give its version and number."""
    form = PlainForm()
    if not form.validate_on_submit():
        raise InvalidValue("form_incomplete")
    return form


def act(change: Callable[[], Any]) -> CampfireError | None:
    """Do and keep what a button stands for, or give the error that stands against it."""
    try:
        change()
        db.commit()
    except CampfireError as error:
        db.rollback()
        return error
    return None


def act_once(form: CampfireForm, change: Callable[[], Any]) -> CampfireError | None:
    """Do what a form asks for the first time it comes; a second tap changes nothing."""

    def once() -> None:
        nonces.spend_nonce(db.session(), form.nonce.data, access.actor())
        change()

    error = act(once)
    return None if error is not None and error.code == "already_done" else error


def put_error(form: CampfireForm, error: CampfireError) -> int:
    """Put an error's sentence into a form, and give the page's status."""
    form.add_error(error.field if isinstance(error, InvalidValue) else "", word_error(error))
    return error.status


def list_url(project_id: int | None = None) -> str:
    """Give the list's address, at a film's row."""
    anchor = None if project_id is None else f"film-{project_id}"
    return url_for("organizers.plan_list", edition_id=g.edition.id, _anchor=anchor)


def edition_terms() -> terms.TermsByKey:
    """Give the edition's lists, read once a page."""
    if "terms" not in g:
        g.terms = terms.terms_by_key(db.session(), g.edition)
    found: terms.TermsByKey = g.terms
    return found


def language_choices() -> list[tuple[str, str]]:
    """Give the languages that pages and letters speak, each in its own words."""
    return [(code, NAMES[code]) for code in LANGUAGES]


def zones(edition: Edition | None = None) -> list[tuple[str, str]]:
    """Give time zones by city, the camp's own first, with the offset of its first day."""
    return zone_choices(_begins(edition), language(), [edition.timezone] if edition else ())


def all_choices() -> dict[str, list[tuple[str, str]]]:
    """Give the choices of every list that a profile's form offers."""
    return profile_choices(edition_terms()) | {"zone": zones(g.edition)}


def _begins(edition: Edition | None) -> datetime:
    if edition is None or edition.starts_on is None:
        return datetime.now(UTC)
    return datetime.combine(edition.starts_on, time(12), tzinfo=ZoneInfo(edition.timezone))
