"""The mentors a film could have instead, and what stands against each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.enums import LineAspect, PairPlace, ParticipationRole, RunState
from webapp.models import Edition, PairStanding, Participation, Project, Run
from webapp.services.matching.kept_pairs import unpack_pairs
from webapp.services.matching.profiles import load_of
from webapp.services.plan_state import load_state
from webapp.services.plan_view import HELD, affinity_in_words, remarks_by_pair


@dataclass(frozen=True)
class OtherOption:
    """A mentor a film could have instead, and what stands against it."""

    mentor: Participation
    affinity: float | None
    word: str
    n_held: int
    high: int | None
    is_forbidden: bool
    is_set_aside: bool
    remarks: tuple[PairStanding, ...]

    @property
    def is_free(self) -> bool:
        """Whether the mentor can be chosen as things stand."""
        return not self.is_forbidden and (self.high is None or self.n_held < self.high)


def list_other_options(session: Session, edition: Edition, project: Project) -> list[OtherOption]:
    """List the mentors a film does not have, best first, with what stands against each."""
    state = load_state(session, edition)
    remarks = remarks_by_pair(session, edition)
    affinity = _latest_affinity(session, edition, project)
    held: dict[int, int] = defaultdict(int)
    for pair in state.proposals.keys() | state.matches.keys():
        held[pair[1]] += state.place(pair) in HELD
    options = [
        OtherOption(
            mentor=mentor,
            affinity=affinity.get(mentor.id, (None, ""))[0],
            word=affinity.get(mentor.id, (None, ""))[1],
            n_held=held[mentor.id],
            high=load_of(mentor, edition).high,
            is_forbidden=pair in state.forbidden or (pair, LineAspect.FORBID) in state.words,
            is_set_aside=state.place(pair) is PairPlace.SET_ASIDE,
            remarks=tuple(remarks.get(pair, ())),
        )
        for mentor in state.mentors.values()
        for pair in ((project.id, mentor.id),)
        if mentor.role is ParticipationRole.MENTOR
        and mentor.withdrawn_at is None
        and state.place(pair) not in HELD
    ]
    return sorted(
        options,
        key=lambda option: (not option.is_free, -(option.affinity or 0.0), option.mentor.id),
    )


def _latest_affinity(
    session: Session, edition: Edition, project: Project
) -> dict[int, tuple[float | None, str]]:
    """Give (affinity, word) of every mentor for a project, as the latest run saw it."""
    run = session.scalar(
        select(Run)
        .where(
            Run.edition_id == edition.id,
            Run.state.in_((RunState.DRAFT, RunState.APPLIED, RunState.APPLIED_IN_PART)),
        )
        .order_by(Run.number.desc())
        .limit(1)
    )
    if run is None or run.features is None or project.id not in run.project_ids:
        return {}
    kept = unpack_pairs(run.features)
    row = run.project_ids.index(project.id)
    pairs = zip(run.mentor_ids, kept.affinity[row], kept.known_share[row], strict=True)
    return {
        mentor_id: (float(value), affinity_in_words(float(value), float(share)))
        for mentor_id, value, share in pairs
    }
