"""Who may not open what: every address, for everybody it is not meant for.

The tables come from the application's own map of addresses: a new page is in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tests.conftest import SignIn
from tests.factories import (
    make_edition,
    make_filmmaker,
    make_match,
    make_mentor,
    make_program,
    make_project,
    make_user,
)
from webapp.enums import MatchState, ProjectState
from webapp.models import Edition, Participation, Project, User

TOO_BIG = (2**31, 2**63, 10**30)


@dataclass
class Lab:
    """One lab's year with one of everybody; nothing of it is told yet."""

    owner: User
    edition: Edition
    maker: User
    mentor: User
    mentor_place: Participation
    film: Project

    def values(self) -> dict[str, Any]:
        """Give what addresses of this lab are made of."""
        return {
            "edition_id": self.edition.id,
            "program_id": self.edition.program_id,
            "project_id": self.film.id,
            "participation_id": self.mentor_place.id,
            "kind": "csv",
        }


def make_lab(session: Session, name: str) -> Lab:
    owner, maker, mentor = (make_user(session, f"{name} {role}") for role in ("O", "F", "M"))
    edition = make_edition(session, make_program(session, owner, name), with_terms=True)
    make_filmmaker(session, edition, maker)
    place = make_mentor(session, edition, mentor)
    film = make_project(session, edition, maker, title=f"{name} film")
    make_match(session, film, place, state=MatchState.CONFIRMED)
    return Lab(owner, edition, maker, mentor, place, film)


@pytest.fixture
def lab(session: Session) -> Lab:
    return make_lab(session, "Ours")


@pytest.fixture
def other(session: Session) -> Lab:
    return make_lab(session, "Theirs")


def requests_of(app: Flask, mark: str, values: dict[str, Any]) -> Iterator[tuple[Rule, str, str]]:
    """Give method and address of every page with this mark."""
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if getattr(app.view_functions[rule.endpoint], "access", "") != mark:
                continue
            given = {name: values.get(name, 1) for name in rule.arguments}
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield rule, method, url_for(rule.endpoint, **given)


def answers(client: FlaskClient, pages: Iterator[tuple[Rule, str, str]]) -> set[tuple[int, str]]:
    found = {
        (client.open(address, method=method, data={"nonce": "n"}).status_code, f"{method} {rule}")
        for rule, method, address in pages
    }
    assert len(found) > 5
    return found


@pytest.mark.parametrize("mark", ["organizer", "filmmaker", "mentor", "signed_in"])
def test_an_outsider_is_led_to_the_door(
    app: Flask, client: FlaskClient, session: Session, lab: Lab, mark: str
) -> None:
    values = lab.values()
    session.commit()
    for rule, method, address in requests_of(app, mark, values):
        answer = client.open(address, method=method)
        assert (answer.status_code, (answer.location or "")[:8]) == (302, "/sign-in"), (
            f"{method} {rule}"
        )


@pytest.mark.parametrize("who", ["maker", "mentor", "other's owner", "other's maker"])
def test_a_labs_pages_are_nobody_elses(
    app: Flask,
    client: FlaskClient,
    session: Session,
    sign_in: SignIn,
    lab: Lab,
    other: Lab,
    who: str,
) -> None:
    person = {
        "maker": lab.maker,
        "mentor": lab.mentor,
        "other's owner": other.owner,
        "other's maker": other.maker,
    }[who]
    values = lab.values()
    session.commit()
    sign_in(client, person)
    found = answers(client, requests_of(app, "organizer", values))
    assert {each for each in found if each[0] != 404} == set()


@pytest.mark.parametrize("mark", ["filmmaker", "mentor"])
@pytest.mark.parametrize("who", ["owner", "maker", "mentor", "other's maker", "other's mentor"])
def test_a_persons_pages_are_nobody_elses(
    app: Flask,
    client: FlaskClient,
    session: Session,
    sign_in: SignIn,
    lab: Lab,
    other: Lab,
    mark: str,
    who: str,
) -> None:
    person = {
        "owner": lab.owner,
        "maker": lab.maker,
        "mentor": lab.mentor,
        "other's maker": other.maker,
        "other's mentor": other.mentor,
    }[who]
    if (mark, who) in {("filmmaker", "maker"), ("mentor", "mentor")}:
        # One's own year, but a film that somebody else makes, or that nobody was told of.
        person_film = make_project(session, lab.edition, make_user(session, "Somebody"))
        values = lab.values() | {"project_id": person_film.id}
    else:
        values = lab.values()
    own_place = values["project_id"] != lab.film.id
    session.commit()
    sign_in(client, person)
    pages = (
        page
        for page in requests_of(app, mark, values)
        if not own_place or "project_id" in page[0].arguments
    )
    found = {
        (client.open(address, method=method).status_code, f"{method} {rule}")
        for rule, method, address in pages
    }
    assert found
    assert {each for each in found if each[0] != 404} == set()


