"""Judged in the worker, once the plan has rested; nothing changes by it."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import make_edition
from tests.webapp.taught import teach
from webapp.enums import EditionState, JobKind, JobState
from webapp.jobs import learning
from webapp.jobs.place import Place
from webapp.jobs.worker import Worker
from webapp.models import Edition, Job, LearnedWeights, Plan, PlanChange, utc_now
from webapp.services.learned_weights import queue_due_judgements


@pytest.fixture
def edition(session: Session) -> Edition:
    edition = make_edition(session)
    teach(session, edition)
    session.commit()
    return edition


def n_queued(session: Session) -> int:
    session.commit()
    queued = select(func.count(Job.id)).where(Job.kind == JobKind.LEARN_WEIGHTS)
    return session.scalar(queued) or 0


def test_from_the_clock_to_the_judgement(place: Place, session: Session, edition: Edition) -> None:
    weights, version = dict(edition.weights), edition.version
    session.commit()
    worker = Worker(place)
    worker.tick()
    assert worker.work_all() == 1
    session.commit()
    learned = session.get_one(LearnedWeights, edition.id)
    assert (learned.n_decisions, learned.is_enough, learned.is_better) == (64, True, True)
    assert learned.right_after > learned.right_before
    assert "encoder" in learned.silent
    assert (dict(edition.weights), edition.version) == (weights, version)
    assert session.scalars(select(Job.state)).all() == [JobState.DONE]
    session.commit()
    worker.tick()
    assert worker.work_all() == 0


def test_asked_once_while_it_waits(session: Session, edition: Edition) -> None:
    assert (queue_due_judgements(session), queue_due_judgements(session)) == (1, 0)
    assert n_queued(session) == 1


def test_nobody_is_looked_over_the_shoulder(session: Session, edition: Edition) -> None:
    session.scalars(select(PlanChange)).one().at = utc_now()
    assert queue_due_judgements(session) == 0


def test_a_small_camp_or_one_that_is_over_is_not_judged(session: Session, edition: Edition) -> None:
    small = make_edition(session)
    teach(session, small, 12)
    session.get_one(Plan, edition.id).n_lines = 49
    assert queue_due_judgements(session) == 0
    session.get_one(Plan, edition.id).n_lines = 64
    edition.state = EditionState.ARCHIVED
    assert queue_due_judgements(session) == 0


def test_what_broke_off_waits_for_the_next_decision(
    place: Place, session: Session, edition: Edition
) -> None:
    edition_id = edition.id
    session.commit()
    learning.give_up(place, Job(kind=JobKind.LEARN_WEIGHTS, edition_id=edition_id), {})
    assert queue_due_judgements(session) == 0
    session.get_one(Plan, edition_id).revision += 1
    assert queue_due_judgements(session) == 1


def test_an_edition_that_is_gone_is_left_in_peace(place: Place, session: Session) -> None:
    job = Job(kind=JobKind.LEARN_WEIGHTS, edition_id=77)
    learning.work(place, job, lambda *_: True)
    learning.give_up(place, job, {})
    assert session.scalar(select(func.count()).select_from(LearnedWeights)) == 0
