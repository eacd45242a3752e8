"""The plan as an organizer reads it: by film, by mentor, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.enums import (
    ConflictStrength,
    MatchState,
    PairPlace,
    ParticipationRole,
    ProjectState,
    StandingKind,
)
from webapp.models import (
    Edition,
    Match,
    PairStanding,
    Participation,
    Project,
    Proposal,
    RunLine,
)
from webapp.services.matching.kept_pairs import affinity_word
from webapp.services.matching.profiles import demand_of, load_of
from webapp.services.plan_state import PlanState, load_state

Pair = tuple[int, int]
HELD = (PairPlace.PROPOSED, PairPlace.CONFIRMED)


@dataclass(frozen=True)
class PairView:
    """One pair on the list."""

    project: Project
    mentor: Participation
    place: PairPlace
    is_kept: bool
    affinity: float | None
    word: str
    reasons: list[dict[str, Any]]
    match: Match | None
    proposal: Proposal | None
    # Declared reasons that do not forbid: the organizer is asked, or told.
    remarks: tuple[PairStanding, ...]

    @property
    def is_told(self) -> bool:
        """Whether the two know of each other already."""
        return self.match is not None and self.match.state is not MatchState.CONFIRMED


@dataclass
class FilmView:
    """A selected film with its mentors, best first."""

    project: Project
    low: int
    high: int
    pairs: list[PairView] = field(default_factory=list)
    set_aside: list[PairView] = field(default_factory=list)

    @property
    def n_open(self) -> int:
        """How many pairs wait for a word."""
        return sum(pair.place is PairPlace.PROPOSED for pair in self.pairs)

    @property
    def n_missing(self) -> int:
        """How many mentors it is short of its minimum."""
        return max(0, self.low - len(self.pairs))


@dataclass
class MentorView:
    """A mentor with their films, and how many there may be."""

    mentor: Participation
    low: int
    high: int | None
    pairs: list[PairView] = field(default_factory=list)

    @property
    def has_room(self) -> bool:
        """Whether one more film fits."""
        return self.high is None or len(self.pairs) < self.high


@dataclass(frozen=True)
class PlanView:
    """The whole plan, as of ``revision``."""

    films: list[FilmView]
    mentors: list[MentorView]

    @property
    def n_open(self) -> int:
        """How many pairs wait for a word."""
        return sum(film.n_open for film in self.films)

    @property
    def n_confirmed(self) -> int:
        """How many pairs an organizer said yes to."""
        return sum(pair.place is PairPlace.CONFIRMED for film in self.films for pair in film.pairs)

    @property
    def n_pairs(self) -> int:
        """How many pairs are on the list."""
        return sum(len(film.pairs) for film in self.films)

    @property
    def n_missing(self) -> int:
        """How many mentors the films are short of."""
        return sum(film.n_missing for film in self.films)

    @property
    def n_films_open(self) -> int:
        """How many films wait for a word, or for a mentor."""
        return sum(bool(film.n_open or film.n_missing) for film in self.films)

    def load_of(self, mentor: Participation) -> dict[str, int | None]:
        """Give a mentor's load beside the least and the most."""
        for view in self.mentors:
            if view.mentor.id == mentor.id:
                return {"current": len(view.pairs), "min": view.low, "max": view.high}
        return {"current": 0, "min": 0, "max": None}

    def next_open_after(self, project_id: int) -> int | None:
        """Give the next film that waits for a word, beginning again at the top."""
        waiting = [film.project.id for film in self.films if film.n_open]
        later = [film_id for film_id in waiting if film_id > project_id]
        others = later + [film_id for film_id in waiting if film_id < project_id]
        return others[0] if others else None


def view_plan(session: Session, edition: Edition) -> PlanView:
    """Read the plan: every selected film and every mentor, with their pairs."""
    state = load_state(session, edition)
    remarks = remarks_by_pair(session, edition)
    films = {
        project.id: FilmView(project, *_demand(project, edition))
        for project in sorted(state.projects.values(), key=lambda row: row.id)
        if project.state is ProjectState.SELECTED
    }
    mentors = {
        mentor.id: MentorView(mentor, *_load(mentor, edition))
        for mentor in sorted(state.mentors.values(), key=lambda row: row.id)
        if mentor.role is ParticipationRole.MENTOR and mentor.withdrawn_at is None
    }
    for pair in sorted(state.proposals.keys() | state.matches.keys()):
        film, mentor = films.get(pair[0]), mentors.get(pair[1])
        if film is None or state.place(pair) is PairPlace.NONE:
            continue
        view = view_pair(state, remarks, pair)
        (film.pairs if view.place in HELD else film.set_aside).append(view)
        if mentor is not None and view.place in HELD:
            mentor.pairs.append(view)
    for film in films.values():
        film.pairs.sort(key=lambda view: (-(view.affinity or 0.0), view.mentor.id))
    return PlanView(list(films.values()), list(mentors.values()))


def view_pair(state: PlanState, remarks: dict[Pair, list[PairStanding]], pair: Pair) -> PairView:
    """Read one pair from a loaded state."""
    proposal = state.proposals.get(pair)
    return PairView(
        project=state.projects[pair[0]],
        mentor=state.mentors[pair[1]],
        place=state.place(pair),
        is_kept=state.is_kept(pair),
        affinity=proposal.affinity if proposal else None,
        word=affinity_in_words(proposal.affinity, proposal.known_share) if proposal else "",
        reasons=list(proposal.reasons) if proposal else [],
        match=state.matches.get(pair),
        proposal=proposal,
        remarks=tuple(remarks.get(pair, ())),
    )


def line_word(line: RunLine) -> str:
    """Give the word for a draft line's affinity."""
    return affinity_in_words(line.affinity, line.known_share)


def affinity_in_words(affinity: float | None, known_share: float) -> str:
    """Give the word for an affinity; empty for a pair that nothing was worked out for."""
    return "" if affinity is None else affinity_word(affinity, known_share)


def remarks_by_pair(session: Session, edition: Edition) -> dict[Pair, list[PairStanding]]:
    """Give what organizers are to be asked or told about each pair; nothing of it forbids."""
    found: dict[Pair, list[PairStanding]] = defaultdict(list)
    rows = session.scalars(
        select(PairStanding).where(
            PairStanding.edition_id == edition.id,
            PairStanding.kind == StandingKind.CONFLICT,
            PairStanding.strength.in_((ConflictStrength.ASK, ConflictStrength.TELL)),
            PairStanding.lifted_at.is_(None),
        )
    )
    for row in rows:
        found[(row.project_id, row.mentor_id)].append(row)
    return found


def _demand(project: Project, edition: Edition) -> tuple[int, int]:
    demand = demand_of(project, edition)
    return demand.low, demand.high


def _load(mentor: Participation, edition: Edition) -> tuple[int, int | None]:
    load = load_of(mentor, edition)
    return load.low, load.high
