"""What a mentor's pages share: where they hang, and what they know of the mentor."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import Blueprint, g, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import db
from webapp.enums import AvailabilityKind, EditionState
from webapp.languages import language
from webapp.models import Participation
from webapp.services import terms
from webapp.services.availability import Window, own_windows
from webapp.services.matching.profiles import load_of
from webapp.services.projects import TOLD
from webapp.wording.zones import zone_name

blueprint = Blueprint("mentors", __name__, url_prefix="/editions/<int:edition_id>/mentor")


def edition_terms() -> terms.TermsByKey:
    """Give the edition's lists, read once a page."""
    if "terms" not in g:
        g.terms = terms.terms_by_key(db.session(), g.edition)
    found: terms.TermsByKey = g.terms
    return found


def is_over() -> bool:
    """Whether the year is in the archive: everything can be read, nothing changed."""
    return bool(g.edition.state is EditionState.ARCHIVED)


def is_told() -> bool:
    """Whether everyone knows who is with whom; in the archive too."""
    return g.edition.state in TOLD or is_over()


def camp_begins() -> datetime:
    """Give the instant at which clocks are compared: the camp's first day, else now."""
    if g.edition.starts_on is None:
        return datetime.now(UTC)
    return datetime.combine(g.edition.starts_on, time(12), tzinfo=ZoneInfo(g.edition.timezone))


def mentor_view(mentor: Participation) -> dict[str, Any]:
    """Give what the head of a mentor's pages shows."""
    filled_in_by = mentor.filled_in_by
    return {
        "mentor": mentor,
        "name": mentor.user.name,
        "filled_in_by": filled_in_by.name if filled_in_by else "",
        "unseen": bool(filled_in_by) and mentor.checked_at is None,
        "how_many": how_many(mentor),
        "when": when(mentor),
        "tabs": mentor_tabs(),
    }


def mentor_tabs() -> list[dict[str, Any]]:
    """Give the way between a mentor's pages."""
    pages = [("index", _("Your page"))]
    if not is_over():
        pages.append(("profile", _("Change it")))
    if is_told():
        pages.insert(0, ("projects", _("Your films")))
    return [
        {
            "label": label,
            "url": url_for(f"mentors.{name}", edition_id=g.edition.id),
            "current": request.endpoint == f"mentors.{name}",
        }
        for name, label in pages
    ]


def how_many(mentor: Participation) -> str:
    """Say how many films a mentor takes."""
    load = load_of(mentor, g.edition)
    low, high = load.low, load.high
    if high is None:
        if not low:
            return str(_("as many as needed"))
        return str(ngettext("at least %(num)d film", "at least %(num)d films", low))
    if low == high:
        return str(ngettext("%(num)d film", "%(num)d films", high))
    if not low:
        return str(ngettext("up to %(num)d film", "up to %(num)d films", high))
    return str(ngettext("%(low)s to %(num)d film", "%(low)s to %(num)d films", high, low=low))


def when(mentor: Participation) -> list[str]:
    """Say when a mentor can meet, each stretch in the clocks it was given in."""
    lines = [str(_("here all week"))] if mentor.whole_camp else []
    for window in own_windows(mentor):
        if mentor.whole_camp and window.kind is AvailabilityKind.ON_SITE:
            continue
        lines.append(word_window(window))
    return lines or [str(_("not said yet"))]


def word_window(window: Window) -> str:
    """Say one stretch: the day, from when until when, whose clocks, and how."""
    start, end = (datetime.fromisoformat(t) for t in (window.local_start, window.local_end))
    now = language()
    return str(
        _(
            "%(day)s, %(start)s–%(end)s (%(zone)s), %(how)s",
            day=format_date(start, "EEE d MMM", locale=now),
            start=f"{start:%H:%M}",
            end="24:00" if end.date() > start.date() else f"{end:%H:%M}",
            zone=zone_name(window.timezone, window.starts_at, now),
            how=_("online") if window.kind is AvailabilityKind.ONLINE else _("here"),
        )
    )
