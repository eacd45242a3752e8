"""A line of a plan: one pair, from where it was to where it goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from webapp.enums import LineAspect


@dataclass(frozen=True, slots=True)
class Line:
    """A change of one pair: ``aspect`` goes from ``before`` to ``after``.

    ``facts`` go with a new proposal: affinity, rank, reasons (all optional).
    ``reason`` is the organizer's when a pair is set aside.
    """

    project_id: int
    mentor_id: int
    before: str
    after: str
    aspect: LineAspect = LineAspect.PLACE
    facts: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""

    @property
    def pair(self) -> tuple[int, int]:
        """The pair's ids."""
        return self.project_id, self.mentor_id

    def reversed(self) -> Line:
        """The line that takes this one back."""
        return Line(self.project_id, self.mentor_id, self.after, self.before, self.aspect)
