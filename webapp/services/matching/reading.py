"""Texts read by a sentence encoder: in the worker, once each, kept beside the edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matcher.encoders import CachedEncoder, find_encoder, read_ahead
from matcher.errors import MatcherError, Note
from matcher.profiles import MentorProfile, ProjectProfile
from webapp.enums import ParticipationRole, ProjectState
from webapp.models import Edition, Participation, Project, TextVector
from webapp.services.matching.material import Material
from webapp.services.matching.profiles import mentor_profile, project_profile
from webapp.services.terms import terms_by_key

# A second or two of reading between two words about the progress.
AT_ONCE = 4
_KEYS_AT_ONCE = 500
# Drafts are their writers' own until they are handed in.
_READ = frozenset(ProjectState) - {ProjectState.DRAFT, ProjectState.WITHDRAWN}

Step = Callable[[int, str], None]


class SessionMaker(Protocol):
    """What the worker hands over to reach the database."""

    def to_read(self) -> Session:
        """Open a session to read."""

    def writing(self) -> AbstractContextManager[Session]:
        """Open one write transaction, committed at its end."""


@dataclass(frozen=True)
class Reader:
    """A sentence encoder that has read all texts of a run, or none and why."""

    encoder: CachedEncoder | None = None
    missing: dict[str, Any] | None = None

    def versions(self) -> dict[str, str]:
        """Give the encoder's version by its name, if there is one."""
        return {self.encoder.name: self.encoder.version} if self.encoder else {}


class EditionVectors:
    """An edition's vectors as a store for the encoder.

    Each portion is kept in a transaction of its own: reading takes long, and
    nobody must wait for it. Keys that were asked for are remembered.
    """

    def __init__(self, sessions: SessionMaker, edition_id: int, encoder: str) -> None:
        self._sessions, self._edition_id, self._encoder = sessions, edition_id, encoder
        self.asked: set[str] = set()

    def read(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """Give the vectors of those keys that are known."""
        self.asked.update(keys)
        found: dict[str, bytes] = {}
        with self._sessions.to_read() as session:
            for start in range(0, len(keys), _KEYS_AT_ONCE):
                rows = session.execute(
                    select(TextVector.key, TextVector.vector).where(
                        TextVector.edition_id == self._edition_id,
                        TextVector.key.in_(keys[start : start + _KEYS_AT_ONCE]),
                    )
                )
                found.update((key, vector) for key, vector in rows)
        return found

    def write(self, vectors: Mapping[str, bytes]) -> None:
        """Keep vectors, unless the edition is gone."""
        with self._sessions.writing() as session:
            if session.get(Edition, self._edition_id) is None:
                return
            for key, vector in vectors.items():
                session.merge(
                    TextVector(
                        edition_id=self._edition_id,
                        key=key,
                        encoder=self._encoder,
                        vector=vector,
                    )
                )

    def forget_others(self) -> int:
        """Drop what no text asked for any more, and give how much that was."""
        with self._sessions.writing() as session:
            kept = select(TextVector.key).where(TextVector.edition_id == self._edition_id)
            others = sorted(set(session.scalars(kept)) - self.asked)
            for start in range(0, len(others), _KEYS_AT_ONCE):
                session.execute(
                    delete(TextVector).where(
                        TextVector.edition_id == self._edition_id,
                        TextVector.key.in_(others[start : start + _KEYS_AT_ONCE]),
                    )
                )
        return len(others)


def encoder_is_here(name: str) -> bool:
    """Tell whether there is an encoder of that name; nothing is loaded for it."""
    try:
        return find_encoder(name).encoder is not None
    except MatcherError:
        return False


def read_material_texts(
    sessions: SessionMaker, material: Material, name: str, step: Step
) -> Reader:
    """Give an encoder that has read all of a run's texts; only new ones take time."""
    reader, _ = _read(
        sessions,
        material.edition_id,
        name,
        (material.project_profiles, material.mentor_profiles),
        lambda _done, _total: step(0, "reading"),
    )
    return reader


def read_edition(
    sessions: SessionMaker, edition_id: int, name: str, report: Callable[[int, int], None]
) -> None:
    """Read what was written for an edition since last time, and drop what nobody says now.

    ``report(done, total)`` may raise to stop; what was read so far is kept.
    """
    with sessions.to_read() as session:
        edition = session.get(Edition, edition_id)
        if edition is None:
            return
        profiles = _profiles(session, edition)
    reader, store = _read(sessions, edition_id, name, profiles, report)
    if reader.encoder is not None and store is not None:
        store.forget_others()


def _read(
    sessions: SessionMaker,
    edition_id: int,
    name: str,
    profiles: tuple[Sequence[ProjectProfile], Sequence[MentorProfile]],
    report: Callable[[int, int], None],
) -> tuple[Reader, EditionVectors | None]:
    try:
        found = find_encoder(name)
    except MatcherError as error:
        return Reader(missing=_value(error)), None
    if found.encoder is None:
        return Reader(missing=_value(found.note)), None
    store = EditionVectors(sessions, edition_id, found.encoder.name[:100])
    encoder = CachedEncoder(found.encoder, store, report, portion=AT_ONCE)
    ready = read_ahead(encoder, *profiles)
    return Reader(encoder if ready.encoder else None, _value(ready.note)), store


def _profiles(
    session: Session, edition: Edition
) -> tuple[list[ProjectProfile], list[MentorProfile]]:
    terms = terms_by_key(session, edition)
    projects = session.scalars(
        select(Project)
        .where(Project.edition_id == edition.id, Project.state.in_(_READ))
        .order_by(Project.id)
    )
    mentors = session.scalars(
        select(Participation)
        .where(
            Participation.edition_id == edition.id,
            Participation.role == ParticipationRole.MENTOR,
            Participation.withdrawn_at.is_(None),
        )
        .order_by(Participation.id)
    )
    return (
        [project_profile(each, edition, terms) for each in projects],
        [mentor_profile(each, edition, terms) for each in mentors],
    )


def _value(said: Note | MatcherError | None) -> dict[str, Any] | None:
    return None if said is None else {"code": said.code, "params": dict(said.params)}
