"""Time zones as people know them: a city, and how far it is from UTC."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import get_timezone_location

# Where filmmakers and their guests most often sit; any other zone stays
# selectable where a row already has it.
ZONES = (
    "Asia/Bishkek",
    "Asia/Almaty",
    "Asia/Aqtau",
    "Asia/Tashkent",
    "Asia/Dushanbe",
    "Asia/Ashgabat",
    "Asia/Irkutsk",
    "Asia/Ulaanbaatar",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Magadan",
    "Asia/Kamchatka",
    "Asia/Krasnoyarsk",
    "Asia/Novosibirsk",
    "Asia/Yekaterinburg",
    "Europe/Samara",
    "Europe/Moscow",
    "Asia/Tbilisi",
    "Asia/Yerevan",
    "Asia/Baku",
    "Europe/Istanbul",
    "Europe/Kyiv",
    "Europe/Helsinki",
    "Europe/Bucharest",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Rome",
    "Europe/Madrid",
    "Europe/Warsaw",
    "Europe/Amsterdam",
    "Europe/London",
    "Europe/Lisbon",
    "Africa/Cairo",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "Asia/Tehran",
    "Asia/Kabul",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Bangkok",
    "Asia/Shanghai",
    "Asia/Seoul",
    "Asia/Tokyo",
    "Australia/Sydney",
    "America/Sao_Paulo",
    "America/New_York",
    "America/Toronto",
    "America/Chicago",
    "America/Mexico_City",
    "America/Los_Angeles",
    "UTC",
)


def zone_name(zone: str, at: datetime, language: str) -> str:
    """Give a zone's city in the reader's language, with its offset at that time."""
    offset = f"{at.astimezone(ZoneInfo(zone)):%z}"
    shown = f"UTC{offset[:3]}:{offset[3:]}".replace("-", "−")
    if zone == "UTC":
        return "UTC"
    city = get_timezone_location(zone, locale=language, return_city=True)
    return f"{city}, {shown}"


def zone_choices(at: datetime, language: str, first: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Give the zones a form offers with their names; ``first`` come first."""
    zones = dict.fromkeys((*first, *ZONES))
    return [(zone, zone_name(zone, at, language)) for zone in zones if _is_known(zone)]


def _is_known(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
