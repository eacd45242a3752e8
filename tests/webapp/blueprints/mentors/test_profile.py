from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.conftest import SignIn
from tests.factories import make_edition, make_mentor, make_user
from webapp.enums import AvailabilityKind, EditionState
from webapp.models import Participation, ProfileVersion
from webapp.services import participations


@dataclass
class Desk:
    """A mentor in front of their own pages."""

    client: FlaskClient
    session: Session
    mentor: Participation

    @property
    def path(self) -> str:
        return f"/editions/{self.mentor.edition_id}/mentor"

    def text(self, page: str = "") -> str:
        answer = self.client.get(self.path + page)
        assert answer.status_code == 200
        return unescape(answer.text)

    def send(self, page: str, **values: object) -> TestResponse:
        values.setdefault("expected_version", self.mentor.version)
        return self.client.post(self.path + page, data=values)

    def reread(self) -> Participation:
        self.session.rollback()
        self.session.refresh(self.mentor)
        return self.mentor


@pytest.fixture
def desk(client: FlaskClient, session: Session, sign_in: SignIn) -> Desk:
    edition = make_edition(
        session,
        with_terms=True,
        state=EditionState.COLLECTING,
        timezone="Asia/Bishkek",
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 7, 7),
        load_high=4,
    )
    mentor = make_mentor(session, edition, make_user(session, "Greta"))
    session.commit()
    sign_in(client, mentor.user)
    session.commit()
    return Desk(client, session, mentor)


WINDOW = {
    "windows-0-kind": "online",
    "windows-0-day": "2026-07-02",
    "windows-0-start": "10:00",
    "windows-0-end": "12:30",
    "windows-0-timezone": "Europe/Berlin",
}


def test_a_whole_profile_is_kept_and_shown_again(desk: Desk) -> None:
    answer = desk.send(
        "/profile",
        expertise=["need.editing", "need.career"],
        own_expertise="teaching patience\nmонтаж 🎬",
        offers_text="no festivals",
        bio="A quiet editor",
        credits="Salt (2019)\n\nLong Yard (2022)",
        forms=["form.documentary"],
        stages=["stage.rough-cut"],
        **{"languages-0-code": "en", "languages-0-level": "C2"},
        countries="Sweden, Kyrgyzstan",
        load_low="1",
        load_high="2",
        whole_camp="no",
        keep_apart_note="not with Anna's film",
        **WINDOW,
    )
    assert (answer.status_code, answer.location) == (303, desk.path)
    mentor = desk.reread()
    assert mentor.expertise == ["need.editing", "need.career", "teaching patience", "mонтаж 🎬"]
    assert mentor.credits == ["Salt (2019)", "Long Yard (2022)"]
    assert mentor.languages == [{"code": "en", "level": "C2"}]
    assert (mentor.load_low, mentor.load_high, mentor.whole_camp) == (1, 2, False)
    assert mentor.checked_at is not None
    (window,) = mentor.availability
    assert (window.kind, window.local_start, window.timezone) == (
        AvailabilityKind.ONLINE,
        "2026-07-02T10:00",
        "Europe/Berlin",
    )
    assert window.starts_at.isoformat() == "2026-07-02T08:00:00+00:00"
    page = desk.text("/profile")
    assert "teaching patience\nmонтаж 🎬</textarea>" in page
    assert 'value="2026-07-02"' in page
    assert '<option selected value="Europe/Berlin">Berlin, UTC+02:00</option>' in page
    assert "not with Anna's film" in page
    index = desk.text()
    assert "Thu 2 Jul, 10:00–12:30 (Berlin, UTC+02:00), online" in index
    assert "1 to 2 films" in index


def test_saving_what_is_shown_changes_nothing(desk: Desk) -> None:
    participations.update_mentor(
        desk.session,
        desk.mentor,
        {"expertise": ["editor", "need.career"], "countries": ["kg"], "load_low": 1},
        actor=desk.mentor.user,
        expected_version=desk.mentor.version,
    )
    desk.session.commit()
    page = desk.text("/profile")
    assert ">\nEditor</textarea>" in page or ">\r\nEditor</textarea>" in page
    desk.send(
        "/profile",
        expertise=["need.career"],
        own_expertise="Editor",
        countries="Kyrgyzstan",
        load_low="1",
        whole_camp="yes",
    )
    mentor = desk.reread()
    assert sorted(mentor.expertise) == ["craft.editor", "need.career"]
    assert mentor.countries == ["country.kg"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (
            {"windows-0-end": "09:00"},
            "Time 1 ends before it begins.",
        ),
        (
            {"windows-0-day": "2026-03-29", "windows-0-start": "02:30", "windows-0-end": "04:00"},
            "Time 1: on 2026-03-29 02:30 the clocks of Europe/Berlin skip an hour.",
        ),
        (
            {"windows-0-kind": "on_site", "windows-0-day": "2026-08-02"},
            "Time 1: 2026-08-02 is not a day of the camp, which is from 2026-07-01 to 2026-07-07.",
        ),
        ({"windows-0-timezone": "Mars"}, "Time 1: choose by whose clocks, from the list."),
        ({"windows-0-end": ""}, "Row 1: give the day, from when and until when."),
        ({"windows-0-day": "soon"}, "Not a valid date value."),
        ({"load_low": "3", "load_high": "2"}, "At least 3 and at most 2 contradict each other"),
        ({"load_low": "many"}, "Not a valid integer value."),
        ({"load_high": "501"}, "Number must be between 0 and 500."),
        ({"bio": "x" * 20_001}, "“Who are you?” is 1 characters too long"),
        ({"credits": "x" * 301}, "it has 301 characters, and at most 300 fit"),
        ({"credits": "\n".join(map(str, range(61)))}, "At most 60 fit here, and there are 61."),
    ],
)
def test_what_does_not_fit_gets_one_sentence_and_everything_is_kept(
    desk: Desk, wrong: dict[str, str], sentence: str
) -> None:
    answer = desk.send("/profile", **({"own_expertise": "kept", **WINDOW} | wrong))
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert page.count(sentence) == 1
    assert "kept</textarea>" in page
    for value in wrong.values():
        assert value in page
    assert desk.reread().expertise == []


