from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import select

from tests.factories import make_filmmaker, make_mentor, make_project, make_user
from tests.webapp.blueprints.organizers.conftest import Desk
from webapp.enums import InvitationRole, LetterKind, LetterState, ParticipationRole, ProjectState
from webapp.models import Invitation, Letter, Match, Participation, User

BIO = (
    "Жанна — режиссёр монтажа и преподаватель драматургии. "
    "Документальное кино, rough cut, говорит по-русски и на казахском."
)


def link_in(page: str) -> str:
    return re.findall(r"http://\S+/join/\S+?(?=[<\s])", unescape(page))[0]


def test_people_are_found_however_the_name_is_typed(desk: Desk) -> None:
    session, edition = desk.session, desk.edition
    make_mentor(session, edition, make_user(session, "Айгүл Жұмабек"))
    make_mentor(session, edition, make_user(session, "Bruno Halder", email="bruno@example.org"))
    session.commit()
    page = desk.text("people?q=айгул+жумабек")
    assert "Айгүл Жұмабек" in page
    assert "Bruno Halder" not in page
    assert "Bruno Halder" in desk.text("people?q=BRUNO@")
    assert "Nobody by that name" in desk.text("people?q=nobody")


def test_the_list_says_who_filled_in_and_who_cannot_be_written_to(desk: Desk) -> None:
    make_mentor(
        desk.session,
        desk.edition,
        make_user(desk.session, "Guest"),
        filled_in_by_id=desk.user.id,
        load_low=1,
        load_high=3,
    )
    desk.session.commit()
    page = desk.text("people")
    assert "filled in by Olga Owner, not yet seen" in page
    assert "no e-mail" in page
    assert "1 to 3 films" in page


def test_empty_lists_teach_what_to_do(desk: Desk) -> None:
    assert "No mentors yet" in desk.text("people")
    assert "No filmmakers yet" in desk.text("people?show=filmmakers")
    assert "No invitation is open" in desk.text("people?show=invitations")
    assert "Olga Owner" in desk.text("people?show=organizers")


def test_an_invitation_shows_its_link_and_the_text_to_paste_once(desk: Desk) -> None:
    answer = desk.post("people/invite", role="mentor", name="Bruno", email="", language="ru")
    made = desk.session.scalars(select(Invitation)).one()
    assert answer.location == desk.url(f"people/invitations/{made.id}")
    page = desk.client.get(answer.location).text
    assert "Здравствуйте" in unescape(page) or "Hello Bruno" in unescape(page)
    path = "/join/" + link_in(page).rsplit("/join/")[1]
    assert desk.app.test_client().get(path).status_code == 200
    assert desk.session.scalars(select(Letter)).all() == []
    desk.post("people/invite", role="filmmaker", name="Other", email="", language="en")
    later = desk.text(f"people/invitations/{made.id}")
    assert "/join/" not in later
    assert "Make a new link" in later


def test_with_an_address_the_letter_goes_off_too(desk: Desk) -> None:
    desk.post("people/invite", role="filmmaker", name="", email="New@Example.org", language="en")
    letter = desk.session.scalars(select(Letter)).one()
    assert (letter.address, letter.kind) == ("new@example.org", LetterKind.INVITATION)
    assert letter.state is LetterState.QUEUED
    assert "/join/" in letter.body
    assert letter.subject == "Invitation: Valley Lab 2026"


def test_a_wrong_address_is_named_and_what_was_typed_stays(desk: Desk) -> None:
    answer = desk.post("people/invite", role="mentor", name="Bruno", email="bruno@", language="en")
    assert answer.status_code == 422
    assert "This is not an e-mail address" in answer.text
    assert 'value="Bruno"' in answer.text
    assert desk.session.scalars(select(Invitation)).all() == []


def test_an_invitation_that_comes_twice_is_made_once(desk: Desk) -> None:
    form = {"role": "mentor", "name": "B", "email": "", "language": "en", "nonce": "same"}
    assert desk.post("people/invite", **form).status_code == 303
    assert desk.post("people/invite", **form).status_code == 303
    assert len(desk.session.scalars(select(Invitation)).all()) == 1


def test_a_new_link_ends_the_old_one_and_taking_back_ends_both(desk: Desk) -> None:
    answer = desk.post("people/invite", role="mentor", name="B", email="", language="en")
    old = link_in(desk.client.get(answer.location).text).rsplit("/join/")[1]
    first = desk.session.scalars(select(Invitation)).one()
    answer = desk.post(f"people/invitations/{first.id}/renew")
    new = link_in(desk.client.get(answer.location).text).rsplit("/join/")[1]
    stranger = desk.app.test_client()
    assert stranger.get(f"/join/{old}").status_code == 409
    assert stranger.get(f"/join/{new}").status_code == 200
    second = desk.session.scalars(select(Invitation).order_by(Invitation.id.desc())).first()
    assert second is not None
    assert desk.post(f"people/invitations/{second.id}/revoke").status_code == 303
    assert stranger.get(f"/join/{new}").status_code == 409
    assert "No invitation is open" in desk.text("people?show=invitations")


def test_a_pasted_biography_ticks_what_it_names(desk: Desk) -> None:
    answer = desk.post("people/new-mentor", name="Жанна Б.", bio=BIO, email="")
    assert answer.status_code == 200
    page = unescape(answer.text)
    ticked = set(re.findall(r'value="((?:need|form|stage)\.[\w-]+)" checked', page))
    assert ticked == {"need.editing", "need.structure", "form.documentary", "stage.rough-cut"}
    assert 'selected value="ru"' in page
    assert 'selected value="kk"' in page
    assert desk.session.scalars(select(Participation)).all() == []


