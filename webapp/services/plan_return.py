"""A way back: one step taken back, or the plan as it stood, as far as today allows it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.enums import ChangeSource, LineAspect, MatchState, PairPlace, ProjectState, Said
from webapp.errors import ChangedMeanwhile
from webapp.models import Edition, Match, PlanChange, PlanLine, User
from webapp.services import plan, plan_history
from webapp.services.plan_history import NOTHING, Key, values_today
from webapp.services.plan_lines import Line
from webapp.services.plan_state import Pair, PlanState, load_state

HELD = (PairPlace.PROPOSED, PairPlace.CONFIRMED)


@dataclass(frozen=True)
class Hindrance:
    """A line that today does not allow: why, and by whose latest step."""

    line: Line
    code: str
    params: Mapping[str, Any]
    # What to look for in the history: who made it so.
    keys: frozenset[Key] = frozenset()
    by: PlanChange | None = None


@dataclass(frozen=True)
class WayBack:
    """What goes back as one unit, and what stays as it is today."""

    lines: tuple[Line, ...]
    left_out: tuple[Hindrance, ...]
    # Pairs that know of each other and would be called off.
    told: tuple[Match, ...]

    @property
    def seal(self) -> str:
        """A short name for exactly this, for the page that shows it."""
        said = [(*line.pair, line.aspect.value, line.before, line.after) for line in self.lines]
        left = [(*each.line.pair, each.line.aspect.value, each.code) for each in self.left_out]
        return hashlib.sha256(repr((said, left)).encode()).hexdigest()[:32]


@dataclass
class _Weighing:
    """Lines tried one after the other against what the earlier ones leave."""

    state: PlanState
    left_out: list[Hindrance] = field(default_factory=list)

    def __post_init__(self) -> None:
        state = self.state
        self.values: dict[Key, str] = values_today(state)
        held = [pair for pair, aspect in self.values if aspect is LineAspect.PLACE]
        held = [pair for pair in held if self.is_held(pair)]
        self.per_mentor = Counter(mentor for _, mentor in held)
        self.per_project = Counter(project for project, _ in held)

    def value(self, pair: Pair, aspect: LineAspect) -> str:
        return self.values.get((pair, aspect), NOTHING[aspect])

    def is_held(self, pair: Pair) -> bool:
        return self.value(pair, LineAspect.PLACE) in HELD

    def put(self, line: Line) -> None:
        if line.aspect is LineAspect.PLACE:
            step = (line.after in HELD) - (line.before in HELD)
            self.per_mentor[line.mentor_id] += step
            self.per_project[line.project_id] += step
        self.values[(line.pair, line.aspect)] = line.after

    def refuse(self, line: Line, code: str, keys: set[Key] | None = None, **params: Any) -> None:
        names = {
            "project": self.state.title(line.project_id),
            "mentor": self.state.name(line.mentor_id),
        }
        self.left_out.append(Hindrance(line, code, names | params, frozenset(keys or ())))

    def may_meet(self, line: Line) -> bool:
        """Say whether the pair may stand together, or note what is in the way."""
        pair, state = line.pair, self.state
        said_apart = self.value(pair, LineAspect.FORBID) == Said.YES
        if pair in state.forbidden or said_apart:
            self.refuse(line, "pair_forbidden", {(pair, LineAspect.FORBID)} if said_apart else None)
        elif state.projects[pair[0]].state is not ProjectState.SELECTED:
            self.refuse(line, "project_not_selected")
        elif state.mentors[pair[1]].withdrawn_at is not None:
            self.refuse(line, "mentor_withdrew")
        else:
            return True
        return False

    def has_room(self, line: Line) -> bool:
        """Say whether film and mentor have room for the pair, or note who takes it."""
        pair = line.pair
        one_more = 0 if line.before in HELD else 1
        most = self.state.load_high(pair[1])
        if most is not None and self.per_mentor[pair[1]] + one_more > most:
            self.refuse(line, "mentor_full", self.holders(mentor_id=pair[1]), most=most)
            return False
        wanted = self.state.demand_high(pair[0])
        if self.per_project[pair[0]] + one_more > wanted:
            self.refuse(line, "project_full", self.holders(project_id=pair[0]), most=wanted)
            return False
        return True

    def holders(self, *, mentor_id: int = 0, project_id: int = 0) -> set[Key]:
        pairs = [pair for pair, aspect in self.values if aspect is LineAspect.PLACE]
        return {
            (pair, LineAspect.PLACE)
            for pair in pairs
            if self.is_held(pair) and (pair[1] == mentor_id or pair[0] == project_id)
        }

    def may_be_said(self, line: Line) -> bool:
        """Say whether *keep* or *not together* fits, or note what is in the way."""
        pair = line.pair
        if line.aspect is LineAspect.FORBID:
            if self.value(pair, LineAspect.LOCK) == Said.YES:
                self.refuse(line, "pair_is_kept", {(pair, LineAspect.LOCK)})
                return False
            if self.is_held(pair):
                self.refuse(line, "pair_still_planned", {(pair, LineAspect.PLACE)})
                return False
            return True
        if any(each.line.pair == pair for each in self.left_out):
            # A pair that does not come back is not kept either.
            self.refuse(line, "keep_without_pair")
            return False
        return self.may_meet(line)


def weigh_values(state: PlanState, wanted: Mapping[Key, str]) -> WayBack:
    """Give the lines from today to ``wanted`` that today allows, and what it does not."""
    lines = [
        Line(*pair, state.value(pair, aspect), after, aspect)
        for (pair, aspect), after in sorted(wanted.items())
        if state.value(pair, aspect) != after
    ]
    weighing = _Weighing(state)
    taken = [line for line in lines if _is_free(line)]
    for line in taken:
        weighing.put(line)
    for line in sorted((line for line in lines if not _is_free(line)), key=_rank(wanted)):
        if line.aspect is LineAspect.PLACE:
            fits = weighing.may_meet(line) and weighing.has_room(line)
        else:
            fits = weighing.may_be_said(line)
        if fits:
            weighing.put(line)
            taken.append(line)
    ending = [line.pair for line in taken if line.before == PairPlace.CONFIRMED]
    told = [
        state.matches[pair]
        for pair in ending
        if pair in state.matches and state.matches[pair].state is not MatchState.CONFIRMED
    ]
    return WayBack(tuple(taken), tuple(weighing.left_out), tuple(told))


def _is_free(line: Line) -> bool:
    """Whether a line only makes room, so that nothing can stand against it."""
    if line.aspect is LineAspect.PLACE:
        return line.after not in HELD
    return line.after == Said.NO


def _rank(wanted: Mapping[Key, str]) -> Any:
    """Order: a yes that becomes a question gives its seat first; then what was kept, then a yes."""

    def rank(line: Line) -> tuple[int, int, int, Pair]:
        is_word = line.aspect is not LineAspect.PLACE
        is_kept = wanted.get((line.pair, LineAspect.LOCK)) == Said.YES
        gives_seat = line.before == PairPlace.CONFIRMED
        first = 0 if gives_seat else 1 if line.before in HELD else 2 if is_kept else 3
        return is_word, first, line.after != PairPlace.CONFIRMED, line.pair

    return rank


def weigh_return(session: Session, edition: Edition, revision: int, state: PlanState) -> WayBack:
    """Give what it takes to bring the plan back to how it stood after a step."""
    then = plan_history.values_at(session, state, revision)
    today = values_today(state)
    wanted = {key: then.get(key, NOTHING[key[1]]) for key in then.keys() | today.keys()}
    return _with_names(session, edition, weigh_values(state, wanted))


def bring_back(
    session: Session, edition: Edition, revision: int, *, actor: User, agreed: str
) -> PlanChange:
    """Bring the plan back to how it stood after a step, as one unit that can be undone.

    Parameters
    ----------
    agreed : str
        The seal of the way back that the page showed.

    Raises
    ------
    ChangedMeanwhile
        Today's plan is another one than the page showed, and so is the way back.
    NotPossible
        Nothing is different, or nothing of it can be brought back.
    """
    target = plan_history.get_step(session, edition, revision) if revision else None
    plan.lock_plan(session, edition)
    way = weigh_return(session, edition, revision, load_state(session, edition))
    if agreed != way.seal:
        raise ChangedMeanwhile("way_back_changed")
    return plan.apply_lines(
        session,
        edition,
        way.lines,
        actor=actor,
        source=ChangeSource.RETURN,
        undoes=target,
    )


def list_hindrances(session: Session, edition: Edition, change: PlanChange) -> list[Hindrance]:
    """List what is in the way of taking a step back, and whose step put it there."""
    state = load_state(session, edition)
    back = [
        Line(line.project_id, line.mentor_id, line.before, line.after, line.aspect).reversed()
        for line in change.lines
    ]
    moved = [line for line in back if state.value(line.pair, line.aspect) != line.before]
    if moved:
        found = [
            Hindrance(
                line,
                "pair_moved_since",
                {"project": state.title(line.project_id), "mentor": state.name(line.mentor_id)},
                frozenset({(line.pair, line.aspect)}),
            )
            for line in moved
        ]
        return list(_with_names(session, edition, WayBack((), tuple(found), ())).left_out)
    wanted = {(line.pair, line.aspect): line.after for line in back}
    return list(_with_names(session, edition, weigh_values(state, wanted)).left_out)


def _with_names(session: Session, edition: Edition, way: WayBack) -> WayBack:
    """Put to each hindrance the latest step that made it."""
    keys = set().union(*(each.keys for each in way.left_out)) if way.left_out else set()
    if not keys:
        return way
    rows = session.execute(
        select(PlanLine, PlanChange)
        .join(PlanChange, PlanLine.change_id == PlanChange.id)
        .where(
            PlanLine.edition_id == edition.id,
            PlanLine.project_id.in_({pair[0] for pair, _ in keys}),
            PlanLine.mentor_id.in_({pair[1] for pair, _ in keys}),
        )
        .options(joinedload(PlanChange.actor))
        .order_by(PlanLine.number)
    )
    latest = {((line.project_id, line.mentor_id), line.aspect): change for line, change in rows}
    named = []
    for each in way.left_out:
        found = [latest[key] for key in each.keys if key in latest]
        by = max(found, key=lambda change: change.revision, default=None)
        named.append(Hindrance(each.line, each.code, each.params, each.keys, by))
    return WayBack(way.lines, tuple(named), way.told)
