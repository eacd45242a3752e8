"""The post round against a real mail server: what arrives, and what is written down."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.webapp.post_office import PostOffice, post_office
from webapp.enums import LetterKind, LetterState
from webapp.jobs.place import Place
from webapp.jobs.worker import Worker
from webapp.models import Letter
from webapp.services import outbox

S = LetterState


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


def with_mail(place: Place, port: int) -> Place:
    settings = {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": port,
        "SMTP_SECURITY": "none",
        "SMTP_USER": "",
        "MAIL_FROM": "Ак-Суу лагери <camp@example.org>",
    }
    return Place(place.sessions, {**place.config, **settings})


def send(place: Place, *addresses: str, **values: str) -> list[Letter]:
    """Send letters off, let the worker work, and give them as they are then."""
    with place.sessions.writing() as session:
        letters = [
            outbox.hold_letter(
                session,
                edition=None,
                user=None,
                kind=LetterKind.RELEASE_MENTOR,
                language="ru",
                subject=values.get("subject", "Кто с кем"),
                body=values.get("body", "Здравствуйте!\n\n.Точка в начале строки\n"),
                address=address,
            )
            for address in addresses
        ]
        outbox.queue_letters(session, letters)
    Worker(place).work_all()
    return look(place, letters)


def look(place: Place, letters: list[Letter]) -> list[Letter]:
    with place.sessions.to_read() as session:
        return [session.get_one(Letter, letter.id) for letter in letters]


def lines(message: EmailMessage) -> list[str]:
    return str(message.get_content()).splitlines()


def test_a_letter_arrives_as_it_was_written(place: Place, office: PostOffice) -> None:
    (letter,) = send(with_mail(place, office.port), "ann@example.org")
    assert (letter.state, letter.n_tries, letter.error) == (S.SENT, 1, "")
    assert letter.sent_at is not None
    (message,) = office.arrived
    assert message["Subject"] == "Кто с кем"
    assert message["From"] == "Ак-Суу лагери <camp@example.org>"
    assert message["To"] == "ann@example.org"
    assert message["Message-ID"] == f"<{letter.message_id}@example.org>"
    assert message["Date"].endswith("+0000")
    assert message.get_content_type() == "text/plain"
    assert lines(message) == ["Здравствуйте!", "", ".Точка в начале строки"]
    assert office.envelopes == [("camp@example.org", ["ann@example.org"])]
    told = {"Message-ID", "Date", "From", "To", "Subject", "Content-Language"}
    mime = {"Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
    assert set(message.keys()) - mime - {"X-Peer", "X-MailFrom", "X-RcptTo"} == told


def test_a_dot_alone_does_not_end_a_letter(place: Place, office: PostOffice) -> None:
    send(with_mail(place, office.port), "ann@example.org", body="One\n.\n..two\nThree")
    (message,) = office.arrived
    assert lines(message) == ["One", ".", "..two", "Three"]


def test_each_letter_goes_once(place: Place, office: PostOffice) -> None:
    place = with_mail(place, office.port)
    letters = send(place, *(f"p{number}@example.org" for number in range(5)))
    with place.sessions.writing() as session:
        outbox.queue_letters(session, [session.get_one(Letter, each.id) for each in letters])
    Worker(place).work_all()
    assert sorted(message["To"] for message in office.arrived) == [
        f"p{number}@example.org" for number in range(5)
    ]


def test_a_refused_address_fails_and_the_others_go(place: Place, office: PostOffice) -> None:
    office.to_recipient["gone@example.org"] = "550 5.1.1 no such person"
    letters = send(with_mail(place, office.port), "gone@example.org", "ann@example.org")
    assert [letter.state for letter in letters] == [S.FAILED, S.SENT]
    assert letters[0].error == "refused 550 5.1.1 no such person"


def test_a_refused_content_fails(place: Place, office: PostOffice) -> None:
    office.to_content = ["554 5.7.1 looks like spam"]
    (letter,) = send(with_mail(place, office.port), "ann@example.org")
    assert (letter.state, letter.error) == (S.FAILED, "refused 554 5.7.1 looks like spam")
    assert office.arrived == []


def test_a_busy_server_is_asked_again_later(place: Place, office: PostOffice) -> None:
    place = with_mail(place, office.port)
    office.to_content = ["451 4.7.1 greylisted"]
    (letter,) = send(place, "ann@example.org")
    assert (letter.state, letter.error) == (S.QUEUED, "try_later 451 4.7.1 greylisted")
    assert letter.next_try_at is not None
    with place.sessions.writing() as session:
        session.get_one(Letter, letter.id).next_try_at = None
    worker = Worker(place)
    worker.tick()
    worker.work_all()
    (letter,) = look(place, [letter])
    assert (letter.state, letter.n_tries, letter.error) == (S.SENT, 2, "")
    assert len(office.arrived) == 1


def test_a_line_that_breaks_inside_the_letter_leaves_it_unsure(
    place: Place, office: PostOffice
) -> None:
    place = with_mail(place, office.port)
    office.hangs_up = True
    letters = send(place, "ann@example.org", "bob@example.org")
    assert [letter.state for letter in letters] == [S.UNSURE, S.UNSURE]
    assert outbox.split_error(letters[0])[0] == "fate_unknown"
    office.hangs_up = False
    worker = Worker(place)
    worker.tick()
    worker.work_all()
    assert [letter.state for letter in look(place, letters)] == [S.UNSURE, S.UNSURE]
    assert office.arrived == []


def test_a_server_out_of_reach_keeps_every_letter_for_later(place: Place) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody_listens = with_mail(place, taken.getsockname()[1])
        letters = send(nobody_listens, "ann@example.org", "bob@example.org")
    assert [letter.state for letter in letters] == [S.QUEUED, S.QUEUED]
    assert "refused" in letters[0].error


def test_an_address_that_would_break_its_header_is_refused(
    place: Place, office: PostOffice
) -> None:
    letters = send(
        with_mail(place, office.port), "ann@example.org\nBcc: all@example.org", "анна@example.org"
    )
    assert [letter.state for letter in letters] == [S.FAILED, S.FAILED]
    assert office.arrived == []


def test_a_worker_on_its_way_home_finishes_one_letter_and_the_next_sends_the_rest(
    place: Place, office: PostOffice
) -> None:
    place = with_mail(place, office.port)
    office.to_content = ["451 busy"] * 3
    letters = send(place, "a@example.org", "b@example.org", "c@example.org")
    with place.sessions.writing() as session:
        for letter in letters:
            session.get_one(Letter, letter.id).next_try_at = None
    leaving, next_one = Worker(place), Worker(place)
    leaving.is_stopping = True
    leaving.tick()
    leaving.work_all()
    assert [letter.state for letter in look(place, letters)] == [S.SENT, S.QUEUED, S.QUEUED]
    next_one.tick()
    next_one.work_all()
    assert [letter.state for letter in look(place, letters)] == [S.SENT] * 3


def test_without_a_mail_server_a_letter_is_a_file_and_held(place: Place) -> None:
    (letter,) = send(place, "ann@example.org")
    assert (letter.state, letter.error, letter.sent_at) == (S.HELD, "no_mail_set_up", None)
    (path,) = Path(place.config["OUTBOX_FOLDER"]).iterdir()
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message["Subject"] == "Кто с кем"
    assert path.stat().st_mode & 0o777 == 0o600
    with place.sessions.writing() as session:
        outbox.mark_sent_by_hand(session, session.get_one(Letter, letter.id))


KILLED = """
import sys
from pathlib import Path
from webapp import config
from webapp.db import Sessions, make_engine
from webapp.jobs.place import Place
from webapp.jobs.worker import Worker

