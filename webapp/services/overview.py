"""How far a year has come: what is done, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.enums import (
    EditionState,
    MatchState,
    ParticipationRole,
    ProjectState,
    StandingKind,
)
from webapp.models import (
    Edition,
    Invitation,
    Participation,
    Project,
    utc_now,
)
from webapp.services import plan_view, selection, standings, supply
from webapp.services.supply import Supply

# The steps of a year in their order, and which of them comes next.
STEPS: Final = ("invite", "select", "apart", "suggest", "tell")
TOLD: Final = (EditionState.RELEASED, EditionState.RUNNING, EditionState.ARCHIVED)


@dataclass(frozen=True)
class Overview:
    """The counts that an organizer needs to see where a year stands."""

    states: dict[ProjectState, int]
    n_mentors: int
    # Filled in for somebody who has not looked at it yet.
    n_mentors_unseen: int
    n_invitations: int
    n_conflicts: int
    # People who wrote with whom not: an organizer makes entries of it.
    n_notes: int
    n_open: int
    n_confirmed: int
    n_untold: int
    n_missing: int
    supply: Supply
    has_selection: bool
    is_told: bool

    @property
    def n_sent_in(self) -> int:
        """How many films were sent in, whatever became of them."""
        states = (ProjectState.SUBMITTED, *selection.OUTCOMES)
        return sum(self.states[state] for state in states)

    @property
    def n_drafts(self) -> int:
        """How many films are still being written."""
        return self.states[ProjectState.DRAFT] + self.states[ProjectState.RETURNED]

    @property
    def n_selected(self) -> int:
        """How many films take part."""
        return self.states[ProjectState.SELECTED]

    @property
    def n_undecided(self) -> int:
        """How many films wait to be chosen."""
        return self.states[ProjectState.SUBMITTED]

    @property
    def n_pairs(self) -> int:
        """How many pairs are on the list."""
        return self.n_open + self.n_confirmed

    @property
    def done(self) -> frozenset[str]:
        """Which steps are behind; the middle one is done by whoever goes past it."""
        is_suggested = self.n_pairs > 0
        is_selected = self.n_selected > 0 and not self.n_undecided
        steps = {
            "invite": self.n_sent_in > 0 and self.n_mentors > 0,
            "select": is_selected,
            "apart": is_selected and (self.n_conflicts > 0 or is_suggested),
            "suggest": is_suggested and not self.n_open,
            "tell": self.is_told and not self.n_untold,
        }
        return frozenset(step for step, is_done in steps.items() if is_done)

    @property
    def next_step(self) -> str:
        """The one thing to do now; "" when everybody knows everything.

        Saying who must not meet is never the thing that everything waits for.
        """
        waiting = [step for step in STEPS if step not in self.done and step != "apart"]
        return waiting[0] if waiting else ""


def view_overview(session: Session, edition: Edition) -> Overview:
    """Count where a year stands, in a fixed number of queries."""
    view = plan_view.view_plan(session, edition)
    confirmed = [
        pair.match
        for film in view.films
        for pair in film.pairs
        if pair.match is not None and pair.match.ended_at is None
    ]
    n_mentors, n_unseen, n_mentor_notes = _count_mentors(session, edition)
    kinds = (StandingKind.CONFLICT, StandingKind.FORBID)
    return Overview(
        states=selection.count_by_state(session, edition),
        n_mentors=n_mentors,
        n_mentors_unseen=n_unseen,
        n_invitations=_count_invitations(session, edition),
        n_conflicts=len(standings.list_standings(session, edition, kinds)),
        n_notes=n_mentor_notes + _count_film_notes(session, edition),
        n_open=view.n_open,
        n_confirmed=view.n_confirmed,
        n_untold=sum(match.state is MatchState.CONFIRMED for match in confirmed),
        n_missing=view.n_missing,
        supply=supply.count_places(session, edition),
        has_selection=edition.has_selection,
        is_told=edition.state in TOLD,
    )


def _count_mentors(session: Session, edition: Edition) -> tuple[int, int, int]:
    """Count mentors, those who have not seen what is said of them, and their notes."""
    row = session.execute(
        select(
            func.count(Participation.id),
            func.count(Participation.filled_in_by_id).filter(Participation.checked_at.is_(None)),
            func.count(Participation.id).filter(Participation.keep_apart_note != ""),
        ).where(
            Participation.edition_id == edition.id,
            Participation.role == ParticipationRole.MENTOR,
            Participation.withdrawn_at.is_(None),
        )
    ).one()
    return row[0], row[1], row[2]


def _count_film_notes(session: Session, edition: Edition) -> int:
    return (
        session.scalar(
            select(func.count(Project.id)).where(
                Project.edition_id == edition.id,
                Project.keep_apart_note != "",
                Project.state != ProjectState.WITHDRAWN,
            )
        )
        or 0
    )


def _count_invitations(session: Session, edition: Edition) -> int:
    return (
        session.scalar(
            select(func.count(Invitation.id)).where(
                Invitation.edition_id == edition.id,
                Invitation.accepted_at.is_(None),
                Invitation.revoked_at.is_(None),
                Invitation.expires_at > utc_now(),
            )
        )
        or 0
    )
