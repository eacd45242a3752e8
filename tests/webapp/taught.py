"""A year whose organizers have a taste of their own: films by genre, whatever else fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import make_mentor, make_project
from webapp.enums import PairPlace, RunState
from webapp.models import Edition, Participation, PlanChange, Project, Run, User, utc_now
from webapp.services import plan
from webapp.services.matching.kept_pairs import KeptPairs, pack_pairs
from webapp.services.plan_lines import Line

NAMES = ("needs", "words", "concepts", "form", "genre", "stage", "language")


@dataclass
class Taught:
    films: list[Project]
    mentors: list[Participation]


def add_run(
    session: Session,
    edition: Edition,
    films: Sequence[Project],
    mentors: Sequence[Participation],
    names: tuple[str, ...],
    values: np.ndarray,
    *,
    at: datetime,
) -> Run:
    """Give a run that has compared these, with every feature known."""
    number = session.scalar(select(func.count(Run.id)).where(Run.edition_id == edition.id)) or 0
    run = Run(
        edition_id=edition.id,
        number=number + 1,
        state=RunState.APPLIED,
        project_ids=[film.id for film in films],
        mentor_ids=[mentor.id for mentor in mentors],
        features=pack_pairs(
            KeptPairs(
                names=names,
                values=values,
                known=np.ones(values.shape, np.bool_),
                affinity=values.mean(axis=2),
                known_share=np.ones(values.shape[:2]),
            )
        ),
        finished_at=at,
    )
    session.add(run)
    session.flush()
    return run


def teach(
    session: Session,
    edition: Edition,
    n_films: int = 16,
    *,
    a_film: int = 4,
    actor: User | None = None,
) -> Taught:
    """Let somebody say yes and no to four mentors of each film, by genre alone."""
    edition.demand_high = a_film
    rng = np.random.default_rng(7)
    films = [make_project(session, edition, title=f"Film {n}") for n in range(1, n_films + 1)]
    mentors = [make_mentor(session, edition) for _ in range(a_film)]
    values = rng.random((n_films, a_film, len(NAMES)))
    add_run(session, edition, films, mentors, NAMES, values, at=utc_now() - timedelta(hours=2))
    genre = values[:, :, NAMES.index("genre")]
    lines = [
        Line(
            film.id,
            mentor.id,
            PairPlace.NONE,
            PairPlace.CONFIRMED if genre[row, column] > 0.5 else PairPlace.SET_ASIDE,
        )
        for row, film in enumerate(films)
        for column, mentor in enumerate(mentors)
    ]
    change = plan.apply_lines(session, edition, lines, actor=actor)
    session.get_one(PlanChange, change.id).at = utc_now() - timedelta(hours=1)
    session.flush()
    return Taught(films, mentors)
