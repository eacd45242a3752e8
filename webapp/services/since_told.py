"""What changed for people since they were told: read from the plan, not from the clock."""

from __future__ import annotations

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from webapp.enums import LineAspect, MatchState, PairPlace, ReleaseState
from webapp.models import Edition, Match, PlanChange, PlanLine, Project, Release

Pair = tuple[int, int]


def list_called_off(session: Session, edition: Edition) -> list[Match]:
    """List the pairs that people know of and that stand no longer, a row each.

    A pair that came back before anybody heard of it is none of them.
    """
    rows = session.scalars(
        _told_and_ended(edition)
        .options(
            selectinload(Match.project).selectinload(Project.members),
            selectinload(Match.mentor),
        )
        .order_by(Match.project_id, Match.mentor_id, Match.id)
    ).all()
    if not rows:
        return []
    still_believed = _believed(session, edition, {(row.project_id, row.mentor_id) for row in rows})
    latest = {(row.project_id, row.mentor_id): row for row in rows}
    live = _live(session, edition)
    return [row for pair, row in latest.items() if pair in still_believed and pair not in live]


def find_believed(session: Session, edition: Edition, pair: Pair) -> Match | None:
    """Give the ended row of a pair that both still count on, if there is one."""
    row = session.scalars(
        _told_and_ended(edition)
        .where(Match.project_id == pair[0], Match.mentor_id == pair[1])
        .order_by(Match.id.desc())
        .limit(1)
    ).first()
    return row if row is not None and _believed(session, edition, {pair}) else None


def _told_and_ended(edition: Edition) -> Select[Match]:
    return select(Match).where(
        Match.edition_id == edition.id,
        Match.state == MatchState.CANCELLED,
        Match.released_at.is_not(None),
    )


def _believed(session: Session, edition: Edition, pairs: set[Pair]) -> set[Pair]:
    """Keep the pairs that were a yes when people were told last."""
    told = session.scalar(
        select(func.max(Release.plan_revision)).where(
            Release.edition_id == edition.id, Release.state == ReleaseState.RELEASED
        )
    )
    if told is None:
        return pairs
    later = session.execute(
        select(PlanLine.project_id, PlanLine.mentor_id, PlanLine.before)
        .join(PlanChange, PlanLine.change_id == PlanChange.id)
        .where(
            PlanLine.edition_id == edition.id,
            PlanLine.aspect == LineAspect.PLACE,
            PlanChange.revision > told,
        )
        .order_by(PlanLine.number.desc())
    )
    # The earliest later line of a pair says where it stood when everyone was told.
    stood = {(project_id, mentor_id): before for project_id, mentor_id, before in later}
    return {pair for pair in pairs if stood.get(pair) == PairPlace.CONFIRMED}


def _live(session: Session, edition: Edition) -> set[Pair]:
    rows = session.execute(
        select(Match.project_id, Match.mentor_id).where(
            Match.edition_id == edition.id, Match.ended_at.is_(None)
        )
    )
    return {(project_id, mentor_id) for project_id, mentor_id in rows}
