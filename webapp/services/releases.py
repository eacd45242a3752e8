"""Telling everyone: letters drafted for each person, read, then let go together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp.enums import (
    ENDED_MATCH_STATES,
    EditionState,
    LetterKind,
    LetterState,
    MatchState,
    ReleaseState,
)
from webapp.errors import ChangedMeanwhile, NotFound, NotPossible
from webapp.models import (
    Edition,
    Letter,
    Match,
    Participation,
    Project,
    Release,
    User,
    utc_now,
)
from webapp.services import editions, outbox, plan, since_told

# Both know of each other, and nobody said no.
TOLD_STATES = (MatchState.RELEASED, MatchState.SEEN, MatchState.ACCEPTED)


@dataclass(frozen=True)
class News:
    """What one person is to hear: their pairs, newly confirmed, called off, and as before."""

    user: User
    kind: LetterKind
    matches: tuple[Match, ...]
    ended: tuple[Match, ...] = ()
    staying: tuple[Match, ...] = ()

    @property
    def is_change(self) -> bool:
        """Whether the person was told of others before."""
        return bool(self.ended or self.staying)


class LetterWriter(Protocol):
    """Words news in the person's language."""

    def __call__(self, edition: Edition, news: News) -> tuple[str, str, str]:
        """Give (language, subject, body)."""


def list_news(session: Session, edition: Edition) -> list[News]:
    """List who has something to hear: pairs nobody was told of, and pairs called off since."""
    new = _matches(session, edition, (MatchState.CONFIRMED,))
    ended = since_told.list_called_off(session, edition)
    people = _by_person([*new, *ended])
    staying = _by_person(_matches(session, edition, TOLD_STATES) if people else [])
    in_order = sorted(people.items(), key=lambda item: (item[0][0].id, item[0][1]))
    return [
        News(
            user,
            kind,
            matches=tuple(match for match in found if match.state is MatchState.CONFIRMED),
            ended=tuple(match for match in found if match.state is not MatchState.CONFIRMED),
            staying=tuple(staying.get((user, kind), ())),
        )
        for (user, kind), found in in_order
    ]


def _by_person(matches: Iterable[Match]) -> dict[tuple[User, LetterKind], list[Match]]:
    people: dict[tuple[User, LetterKind], list[Match]] = defaultdict(list)
    for match in matches:
        for user in _contacts(match.project):
            people[(user, LetterKind.RELEASE_FILMMAKER)].append(match)
        people[(match.mentor.user, LetterKind.RELEASE_MENTOR)].append(match)
    return people


def list_unreachable(session: Session, edition: Edition) -> list[Project]:
    """List films with news of which no team member can be written to or paste to."""
    matches = _matches(session, edition, (MatchState.CONFIRMED,))
    matches += since_told.list_called_off(session, edition)
    films = {match.project_id: match.project for match in matches}
    return [film for film in films.values() if not _contacts(film)]


def open_release(
    session: Session, edition: Edition, *, actor: User, write: LetterWriter
) -> Release:
    """Draft one letter a person; nothing goes out. An earlier draft is dropped.

    Raises
    ------
    NotPossible
        Nothing is confirmed that people do not know already.
    """
    locked = plan.lock_plan(session, edition)
    news = list_news(session, edition)
    if not news:
        raise NotPossible("nothing_to_tell")
    for draft in _drafts(session, edition):
        discard_release(session, draft)
    release = Release(edition_id=edition.id, plan_revision=locked.revision, opened_by_id=actor.id)
    session.add(release)
    session.flush()
    for item in news:
        language, subject, body = write(edition, item)
        outbox.hold_letter(
            session,
            edition=edition,
            user=item.user,
            kind=item.kind,
            language=language,
            subject=subject,
            body=body,
            release=release,
        )
    return release


def get_draft(session: Session, edition: Edition) -> Release | None:
    """Give the release whose letters wait to be read, if there is one."""
    drafts = _drafts(session, edition)
    return drafts[-1] if drafts else None


def is_outdated(session: Session, edition: Edition, release: Release) -> bool:
    """Whether the plan has changed since the letters were drafted."""
    return plan.get_revision(session, edition) != release.plan_revision


