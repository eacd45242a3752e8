from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_program, make_user
from webapp.enums import ProgramRole
from webapp.errors import InvalidValue, NotFound, NotPossible
from webapp.services import programs


def test_whoever_founds_a_lab_owns_it(session: Session) -> None:
    owner = make_user(session)
    program = programs.make_program(session, actor=owner, name="  Valley   Lab ")
    assert program.name == "Valley Lab"
    assert programs.get_member(session, program.id, owner).role is ProgramRole.OWNER
    assert programs.list_programs(session, owner) == [program]


def test_a_lab_has_a_name(session: Session) -> None:
    owner = make_user(session)
    for name, code in (("  ", "program_name_missing"), ("x" * 201, "too_long")):
        with pytest.raises(InvalidValue) as refused:
            programs.make_program(session, actor=owner, name=name)
        assert refused.value.code == code


def test_to_others_a_lab_does_not_exist(session: Session) -> None:
    program, stranger = make_program(session), make_user(session)
    for program_id in (program.id, 999):
        with pytest.raises(NotFound) as refused:
            programs.get_member(session, program_id, stranger)
        assert refused.value.code == "program_unknown"


def test_a_helper_is_no_organizer(session: Session) -> None:
    program, helper = make_program(session), make_user(session)
    programs.add_member(session, program, helper, ProgramRole.HELPER)
    with pytest.raises(NotFound):
        programs.get_member(
            session, program.id, helper, roles=(ProgramRole.OWNER, ProgramRole.ORGANIZER)
        )


def test_joining_again_never_takes_anything_away(session: Session) -> None:
    program, person = make_program(session), make_user(session)
    roles = [
        programs.add_member(session, program, person, role).role
        for role in (ProgramRole.HELPER, ProgramRole.ORGANIZER, ProgramRole.HELPER)
    ]
    assert roles == [ProgramRole.HELPER, ProgramRole.ORGANIZER, ProgramRole.ORGANIZER]
    assert len(programs.list_members(session, program)) == 2


def test_the_last_owner_cannot_leave(session: Session) -> None:
    owner = make_user(session)
    program = make_program(session, owner)
    with pytest.raises(NotPossible) as refused:
        programs.leave_program(session, program, owner)
    assert refused.value.code == "last_owner"
    programs.add_member(session, program, make_user(session), ProgramRole.OWNER)
    programs.leave_program(session, program, owner)
    assert programs.list_programs(session, owner) == []
