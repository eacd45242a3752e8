"""Labs of three films and three mentors, in any state an evening may leave them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sqlalchemy.orm import Session

from tests.factories import make_edition, make_match, make_mentor, make_project
from webapp.enums import LineAspect, MatchState, PairPlace, ProposalState, RunState, Said
from webapp.models import Edition, Proposal, Run
from webapp.services import plan
from webapp.services.matching.kept_pairs import KeptPairs, pack_pairs
from webapp.services.matching.today import Today, read_today
from webapp.services.plan_lines import Line
from webapp.services.plan_state import PlanState, load_state

Pair = tuple[int, int]
SIDE = 3


@dataclass
class SmallLab:
    session: Session
    edition: Edition
    films: list[int]
    mentors: list[int]

    def state(self) -> PlanState:
        return load_state(self.session, self.edition)

    def today(self) -> Today:
        return read_today(self.session, self.edition, self.state())

    def pairs(self) -> list[Pair]:
        return [(film, mentor) for film in self.films for mentor in self.mentors]


def make_run(session: Session, edition: Edition, rows: list[int], columns: list[int], fit) -> Run:  # type: ignore[no-untyped-def]
    fit = np.asarray(fit, dtype=float)
    run = Run(
        edition_id=edition.id,
        number=1,
        state=RunState.APPLIED,
        project_ids=rows,
        mentor_ids=columns,
        features=pack_pairs(
            KeptPairs(
                names=("needs",),
                values=fit[:, :, None],
                known=np.ones((*fit.shape, 1), dtype=bool),
                affinity=fit,
                known_share=np.ones_like(fit),
            )
        ),
    )
    session.add(run)
    session.flush()
    return run


def random_lab(session: Session, seed: int) -> SmallLab:
    """Give a lab in which some pairs wait, some have a yes, are kept, told or forbidden."""
    rng = np.random.default_rng(seed)
    edition = make_edition(session)
    highs = rng.integers(1, 3, size=SIDE).tolist()
    wants = rng.integers(1, 3, size=SIDE).tolist()
    films = [make_project(session, edition, demand_low=1, demand_high=most) for most in wants]
    mentors = [
        make_mentor(session, edition, load_low=int(rng.integers(0, 2)), load_high=most)
        for most in highs
    ]
    rows, columns = [film.id for film in films], [mentor.id for mentor in mentors]
    make_run(session, edition, rows, columns, rng.integers(1, 100, size=(SIDE, SIDE)) / 100)
    used = [0] * SIDE
    for cell in rng.permutation(SIDE * SIDE).tolist():
        row, column = divmod(cell, SIDE)
        pair, luck = (rows[row], columns[column]), rng.random()
        n_here = sum(
            p[0] == rows[row]
            for p in read_today(session, edition, load_state(session, edition)).held
        )
        has_room = used[column] < highs[column] and n_here < wants[row]
        if has_room and luck < 0.65:
            used[column] += 1
            if luck < 0.1:
                make_match(session, films[row], mentors[column], state=MatchState.RELEASED)
            elif luck < 0.25:
                make_match(session, films[row], mentors[column], state=MatchState.CONFIRMED)
            else:
                _say(session, edition, Line(*pair, PairPlace.NONE, PairPlace.PROPOSED))
            if 0.25 < luck < 0.32:
                _say(session, edition, Line(*pair, Said.NO, Said.YES, LineAspect.LOCK))
        elif luck > 0.9:
            _say(session, edition, Line(*pair, Said.NO, Said.YES, LineAspect.FORBID))
        elif luck > 0.82:
            session.add(
                Proposal(
                    edition_id=edition.id,
                    project_id=pair[0],
                    mentor_id=pair[1],
                    state=ProposalState.SET_ASIDE,
                    reasons=[],
                )
            )
            session.flush()
    return SmallLab(session, edition, rows, columns)


def _say(session: Session, edition: Edition, line: Line) -> None:
    plan.apply_lines(session, edition, [line], actor=None)


def snapshot(state: PlanState) -> tuple[object, ...]:
    """Give everything an undo has to bring back."""
    places = {pair: state.place(pair) for pair in state.proposals.keys() | state.matches.keys()}
    return (
        {pair: place for pair, place in places.items() if place is not PairPlace.NONE},
        set(state.words),
    )
