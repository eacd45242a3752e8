from __future__ import annotations

from itertools import pairwise

import pytest
from sqlalchemy.orm import Session

from tests.factories import PASSWORD, hash_password, make_user
from tests.settings import TEST_SETTINGS
from webapp.errors import InvalidValue
from webapp.services import accounts

COST = TEST_SETTINGS["PASSWORD_COST"]


def test_a_password_is_right_or_not_and_nobody_has_none() -> None:
    stored = accounts.hash_password(PASSWORD, COST)
    assert accounts.password_matches(stored, PASSWORD, COST)
    assert not accounts.password_matches(stored, PASSWORD + " ", COST)
    assert not accounts.password_matches(None, PASSWORD, COST)
    assert not accounts.password_matches("not a hash", PASSWORD, COST)


# Counted, not replaced: time on a shared machine says too little.
def test_an_unknown_address_costs_a_check_too(monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    verify = accounts.PasswordHasher.verify

    def count(self: accounts.PasswordHasher, stored: str, password: str) -> bool:
        checked.append(stored)
        return verify(self, stored, password)

    monkeypatch.setattr(accounts.PasswordHasher, "verify", count)
    accounts.password_matches(None, PASSWORD, COST)
    accounts.password_matches(hash_password(PASSWORD), PASSWORD, COST)
    assert [stored.split("$")[1:4] for stored in checked] == [
        ["argon2id", "v=19", "m=8,t=1,p=1"],
        ["argon2id", "v=19", "m=8,t=1,p=1"],
    ]


@pytest.mark.parametrize(
    "address", ["", "aida", "aida@", "@example.org", "a b@example.org", "a@b@c.org", "x" * 300]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        accounts.check_email(address)
    assert (refused.value.code, refused.value.field) == ("email_invalid", "email")


def test_one_address_is_one_person_however_it_is_typed(session: Session) -> None:
    user = accounts.make_user(session, name="Aida", email=" Aida@Example.ORG")
    assert accounts.find_by_email(session, "aida@example.org") is user
    with pytest.raises(InvalidValue) as refused:
        accounts.make_user(session, name="Other", email="AIDA@example.org")
    assert refused.value.code == "email_taken"


def test_names_are_kept_as_written_and_found_folded(session: Session) -> None:
    user = accounts.make_user(session, name="  Төлөгөн \t Ёлкина\x00 ")
    assert (user.name, user.name_folded) == ("Төлөгөн Ёлкина", "тологон елкина")


def test_the_stamp_changes_with_password_and_address_and_nothing_else(session: Session) -> None:
    user = make_user(session, email="aida@example.org", password=PASSWORD)
    stamps = [user.stamp]

    def change(**values: object) -> None:
        given = {"email": user.email, "password_hash": None, **values}
        accounts.change_sign_in(session, user, expected_version=user.version, **given)
        stamps.append(user.stamp)

    change()
    change(email="new@example.org")
    change(password_hash=hash_password("another quiet valley"))
    accounts.update_user(user, name="Aida B.", language="ru", expected_version=user.version)
    stamps.append(user.stamp)
    assert [before == after for before, after in pairwise(stamps)] == [
        True,
        False,
        False,
        True,
    ]
