"""What the two sides of a pair may read once everyone was told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Match, Proposal


def reasons_by_pair(
    session: Session, matches: Iterable[Match]
) -> dict[tuple[int, int], list[dict[str, Any]]]:
    """Give the reasons of several pairs at once, each best first.

    Reasons that rest on the organizers' own reading of a film are left out:
    neither side knows of it.
    """
    pairs = {(match.project_id, match.mentor_id) for match in matches}
    found = session.scalars(
        select(Proposal).where(
            Proposal.project_id.in_({project_id for project_id, _ in pairs}),
            Proposal.mentor_id.in_({mentor_id for _, mentor_id in pairs}),
        )
    )
    return {
        (row.project_id, row.mentor_id): [
            each for each in row.reasons if not rests_on_reading(each)
        ]
        for row in found
        if (row.project_id, row.mentor_id) in pairs
    }


def rests_on_reading(reason: dict[str, Any]) -> bool:
    """Say whether a reason points into what only organizers read."""
    return any(
        place["side"] == "project" and place["field"] == "reading"
        for place in reason.get("places", ())
    )
