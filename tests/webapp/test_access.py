from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories import make_edition, make_filmmaker, make_project, make_user
from webapp.enums import ProgramRole
from webapp.models import utc_now
from webapp.services import programs


def test_a_page_is_come_back_to_after_signing_in_and_a_lost_form_is_not(
    client: FlaskClient,
) -> None:
    assert client.get("/account?x=1").location == "/sign-in?next=/account?x%3D1"
    assert client.post("/account", data={"name": "x"}).location == "/sign-in"


def test_a_labs_pages_do_not_exist_for_others(
    client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    edition = make_edition(session)
    helper = make_user(session)
    programs.add_member(session, edition.program, helper, ProgramRole.HELPER)
    filmmaker = make_user(session)
    make_filmmaker(session, edition, filmmaker)
    edition_id = edition.id
    session.commit()
    for person in (helper, filmmaker):
        sign_in(client, person)
        for path in (f"/organize/{edition_id}/plan", "/organize/999/plan"):
            assert client.get(path).status_code == 404


def test_a_film_is_its_makers_own(client: FlaskClient, session: Session, sign_in: SignIn) -> None:
    edition = make_edition(session)
    maker, other = make_user(session), make_user(session)
    for person in (maker, other):
        make_filmmaker(session, edition, person)
    film = make_project(session, edition, maker)
    path = f"/editions/{edition.id}/films/{film.id}"
    session.commit()
    assert sign_in(client, maker).get(path).status_code == 200
    assert sign_in(client, other).get(path).status_code == 404


def test_who_withdrew_has_no_page_there(
    client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    edition = make_edition(session)
    person = make_user(session)
    place = make_filmmaker(session, edition, person)
    path = f"/editions/{edition.id}/films"
    session.commit()
    assert sign_in(client, person).get(path).status_code == 200
    place.withdrawn_at = utc_now()
    session.commit()
    assert client.get(path).status_code == 404


def test_an_erased_person_is_signed_out(
    client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    person = make_user(session)
    session.commit()
    sign_in(client, person)
    assert client.get("/account").status_code == 200
    person.erased_at = utc_now()
    session.commit()
    assert client.get("/account").status_code == 302
