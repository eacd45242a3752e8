"""Learned from your decisions: what an organizer sees, and what changes at their word alone."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.factories import make_edition
from tests.webapp.blueprints.organizers.conftest import Desk
from tests.webapp.taught import teach
from webapp.enums import EditionState, RunState
from webapp.models import Activity, Edition, LearnedWeights, Run
from webapp.services import runs
from webapp.services.learned_weights import keep_judgement, skip_judgement
from webapp.services.matching.learning import judge_edition

OFFER = "the learned ones"
LINK = "Learned from your decisions"


@pytest.fixture
def taught(desk: Desk) -> LearnedWeights:
    return judged(desk, n_films=16)


def judged(desk: Desk, n_films: int) -> LearnedWeights:
    teach(desk.session, desk.edition, n_films)
    found = judge_edition(desk.session, desk.edition)
    learned = keep_judgement(desk.session, desk.edition.id, 1, found)
    assert learned is not None
    desk.session.commit()
    return learned


def say(desk: Desk, learned: LearnedWeights, what: str) -> int:
    desk.session.commit()
    answer = desk.post(f"learning/{what}", expected_version=learned.version)
    desk.session.expire_all()
    return answer.status_code


def verbs(desk: Desk) -> list[tuple[str, int | None]]:
    rows = desk.session.scalars(select(Activity).order_by(Activity.id))
    return [(row.verb, row.actor_id) for row in rows if row.verb.startswith("learned")]


def test_a_small_camp_sees_no_link_and_one_sentence_by_the_address(desk: Desk) -> None:
    judged(desk, n_films=12)
    assert LINK not in desk.text()
    page = desk.text("learning")
    assert "only when there are about 50 decisions" in page
    assert OFFER not in page
    assert desk.post("learning/use", expected_version=1).status_code == 409
    assert dict(desk.edition.weights) == {}


def test_before_anything_was_judged_it_is_the_same(desk: Desk) -> None:
    assert LINK not in desk.text()
    assert "only when there are about 50 decisions" in desk.text("learning")
    assert desk.post("learning/use", expected_version=1).status_code == 409


def test_better_weights_are_shown_before_and_after(desk: Desk, taught: LearnedWeights) -> None:
    assert LINK in desk.text()
    page = desk.text("learning")
    before, after = round(taught.right_before), round(taught.right_after)
    assert (
        f"Of 64 decisions, the weights of today put {before} on the right side, "
        f"the learned ones {after}."
    ) in page
    assert "The same genre" in page
    assert "much more" in page
    assert "The same craft" not in page
    assert dict(desk.edition.weights) == {}


def test_used_they_count_in_the_next_run_and_can_be_taken_back(
    desk: Desk, taught: LearnedWeights
) -> None:
    desk.edition.weights = {"genre": 1.0}
    desk.session.commit()
    assert say(desk, taught, "use") == 303
    assert desk.edition.weights["genre"] == taught.weights_after["genre"] > 3.0
    assert verbs(desk) == [("learned_weights_used", desk.user.id)]
    page = desk.text("learning")
    assert "Olga Owner said so." in page
    assert OFFER not in page
    assert LINK in desk.text()
    run = runs.queue_run(desk.session, desk.edition, actor=desk.user)
    assert run.settings["weights"] == taught.weights_after
    run.state = RunState.DISCARDED
    assert say(desk, taught, "reset") == 303
    assert desk.edition.weights == {"genre": 1.0}
    assert verbs(desk)[1:] == [("learned_weights_reset", desk.user.id)]
    assert LINK not in desk.text()
    assert "went back to the old weights" in desk.text("learning")


def test_not_now_is_silent_until_there_are_25_more(desk: Desk, taught: LearnedWeights) -> None:
    assert say(desk, taught, "refuse") == 303
    assert verbs(desk) == [("learned_weights_refused", desk.user.id)]
    for n_decisions, is_offered in ((64, False), (88, False), (89, True)):
        taught.n_decisions = n_decisions
        desk.session.commit()
        assert (LINK in desk.text()) is is_offered
        assert (OFFER in desk.text("learning")) is is_offered
    taught.n_decisions = 88
    desk.session.commit()
    assert "asks again after 25 more decisions" in desk.text("learning")
    assert say(desk, taught, "use") == 409
    assert dict(desk.edition.weights) == {}


def test_after_using_it_is_judged_beside_what_is_used(desk: Desk, taught: LearnedWeights) -> None:
    say(desk, taught, "use")
    found = judge_edition(desk.session, desk.edition)
    assert found.weights_before == taught.weights_after
    keep_judgement(desk.session, desk.edition.id, 2, found)
    desk.session.commit()
    assert not taught.is_better
    assert "Olga Owner said so." in desk.text("learning")
    assert say(desk, taught, "reset") == 303
    assert dict(desk.edition.weights) == {}


def test_what_is_no_better_is_said_in_one_sentence(desk: Desk, taught: LearnedWeights) -> None:
    taught.is_better = False
    desk.session.commit()
    assert LINK not in desk.text()
    assert "64 decisions were looked at" in desk.text("learning")


def test_a_judgement_that_came_meanwhile_is_looked_at_first(
    desk: Desk, taught: LearnedWeights
) -> None:
    seen = taught.version
    taught.n_decisions = 70
    desk.session.commit()
    answer = desk.post("learning/use", expected_version=seen)
    assert answer.status_code == 409
    assert "Of 70 decisions" in answer.text
    assert dict(desk.edition.weights) == {}


def test_what_was_judged_beside_other_weights_is_no_offer(
    desk: Desk, taught: LearnedWeights
) -> None:
    desk.edition.weights = {"genre": 1.5}
    assert say(desk, taught, "use") == 409
    assert LINK not in desk.text()
    assert OFFER not in desk.text("learning")
    assert desk.edition.weights == {"genre": 1.5}


def test_a_second_tap_changes_nothing(desk: Desk, taught: LearnedWeights) -> None:
    seen = taught.version
    for _ in range(2):
        answer = desk.post("learning/use", expected_version=seen, nonce="one")
        assert answer.status_code == 303
    assert len(verbs(desk)) == 1


def test_a_year_that_is_over_is_kept_to_read(desk: Desk, taught: LearnedWeights) -> None:
    desk.edition.state = EditionState.ARCHIVED
    assert say(desk, taught, "use") == 409
    assert dict(desk.edition.weights) == {}


def test_nothing_to_go_back_to(desk: Desk, taught: LearnedWeights) -> None:
    assert say(desk, taught, "reset") == 409


def test_who_does_not_work_for_the_lab_finds_nothing(desk: Desk, taught: LearnedWeights) -> None:
    theirs = make_edition(desk.session)
    desk.session.commit()
    for path in ("learning", "learning/use", "learning/refuse", "learning/reset"):
        address = f"/organize/{theirs.id}/{path}"
        send = desk.client.get if path == "learning" else desk.client.post
        assert send(address).status_code == 404


def test_a_broken_off_judgement_leaves_an_offer_as_it_was(
    desk: Desk, taught: LearnedWeights
) -> None:
    skip_judgement(desk.session, desk.edition.id)
    desk.session.commit()
    assert OFFER in desk.text("learning")


@pytest.mark.parametrize("page", ["", "learning"])
def test_the_number_of_queries_does_not_grow_with_the_decisions(desk: Desk, page: str) -> None:
    judged(desk, n_films=13)
    few = desk.n_queries(page)
    judged(desk, n_films=12)
    assert desk.n_queries(page) == few


def test_the_number_of_queries_of_a_judgement_does_not_grow(desk: Desk) -> None:
    counts = []
    for n_films in (4, 12):
        edition: Edition = make_edition(desk.session, desk.edition.program, f"{n_films}")
        teach(desk.session, edition, n_films)
        desk.session.commit()
        with desk.counted() as statements:
            judge_edition(desk.session, edition)
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert desk.session.scalars(select(Run)).all()


def test_in_russian(desk: Desk, taught: LearnedWeights) -> None:
    desk.user.language = "ru"
    desk.session.commit()
    page = desk.text("learning")
    for english in (OFFER, "Not now", "The same genre", "much more", "of 100"):
        assert english not in page
