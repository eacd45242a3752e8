"""Letters: held until someone says so, sent once, and honest about what is not known.

A letter is *held* until it is queued. The worker marks it *sending* and keeps
that before it speaks to the mail server, and *sent* after the server said yes:
if the worker dies between, nobody knows, so the letter is *unsure* and only a
person may send it again. Temporary failures are tried again after growing
pauses. Where no mail server is set up, or a person has no address, the letter
goes back to *held* with the reason: it is text to paste, and the organizer
marks it sent by hand.

``Letter.error`` begins with a code (one of `ERRORS`), then in the mail server's
own words what it said.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from webapp import limits
from webapp.enums import JobKind, JobState, LetterKind, LetterState
from webapp.errors import InvalidValue, NotFound, NotPossible
from webapp.models import Edition, Job, Letter, Release, User, utc_now
from webapp.services import jobs
from webapp.services.texts import check_length, clean_line, clean_text
from webapp.services.versions import check_version

NO_ADDRESS: Final = "no_address"
NO_MAIL: Final = "no_mail_set_up"
REFUSED: Final = "refused"
TRY_LATER: Final = "try_later"
UNKNOWN: Final = "fate_unknown"
ERRORS: Final = (NO_ADDRESS, NO_MAIL, REFUSED, TRY_LATER, UNKNOWN)

PAUSES: Final = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 480))
# The longest a mail server may keep us with one letter.
SENDING_AT_MOST: Final = timedelta(minutes=5)

OPEN_STATES: Final = (LetterState.HELD, LetterState.FAILED)
UNSENT_STATES: Final = (*OPEN_STATES, LetterState.QUEUED, LetterState.UNSURE)


def hold_letter(
    session: Session,
    *,
    edition: Edition | None,
    user: User | None,
    kind: LetterKind,
    language: str,
    subject: str,
    body: str,
    release: Release | None = None,
    address: str | None = None,
) -> Letter:
    """Give a letter that waits to be read and sent off.

    The address is the person's own, unless another one is given.
    """
    letter = Letter(
        edition_id=edition.id if edition else None,
        release=release,
        user=user,
        kind=kind,
        language=language,
        address=address if address is not None else (user.email if user else None) or "",
        subject=_checked_subject(subject),
        body=_checked_body(body),
        message_id=f"campfire-{uuid4().hex}",
    )
    session.add(letter)
    session.flush()
    return letter


def get_letter(session: Session, edition: Edition, letter_id: int) -> Letter:
    """Give one letter of an edition."""
    letter = session.get(Letter, letter_id)
    if letter is None or letter.edition_id != edition.id:
        raise NotFound("no_such_letter")
    return letter


def edit_letter(
    session: Session,
    letter: Letter,
    subject: str,
    body: str,
    *,
    actor: User,  # noqa: ARG001 - every edit names who did it
    expected_version: int,
) -> None:
    """Change the words of a letter that has not gone out."""
    _check_version(letter, expected_version)
    if letter.state not in OPEN_STATES:
        raise NotPossible("letter_gone", state=letter.state.value)
    letter.subject = _checked_subject(subject)
    letter.body = _checked_body(body)
    session.flush()


def queue_letters(session: Session, letters: Iterable[Letter]) -> int:
    """Send letters off, and give how many will go by mail.

    Those without an address stay held, to be passed on by hand. Letters that
    are on their way, sent, discarded or unsure are left as they are.
    """
    n_queued = 0
    for letter in letters:
        if letter.state not in OPEN_STATES:
            continue
        if letter.address:
            _put_on_its_way(letter)
            n_queued += 1
        else:
            letter.state, letter.error = LetterState.HELD, NO_ADDRESS
    session.flush()
    if n_queued:
        _call_the_post(session)
    return n_queued


def send_again(session: Session, letter: Letter, *, expected_version: int | None = None) -> None:
    """Send a letter whose fate is unknown once more: a person decided so."""
    _check_version(letter, expected_version)
    if letter.state is not LetterState.UNSURE:
        raise NotPossible("letter_gone", state=letter.state.value)
    _put_on_its_way(letter)
    session.flush()
    _call_the_post(session)


def discard_letter(
    session: Session, letter: Letter, *, expected_version: int | None = None
) -> None:
    """Drop a letter that has not gone out."""
    _end(session, letter, LetterState.DISCARDED, expected_version)


def mark_sent_by_hand(
    session: Session, letter: Letter, *, expected_version: int | None = None
) -> None:
    """Note that a person passed the letter on themself."""
    _end(session, letter, LetterState.SENT_BY_HAND, expected_version)
    letter.sent_at = utc_now()
    session.flush()


def has_due_letter(session: Session) -> bool:
    """Tell whether a letter's time has come."""
    return bool(session.scalar(select(exists().where(_is_due()))))


