from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories import PASSWORD, make_edition, make_mentor, make_project, make_user
from webapp.enums import InvitationRole, ParticipationRole, ProgramRole
from webapp.models import (
    Edition,
    Invitation,
    Participation,
    ProgramMember,
    ProjectMember,
    User,
    utc_now,
)
from webapp.services import invitations

ANSWERS = {"name": "Aida Berik", "email": "aida@example.org", "password": PASSWORD}


def invite(
    session: Session, edition: Edition, role: InvitationRole, **values: object
) -> tuple[str, int]:
    owner = session.scalars(select(User).join(ProgramMember)).first()
    assert owner is not None
    invitation, token = invitations.invite(
        session, edition.program, edition, role, actor=owner, **values
    )
    found = invitation.id
    session.commit()
    return f"/join/{token}", found


def address(app: Flask, endpoint: str, **values: object) -> str:
    with app.test_request_context():
        return app.url_for(endpoint, **values)


def test_an_invitation_says_lab_year_and_role_and_looking_changes_nothing(
    client: FlaskClient, session: Session
) -> None:
    edition = make_edition(session)
    door, invitation_id = invite(
        session, edition, InvitationRole.MENTOR, name="Aida", email="aida@example.org"
    )
    n_people = session.scalar(select(func.count()).select_from(User))
    for method in (client.get, client.head):
        assert method(door).status_code == 200
    page = client.get(door).text
    assert "Valley Lab · 2026" in page
    assert "as a mentor" in page
    assert 'value="aida@example.org"' in page
    session.commit()
    assert session.get_one(Invitation, invitation_id).accepted_at is None
    assert session.scalar(select(func.count()).select_from(User)) == n_people


@pytest.mark.parametrize(
    ("role", "endpoint"),
    [
        (InvitationRole.FILMMAKER, "filmmakers.index"),
        (InvitationRole.MENTOR, "mentors.profile"),
        (InvitationRole.ORGANIZER, "organizers.checklist"),
    ],
)
def test_a_new_person_joins_and_lands_on_the_page_of_their_role(
    app: Flask, client: FlaskClient, session: Session, role: InvitationRole, endpoint: str
) -> None:
    edition = make_edition(session)
    edition_id = edition.id
    door, invitation_id = invite(session, edition, role)
    answer = client.post(door, data=ANSWERS)
    assert answer.status_code == 303
    assert answer.location == address(app, endpoint, edition_id=edition_id)
    assert client.get(answer.location).status_code == 200
    session.commit()
    person = session.scalars(select(User).where(User.email == "aida@example.org")).one()
    assert session.get_one(Invitation, invitation_id).accepted_by_id == person.id
    if role is InvitationRole.ORGANIZER:
        member = session.scalars(
            select(ProgramMember).where(ProgramMember.user_id == person.id)
        ).one()
        assert member.role is ProgramRole.ORGANIZER
    else:
        joined = session.scalars(
            select(Participation).where(Participation.user_id == person.id)
        ).one()
        assert (joined.edition_id, joined.role.value) == (edition_id, role.value)


def test_a_guest_and_a_helper_land_on_the_first_page(app: Flask, session: Session) -> None:
    edition = make_edition(session)
    for role in (InvitationRole.GUEST, InvitationRole.HELPER):
        door, _ = invite(session, edition, role)
        client = app.test_client()
        answer = client.post(door, data={**ANSWERS, "email": f"{role.value}@example.org"})
        assert answer.location == "/"
        assert "Valley Lab" in client.get("/").text


def test_a_form_that_comes_twice_makes_one_person(client: FlaskClient, session: Session) -> None:
    edition = make_edition(session)
    door, _ = invite(session, edition, InvitationRole.FILMMAKER)
    first, second = client.post(door, data=ANSWERS), client.post(door, data=ANSWERS)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    session.commit()
    assert session.scalar(select(func.count()).select_from(Participation)) == 1


