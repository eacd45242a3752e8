"""Instants and days as people read them, in a zone that is always named by the page."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_interval
from flask_babel import get_locale


def day_and_time(instant: datetime, zone: str = "UTC") -> str:
    """Give an instant as day and time of a zone, in the reader's language."""
    return format_datetime(
        instant.astimezone(ZoneInfo(zone)), format="d MMM, HH:mm", locale=get_locale() or "en"
    )


def days(first: date | None, last: date | None) -> str:
    """Give the days from one to another as short as they can be said."""
    if first is None or last is None:
        known = first or last
        return day(known) if known else ""
    return format_interval(first, last, skeleton="yMMMd", locale=get_locale() or "en")


def day(value: date) -> str:
    """Give a day in the reader's language."""
    return format_date(value, format="long", locale=get_locale() or "en")
