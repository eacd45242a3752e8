"""Letters: held, edited, sent off, and what a person may still do with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import make_edition, make_user
from webapp import limits
from webapp.enums import JobKind, LetterKind, LetterState
from webapp.errors import ChangedMeanwhile, InvalidValue, NotFound, NotPossible
from webapp.jobs.place import Place
from webapp.models import Job, Letter, User, utc_now
from webapp.services import outbox

S = LetterState


@pytest.fixture
def session(place: Place) -> Iterator[Session]:
    with place.sessions.to_write() as session:
        yield session


def hold(session: Session, user: User | None = None, **values: str) -> Letter:
    return outbox.hold_letter(
        session,
        edition=None,
        user=user or make_user(session, "Aliya", email="aliya@example.org"),
        kind=LetterKind.RELEASE_FILMMAKER,
        language="ky",
        subject=values.get("subject", "Сиздин ментор"),
        body=values.get("body", "Салам!"),
    )


def n_jobs(session: Session) -> int:
    return session.scalar(select(func.count()).where(Job.kind == JobKind.SEND_LETTERS)) or 0


def claim_in_state(session: Session, state: LetterState) -> Letter:
    letter = hold(session)
    letter.state = state
    session.flush()
    return letter


def test_a_new_letter_is_held_and_starts_nothing(session: Session) -> None:
    letter = hold(session)
    assert (letter.state, letter.address, letter.error) == (S.HELD, "aliya@example.org", "")
    assert n_jobs(session) == 0
    assert hold(session, letter.user).message_id != letter.message_id


def test_letters_sent_off_wait_for_one_post_round(session: Session) -> None:
    user = make_user(session, "B", email="b@example.org")
    letters = [hold(session, user), hold(session, user)]
    assert outbox.queue_letters(session, letters) == 2
    assert [letter.state for letter in letters] == [S.QUEUED, S.QUEUED]
    outbox.queue_letters(session, [hold(session, user)])
    assert n_jobs(session) == 1


def test_without_an_address_a_letter_is_text_to_paste(session: Session) -> None:
    letter = hold(session, make_user(session, "Anvar"))
    assert outbox.queue_letters(session, [letter]) == 0
    assert (letter.state, letter.error) == (S.HELD, "no_address")
    assert n_jobs(session) == 0
    outbox.mark_sent_by_hand(session, letter)
    assert letter.state is S.SENT_BY_HAND
    assert letter.sent_at is not None


@pytest.mark.parametrize("state", [S.SENDING, S.SENT, S.SENT_BY_HAND, S.UNSURE, S.DISCARDED])
def test_what_may_have_gone_is_never_sent_off_again(session: Session, state: LetterState) -> None:
    letter = claim_in_state(session, state)
    assert outbox.queue_letters(session, [letter]) == 0
    assert letter.state is state
    assert outbox.claim_letter(session) is None


@pytest.mark.parametrize("state", [S.QUEUED, S.SENDING, S.SENT, S.UNSURE, S.DISCARDED])
def test_only_a_held_or_failed_letter_can_be_edited(session: Session, state: LetterState) -> None:
    letter = claim_in_state(session, state)
    with pytest.raises(NotPossible) as caught:
        outbox.edit_letter(
            session, letter, "New", "New", actor=letter.user, expected_version=letter.version
        )
    assert caught.value.code == "letter_gone"
    assert letter.body == "Салам!"


def test_an_edit_keeps_to_the_version_its_page_showed(session: Session) -> None:
    letter = hold(session)
    version = letter.version
    outbox.edit_letter(
        session, letter, " New ", "Text", actor=letter.user, expected_version=version
    )
    assert (letter.subject, letter.body) == ("New", "Text")
    with pytest.raises(ChangedMeanwhile):
        outbox.edit_letter(
            session, letter, "Old", "Old", actor=letter.user, expected_version=version
        )
    assert letter.subject == "New"


def test_a_subject_stays_on_its_line(session: Session) -> None:
    letter = hold(session, subject="Hello\r\nBcc: everybody@example.org")
    assert letter.subject == "Hello Bcc: everybody@example.org"


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"subject": " \n "}, "required", "subject"),
        ({"body": ""}, "required", "body"),
        ({"subject": "x" * (limits.SHORT_TEXT + 1)}, "too_long", "subject"),
        ({"body": "x" * (limits.LONG_TEXT + 1)}, "too_long", "body"),
    ],
)
def test_limits(session: Session, values: dict[str, str], code: str, field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        hold(session, **values)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_pauses_grow_and_then_it_fails(session: Session) -> None:
    letter = hold(session)
    outbox.queue_letters(session, [letter])
    pauses = []
    while taken := outbox.claim_letter(session):
        assert taken.state is S.SENDING
        outbox.settle_letter(session, letter.id, S.QUEUED, "try_later 451 busy")
        if letter.next_try_at is not None:
            pauses.append(round((letter.next_try_at - utc_now()).total_seconds() / 60))
            letter.next_try_at = utc_now() - timedelta(seconds=1)
    assert pauses == [1, 5, 30, 120, 480]
    assert (letter.state, letter.n_tries) == (S.FAILED, 6)
    assert outbox.split_error(letter) == ("try_later", "451 busy")
    outbox.queue_letters(session, [letter])
    assert (letter.state, letter.n_tries, letter.error) == (S.QUEUED, 0, "")


def test_the_clock_calls_the_post_only_when_a_letter_is_due(session: Session) -> None:
    letter = hold(session)
    letter.state, letter.next_try_at = S.QUEUED, utc_now() + timedelta(minutes=5)
    session.flush()
    outbox.queue_due_letters(session)
    assert n_jobs(session) == 0
    letter.next_try_at = utc_now() - timedelta(minutes=5)
    session.flush()
    outbox.queue_due_letters(session)
    assert n_jobs(session) == 1


def test_a_letter_whose_sender_died_is_unsure_and_a_person_decides(session: Session) -> None:
    letter = hold(session)
    outbox.queue_letters(session, [letter])
    outbox.claim_letter(session)
    assert outbox.give_up_lost_letters(session) == 0
    letter.next_try_at = utc_now() - timedelta(seconds=1)
    session.flush()
    assert outbox.give_up_lost_letters(session) == 1
    assert (letter.state, letter.error) == (S.UNSURE, "fate_unknown")
    assert outbox.claim_letter(session) is None
    message_id = letter.message_id
    outbox.send_again(session, letter, expected_version=letter.version)
    assert outbox.claim_letter(session) is letter
    assert letter.message_id == message_id


def test_only_an_unsure_letter_is_sent_again(session: Session) -> None:
    letter = claim_in_state(session, S.SENT)
    with pytest.raises(NotPossible):
        outbox.send_again(session, letter)


def test_a_late_word_does_not_change_what_is_settled(session: Session) -> None:
    letter = claim_in_state(session, S.UNSURE)
    assert outbox.settle_letter(session, letter.id, S.SENT) is None
    assert letter.state is S.UNSURE


def test_a_letter_is_found_in_its_own_edition_only(session: Session) -> None:
    letter = hold(session)
    with pytest.raises(NotFound):
        outbox.get_letter(session, make_edition(session), letter.id)


def test_a_discarded_letter_stays_where_it_is(session: Session) -> None:
    letter = hold(session)
    outbox.discard_letter(session, letter)
    assert letter.state is S.DISCARDED
    with pytest.raises(NotPossible):
        outbox.mark_sent_by_hand(session, letter)