def queue_due_letters(session: Session) -> None:
    """Start the post round if a letter's time has come: the clock calls this."""
    if has_due_letter(session):
        _call_the_post(session)


def claim_letter(session: Session) -> Letter | None:
    """Take the next due letter and mark it as being sent. Keep that before speaking to anyone."""
    letter = session.scalars(
        select(Letter)
        .where(_is_due())
        .order_by(Letter.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if letter is None:
        return None
    letter.state = LetterState.SENDING
    letter.n_tries += 1
    # While sending: the moment after which nobody can be sending it any more.
    letter.next_try_at = utc_now() + SENDING_AT_MOST
    session.flush()
    return letter


def settle_letter(
    session: Session, letter_id: int, state: LetterState, error: str = ""
) -> Letter | None:
    """Write down how sending ended: sent, failed, unsure, held, or queued to try again.

    None when somebody else has settled it meanwhile.
    """
    letter = session.get(Letter, letter_id, with_for_update=True)
    if letter is None or letter.state is not LetterState.SENDING:
        return None
    letter.state, letter.error, letter.next_try_at = state, error[:500], None
    if state is LetterState.SENT:
        letter.sent_at = utc_now()
    if state is LetterState.QUEUED and letter.n_tries > len(PAUSES):
        letter.state = LetterState.FAILED
    elif state is LetterState.QUEUED:
        letter.next_try_at = utc_now() + PAUSES[letter.n_tries - 1]
    session.flush()
    return letter


def give_up_lost_letters(session: Session) -> int:
    """Call letters unsure whose sender died on the way; give how many."""
    lost = session.scalars(
        select(Letter).where(Letter.state == LetterState.SENDING, Letter.next_try_at <= utc_now())
    ).all()
    for letter in lost:
        letter.state, letter.error, letter.next_try_at = LetterState.UNSURE, UNKNOWN, None
    session.flush()
    return len(lost)


def split_error(letter: Letter) -> tuple[str, str]:
    """Give a letter's error as its code and the mail server's own words."""
    code, _, words = letter.error.partition(" ")
    return code, words


def _is_due() -> ColumnElement[bool]:
    return (Letter.state == LetterState.QUEUED) & or_(
        Letter.next_try_at.is_(None), Letter.next_try_at <= utc_now()
    )


def _put_on_its_way(letter: Letter) -> None:
    letter.state, letter.error = LetterState.QUEUED, ""
    letter.n_tries, letter.next_try_at = 0, None


def _call_the_post(session: Session) -> None:
    waiting = exists().where(Job.kind == JobKind.SEND_LETTERS, Job.state == JobState.QUEUED)
    if not session.scalar(select(waiting)):
        jobs.queue_job(session, JobKind.SEND_LETTERS)


def _end(
    session: Session, letter: Letter, state: LetterState, expected_version: int | None
) -> None:
    _check_version(letter, expected_version)
    if letter.state not in UNSENT_STATES:
        raise NotPossible("letter_gone", state=letter.state.value)
    letter.state, letter.next_try_at = state, None
    session.flush()


def _check_version(letter: Letter, expected_version: int | None) -> None:
    if expected_version is not None:
        check_version(letter, expected_version)


def _checked_subject(subject: str) -> str:
    """Give the subject on one line: it becomes a header, and a header ends with its line."""
    return _checked(clean_line(subject), limits.SHORT_TEXT, "subject")


def _checked_body(body: str) -> str:
    return _checked(clean_text(body), limits.LONG_TEXT, "body")


def _checked(text: str, limit: int, field: str) -> str:
    if not text:
        raise InvalidValue("required", field=field)
    return check_length(text, limit, field)