instance = Path(sys.argv[1])
settings = {
    **config.load(instance),
    "SMTP_HOST": "127.0.0.1",
    "SMTP_PORT": int(sys.argv[2]),
    "SMTP_SECURITY": "none",
}
Worker(Place(Sessions(make_engine(f"sqlite:///{instance / 'campfire.db'}")), settings)).work_all()
"""


def test_a_sender_killed_inside_the_dialogue_leaves_the_letter_unsure(
    place: Place, instance: Path, tmp_path: Path
) -> None:
    with place.sessions.writing() as session:
        letter = outbox.hold_letter(
            session,
            edition=None,
            user=None,
            kind=LetterKind.RELEASE_MENTOR,
            language="en",
            subject="Who with whom",
            body="Hello",
            address="ann@example.org",
        )
        outbox.queue_letters(session, [letter])
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        sender = subprocess.Popen([sys.executable, "-c", KILLED, str(instance), str(port)])
        silent.settimeout(30)
        line, _ = silent.accept()
        (found,) = look(place, [letter])
        # Kept before a word was said: whatever happens now, it is known to be unknown.
        assert found.state is S.SENDING
        os.kill(sender.pid, signal.SIGKILL)
        sender.wait()
        line.close()
    with place.sessions.writing() as session:
        row = session.get_one(Letter, letter.id)
        assert row.next_try_at is not None
        row.next_try_at -= outbox.SENDING_AT_MOST
    worker = Worker(place)
    worker.tick()
    worker.work_all()
    (found,) = look(place, [letter])
    assert (found.state, found.error) == (S.UNSURE, "fate_unknown")
