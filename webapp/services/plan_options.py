"""The mentors a film could have instead, and what choosing each would change."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from webapp.enums import PairPlace
from webapp.errors import NotPossible
from webapp.models import Edition, PairStanding, Participation, Project
from webapp.services.matching import asking
from webapp.services.matching.consequences import Consequence
from webapp.services.matching.today import Today, read_today
from webapp.services.plan_state import load_state
from webapp.services.plan_view import PairView, remarks_by_pair, view_pair


@dataclass(frozen=True)
class OtherOption:
    """A mentor a film could have instead, and what follows from it."""

    mentor: Participation
    affinity: float | None
    word: str
    n_held: int
    high: int | None
    is_set_aside: bool
    remarks: tuple[PairStanding, ...]
    consequence: Consequence

    @property
    def is_possible(self) -> bool:
        """Whether the mentor can be chosen, be it that others move."""
        return self.consequence.refusal is None


@dataclass(frozen=True)
class Others:
    """A film, the pair that is looked past if any, and everybody else."""

    project: Project
    high: int
    current: PairView | None
    # What it changes to set the current pair aside, with nobody instead.
    nobody: Consequence | None
    is_full: bool
    options: tuple[OtherOption, ...]
    today: Today


def list_others(
    session: Session, edition: Edition, project: Project, *, instead_of: int | None = None
) -> Others:
    """List the mentors a film does not have, best first, with what each choice changes.

    Free ones come first, then those by whom others move, then those by whom a
    film is left short; who can't be chosen stands last.

    Raises
    ------
    NotPossible
        The film is not selected.
    """
    today = read_today(session, edition, load_state(session, edition))
    if project.id not in today.rows:
        raise NotPossible("project_not_selected", project=project.title, mentor="")
    has = today.mentors_of(project.id)
    current = instead_of if instead_of in has else None
    others = [mentor for mentor in today.columns if mentor not in has]
    told = asking.choosing(today, project.id, others, instead_of=current)
    remarks = remarks_by_pair(session, edition)
    options = [
        _option(today, remarks.get((project.id, mentor), []), told[mentor]) for mentor in others
    ]
    pair = None if current is None else (project.id, current)
    high = today.film_range(project.id)[1]
    return Others(
        project=project,
        high=high,
        current=None if pair is None else view_pair(today.state, remarks, pair),
        nobody=None if pair is None else asking.dropping(today, pair),
        is_full=len(has) - (current is not None) >= high,
        options=tuple(
            sorted(
                options,
                key=lambda each: (each.consequence.harm, -(each.affinity or 0.0), each.mentor.id),
            )
        ),
        today=today,
    )


def _option(today: Today, remarks: list[PairStanding], told: Consequence) -> OtherOption:
    pair = told.asked
    fit = today.fit(pair)
    return OtherOption(
        mentor=today.state.mentors[pair[1]],
        affinity=None if fit is None else fit[0],
        word=today.word(pair),
        n_held=today.n_held[1][pair[1]],
        high=today.mentor_range(pair[1])[1],
        is_set_aside=today.state.place(pair) is PairPlace.SET_ASIDE,
        remarks=tuple(remarks),
        consequence=told,
    )