def test_one_more_row_saves_nothing_and_keeps_what_is_typed(desk: Desk) -> None:
    answer = desk.send("/profile", action="add_row", bio="half a sen", **WINDOW)
    assert answer.status_code == 200
    page = unescape(answer.text)
    assert "half a sen" in page
    assert 'name="windows-2-day"' in page
    assert desk.reread().bio == ""


def test_six_rows_of_times_are_taken_as_they_come(desk: Desk) -> None:
    rows = {
        f"windows-{n}-{name}": value
        for n in range(6)
        for name, value in {
            "kind": "online",
            "day": f"2026-07-0{n + 1}",
            "start": "22:00",
            "end": "00:00",
            "timezone": "Asia/Bishkek",
        }.items()
    }
    assert desk.send("/profile", whole_camp="yes", **rows).status_code == 303
    assert len(desk.reread().availability) == 6


def test_a_page_overtaken_by_an_organizer_keeps_the_text(desk: Desk) -> None:
    shown = desk.mentor.version
    participations.update_mentor(
        desk.session,
        desk.mentor,
        {"bio": "from the organizer"},
        actor=make_user(desk.session, "Olga"),
        expected_version=shown,
    )
    desk.session.commit()
    answer = desk.send("/profile", expected_version=shown, bio="from the mentor")
    assert answer.status_code == 409
    page = unescape(answer.text)
    assert "Somebody changed this while you were writing." in page
    assert "from the mentor" in page
    assert desk.reread().bio == "from the organizer"


def test_the_same_form_sent_twice_counts_once(desk: Desk) -> None:
    shown = desk.mentor.version
    for _ in range(2):
        answer = desk.send("/profile", expected_version=shown, bio="twice", **WINDOW)
        assert answer.status_code == 303
    desk.session.rollback()
    assert len(desk.session.scalars(select(ProfileVersion)).all()) == 1


def test_a_filled_in_profile_is_right_with_one_button(desk: Desk) -> None:
    organizer = make_user(desk.session, "Olga")
    participations.update_mentor(
        desk.session,
        desk.mentor,
        {"bio": "A pasted bio", "expertise": ["need.editing"], "load_low": 1},
        actor=organizer,
        expected_version=desk.mentor.version,
    )
    desk.session.commit()
    for page in (desk.text(), desk.text("/check")):
        assert "Filled in by Olga, not yet seen by you" in page
    page = desk.text("/check")
    assert "A pasted bio" in page
    assert "Editing & rough cut" in page
    # Sending the page back as it is: the numbers stand there already.
    assert 'name="load_low" type="number" value="1"' in page
    assert 'name="load_high" type="number" value="4"' in page
    answer = desk.send("/check", load_low="1", load_high="4", whole_camp="yes")
    assert (answer.status_code, answer.location) == (303, desk.path)
    mentor = desk.reread()
    assert mentor.checked_at is not None
    assert (mentor.load_low, mentor.load_high, mentor.whole_camp) == (1, 4, True)
    assert "not yet seen" not in desk.text()


def test_looking_at_the_page_is_not_saying_yes(desk: Desk) -> None:
    desk.mentor.filled_in_by = make_user(desk.session)
    desk.session.commit()
    for page in ("", "/check", "/profile"):
        desk.text(page)
    assert desk.reread().checked_at is None


def test_who_is_not_here_all_week_is_asked_when(desk: Desk) -> None:
    answer = desk.send("/check", load_low="", load_high="2", whole_camp="no")
    assert answer.location == f"{desk.path}/profile#when"
    mentor = desk.reread()
    assert (mentor.load_low, mentor.load_high, mentor.whole_camp) == (None, 2, False)
    assert "not said yet" in desk.text()


def test_yes_to_an_older_page_is_no_yes_to_what_stands_there_now(desk: Desk) -> None:
    shown = desk.mentor.version
    participations.update_mentor(
        desk.session,
        desk.mentor,
        {"bio": "Another bio"},
        actor=make_user(desk.session),
        expected_version=shown,
    )
    desk.session.commit()
    answer = desk.send("/check", expected_version=shown, whole_camp="yes")
    assert answer.status_code == 409
    assert "Another bio" in answer.text
    assert desk.reread().checked_at is None


def test_numbers_that_contradict_get_one_sentence(desk: Desk) -> None:
    answer = desk.send("/check", load_low="3", load_high="2", whole_camp="yes")
    assert answer.status_code == 422
    assert "At least 3 and at most 2 contradict each other" in answer.text
    assert desk.reread().load_low is None


def test_an_archived_year_is_read_only(desk: Desk) -> None:
    desk.mentor.edition.state = EditionState.ARCHIVED
    desk.session.commit()
    assert "This year is over." in desk.text()
    for page in ("/profile", "/check"):
        assert desk.client.get(desk.path + page).location == desk.path
        answer = desk.send(page, bio="late", whole_camp="yes")
        assert answer.status_code == 409
        assert "This year is over" in unescape(answer.text)


def test_a_filmmaker_has_no_mentors_page(desk: Desk, session: Session, sign_in: SignIn) -> None:
    other = make_user(session)
    session.commit()
    sign_in(desk.client, other)
    for page in ("", "/profile", "/check", "/films", "/films/1"):
        assert desk.client.get(desk.path + page).status_code == 404
