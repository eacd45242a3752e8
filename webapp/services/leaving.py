"""When a film or a mentor leaves: their pairs open again, as lines of the plan."""

from __future__ import annotations

from sqlalchemy.orm import Session

from webapp.enums import LineAspect, PairPlace, Said
from webapp.models import Edition, Participation, Project, User
from webapp.services.plan import apply_lines, lock_plan
from webapp.services.plan_lines import Line
from webapp.services.plan_state import PlanState, load_state


def free_pairs(
    session: Session,
    edition: Edition,
    *,
    actor: User,
    project: Project | None = None,
    mentor: Participation | None = None,
) -> int:
    """Take every offered, confirmed or kept pair of a film or a mentor off the plan.

    Returns
    -------
    int
        How many pairs were open to others again.
    """
    lock_plan(session, edition)
    state = load_state(session, edition)
    pairs = sorted(
        pair
        for pair in state.proposals.keys() | state.matches.keys() | {key[0] for key in state.words}
        if (project is None or pair[0] == project.id) and (mentor is None or pair[1] == mentor.id)
    )
    lines = [line for pair in pairs for line in _lines(state, pair)]
    if lines:
        apply_lines(session, edition, lines, actor=actor)
    return len({line.pair for line in lines})


def _lines(state: PlanState, pair: tuple[int, int]) -> list[Line]:
    lines: list[Line] = []
    if state.is_kept(pair):
        lines.append(Line(*pair, Said.YES, Said.NO, LineAspect.LOCK))
    place = state.place(pair)
    if place in {PairPlace.PROPOSED, PairPlace.CONFIRMED}:
        lines.append(Line(*pair, place, PairPlace.NONE))
    return lines
