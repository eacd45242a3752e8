from __future__ import annotations

from datetime import date
from html import unescape

from sqlalchemy import func, select

from tests.factories import make_edition
from tests.webapp.blueprints.organizers.conftest import Desk
from webapp.models import Edition, Program, Term

YEAR = {
    "name": "2027",
    "place": "Ак-Суу",
    "timezone": "Asia/Almaty",
    "starts_on": "2027-07-01",
    "ends_on": "2027-07-07",
    "languages": ["en", "ru"],
    "demand_low": "1",
    "demand_high": "2",
    "load_low": "0",
    "load_high": "",
    "contact": "",
    "has_selection": "y",
}


def test_a_lab_then_its_first_year_then_the_overview(desk: Desk) -> None:
    answer = desk.client.post("/organize/labs/new", data={"name": "Тоо лаб", "nonce": "one"})
    desk.session.rollback()
    lab = desk.session.scalars(select(Program).where(Program.name == "Тоо лаб")).one()
    assert answer.location == f"/organize/labs/{lab.id}/new"
    answer = desk.client.post(answer.location, data=YEAR | {"nonce": "two"})
    desk.session.rollback()
    year = desk.session.scalars(select(Edition).where(Edition.program_id == lab.id)).one()
    assert answer.location == f"/organize/{year.id}/"
    assert (year.name, year.place, year.timezone) == ("2027", "Ак-Суу", "Asia/Almaty")
    assert (year.starts_on, year.ends_on) == (date(2027, 7, 1), date(2027, 7, 7))
    assert (year.demand_low, year.demand_high, year.load_low, year.load_high) == (1, 2, 0, None)
    assert year.has_selection is True
    assert desk.session.scalar(select(func.count()).where(Term.edition_id == year.id)) > 50
    assert "2027 is open" in desk.client.get(answer.location).text


def test_a_form_that_comes_twice_founds_one_lab(desk: Desk) -> None:
    for _time in range(2):
        assert (
            desk.client.post(
                "/organize/labs/new", data={"name": "Twice", "nonce": "same"}
            ).status_code
            == 303
        )
    n_labs = desk.session.scalar(select(func.count()).where(Program.name == "Twice"))
    assert n_labs == 1


def test_numbers_that_contradict_each_other_keep_what_was_typed(desk: Desk) -> None:
    path = f"/organize/labs/{desk.edition.program_id}/new"
    answer = desk.client.post(path, data=YEAR | {"demand_low": "3", "nonce": "one"})
    assert answer.status_code == 422
    text = unescape(answer.text)
    assert "At least 3 and at most 2 contradict each other" in text
    assert 'value="Ак-Суу"' in text


def test_a_new_year_begins_with_the_last_ones_numbers(desk: Desk) -> None:
    desk.edition.demand_high = 4
    desk.session.commit()
    page = desk.client.get(f"/organize/labs/{desk.edition.program_id}/new").text
    field = page[page.index('id="demand_high"') :]
    assert 'value="4"' in field[: field.index(">")]
    assert '<option selected value="Asia/Bishkek">' in page


def test_the_time_zones_begin_with_the_camps_own_and_name_the_offset(desk: Desk) -> None:
    desk.edition.timezone = "Asia/Dushanbe"
    desk.session.commit()
    page = desk.text("settings")
    offered = page[page.index('id="timezone"') :]
    assert "Dushanbe, UTC+05:00</option>" in offered.split("\n")[0].split("<option")[1]
    assert "Almaty, UTC+05:00" in offered
    assert "Bishkek, UTC+06:00" in offered


def test_settings_changed_meanwhile_keep_the_text_and_say_so(desk: Desk) -> None:
    version = desk.edition.version
    first = desk.post("settings", **YEAR, expected_version=version)
    assert first.status_code == 303
    second = desk.post("settings", **(YEAR | {"name": "mine"}), expected_version=version)
    assert second.status_code == 409
    text = unescape(second.text)
    assert "Somebody changed this while you were writing" in text
    assert 'value="mine"' in text
    hidden = text[text.index('id="expected_version"') :]
    assert f'value="{version + 1}"' in hidden[: hidden.index(">")]
    assert desk.edition.name == "2027"


def test_the_last_day_before_the_first_is_refused_beside_its_field(desk: Desk) -> None:
    answer = desk.post(
        "settings", **(YEAR | {"ends_on": "2027-06-01"}), expected_version=desk.edition.version
    )
    assert answer.status_code == 422
    assert "The last day is before the first" in answer.text


def test_somebody_elses_year_and_lab_are_not_there(desk: Desk) -> None:
    foreign = make_edition(desk.session)
    desk.session.commit()
    pages = ("", "settings", "people", "films", "films/choose", "apart", "people/invite")
    for page in pages:
        assert desk.client.get(f"/organize/{foreign.id}/{page}").status_code == 404
    assert desk.client.get(f"/organize/labs/{foreign.program_id}").status_code == 404
    assert desk.client.get("/organize/999/").status_code == 404


def test_a_lab_shows_its_years(desk: Desk) -> None:
    make_edition(desk.session, desk.edition.program, "2025")
    desk.session.commit()
    page = desk.client.get(f"/organize/labs/{desk.edition.program_id}").text
    assert ">2025</a>" in page
    assert ">2026</a>" in page
