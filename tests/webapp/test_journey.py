"""The whole way through HTTP: an empty house, a lab, people, pairs, and everyone told.

Each form is read from its page and sent as a browser without scripts would,
seals and all; the worker works what is queued; letters go through a mail server.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.webapp.post_office import PostOffice, post_office
from tests.webapp.reader import Reader
from webapp.enums import LetterState, MatchState
from webapp.jobs.place import Place
from webapp.jobs.worker import Worker
from webapp.models import Letter, Match

PASSWORD = "a quiet valley"
BIOGRAPHY = "Bermet cuts documentaries and helps with editing and rough cut, in Russian."


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


@pytest.fixture
def worker(place: Place, office: PostOffice) -> Worker:
    settings = {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": office.port,
        "SMTP_SECURITY": "none",
        "SMTP_USER": "",
        "MAIL_FROM": "Naryn Script Lab <camp@example.org>",
        "LETTER_SECONDS": 0.0,
    }
    return Worker(Place(place.sessions, {**place.config, **settings}))


def open_the_lab(owner: Reader) -> None:
    owner.go("/")
    owner.press(
        "Begin",
        program="Naryn Script Lab",
        name="Asel Bekova",
        email="asel@example.org",
        password=PASSWORD,
    )
    owner.follow("Set up a year")
    owner.press("Open this year", name="2027", contact="Asel, +996 700 000000")
    assert "2027 is open. Here is what comes next." in owner.page.text


def invite(owner: Reader, role: str, name: str) -> str:
    owner.go("/organize/1/people/invite")
    owner.press("Make the link", role=role, name=name)
    found = re.search(r"http://\S+(/join/\S+)", owner.page.text)
    assert found is not None
    return found[1]


def join(person: Reader, link: str, email: str) -> None:
    person.go(link)
    person.press("Join", email=email, password=PASSWORD)


def answer_six_questions(filmmaker: Reader) -> None:
    filmmaker.follow("Begin")
    filmmaker.press("Save and go on later", title="Salt on the Window")
    filmmaker.go("/editions/1/films")
    assert "draft" in filmmaker.page.text
    filmmaker.follow("Go on")
    filmmaker.press(
        "Send it in",
        logline="A bus driver keeps the last timetable of a closed road.",
        difficulties="Sixty hours, and no form holds them together.",
        needs__0="Editing & rough cut",
        stage="Rough cut",
        forms=["Creative documentary"],
        languages__0__code="Russian",
    )
    assert "Your film is sent in." in filmmaker.page.text


def body(letter: EmailMessage) -> str:
    """Give a letter's words with line ends as on paper."""
    return str(letter.get_content()).replace("\r\n", "\n")


def count_letters(session: Session) -> dict[LetterState, int]:
    session.rollback()
    rows = session.execute(select(Letter.state, func.count()).group_by(Letter.state))
    return dict(rows.all())


def test_from_an_empty_house_to_everyone_told(
    app: Flask, session: Session, worker: Worker, office: PostOffice
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    owner, filmmaker, mentor, guest = (Reader(app.test_client()) for _ in range(4))

    open_the_lab(owner)
    join(
        filmmaker, invite(owner, "a filmmaker, with a film", "Aida Nurlan kyzy"), "aida@example.org"
    )
    answer_six_questions(filmmaker)
    join(mentor, invite(owner, "a mentor", "Ilyas Ward"), "ilyas@example.org")
    # All that the film asks for: only a "never" can stand between them.
    mentor.press(
        "Save",
        expertise=["Editing & rough cut"],
        stages=["Rough cut"],
        forms=["Creative documentary"],
        languages__0__code="Russian",
        load_high="2",
    )

    owner.go("/organize/1/people/new-mentor")
    owner.press("Go on", name="Bermet Osmonova", bio=BIOGRAPHY)
    owner.press("Save")
    owner.press("Make their link")
    link = re.search(r"http://\S+(/join/\S+)", owner.page.text)
    assert link is not None
    join(guest, link[1], "bermet@example.org")
    assert "Filled in by Asel Bekova, not yet seen by you" in guest.page.text
    guest.press("Yes, this is right", load_high="3")

    owner.go("/organize/1/films/choose")
    owner.press("selected: Salt on the Window")
    owner.go("/organize/1/apart")
    owner.press("Do not put together", project_id="Salt on the Window", mentor_id="Ilyas Ward")

    owner.go("/organize/1/suggest")
    owner.press("Suggest pairs")
    assert "Waiting to start" in owner.page.text
    assert worker.work_all() == 1
    owner.go(owner.url)
    owner.press("Put all of it on the list")
    assert "1 pair waits for your word" in owner.page.text
    owner.press("Yes: Bermet Osmonova for “Salt on the Window”")
    owner.go("/organize/1/tell")
    owner.press("Write the letters")
    assert "2 letters, not sent yet" in owner.page.text

    # Decided and written, and still nobody has heard a word of it.
    worker.work_all()
    assert (office.arrived, count_letters(session)) == ([], {LetterState.HELD: 2})
    filmmaker.go("/editions/1/films/1/mentors")
    assert "The organizers are still finding who works with whom." in filmmaker.page.text
    assert "Bermet" not in filmmaker.page.text
    guest.go("/editions/1/mentor/films")
    assert "Salt on the Window" not in guest.page.text

    owner.press("Tell everyone now")
    session.rollback()
    assert session.scalars(select(Match.state)).all() == [MatchState.RELEASED]
    worker.work_all()
    assert count_letters(session) == {LetterState.SENT: 2}
    letters = {str(each["To"]): body(each) for each in office.arrived}
    assert letters == {"aida@example.org": TO_THE_FILMMAKER, "bermet@example.org": TO_THE_MENTOR}

    filmmaker.go("/editions/1/films/1/mentors")
    assert "Bermet Osmonova" in filmmaker.page.text
    assert "Why you two" in filmmaker.page.text
    guest.go("/editions/1/mentor/films")
    assert "Salt on the Window" in guest.page.text
    mentor.go("/editions/1/mentor/films")
    assert "Salt on the Window" not in mentor.page.text


TO_THE_FILMMAKER = """\
Hello Aida Nurlan kyzy,

here is the person who will work with you at Naryn Script Lab 2027:

“Salt on the Window”
— Bermet Osmonova. Editing & rough cut: needed most, and what people come to Bermet Osmonova for.

Read more here: http://127.0.0.1:8000/editions/1/films/1/mentors

If something does not suit you, just answer this letter.

You can reach us here: Asel, +996 700 000000

Naryn Script Lab
"""
TO_THE_MENTOR = """\
Hello Bermet Osmonova,

here is the film you will work with at Naryn Script Lab 2027:

— “Salt on the Window” (Aida Nurlan kyzy)
   Editing & rough cut: needed most, and what people come to you for.

The films, and what each of them asks of you: http://127.0.0.1:8000/editions/1/mentor/films

If something does not suit you, just answer this letter.

You can reach us here: Asel, +996 700 000000

Naryn Script Lab
"""
