"""Films in the making: drafted, submitted, edited, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp.enums import EditionState, ProjectState
from webapp.errors import InvalidValue, NotFound, NotPossible
from webapp.models import Edition, Project, ProjectMember, User, utc_now
from webapp.services.editions import check_open, record
from webapp.services.leaving import free_pairs
from webapp.services.participations import next_code
from webapp.services.project_values import is_own, store_values
from webapp.services.versions import check_version

TOLD = (EditionState.RELEASED, EditionState.RUNNING)
CAN_SUBMIT = (ProjectState.DRAFT, ProjectState.RETURNED, ProjectState.WITHDRAWN)


def make_project(
    session: Session,
    edition: Edition,
    *,
    actor: User,
    filmmaker: User | None,
    values: Mapping[str, Any] | None = None,
) -> Project:
    """Start a film's draft; whoever is not its filmmaker fills in for them."""
    check_open(edition)
    codes = session.scalars(select(Project.code).where(Project.edition_id == edition.id))
    project = Project(edition=edition, code=next_code("p", codes))
    if filmmaker is not None:
        project.members = [ProjectMember(user=filmmaker, name=filmmaker.name, is_contact=True)]
    session.add(project)
    session.flush()
    store_values(session, project, values or {}, actor)
    return project


def get_project(session: Session, edition: Edition, project_id: int) -> Project:
    """Give one film of this edition, and of no other."""
    found = session.get(Project, project_id)
    if found is None or found.edition_id != edition.id:
        raise NotFound("no_such_film")
    return found


def get_own_project(session: Session, edition: Edition, project_id: int, user: User) -> Project:
    """Give one of a filmmaker's own films; somebody else's is not found."""
    project = get_project(session, edition, project_id)
    if not is_own(project, user):
        raise NotFound("no_such_film")
    return project


def list_projects(
    session: Session, edition: Edition, states: Iterable[ProjectState] | None = None
) -> list[Project]:
    """List an edition's films with their teams, in the order in which they came."""
    query = select(Project).where(Project.edition_id == edition.id)
    if states is not None:
        query = query.where(Project.state.in_(tuple(states)))
    return list(session.scalars(query.order_by(Project.id).options(selectinload(Project.members))))


def list_own_projects(session: Session, edition: Edition, user: User) -> list[Project]:
    """List the films somebody speaks for in an edition."""
    query = (
        select(Project)
        .join(ProjectMember)
        .where(
            Project.edition_id == edition.id,
            ProjectMember.user_id == user.id,
            ProjectMember.is_contact,
        )
        .order_by(Project.id)
        .options(selectinload(Project.filled_in_by))
    )
    return list(session.scalars(query))


def update_project(
    session: Session,
    project: Project,
    values: Mapping[str, Any],
    *,
    actor: User,
    expected_version: int,
) -> Project:
    """Store what a filmmaker, or an organizer for them, wrote.

    ``values`` holds only what changes: texts by name, lists of terms with
    ``needs`` in order, ``languages`` as ``{"code", "level"}``, ``team`` as
    ``{"name", "role"}`` of those without an account, ``own_role``,
    ``demand_low`` and ``demand_high`` (None: the edition's numbers) and
    ``keep_apart_note``.
    """
    check_open(project.edition)
    check_version(project, expected_version)
    check_editable(project, actor)
    store_values(session, project, values, actor)
    return project


def check_editable(project: Project, actor: User) -> None:
    """Refuse a filmmaker's edits once everybody was told who is with whom."""
    if is_own(project, actor) and project.edition.state in TOLD:
        raise NotPossible("edition_released")


def mark_checked(
    session: Session, project: Project, *, actor: User, expected_version: int
) -> Project:
    """Note that a film's own person has seen what was filled in for them."""
    check_open(project.edition)
    check_version(project, expected_version)
    if not is_own(project, actor):
        raise NotFound("no_such_film")
    project.checked_at = utc_now()
    session.flush()
    return project


def missing_answers(project: Project) -> tuple[str, ...]:
    """Name which of the six first questions are still open, in their order."""
    answers = {
        "title": project.title,
        "logline": project.logline or project.pasted,
        "difficulties": project.difficulties,
        "needs": project.needs,
        "stage_and_form": project.stages and project.forms,
        "languages": project.languages,
    }
    return tuple(name for name, answer in answers.items() if not answer)


def can_submit(project: Project) -> bool:
    """Say whether a film still waits to be sent in."""
    return project.state in CAN_SUBMIT


def check_submittable(project: Project) -> None:
    """Say what a film still needs to be sent in: a title, and a text or a need."""
    if not project.title:
        raise InvalidValue("title_missing", field="title")
    texts = (project.logline, project.pasted, project.difficulties, project.synopsis)
    if not any((*texts, project.statement, project.goals, project.needs)):
        raise InvalidValue("nothing_to_match", field="logline")


def submit_project(
    session: Session, project: Project, *, actor: User, expected_version: int
) -> Project:
    """Send a film in. Where selection is off it is selected by that."""
    check_open(project.edition)
    check_version(project, expected_version)
    check_editable(project, actor)
    if not can_submit(project):
        raise NotPossible("already_submitted")
    check_submittable(project)
    selects = project.edition.has_selection
    project.state = ProjectState.SUBMITTED if selects else ProjectState.SELECTED
    project.submitted_at = utc_now()
    _record(session, project, actor, "submit")
    return project


def withdraw_project(
    session: Session, project: Project, *, actor: User, expected_version: int
) -> Project:
    """Take a film out of the edition; its pairs open again, its texts stay.

    Once everyone was told, a mentor counts on the film: its own people ask the
    organizers, who can still do it.
    """
    check_open(project.edition)
    check_version(project, expected_version)
    if project.state is ProjectState.WITHDRAWN:
        raise NotPossible("already_withdrawn")
    if is_own(project, actor) and project.edition.state in TOLD:
        raise NotPossible("withdraw_with_organizers")
    free_pairs(session, project.edition, project=project, actor=actor)
    project.state = ProjectState.WITHDRAWN
    _record(session, project, actor, "withdraw")
    return project


def _record(session: Session, project: Project, actor: User, verb: str) -> None:
    record(session, project.edition, actor, verb, subject="project", subject_id=project.id)
    session.flush()
