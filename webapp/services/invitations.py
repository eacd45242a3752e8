"""Invitations: whoever holds the link joins as what it says, once."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import limits
from webapp.enums import InvitationRole, ParticipationRole, ProgramRole
from webapp.errors import InvalidValue, NotFound, NotPossible
from webapp.models import (
    Activity,
    Edition,
    Invitation,
    Participation,
    Program,
    ProgramMember,
    Project,
    ProjectMember,
    User,
    utc_now,
)
from webapp.services.accounts import check_email
from webapp.services.editions import check_open
from webapp.services.participations import join_edition
from webapp.services.programs import add_member, get_member
from webapp.services.sessions import hash_token
from webapp.services.texts import check_length, clean_line

PROGRAM_ROLES = {
    InvitationRole.ORGANIZER: ProgramRole.ORGANIZER,
    InvitationRole.HELPER: ProgramRole.HELPER,
}
PARTICIPATION_ROLES = {
    InvitationRole.FILMMAKER: ParticipationRole.FILMMAKER,
    InvitationRole.MENTOR: ParticipationRole.MENTOR,
    InvitationRole.GUEST: ParticipationRole.GUEST,
}


def invite(
    session: Session,
    program: Program,
    edition: Edition | None,
    role: InvitationRole,
    *,
    actor: User,
    name: str = "",
    email: str = "",
    user: User | None = None,
) -> tuple[Invitation, str]:
    """Make an invitation; its token is told only now.

    ``user`` is somebody whom an organizer has already filled in for.
    """
    get_member(session, program.id, actor, roles=(ProgramRole.OWNER, ProgramRole.ORGANIZER))
    if role in PARTICIPATION_ROLES:
        if edition is None or edition.program_id != program.id:
            raise InvalidValue("invitation_needs_edition", field="role")
        check_open(edition)
    token = secrets.token_urlsafe(24)
    invitation = Invitation(
        program_id=program.id,
        edition_id=edition.id if edition else None,
        role=role,
        name=check_length(clean_line(name), limits.NAME, "name"),
        email=check_email(email) if clean_line(email) else "",
        user_id=user.id if user else None,
        token_hash=hash_token(token),
        created_by_id=actor.id,
        expires_at=utc_now() + timedelta(days=limits.INVITATION_DAYS),
    )
    session.add(invitation)
    session.flush()
    _note(session, invitation, actor, "invite")
    return invitation, token


def get_invitation(session: Session, token: str) -> Invitation:
    """Give the invitation behind a token while it is good. Looking changes nothing."""
    invitation = session.scalar(
        select(Invitation).where(Invitation.token_hash == hash_token(token))
    )
    if invitation is None:
        raise NotFound("invitation_unknown")
    if invitation.revoked_at is not None:
        raise NotPossible("invitation_revoked")
    if invitation.accepted_at is None and invitation.expires_at <= utc_now():
        raise NotPossible("invitation_expired")
    return invitation


def filled_in_user(session: Session, invitation: Invitation) -> User | None:
    """Give the person whom an organizer has already written down for this invitation."""
    return session.get(User, invitation.user_id) if invitation.user_id else None


def accept_invitation(
    session: Session, invitation: Invitation, user: User
) -> Participation | ProgramMember:
    """Let somebody join as the invitation says; the same person may ask twice."""
    if invitation.accepted_at is not None and invitation.accepted_by_id != user.id:
        raise NotPossible("invitation_taken")
    prepared = filled_in_user(session, invitation)
    if prepared is not None and prepared.id != user.id:
        _take_over(session, invitation, prepared, user)
    joined = _join(session, invitation, user)
    if invitation.accepted_at is None:
        invitation.accepted_by_id, invitation.accepted_at = user.id, utc_now()
        session.flush()
        _note(session, invitation, user, "join")
    return joined


def revoke_invitation(session: Session, invitation: Invitation, *, actor: User) -> None:
    """Take an invitation back that nobody has taken up."""
    if invitation.accepted_at is not None:
        raise NotPossible("invitation_taken")
    invitation.revoked_at = utc_now()
    session.flush()
    _note(session, invitation, actor, "revoke")


def list_invitations(
    session: Session, program: Program, edition: Edition | None = None
) -> list[Invitation]:
    """List a lab's invitations, or those of one year, newest first."""
    query = select(Invitation).where(Invitation.program_id == program.id)
    if edition is not None:
        query = query.where(Invitation.edition_id == edition.id)
    return list(session.scalars(query.order_by(Invitation.id.desc())))


def list_open(session: Session, program: Program, edition: Edition) -> list[Invitation]:
    """List the invitations of a year that nobody has taken up or back, expired ones too."""
    return [
        each
        for each in list_invitations(session, program, edition)
        if each.accepted_at is None and each.revoked_at is None
    ]


def _join(session: Session, invitation: Invitation, user: User) -> Participation | ProgramMember:
    if invitation.role in PROGRAM_ROLES:
        program = session.get_one(Program, invitation.program_id)
        return add_member(session, program, user, PROGRAM_ROLES[invitation.role])
    edition = session.get_one(Edition, invitation.edition_id)
    return join_edition(session, edition, user, PARTICIPATION_ROLES[invitation.role])


def _take_over(session: Session, invitation: Invitation, prepared: User, user: User) -> None:
    """Give what was filled in for somebody to the account they already have."""
    if prepared.password_hash is not None:
        raise NotPossible("invitation_for_other", name=prepared.name)
    if invitation.role not in PARTICIPATION_ROLES:
        return
    role = PARTICIPATION_ROLES[invitation.role]
    in_edition = select(Participation).where(
        Participation.edition_id == invitation.edition_id, Participation.role == role
    )
    filled_in = session.scalar(in_edition.where(Participation.user_id == prepared.id))
    if filled_in is not None:
        if session.scalar(in_edition.where(Participation.user_id == user.id)) is not None:
            raise NotPossible("already_taking_part")
        filled_in.user = user
    credited = session.scalars(
        select(ProjectMember)
        .join(Project)
        .where(Project.edition_id == invitation.edition_id, ProjectMember.user_id == prepared.id)
    )
    for member in credited:
        member.user, member.name = user, user.name
    invitation.user_id = user.id
    session.flush()


def _note(session: Session, invitation: Invitation, actor: User, verb: str) -> None:
    session.add(
        Activity(
            edition_id=invitation.edition_id,
            actor_id=actor.id,
            verb=verb,
            subject="invitation",
            subject_id=invitation.id,
        )
    )
