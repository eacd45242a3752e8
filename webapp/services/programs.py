"""Labs and the people who work for them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp import limits
from webapp.enums import ProgramRole
from webapp.errors import InvalidValue, NotFound, NotPossible
from webapp.models import Program, ProgramMember, User
from webapp.services.texts import check_length, clean_line

# From the most to the least that one may do.
RANKS = (ProgramRole.OWNER, ProgramRole.ORGANIZER, ProgramRole.HELPER)


def make_program(session: Session, *, actor: User, name: str) -> Program:
    """Found a lab; whoever does becomes its owner."""
    cleaned = clean_line(name)
    if not cleaned:
        raise InvalidValue("program_name_missing", field="name")
    program = Program(name=check_length(cleaned, limits.NAME, "name"))
    program.members.append(ProgramMember(user=actor, role=ProgramRole.OWNER))
    session.add(program)
    session.flush()
    return program


def get_program(session: Session, program_id: int) -> Program:
    """Give a lab."""
    program = session.get(Program, program_id)
    if program is None:
        raise NotFound("program_unknown")
    return program


def get_member(
    session: Session,
    program_id: int,
    user: User,
    *,
    roles: Collection[ProgramRole] = RANKS,
) -> ProgramMember:
    """Give someone's place in a lab, if it is one of the roles.

    To others the lab does not exist: its address tells nothing.
    """
    member = session.scalar(
        select(ProgramMember).where(
            ProgramMember.program_id == program_id, ProgramMember.user_id == user.id
        )
    )
    if member is None or member.role not in roles:
        raise NotFound("program_unknown")
    return member


def list_programs(session: Session, user: User) -> list[Program]:
    """Give the labs someone works for, by name."""
    return list(
        session.scalars(
            select(Program)
            .join(ProgramMember)
            .where(ProgramMember.user_id == user.id)
            .order_by(Program.name, Program.id)
        )
    )


def list_members(session: Session, program: Program) -> list[ProgramMember]:
    """Give the people who work for a lab, longest first."""
    return list(
        session.scalars(
            select(ProgramMember)
            .where(ProgramMember.program_id == program.id)
            .order_by(ProgramMember.id)
        )
    )


def add_member(session: Session, program: Program, user: User, role: ProgramRole) -> ProgramMember:
    """Let someone work for a lab; who may do more already keeps it."""
    member = session.scalar(
        select(ProgramMember).where(
            ProgramMember.program_id == program.id, ProgramMember.user_id == user.id
        )
    )
    if member is None:
        member = ProgramMember(program=program, user=user, role=role)
        session.add(member)
    elif RANKS.index(role) < RANKS.index(member.role):
        member.role = role
    session.flush()
    return member


def leave_program(session: Session, program: Program, user: User) -> None:
    """End someone's work for a lab. Its last owner stays."""
    member = get_member(session, program.id, user)
    if member.role is ProgramRole.OWNER:
        n_owners = session.scalar(
            select(func.count())
            .select_from(ProgramMember)
            .where(ProgramMember.program_id == program.id, ProgramMember.role == ProgramRole.OWNER)
        )
        if n_owners == 1:
            raise NotPossible("last_owner")
    session.delete(member)
    session.flush()