def test_rows_of_another_lab_are_not_found_under_ones_own(
    app: Flask, client: FlaskClient, session: Session, sign_in: SignIn, lab: Lab, other: Lab
) -> None:
    """An organizer's own year in the address opens no row of somebody else's."""
    values = lab.values() | {
        "project_id": other.film.id,
        "participation_id": other.mentor_place.id,
    }
    row_names = {name for name in values if name not in {"edition_id", "program_id", "kind"}}
    session.commit()
    sign_in(client, lab.owner)
    form = {"state": "selected", "expected_version": "1", "verdict-verdict": "yes", "reading": "x"}
    form |= {"mentor_id": "1", "before": "none", "instead_before": "none", "return-note": "x"}
    found = {
        (client.open(address, method=method, data=form).status_code, f"{method} {rule}")
        for rule, method, address in requests_of(app, "organizer", values)
        if row_names & set(rule.arguments)
    }
    assert len(found) > 5
    assert {each for each in found if each[0] != 404} == set()
    session.expire_all()
    assert other.film.reading == ""


@pytest.mark.parametrize("number", TOO_BIG)
def test_a_number_that_no_row_can_have_is_no_page(
    app: Flask, client: FlaskClient, session: Session, sign_in: SignIn, lab: Lab, number: int
) -> None:
    values = lab.values()
    people = {"organizer": lab.owner, "filmmaker": lab.maker, "mentor": lab.mentor}
    session.commit()
    for mark, person in people.items():
        sign_in(client, person)
        for rule, method, address in requests_of(app, mark, values):
            # The last number of the address is the row's own.
            wrong = re.sub(r"\d+(?=\D*$)", str(number), address)
            if wrong != address:
                # Where GET and POST are two pages, the map says 405 for the second.
                status = client.open(wrong, method=method).status_code
                assert status == 404 or (method, status) == ("POST", 405), f"{method} {rule}"


@pytest.mark.parametrize("number", ["-1", "1e99", "99999999999999999999", "٣", "\x00", "x"])
def test_a_forged_number_in_a_form_is_no_break(
    client: FlaskClient, session: Session, sign_in: SignIn, lab: Lab, number: str
) -> None:
    base = f"/organize/{lab.edition.id}"
    pair = {"project_id": number, "mentor_id": number, "instead_of": number}
    places = {"before": "none", "instead_before": "proposed", "expected_version": number}
    film_id = lab.film.id
    session.commit()
    sign_in(client, lab.owner)
    for page, form in (
        ("plan", {"action": "not_together"}),
        ("plan", {"action": "yes", "before": "proposed"}),
        (f"plan/{film_id}/others", {}),
        ("plan/yes-to-all", {}),
        ("apart", {"strength": "never"}),
        (f"films/{film_id}/state", {"state": "selected"}),
        (f"films/{film_id}/edit", {"demand_low": number, "title": "T"}),
        ("settings", {"demand_low": number, "load_high": number, "name": "T"}),
    ):
        answer = client.post(f"{base}/{page}", data={**pair, **places, **form, "nonce": page})
        assert answer.status_code < 500, (page, form)


def test_a_real_server_takes_no_form_without_its_seal(
    app: Flask, client: FlaskClient, session: Session, sign_in: SignIn, lab: Lab
) -> None:
    values = lab.values()
    session.commit()
    app.config["WTF_CSRF_ENABLED"] = True
    people = {
        "organizer": lab.owner,
        "filmmaker": lab.maker,
        "mentor": lab.mentor,
        "signed_in": lab.maker,
        "public": lab.maker,
    }
    for mark, person in people.items():
        sign_in(client, person)
        for rule, method, address in requests_of(app, mark, values):
            if method == "POST":
                answer = client.post(address)
                assert (answer.status_code, "open for too long" in answer.text) == (400, True), (
                    f"{method} {rule}"
                )