def test_a_mentor_is_written_down_marked_and_gets_a_link_of_their_own(desk: Desk) -> None:
    answer = desk.post(
        "people/new-mentor",
        step="write",
        name="Жанна Б.",
        email="zhanna@example.org",
        bio=BIO,
        expertise=["need.editing"],
        load_low="1",
        load_high="2",
        whole_camp="yes",
    )
    mentor = desk.session.scalars(select(Participation)).one()
    assert answer.location == desk.url(f"people/{mentor.id}")
    assert (mentor.role, mentor.expertise) == (ParticipationRole.MENTOR, ["need.editing"])
    assert (mentor.filled_in_by_id, mentor.checked_at) == (desk.user.id, None)
    assert (mentor.load_low, mentor.load_high) == (1, 2)
    assert mentor.user.email == "zhanna@example.org"
    assert "not yet seen by Жанна Б." in desk.text(f"people/{mentor.id}")
    answer = desk.post(f"people/{mentor.id}/link")
    made = desk.session.scalars(select(Invitation)).one()
    assert (made.user_id, made.role) == (mentor.user_id, InvitationRole.MENTOR)
    assert "/join/" in desk.client.get(answer.location).text


def test_numbers_that_contradict_each_other_write_nobody_down(desk: Desk) -> None:
    answer = desk.post(
        "people/new-mentor", step="write", name="Ж", load_low="3", load_high="1", whole_camp="yes"
    )
    assert answer.status_code == 422
    assert 'value="Ж"' in unescape(answer.text)
    assert desk.session.scalars(select(User).where(User.name == "Ж")).all() == []


def test_an_address_that_has_an_account_stays_with_that_account(desk: Desk) -> None:
    make_user(desk.session, "Known", email="known@example.org", password="a quiet valley")
    desk.session.commit()
    answer = desk.post(
        "people/new-mentor", step="write", name="Ж", email="known@example.org", whole_camp="yes"
    )
    assert answer.status_code == 303
    assert desk.session.scalars(select(Participation)).one().user.email is None


def test_a_mentors_profile_is_changed_for_them_and_two_do_not_overwrite(desk: Desk) -> None:
    mentor = make_mentor(desk.session, desk.edition, bio="Before.")
    desk.session.commit()
    version = mentor.version
    page = f"people/{mentor.id}/edit"
    assert "Before.</textarea>" in desk.text(page)
    form = {"bio": "After.", "whole_camp": "yes", "expected_version": version}
    assert desk.post(page, **form).status_code == 303
    assert (mentor.bio, mentor.filled_in_by_id) == ("After.", desk.user.id)
    late = desk.post(page, **(form | {"bio": "Too late."}))
    assert late.status_code == 409
    assert "Too late.</textarea>" in late.text
    assert mentor.bio == "After."


def test_name_and_address_are_mended_until_there_is_an_account(desk: Desk) -> None:
    filmmaker = make_filmmaker(desk.session, desk.edition, make_user(desk.session, "Aida"))
    film = make_project(desk.session, desk.edition, filmmaker.user)
    desk.session.commit()
    page = f"people/{filmmaker.id}"
    form = {"name": "Аида", "email": "aida@example.org", "expected_version": filmmaker.version}
    assert desk.post(page, **form).status_code == 303
    assert (filmmaker.user.name, filmmaker.user.email) == ("Аида", "aida@example.org")
    assert film.members[0].name == "Аида"
    assert desk.post(page, **form).status_code == 409
    filmmaker.user.password_hash = "x"
    desk.session.commit()
    assert 'name="email"' not in desk.text(page)
    form["expected_version"] = filmmaker.version
    refused = desk.post(page, **(form | {"name": "Mine"}))
    assert refused.status_code == 409
    assert filmmaker.user.name == "Аида"


def test_who_leaves_frees_their_places_and_may_come_back(desk: Desk) -> None:
    mentor = make_mentor(desk.session, desk.edition, make_user(desk.session, "Leaver"))
    film = make_project(desk.session, desk.edition)
    match = Match(edition_id=desk.edition.id, project=film, mentor=mentor, seat=1)
    desk.session.add(match)
    desk.session.commit()
    answer = desk.post(f"people/{mentor.id}/leave", expected_version=mentor.version)
    assert answer.status_code == 303
    assert mentor.withdrawn_at is not None
    assert match.ended_at is not None
    assert "no longer takes part" in desk.text("people")
    assert desk.post(f"people/{mentor.id}/return").status_code == 303
    assert mentor.withdrawn_at is None


@pytest.mark.parametrize("page", ["people/999", "people/999/edit", "people/invitations/999"])
def test_people_of_other_years_are_not_found(desk: Desk, page: str) -> None:
    assert desk.client.get(desk.url(page)).status_code == 404


def test_a_filmmaker_has_no_mentors_form(desk: Desk) -> None:
    filmmaker = make_filmmaker(desk.session, desk.edition)
    make_project(desk.session, desk.edition, filmmaker.user, state=ProjectState.DRAFT)
    desk.session.commit()
    assert desk.client.get(desk.url(f"people/{filmmaker.id}/edit")).status_code == 404
    assert "Film 1" in desk.text(f"people/{filmmaker.id}")
