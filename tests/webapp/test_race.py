"""Two processes want a mentor's last place: one gets it, the other a sentence."""

from __future__ import annotations

import multiprocessing as mp
import os
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import make_edition, make_mentor, make_program, make_project, make_user
from tests.settings import TEST_SETTINGS
from webapp import create_app
from webapp.access import TOKEN
from webapp.enums import PairPlace
from webapp.models import Match, User
from webapp.services import plan
from webapp.services.plan_lines import Line
from webapp.services.sessions import start_session

N_PROCESSES = 2
# `make soak` asks for many; the rest of the time a sample is enough.
N_ROUNDS = int(os.environ.get("CAMPFIRE_SOAK_ROUNDS", "2"))


def say_yes(instance: str, token: str, address: str, pair: tuple[int, int], gate: Barrier) -> Any:
    """Press *Yes* in a browser of this process's own, at the same moment as the other."""
    folder = Path(instance)
    url = f"sqlite:///{folder / 'campfire.db'}"
    app = create_app({**TEST_SETTINGS, "DATABASE_URL": url}, instance=folder)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie[TOKEN] = token
    form = {
        "project_id": pair[0],
        "mentor_id": pair[1],
        "before": PairPlace.NONE.value,
        "action": "yes",
        "nonce": f"{pair[0]}-{pair[1]}-of-this-round",
    }
    gate.wait(timeout=60)
    answer = client.post(address, data=form)
    return answer.status_code, answer.get_data(as_text=True)


@pytest.mark.parametrize("n_round", range(N_ROUNDS))
def test_the_last_place_goes_to_one_and_the_other_is_told(
    app: Flask, instance: Path, session: Session, n_round: int
) -> None:
    owner = make_user(session, "Olga")
    edition = make_edition(session, make_program(session, owner), with_terms=True)
    films = [make_project(session, edition, title=f"Film {n}") for n in range(N_PROCESSES)]
    mentor = make_mentor(session, edition, make_user(session, "Nurlan Asanov"), load_high=1)
    pairs = [(film.id, mentor.id) for film in films]
    address = f"/organize/{edition.id}/plan"
    owner_id = owner.id
    session.commit()
    with app.extensions["campfire.sessions"].writing() as writing:
        token = start_session(writing, writing.get_one(User, owner_id), device="test")

    context = mp.get_context("spawn")
    with context.Manager() as manager, context.Pool(N_PROCESSES) as pool:
        gate = manager.Barrier(N_PROCESSES)
        answers = pool.starmap(
            say_yes, [(str(instance), token, address, pair, gate) for pair in pairs]
        )

    assert sorted(status for status, _ in answers) == [303, 409]
    loser = next(text for status, text in answers if status == 409)
    assert "Nurlan Asanov has no place left: 1 at most." in loser
    assert session.scalar(select(func.count(Match.id))) == 1


def test_the_same_yes_pressed_twice_is_one_match(session: Session) -> None:
    edition = make_edition(session)
    film, mentor = make_project(session, edition), make_mentor(session, edition)
    line = Line(film.id, mentor.id, PairPlace.NONE, PairPlace.CONFIRMED)
    plan.apply_lines(session, edition, [line], actor=None)
    again = Line(film.id, mentor.id, PairPlace.CONFIRMED, PairPlace.CONFIRMED)
    plan.apply_lines(session, edition, [again], actor=None)
    assert session.scalar(select(func.count(Match.id))) == 1
