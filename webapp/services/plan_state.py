"""Today's state of a plan, loaded whole: what lines are checked against."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.enums import (
    LineAspect,
    MatchState,
    PairPlace,
    ProjectState,
    ProposalState,
    Said,
    StandingKind,
    StandingSide,
)
from webapp.errors import NotFound, NotPossible
from webapp.models import (
    Edition,
    Match,
    PairStanding,
    Participation,
    Project,
    Proposal,
    Run,
    User,
    utc_now,
)
from webapp.services import since_told, standings
from webapp.services.matching.profiles import demand_of, load_of
from webapp.services.plan_lines import Line

Pair = tuple[int, int]
Row = TypeVar("Row")
ORGANIZERS_WORD = {LineAspect.LOCK: StandingKind.LOCK, LineAspect.FORBID: StandingKind.FORBID}


@dataclass
class PlanState:
    """Every pair that is offered, confirmed or spoken about, with today's limits."""

    session: Session
    edition: Edition
    projects: dict[int, Project]
    mentors: dict[int, Participation]
    proposals: dict[Pair, Proposal]
    matches: dict[Pair, Match]
    words: dict[tuple[Pair, LineAspect], PairStanding]
    forbidden: set[Pair]

    # -- reading -----------------------------------------------------------
    def title(self, project_id: int) -> str:
        """What the project is called."""
        project = self.projects.get(project_id)
        return (project.title or project.code) if project else ""

    def name(self, mentor_id: int) -> str:
        """What the mentor is called."""
        mentor = self.mentors.get(mentor_id)
        return mentor.user.name if mentor else ""

    def place(self, pair: Pair) -> PairPlace:
        """Where a pair stands today."""
        if pair in self.matches:
            return PairPlace.CONFIRMED
        proposal = self.proposals.get(pair)
        if proposal is None:
            return PairPlace.NONE
        return {
            ProposalState.OPEN: PairPlace.PROPOSED,
            ProposalState.SET_ASIDE: PairPlace.SET_ASIDE,
        }.get(proposal.state, PairPlace.NONE)

    def value(self, pair: Pair, aspect: LineAspect) -> str:
        """What a line's ``before`` has to be."""
        if aspect is LineAspect.PLACE:
            return self.place(pair)
        return Said.YES if (pair, aspect) in self.words else Said.NO

    def is_kept(self, pair: Pair) -> bool:
        """Whether an organizer said that the pair stays."""
        return (pair, LineAspect.LOCK) in self.words

    def load_high(self, mentor_id: int) -> int | None:
        """The most projects a mentor takes; None is without limit."""
        return load_of(self.mentors[mentor_id], self.edition).high

    def demand_high(self, project_id: int) -> int:
        """The most mentors a project gets."""
        return demand_of(self.projects[project_id], self.edition).high

    # -- changing ----------------------------------------------------------
    def apply(self, line: Line, *, actor: User | None, run: Run | None) -> None:
        """Change one pair, or say why it can't be."""
        pair = line.pair
        if pair[0] not in self.projects or pair[1] not in self.mentors:
            raise NotFound("no_such_pair")
        if line.aspect is not LineAspect.PLACE:
            self._say(pair, line.aspect, line.after == Said.YES, actor)
            return
        after = PairPlace(line.after)
        if after in {PairPlace.PROPOSED, PairPlace.CONFIRMED}:
            self._check_may_meet(pair)
        if after is not PairPlace.CONFIRMED and pair in self.matches:
            self._end_match(pair)
        proposal = self._proposal(pair, line, run)
        if after is PairPlace.CONFIRMED:
            proposal.state = ProposalState.CONFIRMED
            self._confirm(pair, actor)
        elif after is PairPlace.PROPOSED:
            proposal.state = ProposalState.OPEN
        elif after is PairPlace.SET_ASIDE:
            proposal.state = ProposalState.SET_ASIDE
            proposal.set_aside_reason = line.reason or proposal.set_aside_reason
        else:
            proposal.state = ProposalState.SUPERSEDED
        proposal.changed_at = utc_now()

    def _proposal(self, pair: Pair, line: Line, run: Run | None) -> Proposal:
        proposal = self.proposals.get(pair)
        if proposal is None:
            proposal = Proposal(
                edition_id=self.edition.id,
                project_id=pair[0],
                mentor_id=pair[1],
                state=ProposalState.OPEN,
                reasons=[],
                rank=0,
            )
            self.session.add(proposal)
            self.proposals[pair] = proposal
        for name, value in line.facts.items():
            setattr(proposal, name, value)
        if run is not None:
            proposal.run_id = run.id
        return proposal

    def _check_may_meet(self, pair: Pair) -> None:
        names = {"project": self.title(pair[0]), "mentor": self.name(pair[1])}
        if pair in self.forbidden or (pair, LineAspect.FORBID) in self.words:
            raise NotPossible("pair_forbidden", **names)
        if self.projects[pair[0]].state is not ProjectState.SELECTED:
            raise NotPossible("project_not_selected", **names)
        if self.mentors[pair[1]].withdrawn_at is not None:
            raise NotPossible("mentor_withdrew", **names)

    def _confirm(self, pair: Pair, actor: User | None) -> None:
        if pair in self.matches:
            return
        match = Match(
            edition_id=self.edition.id,
            project_id=pair[0],
            mentor_id=pair[1],
            seat=self._free_seat(pair[1]),
            state=MatchState.CONFIRMED,
            confirmed_by_id=actor.id if actor else None,
        )
        believed = since_told.find_believed(self.session, self.edition, pair)
        if believed is not None:
            # Nobody heard that it was called off: for both it goes on as it was.
            match.released_at = believed.released_at
            match.seen_at, match.answered_at = believed.seen_at, believed.answered_at
            match.state = _told_state(believed)
        self.session.add(match)
        self.matches[pair] = match
        self.session.flush()

    def _free_seat(self, mentor_id: int) -> int:
        taken = {match.seat for pair, match in self.matches.items() if pair[1] == mentor_id}
        seat = next(number for number in range(1, len(taken) + 2) if number not in taken)
        most = self.load_high(mentor_id)
        if most is not None and (seat > most or len(taken) >= most):
            raise NotPossible("mentor_full", mentor=self.name(mentor_id), most=most)
        return seat

    def _end_match(self, pair: Pair) -> None:
        match = self.matches.pop(pair)
        match.state = MatchState.CANCELLED
        match.ended_at = utc_now()
        self.session.flush()

    def _say(self, pair: Pair, aspect: LineAspect, says: bool, actor: User | None) -> None:
        """Write, or lift, an organizer's *keep* or *not together*."""
        standing = self.words.get((pair, aspect))
        if not says and standing is not None:
            standing.lifted_at = utc_now()
            standing.lifted_by_id = actor.id if actor else None
            del self.words[(pair, aspect)]
        elif says and standing is None:
            self._check_word(pair, aspect)
            standing = PairStanding(
                edition_id=self.edition.id,
                project_id=pair[0],
                mentor_id=pair[1],
                kind=ORGANIZERS_WORD[aspect],
                side=StandingSide.ORGANIZER,
                declared_by_id=actor.id if actor else None,
            )
            self.session.add(standing)
            self.words[(pair, aspect)] = standing
        self.session.flush()

    def _check_word(self, pair: Pair, aspect: LineAspect) -> None:
        names = {"project": self.title(pair[0]), "mentor": self.name(pair[1])}
        if aspect is LineAspect.LOCK:
            self._check_may_meet(pair)
        elif self.is_kept(pair):
            raise NotPossible("pair_is_kept", **names)
        elif self.place(pair) in {PairPlace.PROPOSED, PairPlace.CONFIRMED}:
            raise NotPossible("pair_still_planned", **names)

    def check_ceilings(self, touched: set[Pair]) -> None:
        """Refuse a plan in which a touched person or film holds more than they may."""
        held = [pair for pair in self.proposals.keys() | self.matches.keys() if self._held(pair)]
        per_mentor = Counter(mentor for _, mentor in held)
        per_project = Counter(project for project, _ in held)
        for pair in sorted(touched):
            if not self._held(pair):
                continue
            most = self.load_high(pair[1])
            if most is not None and per_mentor[pair[1]] > most:
                raise NotPossible("mentor_full", mentor=self.name(pair[1]), most=most)
            wanted = self.demand_high(pair[0])
            if per_project[pair[0]] > wanted:
                raise NotPossible("project_full", project=self.title(pair[0]), most=wanted)

    def _held(self, pair: Pair) -> bool:
        return self.place(pair) in {PairPlace.PROPOSED, PairPlace.CONFIRMED}