def test_nothing_of_what_is_not_told_reaches_filmmaker_or_mentor(
    app: Flask, client: FlaskClient, session: Session, sign_in: SignIn, lab: Lab
) -> None:
    """Pairs, readings, notes and the choice of films stay the organizers' own."""
    lab.film.reading = "SECRET reading"
    lab.film.state = ProjectState.WAITING_LIST
    lab.mentor_place.keep_apart_note = "SECRET veto"
    names = {"filmmaker": (lab.maker, "Ours M"), "mentor": (lab.mentor, "Ours film")}
    values = lab.values()
    session.commit()
    for mark, (person, partner) in names.items():
        sign_in(client, person)
        n_read = 0
        for _rule, method, address in requests_of(app, mark, values):
            if method == "GET":
                text = client.get(address).text
                n_read += 1
                assert partner not in text, address
                assert "SECRET reading" not in text, address
                assert "waiting list" not in text.casefold(), address
                assert mark == "mentor" or "SECRET veto" not in text, address
        assert n_read > 4


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "///evil.example",
        "/x\r\nSet-Cookie: a=b",
    ],
)
def test_nobody_is_led_to_another_server(client: FlaskClient, target: str) -> None:
    answer = client.post("/language", query_string={"next": target}, data={"language": "en"})
    assert (answer.status_code, answer.location) == (303, "/")


def test_no_page_changes_anything_by_being_looked_at(
    app: Flask, client: FlaskClient, session: Session, sign_in: SignIn, lab: Lab
) -> None:
    values = lab.values()
    session.commit()
    written: list[str] = []
    people = {"organizer": lab.owner, "filmmaker": lab.maker, "mentor": lab.mentor}
    people |= {"signed_in": lab.owner, "public": lab.owner}

    def note(*given: Any) -> None:
        if re.match(r"(INSERT|UPDATE|DELETE|REPLACE)\b", given[2].lstrip(), re.IGNORECASE):
            written.append(given[2])

    engine = app.extensions["campfire.sessions"].engine
    for mark, person in people.items():
        sign_in(client, person)
        event.listen(engine, "before_cursor_execute", note)
        for _rule, method, address in requests_of(app, mark, values):
            if method == "GET":
                client.get(address)
        event.remove(engine, "before_cursor_execute", note)
    assert written == []


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("0000-01-01", ""),
        ("0001-01-01", ""),
        ("", "9999-12-31"),
        ("9999-12-31", "0001-01-01"),
        ("2026-07-01", "2028-07-01"),
    ],
)
def test_days_that_nobody_can_mean_leave_a_year_as_it_is(
    client: FlaskClient, session: Session, sign_in: SignIn, lab: Lab, first: str, last: str
) -> None:
    page = f"/organize/{lab.edition.id}/settings"
    form = {"name": "2026", "timezone": "Asia/Bishkek", "languages": "en", "demand_low": "1"}
    form |= {"demand_high": "1", "load_low": "0", "starts_on": first, "ends_on": last}
    session.commit()
    sign_in(client, lab.owner)
    answer = client.post(page, data={**form, "expected_version": "1"})
    assert answer.status_code == 422
    assert client.get(page).status_code == 200


@pytest.mark.parametrize("day", ["0000-01-01", "0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("zone", ["Asia/Bishkek", "America/Anchorage", "Pacific/Apia"])
def test_hours_that_nobody_can_mean_leave_a_mentor_as_they_are(
    client: FlaskClient, session: Session, sign_in: SignIn, lab: Lab, day: str, zone: str
) -> None:
    page = f"/editions/{lab.edition.id}/mentor/profile"
    row = {"kind": "online", "day": day, "start": "00:00", "end": "23:59", "timezone": zone}
    form = {f"windows-0-{name}": value for name, value in row.items()}
    session.commit()
    sign_in(client, lab.mentor)
    answer = client.post(page, data={**form, "whole_camp": "no", "expected_version": "1"})
    assert answer.status_code == 422
    assert client.get(page).status_code == 200


def test_a_name_with_lines_and_tags_stays_a_name(
    client: FlaskClient, session: Session, sign_in: SignIn, lab: Lab
) -> None:
    name = "Eve\r\nBcc: all@example.org\x00 <script>alert(1)</script>"
    session.commit()
    sign_in(client, lab.mentor)
    page = client.post("/account", data={"name": name, "language": "en", "expected_version": "1"})
    assert page.status_code == 303
    session.expire_all()
    assert lab.mentor.name == "Eve Bcc: all@example.org <script>alert(1)</script>"
    sign_in(client, lab.owner)
    for address in ("people", "plan", f"people/{lab.mentor_place.id}", "plan.csv"):
        text = client.get(f"/organize/{lab.edition.id}/{address}").text
        assert "Eve Bcc" in text, address
        assert address == "plan.csv" or "<script>alert" not in text, address
