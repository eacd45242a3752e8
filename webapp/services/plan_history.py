"""What was changed in a plan, step by step, and the plan as it stood after each step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.enums import LineAspect, PairPlace, Said
from webapp.errors import NotFound
from webapp.models import Edition, Participation, PlanChange, PlanLine, Project, Run
from webapp.services.plan_state import Pair, PlanState

Key = tuple[Pair, LineAspect]
PER_PAGE = 20
NOTHING = {
    LineAspect.PLACE: PairPlace.NONE.value,
    LineAspect.LOCK: Said.NO.value,
    LineAspect.FORBID: Said.NO.value,
}


@dataclass(frozen=True)
class Step:
    """One change: its lines, the step it takes back or returns to, and the suggestion."""

    change: PlanChange
    lines: tuple[PlanLine, ...]
    # Lines of the same step about other films or mentors than those asked for.
    n_others: int
    # The revision of the step that this one takes back or goes back to.
    other_revision: int | None
    run_number: int | None


@dataclass(frozen=True)
class Steps:
    """A page of steps, newest first."""

    steps: list[Step]
    page: int
    n_pages: int
    n_steps: int


@dataclass(frozen=True)
class PairThen:
    """A pair as it stood then, beside today."""

    mentor: Participation
    place: PairPlace
    is_kept: bool
    is_apart: bool
    place_now: PairPlace
    is_kept_now: bool
    is_apart_now: bool

    @property
    def differs(self) -> bool:
        """Whether today is another matter."""
        then = (self.place, self.is_kept, self.is_apart)
        return then != (self.place_now, self.is_kept_now, self.is_apart_now)

    @property
    def was_there(self) -> bool:
        """Whether anything was said of the pair then."""
        return self.place is not PairPlace.NONE or self.is_kept or self.is_apart


@dataclass(frozen=True)
class FilmThen:
    """A film with its pairs as they stood then; pairs of today alone are among them."""

    project: Project
    pairs: tuple[PairThen, ...]

    @property
    def n_different(self) -> int:
        """How many of its pairs stand differently today."""
        return sum(pair.differs for pair in self.pairs)


def get_step(session: Session, edition: Edition, revision: int) -> PlanChange:
    """Give one step of an edition by its number."""
    change = session.scalars(
        select(PlanChange)
        .where(PlanChange.edition_id == edition.id, PlanChange.revision == revision)
        .options(selectinload(PlanChange.lines), joinedload(PlanChange.actor))
    ).one_or_none()
    if change is None:
        raise NotFound("no_such_change")
    return change


def list_steps(
    session: Session,
    edition: Edition,
    *,
    project_id: int | None = None,
    mentor_id: int | None = None,
    page: int = 1,
) -> Steps:
    """List the steps that changed something, newest first; of one film or mentor if asked.

    A page beyond the last is the last.
    """
    asked = [PlanLine.change_id == PlanChange.id]
    if project_id is not None:
        asked.append(PlanLine.project_id == project_id)
    if mentor_id is not None:
        asked.append(PlanLine.mentor_id == mentor_id)
    meant = (PlanChange.edition_id == edition.id, select(PlanLine.id).where(*asked).exists())
    n_steps = session.scalar(select(func.count()).select_from(PlanChange).where(*meant)) or 0
    n_pages = max(1, -(-n_steps // PER_PAGE))
    page = min(max(page, 1), n_pages)
    changes = session.scalars(
        select(PlanChange)
        .where(*meant)
        .options(selectinload(PlanChange.lines), joinedload(PlanChange.actor))
        .order_by(PlanChange.revision.desc())
        .offset((page - 1) * PER_PAGE)
        .limit(PER_PAGE)
    ).all()
    others = _revisions(session, {each.undoes_id for each in changes if each.undoes_id})
    runs = _run_numbers(session, {each.run_id for each in changes if each.run_id})
    steps = []
    for change in changes:
        lines = tuple(
            line
            for line in change.lines
            if project_id in {None, line.project_id} and mentor_id in {None, line.mentor_id}
        )
        steps.append(
            Step(
                change=change,
                lines=lines,
                n_others=len(change.lines) - len(lines),
                other_revision=others.get(change.undoes_id or 0),
                run_number=runs.get(change.run_id or 0),
            )
        )
    return Steps(steps, page, n_pages, n_steps)


def _revisions(session: Session, ids: set[int]) -> dict[int, int]:
    rows = session.execute(
        select(PlanChange.id, PlanChange.revision).where(PlanChange.id.in_(ids))
    ).all()
    return {row.id: row.revision for row in rows}


def _run_numbers(session: Session, ids: set[int]) -> dict[int, int]:
    rows = session.execute(select(Run.id, Run.number).where(Run.id.in_(ids))).all()
    return {row.id: row.number for row in rows}


def values_today(state: PlanState) -> dict[Key, str]:
    """Give where each pair stands today and what is said of it; what is nothing is left out."""
    values: dict[Key, str] = {
        (pair, LineAspect.PLACE): state.place(pair).value
        for pair in state.proposals.keys() | state.matches.keys()
    }
    values |= dict.fromkeys(state.words, Said.YES.value)
    return _said(values)


def values_at(session: Session, state: PlanState, revision: int) -> dict[Key, str]:
    """Give the same as it was after a step, replaying later lines backwards from today."""
    values = values_today(state)
    later = session.execute(
        select(PlanLine.project_id, PlanLine.mentor_id, PlanLine.aspect, PlanLine.before)
        .join(PlanChange, PlanLine.change_id == PlanChange.id)
        .where(PlanLine.edition_id == state.edition.id, PlanChange.revision > revision)
        .order_by(PlanLine.number.desc())
    )
    for project_id, mentor_id, aspect, before in later:
        values[((project_id, mentor_id), aspect)] = before
    return _said(values)


def _said(values: Mapping[Key, str]) -> dict[Key, str]:
    return {key: str(value) for key, value in values.items() if value != NOTHING[key[1]]}


def compare(state: PlanState, then: Mapping[Key, str]) -> list[FilmThen]:
    """Set the plan of then beside today's, the films that differ first.

    Films without pairs are left out.
    """
    now = values_today(state)
    pairs = sorted(
        {pair for pair, _ in then.keys() | now.keys()}, key=lambda pair: _order(then, pair)
    )
    films: dict[int, list[PairThen]] = {}
    for pair in pairs:
        both = PairThen(
            mentor=state.mentors[pair[1]],
            place=PairPlace(_value(then, pair, LineAspect.PLACE)),
            is_kept=_value(then, pair, LineAspect.LOCK) == Said.YES,
            is_apart=_value(then, pair, LineAspect.FORBID) == Said.YES,
            place_now=PairPlace(_value(now, pair, LineAspect.PLACE)),
            is_kept_now=_value(now, pair, LineAspect.LOCK) == Said.YES,
            is_apart_now=_value(now, pair, LineAspect.FORBID) == Said.YES,
        )
        films.setdefault(pair[0], []).append(both)
    found = [FilmThen(state.projects[film], tuple(films[film])) for film in sorted(films)]
    return sorted(found, key=lambda film: not film.n_different)


def _order(then: Mapping[Key, str], pair: Pair) -> tuple[int, Pair]:
    """Order: a yes first, what waits, what was set aside, what only today has."""
    places = [PairPlace.CONFIRMED, PairPlace.PROPOSED, PairPlace.SET_ASIDE, PairPlace.NONE]
    return places.index(PairPlace(_value(then, pair, LineAspect.PLACE))), pair


def _value(values: Mapping[Key, str], pair: Pair, aspect: LineAspect) -> str:
    return values.get((pair, aspect), NOTHING[aspect])
