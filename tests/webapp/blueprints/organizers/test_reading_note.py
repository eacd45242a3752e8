"""Where the sentence encoder was missing, the suggestion's page says so, and not otherwise."""

from __future__ import annotations

import pytest

from tests.factories import make_mentor, make_project, make_user
from tests.webapp.blueprints.organizers.conftest import Desk
from webapp.models import Run
from webapp.services import runs
from webapp.services.matching.runs import execute_run


@pytest.mark.parametrize(("name", "said"), [("none", False), ("./no-such-model", True)])
def test_the_page_says_what_the_run_went_without(desk: Desk, name: str, said: bool) -> None:
    make_project(desk.session, desk.edition, difficulties="Не могу найти финал")
    make_mentor(desk.session, desk.edition, make_user(desk.session, "M"), bio="I find endings")
    run: Run = runs.queue_run(desk.session, desk.edition, actor=desk.user)
    run_id, number = run.id, run.number
    desk.session.commit()
    execute_run(desk.app.extensions["campfire.sessions"], run_id, lambda *_: True, encoder=name)
    page = desk.text(f"suggest/{number}")
    assert ("No sentence encoder is called “./no-such-model”" in page) is said
    assert "1 pair" in page
