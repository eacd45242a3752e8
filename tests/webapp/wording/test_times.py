"""Days and times as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask_babel import force_locale

from webapp.wording.times import day_and_time, days


@pytest.fixture(autouse=True)
def in_a_page(app: Flask):  # type: ignore[no-untyped-def]
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("code", "first", "last", "words"),
    [
        ("en", date(2026, 7, 6), date(2026, 7, 12), "Jul 6 – 12, 2026"),
        ("ru", date(2026, 7, 6), date(2026, 7, 12), "6–12 июл. 2026\u202fг."),
        ("en", date(2026, 7, 6), None, "July 6, 2026"),
        ("en", None, None, ""),
    ],
)
def test_days_are_said_as_short_as_they_can_be(
    code: str, first: date | None, last: date | None, words: str
) -> None:
    with force_locale(code):
        assert " ".join(days(first, last).split()) == " ".join(words.split())


def test_an_instant_is_read_in_the_camps_own_zone() -> None:
    instant = datetime(2026, 7, 6, 20, 30, tzinfo=UTC)
    with force_locale("en"):
        assert day_and_time(instant, "Asia/Bishkek") == "7 Jul, 02:30"
        assert day_and_time(instant, "Asia/Almaty") == "7 Jul, 01:30"
