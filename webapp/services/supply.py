"""Places wanted against places offered, and who we know too little of."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp.enums import ParticipationRole, ProjectState
from webapp.models import Edition, Participation, Project
from webapp.services.matching.profiles import (
    demand_of,
    load_of,
    mentor_profile,
    project_profile,
    too_little_known,
)
from webapp.services.terms import terms_by_key


@dataclass(frozen=True)
class Supply:
    """What the selected films want, and what the mentors offer.

    ``n_offered`` None means that somebody takes films without limit.
    """

    n_films: int
    n_mentors: int
    n_wanted_low: int
    n_wanted_high: int
    n_promised: int
    n_offered: int | None
    thin_films: tuple[Project, ...]
    thin_mentors: tuple[Participation, ...]

    @property
    def n_short(self) -> int:
        """How many places are missing for every film to get its least."""
        return 0 if self.n_offered is None else max(0, self.n_wanted_low - self.n_offered)

    @property
    def n_too_many_promised(self) -> int:
        """By how many the mentors' least exceeds what all films can take."""
        return max(0, self.n_promised - self.n_wanted_high)


def count_places(session: Session, edition: Edition) -> Supply:
    """Count places on both sides, before anything is suggested."""
    films = list(
        session.scalars(
            select(Project)
            .where(Project.edition_id == edition.id, Project.state == ProjectState.SELECTED)
            .order_by(Project.id)
            .options(selectinload(Project.members))
        )
    )
    mentors = list(
        session.scalars(
            select(Participation)
            .where(
                Participation.edition_id == edition.id,
                Participation.role == ParticipationRole.MENTOR,
                Participation.withdrawn_at.is_(None),
            )
            .order_by(Participation.id)
            .options(selectinload(Participation.availability))
        )
    )
    known = terms_by_key(session, edition)
    demands = [demand_of(film, edition) for film in films]
    loads = [load_of(mentor, edition) for mentor in mentors]
    highs = [load.high for load in loads]
    return Supply(
        n_films=len(films),
        n_mentors=len(mentors),
        n_wanted_low=sum(demand.low for demand in demands),
        n_wanted_high=sum(demand.high for demand in demands),
        n_promised=sum(load.low for load in loads),
        n_offered=None if None in highs else sum(high or 0 for high in highs),
        thin_films=tuple(
            film for film in films if too_little_known(project_profile(film, edition, known))
        ),
        thin_mentors=tuple(
            mentor for mentor in mentors if too_little_known(mentor_profile(mentor, edition, known))
        ),
    )
