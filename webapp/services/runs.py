"""Runs: asked for, looked at, dropped. What a run works out is in ``matching``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from webapp.enums import EditionState, JobKind, JobState, ParticipationRole, ProjectState, RunState
from webapp.errors import NotFound, NotPossible
from webapp.models import Edition, Job, Participation, Project, Run, User, utc_now
from webapp.services import editions, jobs, plan

UNFINISHED = (RunState.QUEUED, RunState.RUNNING)


def queue_run(
    session: Session, edition: Edition, *, actor: User, settings: dict[str, Any] | None = None
) -> Run:
    """Ask for a run; its job row is written in the same transaction.

    Raises
    ------
    NotPossible
        The edition is archived, a run is still under way, no project is
        selected, or there is no mentor.
    """
    if edition.state is EditionState.ARCHIVED:
        raise NotPossible("edition_archived")
    locked = plan.lock_plan(session, edition)
    if unfinished_run(session, edition) is not None:
        raise NotPossible("run_under_way")
    n_projects, n_mentors = count_material(session, edition)
    if not n_projects:
        raise NotPossible("no_selected_projects")
    if not n_mentors:
        raise NotPossible("no_mentors")
    last = session.scalar(select(func.max(Run.number)).where(Run.edition_id == edition.id)) or 0
    for draft in _drafts(session, edition):
        draft.state = RunState.DISCARDED
    run = Run(
        edition_id=edition.id,
        number=last + 1,
        settings={"weights": dict(edition.weights), **(settings or {})},
        plan_revision=locked.revision,
        created_by_id=actor.id,
    )
    session.add(run)
    session.flush()
    jobs.queue_job(session, JobKind.RUN, subject_id=run.id, edition_id=edition.id, actor=actor)
    if edition.state in {EditionState.PREPARING, EditionState.COLLECTING}:
        editions.move_edition(session, edition, EditionState.MATCHING, actor=actor)
    return run


def count_material(session: Session, edition: Edition) -> tuple[int, int]:
    """Count the selected projects and the mentors who take part."""
    projects = session.scalar(
        select(func.count(Project.id)).where(
            Project.edition_id == edition.id, Project.state == ProjectState.SELECTED
        )
    )
    mentors = session.scalar(
        select(func.count(Participation.id)).where(
            Participation.edition_id == edition.id,
            Participation.role == ParticipationRole.MENTOR,
            Participation.withdrawn_at.is_(None),
        )
    )
    return projects or 0, mentors or 0


def get_run(session: Session, edition: Edition, number: int) -> Run:
    """Give a run of this edition by its number."""
    run = session.scalar(
        select(Run)
        .where(Run.edition_id == edition.id, Run.number == number)
        .options(selectinload(Run.lines))
    )
    if run is None:
        raise NotFound("no_such_run", number=number)
    return run


def list_runs(session: Session, edition: Edition) -> list[Run]:
    """List an edition's runs, newest first."""
    return list(
        session.scalars(select(Run).where(Run.edition_id == edition.id).order_by(Run.number.desc()))
    )


def latest_run(session: Session, edition: Edition, *states: RunState) -> Run | None:
    """Give the newest run in one of these states, or of all."""
    statement = select(Run).where(Run.edition_id == edition.id)
    if states:
        statement = statement.where(Run.state.in_(states))
    return session.scalar(statement.order_by(Run.number.desc()).limit(1))


def unfinished_run(session: Session, edition: Edition) -> Run | None:
    """Give the run that is still under way, if there is one."""
    return latest_run(session, edition, *UNFINISHED)


def get_job(session: Session, run: Run) -> Job | None:
    """Give a run's job: how far it is."""
    return session.scalar(
        select(Job)
        .where(Job.kind == JobKind.RUN, Job.subject_id == run.id)
        .order_by(Job.id.desc())
        .limit(1)
    )


def cancel_run(session: Session, run: Run) -> None:
    """Stop a run that is not finished; nothing of it is kept."""
    if run.state not in UNFINISHED:
        raise NotPossible("run_finished")
    run.state = RunState.CANCELLED
    run.finished_at = utc_now()
    job = get_job(session, run)
    if job is not None and job.state in {JobState.QUEUED, JobState.RUNNING}:
        jobs.cancel_job(session, job)


def discard_run(run: Run) -> None:
    """Drop a draft: the plan stays as it is."""
    if run.state is not RunState.DRAFT:
        raise NotPossible("run_not_a_draft")
    run.state = RunState.DISCARDED


def _drafts(session: Session, edition: Edition) -> list[Run]:
    return list(
        session.scalars(
            select(Run).where(Run.edition_id == edition.id, Run.state == RunState.DRAFT)
        )
    )
