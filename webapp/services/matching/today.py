"""Today's plan as the matcher sees it: who is with whom, who has room, what fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from matcher.constraints import Constraints
from matcher.counterfactuals import StandingPlan
from webapp.enums import (
    LineAspect,
    MatchState,
    PairPlace,
    ParticipationRole,
    ProjectState,
)
from webapp.models import Edition
from webapp.services.matching.consequences import Pair
from webapp.services.matching.kept_pairs import affinity_word
from webapp.services.matching.latest_fit import Floats, latest_fit
from webapp.services.matching.profiles import TermsByKey, demand_of, load_of
from webapp.services.plan_state import PlanState
from webapp.services.terms import terms_by_key

HELD = frozenset({PairPlace.PROPOSED, PairPlace.CONFIRMED})
Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Today:
    """A loaded plan beside what the latest suggestion made of its pairs.

    Rows are the selected films, columns the mentors who take part, both by id.

    Attributes
    ----------
    state : PlanState
    terms : mapping of str to Term
    rows, columns : dict of int to int
        Where a film's, a mentor's id stands.
    affinity : float array (n_projects, n_mentors)
        0 where nothing was worked out: such a pair comes last.
    known_share : float array (n_projects, n_mentors)
        NaN where nothing was worked out.
    held : frozenset of (project id, mentor id)
        Pairs on the list, those of people who left among them.
    """

    state: PlanState
    terms: TermsByKey
    rows: dict[int, int]
    columns: dict[int, int]
    affinity: Floats
    known_share: Floats
    held: frozenset[Pair]

    # -- one pair ----------------------------------------------------------
    def has(self, pair: Pair) -> bool:
        """Whether both still take part."""
        return pair[0] in self.rows and pair[1] in self.columns

    def cell(self, pair: Pair) -> tuple[int, int]:
        """Where a pair stands in the matrices."""
        return self.rows[pair[0]], self.columns[pair[1]]

    def fit(self, pair: Pair) -> tuple[float, float] | None:
        """Give affinity and known share, or None where nothing was worked out."""
        if not self.has(pair) or np.isnan(self.known_share[self.cell(pair)]):
            return None
        return float(self.affinity[self.cell(pair)]), float(self.known_share[self.cell(pair)])

    def word(self, pair: Pair) -> str:
        """Give the word for a pair's affinity; empty where nothing was worked out."""
        fit = self.fit(pair)
        return affinity_word(*fit) if fit is not None else ""

    def is_told(self, pair: Pair) -> bool:
        """Whether the two know of each other."""
        match = self.state.matches.get(pair)
        return match is not None and match.state is not MatchState.CONFIRMED

    def is_fixed(self, pair: Pair) -> bool:
        """Whether a held pair stays whatever is chosen elsewhere."""
        return self.state.is_kept(pair) or self.is_told(pair)

    def is_forbidden(self, pair: Pair) -> bool:
        """Whether the two must not be put together."""
        return pair in self.state.forbidden or (pair, LineAspect.FORBID) in self.state.words

    def mentors_of(self, project_id: int) -> list[int]:
        """Give the mentors whom a film has, by id."""
        return self._mentors.get(project_id, [])

    def choice(self, pair: Pair) -> int:
        """Give which choice of the film's a mentor is, 1 for its best; 0 is unknown."""
        if self.fit(pair) is None:
            return 0
        row, column = self.cell(pair)
        better = self.affinity[row] > self.affinity[row, column]
        return 1 + int((better & ~self._never[row]).sum())

    @cached_property
    def _mentors(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for film, mentor in sorted(self.held):
            found.setdefault(film, []).append(mentor)
        return found

    # -- room --------------------------------------------------------------
    @cached_property
    def n_held(self) -> tuple[Counter[int], Counter[int]]:
        """How many each film, and each mentor, has; whoever left counts too."""
        return Counter(film for film, _ in self.held), Counter(mentor for _, mentor in self.held)

    def film_range(self, project_id: int) -> tuple[int, int]:
        """Give the least and the most mentors of a film."""
        demand = demand_of(self.state.projects[project_id], self.state.edition)
        return demand.low, demand.high

    def mentor_range(self, mentor_id: int) -> tuple[int, int | None]:
        """Give the least and the most films of a mentor."""
        load = load_of(self.state.mentors[mentor_id], self.state.edition)
        return load.low, load.high

    # -- the whole ---------------------------------------------------------
    def plan(
        self, asked: Collection[Pair], *, without: Collection[Pair] = (), keep_yes: bool
    ) -> StandingPlan:
        """Give the plan to ask the matcher about.

        Parameters
        ----------
        asked : pairs
            They may be chosen though they were set aside; whom their films have
            beside them stays.
        without : pairs
            Off the list already, and not to come back.
        keep_yes : bool
            Whether pairs with the organizers' yes stay where they are.
        """
        inside = [pair for pair in self.held if self.has(pair) and pair not in without]
        outside = [pair for pair in self.held if not self.has(pair)]
        shape = len(self.rows), len(self.columns)
        asking = {film for film, _ in asked}
        standing, locked = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
        for pair in inside:
            standing[self.cell(pair)] = True
            has_yes = keep_yes and self.state.place(pair) is PairPlace.CONFIRMED
            locked[self.cell(pair)] = has_yes or pair[0] in asking or self.is_fixed(pair)
        forbidden = self._never | self._set_aside
        for pair in asked:
            forbidden[self.cell(pair)] = self.is_forbidden(pair)
        for pair in without:
            forbidden[self.cell(pair)] = True
        away = Counter(film for film, _ in outside), Counter(mentor for _, mentor in outside)
        demand = [self.film_range(film) for film in self.rows]
        loads = [self.mentor_range(mentor) for mentor in self.columns]
        demand_low, demand_high = _less(demand, list(self.rows), away[0], shape[1])
        load_low, load_high = _less(loads, list(self.columns), away[1], shape[0])
        # Who has more than they may, since the limit fell, takes nobody in exchange.
        forbidden |= ((standing.sum(axis=1) > demand_high)[:, None] & ~standing) | (
            (standing.sum(axis=0) > load_high) & ~standing
        )
        limits = Constraints(
            project_ids=tuple(map(name, self.rows)),
            mentor_ids=tuple(map(name, self.columns)),
            demand_low=demand_low,
            demand_high=demand_high,
            load_low=load_low,
            load_high=load_high,
            forbidden=forbidden & ~locked,
            locked=locked,
        )
        return StandingPlan.of(self.affinity, limits, standing)

    @cached_property
    def _never(self) -> NDArray[np.bool_]:
        words = {pair for pair, aspect in self.state.words if aspect is LineAspect.FORBID}
        return self._marked(self.state.forbidden | words)

    @cached_property
    def _set_aside(self) -> NDArray[np.bool_]:
        places = self.state.proposals
        return self._marked({p for p in places if self.state.place(p) is PairPlace.SET_ASIDE})

    def _marked(self, pairs: Collection[Pair]) -> NDArray[np.bool_]:
        marks = np.zeros((len(self.rows), len(self.columns)), dtype=bool)
        for pair in pairs:
            if self.has(pair):
                marks[self.cell(pair)] = True
        return marks


def name(row_id: int) -> str:
    """Give the matcher's id of a row: in the order of numbers."""
    return f"{row_id:012d}"


def read_today(session: Session, edition: Edition, state: PlanState) -> Today:
    """Read what a loaded plan is asked about, in two queries."""
    films = [each.id for each in state.projects.values() if each.state is ProjectState.SELECTED]
    mentors = [
        each.id
        for each in state.mentors.values()
        if each.role is ParticipationRole.MENTOR and each.withdrawn_at is None
    ]
    rows = {film: row for row, film in enumerate(sorted(films))}
    columns = {mentor: column for column, mentor in enumerate(sorted(mentors))}
    affinity, known_share = latest_fit(session, edition, rows, columns)
    return Today(
        state=state,
        terms=terms_by_key(session, edition),
        rows=rows,
        columns=columns,
        affinity=affinity,
        known_share=known_share,
        held=frozenset(
            pair
            for pair in state.proposals.keys() | state.matches.keys()
            if state.place(pair) in HELD
        ),
    )


def _less(
    ranges: list[tuple[int, int]] | list[tuple[int, int | None]],
    ids: list[int],
    away: Counter[int],
    unlimited: int,
) -> tuple[Numbers, Numbers]:
    """Give minimums and maximums without the places that people who left still take."""
    lows = [low - away[one] for one, (low, _) in zip(ids, ranges, strict=True)]
    highs = [
        unlimited if high is None else high - away[one]
        for one, (_, high) in zip(ids, ranges, strict=True)
    ]
    return (
        np.maximum(np.array(lows, dtype=np.int64), 0),
        np.maximum(np.array(highs, dtype=np.int64), 0),
    )
