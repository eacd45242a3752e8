"""A run ends as a draft: it changes nothing, and keeps what it saw."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_edition, make_mentor, make_project, make_user
from webapp.db import Sessions
from webapp.enums import EditionState, JobKind, LineAspect, PairPlace, RunState, Said
from webapp.errors import NotPossible
from webapp.models import Edition, Job, Proposal, Run, User
from webapp.services import plan, runs
from webapp.services.matching.kept_pairs import unpack_pairs
from webapp.services.matching.runs import execute_run
from webapp.services.plan_lines import Line
from webapp.services.plan_state import load_state

N, P, C, A = PairPlace.NONE, PairPlace.PROPOSED, PairPlace.CONFIRMED, PairPlace.SET_ASIDE
Work = Callable[[Run], Run]


@pytest.fixture
def actor(session: Session) -> User:
    return make_user(session, "Olga")


@pytest.fixture
def edition(session: Session) -> Edition:
    edition = make_edition(session, with_terms=True, demand_low=1, demand_high=1, load_high=1)
    needs = (["need.editing"], ["need.financing"])
    for keys in needs:
        make_project(session, edition, needs=keys, languages=[{"code": "ru", "level": None}])
    for number, keys in enumerate(needs, start=1):
        make_mentor(
            session,
            edition,
            make_user(session, f"Mentor {number}"),
            expertise=keys,
            languages=[{"code": "ru", "level": "C1"}],
        )
    return edition


@pytest.fixture
def work(app: Flask, session: Session) -> Work:
    """Work a run out as the worker does, and read it again."""
    sessions: Sessions = app.extensions["campfire.sessions"]

    def worked(run: Run) -> Run:
        run_id = run.id
        session.commit()
        execute_run(sessions, run_id, lambda _done, _total, _step: True)
        session.expire_all()
        return run

    return worked


def pairs(run: Run) -> dict[tuple[int, int], tuple[str, str]]:
    return {(line.project_id, line.mentor_id): (line.before, line.after) for line in run.lines}


def test_a_run_ends_as_a_draft_and_changes_nothing(
    session: Session, edition: Edition, actor: User, work: Work
) -> None:
    run = work(runs.queue_run(session, edition, actor=actor))
    assert run.state is RunState.DRAFT
    assert list(pairs(run).values()) == [(N, P), (N, P)]
    assert session.scalars(select(Proposal)).all() == []
    assert run.summary["complete"] is True
    assert edition.state is EditionState.MATCHING


def test_each_film_gets_who_meets_its_need_and_the_reason_says_so(
    session: Session, edition: Edition, actor: User, work: Work
) -> None:
    run = work(runs.queue_run(session, edition, actor=actor))
    assert sorted(pairs(run)) == [(1, 1), (2, 2)]
    best = run.lines[0].reasons[0]
    assert (best["code"], best["params"]["need"]) == ("need_met", "need.editing")


def test_the_features_of_all_pairs_are_kept(
    session: Session, edition: Edition, actor: User, work: Work
) -> None:
    run = work(runs.queue_run(session, edition, actor=actor))
    assert run.features is not None
    kept = unpack_pairs(run.features)
    assert kept.values.shape == (2, 2, len(kept.names))
    assert (run.project_ids, run.mentor_ids) == ([1, 2], [1, 2])
    line = run.lines[0]
    assert np.isclose(kept.affinity[0, 0], line.affinity, atol=1e-6)


def test_taking_it_over_puts_the_pairs_on_the_list(
    session: Session, edition: Edition, actor: User, work: Work
) -> None:
    run = work(runs.queue_run(session, edition, actor=actor))
    plan.apply_run(session, edition, run, actor=actor)
    assert load_state(session, edition).place((1, 1)) is P
    assert run.state is RunState.APPLIED
    with pytest.raises(NotPossible) as caught:
        plan.apply_run(session, edition, run, actor=actor)
    assert caught.value.code == "run_not_a_draft"


def test_what_stands_stays_and_what_was_set_aside_is_not_offered_again(
    session: Session, edition: Edition, actor: User, work: Work
) -> None:
    for line in (Line(1, 2, N, C), Line(2, 1, N, P), Line(2, 1, P, A)):
        plan.apply_lines(session, edition, [line], actor=actor)
    run = work(runs.queue_run(session, edition, actor=actor))
    assert pairs(run) == {(1, 2): (C, C)}
    assert run.summary["short_projects"] == [[2, 1, 0]]


def test_a_kept_pair_is_in_every_draft(
    session: Session, edition: Edition, actor: User, work: Work
) -> None:
    keep = Line(1, 2, Said.NO, Said.YES, LineAspect.LOCK)
    plan.apply_lines(session, edition, [keep], actor=actor)
    run = work(runs.queue_run(session, edition, actor=actor))
    assert sorted(pairs(run)) == [(1, 2), (2, 1)]


def test_a_lowered_maximum_does_not_break_what_stands(
    session: Session, edition: Edition, actor: User, work: Work
) -> None:
    plan.apply_lines(session, edition, [Line(1, 1, N, C)], actor=actor)
    edition.load_high = 0
    run = work(runs.queue_run(session, edition, actor=actor))
    assert pairs(run) == {(1, 1): (C, C)}


def test_a_cancelled_run_keeps_nothing(
    app: Flask, session: Session, edition: Edition, actor: User
) -> None:
    run = runs.queue_run(session, edition, actor=actor)
    run_id = run.id
    session.commit()
    execute_run(app.extensions["campfire.sessions"], run_id, lambda *_: False)
    session.expire_all()
    assert (run.state, run.lines, run.features) == (RunState.CANCELLED, [], None)


def test_working_twice_gives_the_same_draft_once(
    session: Session, edition: Edition, actor: User, work: Work
) -> None:
    run = runs.queue_run(session, edition, actor=actor)
    first = pairs(work(run))
    run.state = RunState.RUNNING  # as if the worker had died before saying so
    assert pairs(work(run)) == first


def test_a_run_is_asked_for_with_its_job_and_only_one_at_a_time(
    session: Session, edition: Edition, actor: User
) -> None:
    run = runs.queue_run(session, edition, actor=actor)
    job = session.scalars(select(Job)).one()
    assert (job.kind, job.subject_id) == (JobKind.RUN, run.id)
    with pytest.raises(NotPossible) as caught:
        runs.queue_run(session, edition, actor=actor)
    assert caught.value.code == "run_under_way"


@pytest.mark.parametrize(
    ("with_film", "with_mentor", "code"),
    [(False, True, "no_selected_projects"), (True, False, "no_mentors")],
)
def test_without_films_or_mentors_it_says_so(
    session: Session, actor: User, with_film: bool, with_mentor: bool, code: str
) -> None:
    edition = make_edition(session)
    if with_film:
        make_project(session, edition)
    if with_mentor:
        make_mentor(session, edition)
    with pytest.raises(NotPossible) as caught:
        runs.queue_run(session, edition, actor=actor)
    assert caught.value.code == code


def test_a_newer_run_drops_the_draft_before(
    session: Session, edition: Edition, actor: User, work: Work
) -> None:
    first = work(runs.queue_run(session, edition, actor=actor))
    runs.queue_run(session, edition, actor=actor)
    assert first.state is RunState.DISCARDED
