"""Places in texts: joined where they overlap, and taken out of a profile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from matcher.profiles import MentorProfile, ProjectProfile, Term
from matcher.reason_values import Place, Reason

Profile = TypeVar("Profile", ProjectProfile, MentorProfile)
Span = tuple[int, int]


class _Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Stretch = TypeVar("Stretch", bound=_Placed)


def without(profile: Profile, places: Iterable[Place]) -> Profile:
    """Give a profile with blanks where some phrases stood.

    Parameters
    ----------
    profile : ProjectProfile or MentorProfile
    places : iterable of Place
        Those of the other side are passed over.

    Returns
    -------
    ProjectProfile or MentorProfile
        A ticked term loses its words and stays ticked.

    Examples
    --------
    >>> film = ProjectProfile(id="p", logline="A ferryman and his harbour")
    >>> without(film, [Place("project", "logline", 2, 10)]).logline
    'A          and his harbour'
    """
    side = "project" if isinstance(profile, ProjectProfile) else "mentor"
    changed: dict[str, Any] = {}
    for written, spans in spans_by_field(places, side).items():
        name, _, rest = written.partition("[")
        value = changed.get(name, getattr(profile, name))
        if not rest:
            changed[name] = _blanked(value, spans)
            continue
        entries = list(value)
        entry = entries[int(rest.rstrip("]"))]
        left = _blanked(entry.text if isinstance(entry, Term) else entry, spans)
        shorter = replace(entry, text=left) if isinstance(entry, Term) else left
        entries[int(rest.rstrip("]"))] = shorter
        changed[name] = tuple(entries)
    return replace(profile, **changed)


def spans_by_field(places: Iterable[Place], side: str) -> Mapping[str, list[Span]]:
    """Give the stretches of one side's places, by field."""
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    for place in places:
        if place.side == side:
            spans[place.field].append((place.start, place.end))
    return spans


def parted(written: Sequence[Stretch], spans: Sequence[Span]) -> tuple[list[Stretch], ...]:
    """Give what shares a letter with any of several stretches, and what does not."""
    gone: list[Stretch] = []
    left = list(written)
    for start, end in spans:
        gone += [each for each in left if each.start < end and start < each.end]
        left = [each for each in left if each.end <= start or end <= each.start]
    return gone, left


def said_places(reason: Reason) -> Reason:
    """Give a reason without the places at which nothing is written, as of a term without words."""
    return replace(reason, places=tuple(each for each in reason.places if each.start < each.end))


def touch(places: Iterable[Place], others: Iterable[Place]) -> bool:
    """Say whether any place shares a letter with any of the others."""
    others = tuple(others)
    return any(_meet(place, other) for place in places for other in others)


def joined(places: Iterable[Place]) -> tuple[Place, ...]:
    """Give places with those that overlap made one, in the order of their first.

    Examples
    --------
    >>> bio = [Place("mentor", "bio", *span) for span in ((4, 9), (20, 25), (7, 12))]
    >>> [(place.start, place.end) for place in joined(bio)]
    [(4, 12), (20, 25)]
    """
    kept: list[Place] = []
    for place in places:
        at = len(kept)
        while meeting := [n for n, other in enumerate(kept) if _meet(place, other)]:
            for n in reversed(meeting):
                other = kept.pop(n)
                start, end = min(place.start, other.start), max(place.end, other.end)
                place = replace(place, start=start, end=end)  # noqa: PLW2901
            at = min(at, meeting[0])
        kept.insert(at, place)
    return tuple(kept)


def _meet(place: Place, other: Place) -> bool:
    return (
        place.side == other.side
        and place.field == other.field
        and place.start < other.end
        and other.start < place.end
    )


def _blanked(text: str, spans: Sequence[Span]) -> str:
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text
