"""What organizers decided about pairs, read from the plan's history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.enums import ChangeSource, LineAspect, PairPlace, Said
from webapp.models import Edition, PlanChange, PlanLine

Pair = tuple[int, int]
HELD = (PairPlace.PROPOSED, PairPlace.CONFIRMED)
TAKEN_BACK = (ChangeSource.UNDO, ChangeSource.RETURN)


@dataclass(frozen=True)
class Decision:
    """An organizer's last word about a pair, while it stands."""

    project_id: int
    mentor_id: int
    wanted: bool
    at: datetime


class _Said(NamedTuple):
    number: int
    wanted: bool
    at: datetime


def list_decisions(session: Session, edition: Edition) -> list[Decision]:
    """List the words of organizers that stand, by pair.

    A pair is wanted that was confirmed or is kept. It is not wanted that was
    set aside, taken off the list for another, or is not to be put together.
    What a suggestion moved is nobody's word, and what was taken back is none.
    """
    rows = session.execute(
        select(PlanLine, PlanChange.source, PlanChange.at)
        .join(PlanChange, PlanLine.change_id == PlanChange.id)
        .where(PlanLine.edition_id == edition.id)
        .order_by(PlanLine.number)
    )
    words: dict[LineAspect, dict[Pair, _Said]] = {aspect: {} for aspect in LineAspect}
    for line, source, at in rows:
        pair = (line.project_id, line.mentor_id)
        wanted = _wanted(line, source)
        if wanted is None:
            words[line.aspect].pop(pair, None)
        else:
            words[line.aspect][pair] = _Said(line.number, wanted, at)
    standing = sorted((said, pair) for by_pair in words.values() for pair, said in by_pair.items())
    last = {pair: said for said, pair in standing}
    return [Decision(*pair, said.wanted, said.at) for pair, said in sorted(last.items())]


def _wanted(line: PlanLine, source: ChangeSource) -> bool | None:
    if line.aspect is not LineAspect.PLACE:
        return line.aspect is LineAspect.LOCK if line.after == Said.YES else None
    if source is ChangeSource.SOLVER:
        return None
    if line.after == PairPlace.NONE:
        # Taken off by hand: passed over. By an undo: as if it had never been there.
        passed_over = line.before in HELD and source not in TAKEN_BACK
        return False if passed_over else None
    return {PairPlace.CONFIRMED: True, PairPlace.SET_ASIDE: False}.get(PairPlace(line.after))
