from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_edition, make_mentor
from webapp.enums import AvailabilityKind
from webapp.errors import InvalidValue
from webapp.models import Participation
from webapp.services.availability import LocalWindow, own_windows, set_windows, windows_of

HERE, ONLINE = AvailabilityKind.ON_SITE, AvailabilityKind.ONLINE


@pytest.fixture
def mentor(session: Session) -> Participation:
    edition = make_edition(
        session, timezone="Asia/Bishkek", starts_on=date(2026, 7, 1), ends_on=date(2026, 7, 3)
    )
    return make_mentor(session, edition)


def window(
    kind: AvailabilityKind = ONLINE,
    day: date = date(2026, 7, 2),
    start: str = "10:00",
    end: str = "12:00",
    timezone: str = "Asia/Bishkek",
) -> LocalWindow:
    return LocalWindow(kind, day, time.fromisoformat(start), time.fromisoformat(end), timezone)


def spans(mentor: Participation) -> list[tuple[datetime, datetime]]:
    return [(each.starts_at, each.ends_at) for each in windows_of(mentor)]


def test_all_week_means_each_day_in_the_camps_clocks(mentor: Participation) -> None:
    found = spans(mentor)
    assert found[0] == (
        datetime(2026, 6, 30, 18, tzinfo=UTC),
        datetime(2026, 7, 1, 18, tzinfo=UTC),
    )
    assert [span[0].day for span in found] == [30, 1, 2]


def test_hours_online_keep_their_own_clocks(session: Session, mentor: Participation) -> None:
    set_windows(session, mentor, [window(timezone="Europe/Berlin"), window(HERE)])
    # In person all week is more than the hours in person that were given.
    assert [each.kind for each in windows_of(mentor)] == [HERE, HERE, ONLINE, HERE]
    mentor.whole_camp = False
    assert spans(mentor) == [
        (datetime(2026, 7, 2, 4, tzinfo=UTC), datetime(2026, 7, 2, 6, tzinfo=UTC)),
        (datetime(2026, 7, 2, 8, tzinfo=UTC), datetime(2026, 7, 2, 10, tzinfo=UTC)),
    ]
    session.commit()
    session.refresh(mentor)
    assert [(each.local_start, each.timezone) for each in own_windows(mentor)] == [
        ("2026-07-02T10:00", "Asia/Bishkek"),
        ("2026-07-02T10:00", "Europe/Berlin"),
    ]


def test_midnight_ends_the_same_day(session: Session, mentor: Participation) -> None:
    mentor.whole_camp = False
    set_windows(session, mentor, [window(start="22:00", end="00:00")])
    assert spans(mentor) == [
        (datetime(2026, 7, 2, 16, tzinfo=UTC), datetime(2026, 7, 2, 18, tzinfo=UTC))
    ]


def test_an_hour_that_comes_twice_belongs_to_the_stretch_both_times(
    session: Session, mentor: Participation
) -> None:
    mentor.whole_camp = False
    autumn = window(day=date(2026, 10, 25), start="02:00", end="02:30", timezone="Europe/Berlin")
    set_windows(session, mentor, [autumn])
    assert spans(mentor) == [
        (datetime(2026, 10, 25, 0, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    ]


@pytest.mark.parametrize(
    ("wrong", "code", "params"),
    [
        (window(end="10:00"), "window_ends_before_start", {"row": 2}),
        (window(timezone="Mars/Olympus"), "unknown_zone", {"row": 2, "timezone": "Mars/Olympus"}),
        (window(timezone="../../etc/passwd"), "unknown_zone", None),
        (window(timezone=""), "unknown_zone", None),
        (
            window(day=date(2026, 3, 29), start="02:30", end="04:00", timezone="Europe/Berlin"),
            "hour_does_not_exist",
            {"row": 2, "time": "2026-03-29 02:30", "timezone": "Europe/Berlin"},
        ),
        (
            window(HERE, day=date(2027, 7, 2)),
            "day_outside_camp",
            {"row": 2, "day": "2027-07-02", "first": "2026-07-01", "last": "2026-07-03"},
        ),
    ],
)
def test_a_wrong_row_is_named(
    session: Session,
    mentor: Participation,
    wrong: LocalWindow,
    code: str,
    params: dict[str, object] | None,
) -> None:
    with pytest.raises(InvalidValue) as caught:
        set_windows(session, mentor, [window(), wrong])
    assert (caught.value.code, caught.value.field) == (code, "windows")
    if params is not None:
        assert dict(caught.value.params) == params
    assert own_windows(mentor) == []


def test_without_dates_all_week_is_no_time_yet(session: Session) -> None:
    assert windows_of(make_mentor(session, make_edition(session))) == []
