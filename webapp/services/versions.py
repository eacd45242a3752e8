"""Which version of a profile a page showed, and what earlier ones said."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from webapp.enums import ProfileSubject
from webapp.errors import ChangedMeanwhile
from webapp.models import Participation, ProfileVersion, Project, User, Versioned

PROJECT_CONTENT = (
    "title",
    "title_original",
    "title_outside",
    "logline",
    "pasted",
    "difficulties",
    "synopsis",
    "statement",
    "goals",
    "needs",
    "needs_ordered",
    "forms",
    "genres",
    "stages",
    "languages",
    "countries",
    "place",
    "company",
    "demand_low",
    "demand_high",
)
MENTOR_CONTENT = (
    "bio",
    "offers_text",
    "expertise",
    "offers",
    "credits",
    "forms",
    "genres",
    "stages",
    "languages",
    "countries",
    "place",
    "company",
    "load_low",
    "load_high",
    "whole_camp",
)


def check_version(row: Versioned, expected_version: int) -> None:
    """Refuse an edit whose page showed another version of the row."""
    if row.version != expected_version:
        raise ChangedMeanwhile("changed_meanwhile")


def count_up(row: Versioned, attribute: str) -> None:
    """Count a row's version up when only rows that belong to it changed."""
    flag_modified(row, attribute)


def project_content(project: Project) -> dict[str, Any]:
    """Give all that a project says of itself."""
    content = {name: getattr(project, name) for name in PROJECT_CONTENT}
    team = [{"name": each.name, "role": each.role} for each in project.members]
    return content | {"team": team}


def mentor_content(mentor: Participation) -> dict[str, Any]:
    """Give all that a mentor's profile says."""
    windows = [
        {
            "kind": window.kind.value,
            "local_start": window.local_start,
            "local_end": window.local_end,
            "timezone": window.timezone,
        }
        for window in mentor.availability
    ]
    return {name: getattr(mentor, name) for name in MENTOR_CONTENT} | {"windows": windows}


def keep_project_version(session: Session, project: Project, actor: User | None) -> None:
    """Store what a project says now, if that is new."""
    session.flush()
    version = ProfileVersion(
        edition_id=project.edition_id,
        subject=ProfileSubject.PROJECT,
        subject_id=project.id,
        content=project_content(project),
    )
    _keep(session, version, actor)


def keep_mentor_version(session: Session, mentor: Participation, actor: User | None) -> None:
    """Store what a mentor's profile says now, if that is new."""
    session.flush()
    version = ProfileVersion(
        edition_id=mentor.edition_id,
        subject=ProfileSubject.PARTICIPATION,
        subject_id=mentor.id,
        content=mentor_content(mentor),
    )
    _keep(session, version, actor)


def latest_version(
    session: Session, subject: ProfileSubject, subject_id: int
) -> ProfileVersion | None:
    """Give the newest stored version of a profile, if there is one."""
    return session.scalar(
        select(ProfileVersion)
        .where(ProfileVersion.subject == subject, ProfileVersion.subject_id == subject_id)
        .order_by(ProfileVersion.number.desc())
        .limit(1)
    )


def _keep(session: Session, version: ProfileVersion, actor: User | None) -> None:
    latest = latest_version(session, version.subject, version.subject_id)
    if latest is not None and latest.content == version.content:
        return
    version.number = latest.number + 1 if latest else 1
    version.saved_by_id = actor.id if actor else None
    session.add(version)
    session.flush()
