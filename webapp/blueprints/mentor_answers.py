"""What a mentor's form shows of what is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from webapp import limits
from webapp.forms.mentor import N_LANGUAGES_SHOWN, N_WINDOWS_SHOWN
from webapp.forms.rows import padded
from webapp.models import Participation
from webapp.services.availability import Window


def mentor_answers(
    mentor: Participation,
    windows: Iterable[Window],
    needs: Iterable[str],
    labels: Mapping[str, str],
) -> dict[str, Any]:
    """Give what the form shows of a profile.

    ``needs`` are the keys that can be ticked; the rest of what people come for
    is shown in words, as are countries, by ``labels``.
    """
    ticks = frozenset(needs)
    own = [labels.get(each, each) for each in mentor.expertise if each not in ticks]
    rows = [window_answers(window) for window in windows]
    return {
        "expertise": [each for each in mentor.expertise if each in ticks],
        "own_expertise": "\n".join(own),
        "offers_text": mentor.offers_text,
        "bio": mentor.bio,
        "credits": "\n".join(mentor.credits),
        "forms": list(mentor.forms),
        "genres": list(mentor.genres),
        "stages": list(mentor.stages),
        "languages": padded(mentor.languages, N_LANGUAGES_SHOWN, limits.N_LANGUAGES),
        "place": mentor.place,
        "countries": ", ".join(labels.get(each, each) for each in mentor.countries),
        "company": mentor.company,
        "load_low": mentor.load_low,
        "load_high": mentor.load_high,
        "whole_camp": "yes" if mentor.whole_camp else "no",
        "windows": padded(rows, N_WINDOWS_SHOWN, limits.N_WINDOWS),
        "keep_apart_note": mentor.keep_apart_note,
    }


def window_answers(window: Window) -> dict[str, Any]:
    """Give a stretch of time as a row shows it."""
    day, _sep, start = window.local_start.partition("T")
    return {
        "kind": window.kind.value,
        "day": date.fromisoformat(day),
        "start": time.fromisoformat(start),
        "end": time.fromisoformat(window.local_end.partition("T")[2]),
        "timezone": window.timezone,
    }