def release_(
    session: Session, edition: Edition, release: Release, *, actor: User, expected_version: int
) -> int:
    """Tell everyone: the pairs count as told, and the letters are queued.

    Returns
    -------
    int
        How many letters go out.

    Raises
    ------
    ChangedMeanwhile
        The plan changed since the letters were drafted.
    NotPossible
        These letters were sent or dropped already.
    """
    plan.lock_plan(session, edition)
    session.refresh(release)
    if release.state is not ReleaseState.DRAFT:
        raise NotPossible("release_over")
    if is_outdated(session, edition, release):
        raise ChangedMeanwhile("plan_changed_since_letters")
    if release.version != expected_version:
        raise ChangedMeanwhile("changed_meanwhile")
    for match in _matches(session, edition, (MatchState.CONFIRMED,)):
        match.state = MatchState.RELEASED
        match.released_at = utc_now()
    release.state = ReleaseState.RELEASED
    release.released_at = utc_now()
    letters = [letter for letter in release.letters if letter.state is LetterState.HELD]
    outbox.queue_letters(session, letters)
    if edition.state in {EditionState.PREPARING, EditionState.COLLECTING}:
        # Every pair was made by hand: there was no run to begin the matching.
        editions.move_edition(session, edition, EditionState.MATCHING, actor=actor)
    if edition.state is EditionState.MATCHING:
        editions.move_edition(session, edition, EditionState.RELEASED, actor=actor)
    return len(letters)


def discard_release(session: Session, release: Release) -> None:
    """Drop the drafted letters; nobody hears anything."""
    if release.state is not ReleaseState.DRAFT:
        raise NotPossible("release_over")
    release.state = ReleaseState.DISCARDED
    for letter in release.letters:
        if letter.state is LetterState.HELD:
            outbox.discard_letter(session, letter)


def list_released_matches(
    session: Session,
    edition: Edition,
    *,
    project: Project | None = None,
    mentor: Participation | None = None,
) -> list[Match]:
    """List the pairs that both sides know of, for one side's page."""
    statement = (
        select(Match)
        .where(
            Match.edition_id == edition.id,
            Match.released_at.is_not(None),
            Match.state.not_in(ENDED_MATCH_STATES),
        )
        .options(
            selectinload(Match.project).selectinload(Project.members),
            selectinload(Match.mentor),
        )
        .order_by(Match.id)
    )
    if project is not None:
        statement = statement.where(Match.project_id == project.id)
    if mentor is not None:
        statement = statement.where(Match.mentor_id == mentor.id)
    return list(session.scalars(statement))


def get_released_match(
    session: Session, edition: Edition, project_id: int, mentor: Participation
) -> Match:
    """Give a mentor's own released pair with a project, or say that there is none."""
    for match in list_released_matches(session, edition, mentor=mentor):
        if match.project_id == project_id:
            return match
    raise NotFound("no_such_project")


def _contacts(project: Project) -> list[User]:
    """Give the team members who are told; the first with an account when none is marked."""
    with_account = [member for member in project.members if member.user is not None]
    marked = [member for member in with_account if member.is_contact] or with_account[:1]
    return [member.user for member in marked if member.user is not None]


def _matches(session: Session, edition: Edition, states: Sequence[MatchState]) -> list[Match]:
    return list(
        session.scalars(
            select(Match)
            .where(Match.edition_id == edition.id, Match.state.in_(states))
            .options(
                selectinload(Match.project).selectinload(Project.members),
                selectinload(Match.mentor),
            )
            .order_by(Match.project_id, Match.mentor_id)
        )
    )


def _drafts(session: Session, edition: Edition) -> list[Release]:
    return list(
        session.scalars(
            select(Release)
            .where(Release.edition_id == edition.id, Release.state == ReleaseState.DRAFT)
            .options(selectinload(Release.letters).selectinload(Letter.user))
            .order_by(Release.id)
        )
    )


def list_letters(session: Session, edition: Edition) -> list[Letter]:
    """List the letters of past releases, newest first."""
    return list(
        session.scalars(
            select(Letter)
            .join(Release, Letter.release_id == Release.id)
            .where(Letter.edition_id == edition.id, Release.state == ReleaseState.RELEASED)
            .options(selectinload(Letter.user))
            .order_by(Release.id.desc(), Letter.id)
        )
    )
