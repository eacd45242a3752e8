"""Films and mentors on an organizer's list, and a word about one pair."""

from __future__ import annotations

from typing import Any

from werkzeug.test import TestResponse

from tests.factories import make_mentor, make_project, make_user
from tests.webapp.blueprints.organizers.conftest import Desk
from webapp.enums import PairPlace
from webapp.services import plan
from webapp.services.plan_lines import Line
from webapp.services.plan_state import load_state

N, P, C, A = PairPlace.NONE, PairPlace.PROPOSED, PairPlace.CONFIRMED, PairPlace.SET_ASIDE
RUSSIAN = [{"code": "ru", "level": "C1"}]


def add_pair(desk: Desk, number: int, place: PairPlace = P, **values: Any) -> Line:
    """Give a film and a mentor of its own, put together."""
    owner = make_user(desk.session, f"Filmmaker {number}", email=f"f{number}@example.org")
    film = make_project(
        desk.session, desk.edition, owner, title=f"Film {number}", languages=RUSSIAN, **values
    )
    person = make_user(desk.session, f"Mentor {number}", email=f"m{number}@example.org")
    mentor = make_mentor(desk.session, desk.edition, person, languages=RUSSIAN, load_high=1)
    line = Line(film.id, mentor.id, N, place)
    if place is not N:
        plan.apply_lines(desk.session, desk.edition, [line], actor=desk.user)
    desk.session.commit()
    return line


def say(desk: Desk, line: Line, action: str, before: str, **form: Any) -> TestResponse:
    form = {"project_id": line.project_id, "mentor_id": line.mentor_id, **form}
    return desk.post("plan", action=action, before=before, **form)


def place(desk: Desk, line: Line) -> PairPlace:
    desk.session.expire_all()
    return load_state(desk.session, desk.edition).place(line.pair)
