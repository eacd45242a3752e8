"""When a mentor can meet: the camp's days, or stretches with a zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.orm import Session

from webapp import limits
from webapp.enums import AvailabilityKind
from webapp.errors import InvalidValue
from webapp.models import Availability, Edition, Participation
from webapp.services.editions import check_year
from webapp.services.texts import check_count

MIDNIGHT = time(0, 0)


@dataclass(frozen=True, slots=True)
class LocalWindow:
    """A stretch of one day as somebody says it: date, from, to, zone.

    An end at midnight is the end of that day.
    """

    kind: AvailabilityKind
    day: date
    start: time
    end: time
    timezone: str


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch with its instants, aware and in UTC."""

    kind: AvailabilityKind
    local_start: str
    local_end: str
    timezone: str
    starts_at: datetime
    ends_at: datetime


def set_windows(
    session: Session, participation: Participation, windows: Sequence[LocalWindow]
) -> None:
    """Replace the stretches somebody gave; each is checked, the row is named."""
    check_count(len(windows), limits.N_WINDOWS, "windows")
    resolved = [
        resolve_window(window, participation.edition, row=row)
        for row, window in enumerate(windows, start=1)
    ]
    if resolved == own_windows(participation):
        return
    participation.availability = [
        Availability(
            kind=each.kind,
            local_start=each.local_start,
            local_end=each.local_end,
            timezone=each.timezone,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
        )
        for each in resolved
    ]
    session.flush()


def own_windows(participation: Participation) -> list[Window]:
    """List the stretches somebody gave, as they gave them."""
    return [
        Window(
            each.kind,
            each.local_start,
            each.local_end,
            each.timezone,
            each.starts_at,
            each.ends_at,
        )
        for each in participation.availability
    ]


def windows_of(participation: Participation) -> list[Window]:
    """List when somebody can meet, earliest first.

    Who is here all week is here on every day of the camp, in its zone; hours
    online come on top.
    """
    given = own_windows(participation)
    if participation.whole_camp:
        online = [each for each in given if each.kind is AvailabilityKind.ONLINE]
        given = [*_camp_days(participation.edition), *online]
    return sorted(given, key=lambda window: (window.starts_at, window.ends_at))


def _camp_days(edition: Edition) -> list[Window]:
    if edition.starts_on is None or edition.ends_on is None:
        return []
    n_days = (edition.ends_on - edition.starts_on).days + 1
    days = (edition.starts_on + timedelta(days=each) for each in range(n_days))
    return [
        _window(
            AvailabilityKind.ON_SITE,
            datetime.combine(day, MIDNIGHT),
            datetime.combine(day + timedelta(days=1), MIDNIGHT),
            ZoneInfo(edition.timezone),
        )
        for day in days
    ]


def resolve_window(window: LocalWindow, edition: Edition, *, row: int) -> Window:
    """Give a stretch its instants, or say what is wrong with its row."""
    zone = _zone(window.timezone, row)
    check_year(window.day, "windows")
    start = datetime.combine(window.day, window.start)
    end_day = window.day + timedelta(days=1) if window.end == MIDNIGHT else window.day
    end = datetime.combine(end_day, window.end)
    if end <= start:
        raise InvalidValue("window_ends_before_start", field="windows", row=row)
    for local in (start, end):
        if not _exists(local, zone):
            raise InvalidValue(
                "hour_does_not_exist",
                field="windows",
                row=row,
                time=f"{local:%Y-%m-%d %H:%M}",
                timezone=window.timezone,
            )
    if window.kind is AvailabilityKind.ON_SITE:
        _check_camp_day(window.day, edition, row)
    return _window(window.kind, start, end, zone)


def _check_camp_day(day: date, edition: Edition, row: int) -> None:
    """Refuse a day in person outside the camp: most often a mistyped date."""
    first, last = edition.starts_on, edition.ends_on
    if (first and day < first) or (last and day > last):
        raise InvalidValue(
            "day_outside_camp",
            field="windows",
            row=row,
            day=day.isoformat(),
            first=first.isoformat() if first else "",
            last=last.isoformat() if last else "",
        )


def _zone(name: str, row: int) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidValue("unknown_zone", field="windows", row=row, timezone=name) from error


def _exists(local: datetime, zone: ZoneInfo) -> bool:
    """Say whether clocks of that zone ever show this time: in spring they skip an hour."""
    back = local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return back.replace(tzinfo=None) == local


def _window(kind: AvailabilityKind, start: datetime, end: datetime, zone: ZoneInfo) -> Window:
    # An hour that comes twice in autumn belongs to the stretch both times.
    return Window(
        kind,
        start.isoformat(timespec="minutes"),
        end.isoformat(timespec="minutes"),
        zone.key,
        start.replace(tzinfo=zone, fold=0).astimezone(UTC),
        end.replace(tzinfo=zone, fold=1).astimezone(UTC),
    )