def test_what_was_typed_stays_when_something_is_wrong(
    client: FlaskClient, session: Session
) -> None:
    edition = make_edition(session)
    make_user(session, email="taken@example.org", password=PASSWORD)
    door, _ = invite(session, edition, InvitationRole.FILMMAKER)
    for answers, sentence in (
        ({**ANSWERS, "password": "short"}, "use at least 10 characters"),
        ({**ANSWERS, "email": "aida at example"}, "This is not an e-mail address"),
        ({**ANSWERS, "email": "taken@example.org"}, "cannot be used for a new account"),
        ({**ANSWERS, "name": ""}, "Write your name."),
        ({**ANSWERS, "name": "Я" * 300}, "100 characters too long"),
    ):
        answer = client.post(door, data=answers)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert f'value="{answers["email"]}"' in answer.text
        assert f'value="{answers["name"]}"' in answer.text
        assert PASSWORD not in answer.text
        assert "Valley Lab · 2026" in answer.text
    session.commit()
    assert session.scalars(select(Participation)).all() == []


def test_a_signed_in_person_joins_with_one_button(
    client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    edition = make_edition(session)
    user = make_user(session, "Bek")
    user_id = user.id
    door, _ = invite(session, edition, InvitationRole.FILMMAKER)
    sign_in(client, user)
    assert "Join as Bek" in client.get(door).text
    # The form of another tab must not join somebody else as Bek.
    for meant_for_another in (ANSWERS, {"person": user_id + 1}):
        assert "Join as Bek" in client.post(door, data=meant_for_another).text
    session.commit()
    assert session.scalars(select(Participation)).all() == []
    session.commit()
    assert client.post(door, data={"person": user_id}).status_code == 303
    assert session.scalars(select(Participation)).one().user_id == user_id


def test_one_person_may_be_several(client: FlaskClient, session: Session, sign_in: SignIn) -> None:
    edition = make_edition(session)
    user = make_user(session)
    user_id = user.id
    for role in (InvitationRole.FILMMAKER, InvitationRole.MENTOR):
        door, _ = invite(session, edition, role)
        sign_in(client, user)
        client.post(door, data={"person": user_id})
    session.commit()
    roles = session.scalars(select(Participation.role).order_by(Participation.id)).all()
    assert roles == [ParticipationRole.FILMMAKER, ParticipationRole.MENTOR]


def test_an_invitation_is_for_one(app: Flask, client: FlaskClient, session: Session) -> None:
    edition = make_edition(session)
    door, _ = invite(session, edition, InvitationRole.FILMMAKER)
    client.post(door, data=ANSWERS)
    stranger = app.test_client()
    for answer in (
        stranger.get(door),
        stranger.post(door, data={**ANSWERS, "email": "other@example.org"}),
    ):
        assert answer.status_code == 409
        assert "has been taken up already" in answer.text


def test_a_filled_in_person_claims_what_stands_there(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    edition = make_edition(session)
    edition_id = edition.id
    prepared = make_user(session, "A. Berik")
    prepared_id = prepared.id
    organizer = make_user(session)
    make_mentor(session, edition, prepared, bio="Edits films.", filled_in_by=organizer)
    door, _ = invite(session, edition, InvitationRole.MENTOR, user=prepared)
    answer = client.post(door, data=ANSWERS)
    assert answer.location == address(app, "mentors.check", edition_id=edition_id)
    session.commit()
    claimed = session.get_one(User, prepared_id)
    assert (claimed.name, claimed.email) == ("Aida Berik", "aida@example.org")
    assert session.scalars(select(Participation)).one().user_id == prepared_id


def test_nobody_claims_a_person_who_has_a_password(
    app: Flask, client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    edition = make_edition(session)
    owner = make_user(session, "Aida", email="aida@example.org", password=PASSWORD)
    before = owner.password_hash
    other = make_user(session, "Bek")
    owner_id, other_id = owner.id, other.id
    door, _ = invite(session, edition, InvitationRole.MENTOR, user=owner)
    page = client.get(door)
    assert page.status_code == 200
    assert re.search(r'href="/sign-in\?next=/join/', page.text)
    client.post(door, data={**ANSWERS, "email": "thief@example.org", "password": "another one 1"})
    session.commit()
    assert session.get_one(User, owner_id).password_hash == before
    assert session.scalars(select(Participation)).all() == []
    session.commit()
    sign_in(client, other)
    refused = client.post(door, data={"person": other_id})
    assert refused.status_code == 409
    assert "This invitation is for Aida" in refused.text
    themself = sign_in(app.test_client(), owner)
    assert themself.post(door, data={"person": owner_id}).status_code == 303


def test_who_has_an_account_already_takes_over_what_was_filled_in(
    client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    edition = make_edition(session)
    prepared, user = make_user(session, "A. Berik"), make_user(session, "Aida Berik")
    user_id = user.id
    make_project(session, edition, prepared)
    door, _ = invite(session, edition, InvitationRole.FILMMAKER, user=prepared)
    sign_in(client, user)
    assert client.post(door, data={"person": user_id}).status_code == 303
    session.commit()
    member = session.scalars(select(ProjectMember)).one()
    assert (member.user_id, member.name) == (user_id, "Aida Berik")


def test_ended_invitations_say_why(client: FlaskClient, session: Session) -> None:
    edition = make_edition(session)
    expired, expired_id = invite(session, edition, InvitationRole.MENTOR)
    revoked, revoked_id = invite(session, edition, InvitationRole.MENTOR)
    session.get_one(Invitation, expired_id).expires_at = utc_now() - timedelta(seconds=1)
    session.get_one(Invitation, revoked_id).revoked_at = utc_now()
    session.commit()
    for door, status, sentence in (
        (expired, 409, "has expired"),
        (revoked, 409, "took this invitation back"),
        ("/join/nothing", 404, "is not complete"),
    ):
        answer = client.get(door)
        assert answer.status_code == status
        assert sentence in answer.text


def test_whoever_was_filled_in_for_goes_on_without_typing(
    client: FlaskClient, session: Session
) -> None:
    edition = make_edition(session)
    guest = make_user(session, "Marta Busy")
    make_mentor(session, edition, guest, filled_in_by_id=edition.program.members[0].user_id)
    door, invitation_id = invite(session, edition, InvitationRole.MENTOR, user=guest)
    assert "I am Marta Busy: go on" in client.get(door).text
    answer = client.post(door, data={"prepared": "me"})
    assert answer.location == f"/editions/{edition.id}/mentor/check"
    assert client.get(answer.location).status_code == 200
    session.rollback()
    assert session.get_one(Invitation, invitation_id).accepted_by_id == guest.id


def test_that_door_opens_once(app: Flask, client: FlaskClient, session: Session) -> None:
    edition = make_edition(session)
    guest = make_user(session, "Marta Busy")
    make_mentor(session, edition, guest)
    door, _ = invite(session, edition, InvitationRole.MENTOR, user=guest)
    client.post(door, data={"prepared": "me"})
    stranger = app.test_client()
    answer = stranger.post(door, data={"prepared": "me"})
    assert answer.status_code == 409
    assert stranger.get(f"/editions/{edition.id}/mentor").status_code == 302


def test_nobody_becomes_a_person_with_a_password_by_a_button(
    client: FlaskClient, session: Session
) -> None:
    edition = make_edition(session)
    guest = make_user(session, "Marta Busy", password=PASSWORD)
    make_mentor(session, edition, guest)
    door, _ = invite(session, edition, InvitationRole.MENTOR, user=guest)
    client.post(door, data={"prepared": "me"})
    assert client.get(f"/editions/{edition.id}/mentor").status_code == 302


def test_an_open_invitation_has_no_such_button(client: FlaskClient, session: Session) -> None:
    edition = make_edition(session)
    door, _ = invite(session, edition, InvitationRole.MENTOR)
    assert client.post(door, data={"prepared": "me"}).status_code == 422
