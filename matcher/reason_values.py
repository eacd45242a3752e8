"""A reason for a pair as a value: a code, its worth, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Parameter = str | int | float | tuple[str, ...]
SideName = Literal["project", "mentor"]


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a profile's field as its writer left it.

    Attributes
    ----------
    side : {"project", "mentor"}
    field : str
        ``difficulties``, or one entry of a list: ``credits[2]``.
    start, end : int
        Characters ``text[start:end]`` of that field, in code points.
    """

    side: SideName
    field: str
    start: int
    end: int

    def to_dict(self) -> dict[str, Any]:
        """Give the place as JSON can hold it."""
        return {"side": self.side, "field": self.field, "start": self.start, "end": self.end}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Place:
        """Give back a place from :meth:`to_dict`."""
        return cls(stored["side"], stored["field"], stored["start"], stored["end"])


@dataclass(frozen=True, slots=True)
class Reason:
    """One true thing about a pair.

    Attributes
    ----------
    code : str
        ``need_met``, ``text_shared``, ``concept_shared``, ``concept_near``,
        ``text_near``, ``form_shared``, ``genre_shared``, ``stage_shared``,
        ``language_shared``, ``craft_shared``, ``territory_shared``, ``wished``
        (for organizers alone), ``met_before``; ``first_need_unmet``, ``no_need_met`` (of several
        without an order), ``no_shared_language``; ``project_too_thin``,
        ``mentor_too_thin``, ``not_said``.
    weight : float
        What it adds to the affinity; below 0, what is missing from it; 0 for
        what is not known. Of words, what the texts of the pair lose when its
        places are taken out of them.
    params : mapping
        Concept ids or the person's own words: ``ours`` the project's,
        ``theirs`` the mentor's.
    places : tuple of Place
        The first of each side is the one that is quoted.
    """

    code: str
    weight: float
    params: Mapping[str, Parameter] = field(default_factory=dict)
    places: tuple[Place, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give the reason as JSON can hold it."""
        params = {k: list(v) if isinstance(v, tuple) else v for k, v in self.params.items()}
        places = [place.to_dict() for place in self.places]
        return {"code": self.code, "weight": self.weight, "params": params, "places": places}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Reason:
        """Give back a reason from :meth:`to_dict`."""
        params = {k: tuple(v) if isinstance(v, list) else v for k, v in stored["params"].items()}
        places = tuple(Place.from_dict(place) for place in stored["places"])
        return cls(stored["code"], stored["weight"], params, places)
