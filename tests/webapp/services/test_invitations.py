from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import (
    PASSWORD,
    make_edition,
    make_filmmaker,
    make_mentor,
    make_program,
    make_user,
)
from webapp.enums import EditionState, InvitationRole, ParticipationRole, ProgramRole
from webapp.errors import CampfireError, InvalidValue, NotFound, NotPossible
from webapp.models import Activity, Edition, Invitation, Participation, ProgramMember, User
from webapp.services import invitations, programs


def owner_of(edition: Edition) -> User:
    return edition.program.members[0].user


def invite(
    session: Session, edition: Edition, role: InvitationRole, **values: object
) -> tuple[Invitation, str]:
    return invitations.invite(
        session, edition.program, edition, role, actor=owner_of(edition), **values
    )


def refusal(error: pytest.ExceptionInfo[CampfireError]) -> str:
    return error.value.code


def test_only_a_labs_organizers_invite(session: Session) -> None:
    edition = make_edition(session)
    helper, stranger = make_user(session), make_user(session)
    programs.add_member(session, edition.program, helper, ProgramRole.HELPER)
    for person in (helper, stranger):
        with pytest.raises(NotFound) as refused:
            invitations.invite(
                session, edition.program, edition, InvitationRole.MENTOR, actor=person
            )
        assert refusal(refused) == "program_unknown"


def test_taking_part_needs_a_year_of_that_lab_that_is_not_over(session: Session) -> None:
    edition = make_edition(session)
    program, owner = edition.program, owner_of(edition)
    elsewhere = make_edition(session, make_program(session))
    for year in (None, elsewhere):
        with pytest.raises(InvalidValue) as refused:
            invitations.invite(session, program, year, InvitationRole.MENTOR, actor=owner)
        assert refusal(refused) == "invitation_needs_edition"
    edition.state = EditionState.ARCHIVED
    with pytest.raises(NotPossible):
        invite(session, edition, InvitationRole.MENTOR)
    invitations.invite(session, program, None, InvitationRole.ORGANIZER, actor=owner)


def test_a_wrong_address_is_refused_and_none_is_fine(session: Session) -> None:
    edition = make_edition(session)
    with pytest.raises(InvalidValue) as refused:
        invite(session, edition, InvitationRole.MENTOR, email="dana at example")
    assert refusal(refused) == "email_invalid"
    assert invite(session, edition, InvitationRole.MENTOR)[0].email == ""


def test_the_token_is_told_once_and_not_stored(session: Session) -> None:
    edition = make_edition(session)
    invitation, token = invite(session, edition, InvitationRole.MENTOR)
    assert token not in invitation.token_hash
    assert invitations.get_invitation(session, token) is invitation


def test_the_same_person_may_accept_twice_and_is_noted_once(session: Session) -> None:
    edition, user = make_edition(session), make_user(session)
    invitation, _ = invite(session, edition, InvitationRole.MENTOR)
    first = invitations.accept_invitation(session, invitation, user)
    assert invitations.accept_invitation(session, invitation, user) is first
    verbs = session.scalars(select(Activity.verb).order_by(Activity.id)).all()
    assert [verb for verb in verbs if verb in {"invite", "join"}] == ["invite", "join"]
    with pytest.raises(NotPossible) as refused:
        invitations.accept_invitation(session, invitation, make_user(session))
    assert refusal(refused) == "invitation_taken"


def test_an_organizer_joins_the_lab_and_not_the_year(session: Session) -> None:
    edition, user = make_edition(session), make_user(session)
    invitation, _ = invite(session, edition, InvitationRole.ORGANIZER)
    joined = invitations.accept_invitation(session, invitation, user)
    assert isinstance(joined, ProgramMember)
    assert joined.role is ProgramRole.ORGANIZER
    assert session.scalars(select(Participation)).all() == []


def test_what_was_filled_in_goes_to_the_account_somebody_already_has(session: Session) -> None:
    edition = make_edition(session)
    prepared, user = make_user(session), make_user(session)
    profile = make_mentor(session, edition, prepared, bio="Edits films.")
    invitation, _ = invite(session, edition, InvitationRole.MENTOR, user=prepared)
    assert invitations.accept_invitation(session, invitation, user) is profile
    assert profile.user is user


def test_nobody_gets_two_profiles_or_somebody_elses(session: Session) -> None:
    edition = make_edition(session)
    prepared, user = make_user(session), make_user(session)
    make_mentor(session, edition, prepared)
    make_mentor(session, edition, user)
    invitation, _ = invite(session, edition, InvitationRole.MENTOR, user=prepared)
    with pytest.raises(NotPossible) as refused:
        invitations.accept_invitation(session, invitation, user)
    assert refusal(refused) == "already_taking_part"
    known = make_user(session, "Aida", password=PASSWORD)
    other, _ = invite(session, edition, InvitationRole.MENTOR, user=known)
    with pytest.raises(NotPossible) as refused:
        invitations.accept_invitation(session, other, user)
    assert (refusal(refused), refused.value.params) == ("invitation_for_other", {"name": "Aida"})


def test_only_the_role_of_the_invitation_is_taken_over(session: Session) -> None:
    edition = make_edition(session)
    prepared, user = make_user(session), make_user(session)
    film_side = make_filmmaker(session, edition, prepared)
    make_mentor(session, edition, prepared)
    invitation, _ = invite(session, edition, InvitationRole.MENTOR, user=prepared)
    joined = invitations.accept_invitation(session, invitation, user)
    assert isinstance(joined, Participation)
    assert (joined.role, joined.user) == (ParticipationRole.MENTOR, user)
    assert film_side.user is prepared


def test_an_invitation_is_taken_back_until_it_is_taken_up(session: Session) -> None:
    edition = make_edition(session)
    owner = owner_of(edition)
    open_one, token = invite(session, edition, InvitationRole.MENTOR)
    taken, _ = invite(session, edition, InvitationRole.MENTOR)
    invitations.accept_invitation(session, taken, make_user(session))
    assert invitations.list_invitations(session, edition.program) == [taken, open_one]
    invitations.revoke_invitation(session, open_one, actor=owner)
    with pytest.raises(NotPossible) as refused:
        invitations.get_invitation(session, token)
    assert refusal(refused) == "invitation_revoked"
    with pytest.raises(NotPossible) as refused:
        invitations.revoke_invitation(session, taken, actor=owner)
    assert refusal(refused) == "invitation_taken"
