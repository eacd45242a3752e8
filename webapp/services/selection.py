"""Choosing the films before anything is matched: yes, maybe, no; then the three lists."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from webapp import limits
from webapp.enums import ProjectState, SelectionVerdict
from webapp.errors import ChangedMeanwhile, InvalidValue, NotPossible
from webapp.models import Edition, Match, Project, SelectionNote, User, utc_now
from webapp.services import editions
from webapp.services.texts import check_length, clean_text
from webapp.services.versions import check_version

S = ProjectState
OUTCOMES = (S.SELECTED, S.WAITING_LIST, S.NOT_THIS_TIME)
CHOOSABLE = frozenset({S.SUBMITTED, *OUTCOMES})


def select_project(
    session: Session,
    project: Project,
    state: ProjectState,
    *,
    actor: User,
    expected_version: int,
) -> None:
    """Put a project on one of the three lists, or back among the submitted.

    Raises
    ------
    NotPossible
        It was never submitted, was withdrawn, or has confirmed mentors.
    """
    editions.check_open(project.edition)
    if project.version != expected_version:
        raise ChangedMeanwhile("changed_meanwhile")
    if project.state not in CHOOSABLE or state not in CHOOSABLE:
        raise NotPossible("project_not_submitted", project=project.title)
    if state is not S.SELECTED:
        _check_no_mentors(session, project)
    if project.state is not state:
        project.state = state
        editions.record(
            session,
            project.edition,
            actor,
            f"project_{state.value}",
            subject="project",
            subject_id=project.id,
        )
    session.flush()


def return_project(
    session: Session, project: Project, note: str, *, actor: User, expected_version: int
) -> None:
    """Hand a submitted project back to its filmmaker with a note."""
    editions.check_open(project.edition)
    if project.version != expected_version:
        raise ChangedMeanwhile("changed_meanwhile")
    if project.state not in CHOOSABLE:
        raise NotPossible("project_not_submitted", project=project.title)
    if not note.strip():
        raise InvalidValue("required", field="note")
    if len(note) > limits.NOTE:
        raise InvalidValue("text_too_long", field="note", length=len(note), most=limits.NOTE)
    _check_no_mentors(session, project)
    project.state = S.RETURNED
    project.returned_note = note.strip()
    editions.record(
        session,
        project.edition,
        actor,
        "project_returned",
        subject="project",
        subject_id=project.id,
    )
    session.flush()


def switch_selection(session: Session, edition: Edition, on: bool, *, actor: User) -> int:
    """Turn selection on or off; off, every submitted project is selected.

    Returns
    -------
    int
        How many projects that selected.
    """
    editions.check_open(edition)
    edition.has_selection = on
    n_selected = 0
    if not on:
        waiting = session.scalars(
            select(Project).where(Project.edition_id == edition.id, Project.state == S.SUBMITTED)
        )
        for project in waiting:
            project.state = S.SELECTED
            n_selected += 1
    editions.record(session, edition, actor, f"selection_{'on' if on else 'off'}")
    session.flush()
    return n_selected


def note_reading(
    session: Session,
    project: Project,
    *,
    reader: User,
    verdict: SelectionVerdict | None,
    note: str = "",
) -> SelectionNote:
    """Keep a reader's yes, maybe or no, and why."""
    if len(note) > limits.NOTE:
        raise InvalidValue("text_too_long", field="note", length=len(note), most=limits.NOTE)
    found = session.scalar(
        select(SelectionNote).where(
            SelectionNote.project_id == project.id, SelectionNote.reader_id == reader.id
        )
    )
    if found is None:
        found = SelectionNote(project_id=project.id, reader_id=reader.id)
        session.add(found)
    found.verdict = verdict
    found.note = note.strip()
    found.noted_at = utc_now()
    session.flush()
    return found


def list_notes(session: Session, edition: Edition) -> dict[int, list[SelectionNote]]:
    """Give the readers' notes of an edition by project, in the order of writing."""
    found = session.scalars(
        select(SelectionNote)
        .join(Project)
        .where(Project.edition_id == edition.id)
        .order_by(SelectionNote.id)
        .options(selectinload(SelectionNote.reader))
    )
    notes: dict[int, list[SelectionNote]] = {}
    for note in found:
        notes.setdefault(note.project_id, []).append(note)
    return notes


def keep_reading(
    session: Session, project: Project, reading: str, *, actor: User, expected_version: int
) -> None:
    """Keep the organizers' own reading of what a film needs; nobody else sees it."""
    editions.check_open(project.edition)
    check_version(project, expected_version)
    project.reading = check_length(clean_text(reading), limits.LONG_TEXT, "reading")
    editions.record(
        session,
        project.edition,
        actor,
        "project_read",
        subject="project",
        subject_id=project.id,
    )
    session.flush()


def count_by_state(session: Session, edition: Edition) -> dict[ProjectState, int]:
    """Count an edition's projects in each state."""
    rows = session.execute(
        select(Project.state, func.count(Project.id))
        .where(Project.edition_id == edition.id)
        .group_by(Project.state)
    )
    counts = dict.fromkeys(ProjectState, 0)
    for state, count in rows:
        counts[state] = count
    return counts


def _check_no_mentors(session: Session, project: Project) -> None:
    held = session.scalar(
        select(func.count(Match.id)).where(Match.project_id == project.id, Match.ended_at.is_(None))
    )
    if held:
        raise NotPossible("project_has_mentors", project=project.title, n=held)