def _told_state(match: Match) -> MatchState:
    """Give where two stood who know of each other."""
    if match.answered_at is not None:
        return MatchState.ACCEPTED
    return MatchState.SEEN if match.seen_at is not None else MatchState.RELEASED


def load_state(session: Session, edition: Edition) -> PlanState:
    """Load an edition's plan in a fixed number of queries, fresh from the database."""
    fresh = {"populate_existing": True}

    def rows(kind: type[Row]) -> list[Row]:
        statement = select(kind).where(kind.edition_id == edition.id)  # type: ignore[attr-defined]
        return list(session.scalars(statement, execution_options=fresh))

    words = {
        ((row.project_id, row.mentor_id), aspect): row
        for row in rows(PairStanding)
        for aspect, kind in ORGANIZERS_WORD.items()
        if row.kind is kind and row.lifted_at is None
    }
    return PlanState(
        session=session,
        edition=edition,
        projects={row.id: row for row in rows(Project)},
        mentors={row.id: row for row in rows(Participation)},
        proposals={(row.project_id, row.mentor_id): row for row in rows(Proposal)},
        matches={
            (row.project_id, row.mentor_id): row for row in rows(Match) if row.ended_at is None
        },
        words=words,
        # Its own word is checked apart: a line may lift it in the same unit.
        forbidden=standings.forbidden_pairs(session, edition, without={StandingKind.FORBID}),
    )
