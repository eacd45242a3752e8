"""What speaks for a pair: whom either side wished for, and who has worked together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.enums import MatchState, StandingKind, StandingSide
from webapp.models import Edition, Match, PairStanding, Participation, Project, ProjectMember

Codes = Mapping[int, tuple[str, ...]]

# Both sides were told, and neither declined.
_WORKED_TOGETHER = (MatchState.RELEASED, MatchState.SEEN, MatchState.ACCEPTED)


@dataclass(frozen=True)
class Bonds:
    """What speaks for pairs of an edition; nothing in it speaks against one.

    Attributes
    ----------
    project_wishes : mapping of int to tuple of str
        Codes of the mentors that a film's people wished for, the first most, by
        project's id.
    mentor_wishes : mapping of int to tuple of str
        Codes of the projects that a mentor wished for, by participation's id.
    past : mapping of int to tuple of str
        Codes of the mentors with whom somebody of the team has worked in an
        earlier edition, by project's id.
    """

    project_wishes: Codes = field(default_factory=dict)
    mentor_wishes: Codes = field(default_factory=dict)
    past: Codes = field(default_factory=dict)


def read_bonds(
    session: Session,
    edition: Edition,
    projects: Sequence[Project],
    mentors: Sequence[Participation],
) -> Bonds:
    """Give what speaks for the pairs of these films and mentors, in three queries."""
    project_wishes, mentor_wishes = _wishes(session, edition, projects, mentors)
    return Bonds(project_wishes, mentor_wishes, _past(session, edition, projects, mentors))


def _wishes(
    session: Session,
    edition: Edition,
    projects: Sequence[Project],
    mentors: Sequence[Participation],
) -> tuple[Codes, Codes]:
    films = {project.id: project.code for project in projects}
    people = {mentor.id: mentor.code for mentor in mentors}
    rows = session.scalars(
        select(PairStanding)
        .where(
            PairStanding.edition_id == edition.id,
            PairStanding.kind == StandingKind.WISH,
            PairStanding.lifted_at.is_(None),
        )
        # A wish without a rank comes after all that have one.
        .order_by(PairStanding.rank.is_(None), PairStanding.rank, PairStanding.id)
    )
    ours: defaultdict[int, list[str]] = defaultdict(list)
    theirs: defaultdict[int, list[str]] = defaultdict(list)
    for row in rows:
        if row.project_id not in films or row.mentor_id not in people:
            continue
        if row.side is StandingSide.FILMMAKER:
            ours[row.project_id].append(people[row.mentor_id])
        elif row.side is StandingSide.MENTOR:
            theirs[row.mentor_id].append(films[row.project_id])
    return _settled(ours), _settled(theirs)


def _past(
    session: Session,
    edition: Edition,
    projects: Sequence[Project],
    mentors: Sequence[Participation],
) -> Codes:
    teams: defaultdict[int, set[int]] = defaultdict(set)
    together: defaultdict[int, set[int]] = defaultdict(set)
    members = select(ProjectMember.project_id, ProjectMember.user_id).join(ProjectMember.project)
    for project_id, user_id in session.execute(members.where(Project.edition_id == edition.id)):
        if user_id is not None:
            teams[project_id].add(user_id)
    earlier = (
        select(ProjectMember.user_id, Participation.user_id)
        .join(Match, Match.project_id == ProjectMember.project_id)
        .join(Participation, Participation.id == Match.mentor_id)
        .join(Edition, Edition.id == Match.edition_id)
        .where(
            Edition.program_id == edition.program_id,
            Edition.id < edition.id,
            Match.state.in_(_WORKED_TOGETHER),
        )
    )
    for member_id, mentor_id in session.execute(earlier):
        if member_id is not None:
            together[mentor_id].add(member_id)
    found = {
        project.id: [
            mentor.code
            for mentor in mentors
            if not teams[project.id].isdisjoint(together[mentor.user_id])
        ]
        for project in projects
    }
    return _settled(found)


def _settled(codes: Mapping[int, Sequence[str]]) -> Codes:
    return {one: tuple(found) for one, found in codes.items() if found}
