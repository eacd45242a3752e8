"""Persons and their ways in: name, address, password.

Hashing takes a good part of a second: pages hash before they open a write
transaction, and hand the hash in.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from webapp import limits
from webapp.config import LANGUAGES
from webapp.errors import InvalidValue, NotFound
from webapp.models import User
from webapp.services.matching.words import fold
from webapp.services.texts import check_length, clean_line
from webapp.services.versions import check_version


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a password is checked against, read once and let go of."""

    user_id: int | None = None
    password_hash: str | None = None


def hash_password(password: str, cost: Mapping[str, Any]) -> str:
    """Give the hash that is stored. Slow on purpose."""
    return PasswordHasher(**cost).hash(password)


def password_matches(password_hash: str | None, password: str, cost: Mapping[str, Any]) -> bool:
    """Tell whether a password is right.

    Without a hash a stand-in is checked, so that an unknown address takes as
    long as a known one.
    """
    stand_in = _stand_in(tuple(sorted(cost.items())))
    try:
        matches = PasswordHasher(**cost).verify(password_hash or stand_in, password)
    except (VerificationError, InvalidHashError):
        return False
    return matches and password_hash is not None


@lru_cache(maxsize=4)
def _stand_in(cost: tuple[tuple[str, Any], ...]) -> str:
    return PasswordHasher(**dict(cost)).hash(secrets.token_hex(16))


def check_password(password: str, field: str = "password") -> None:
    """Refuse a password that is too short to keep anybody out."""
    if len(password) < limits.PASSWORD_MIN:
        raise InvalidValue("password_short", field=field, least=limits.PASSWORD_MIN)
    if len(password) > limits.PASSWORD_MAX:
        raise InvalidValue("password_long", field=field, most=limits.PASSWORD_MAX)


def normalise_email(email: str) -> str:
    """Give the form in which an address is stored and looked for."""
    return clean_line(email).casefold()


def check_email(email: str) -> str:
    """Give an address as it is stored, or say that it is none."""
    try:
        found = validate_email(clean_line(email), check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise InvalidValue("email_invalid", field="email") from error
    return check_length(found.normalized.casefold(), limits.EMAIL, "email")


def check_name(name: str) -> str:
    """Give a name as its owner writes it."""
    cleaned = clean_line(name)
    if not cleaned:
        raise InvalidValue("name_missing", field="name")
    return check_length(cleaned, limits.NAME, "name")


def is_empty(session: Session) -> bool:
    """Tell whether nobody is here yet."""
    return not session.scalar(select(exists().where(User.id.is_not(None))))


def find_by_email(session: Session, email: str) -> User | None:
    """Give the person with an address, if there is one."""
    return session.scalar(
        select(User).where(User.email == normalise_email(email), User.erased_at.is_(None))
    )


def get_user(session: Session, user_id: int) -> User:
    """Give a person."""
    user = session.get(User, user_id)
    if user is None:
        raise NotFound("person_unknown")
    return user


def find_credentials(session: Session, email: str) -> Credentials:
    """Read what a sign-in is checked against; the same answer for nobody."""
    user = find_by_email(session, email)
    return Credentials(user.id, user.password_hash) if user else Credentials()


def make_user(
    session: Session,
    *,
    name: str,
    email: str | None = None,
    password_hash: str | None = None,
    language: str = "",
) -> User:
    """Write a person down; without address and password, one who never signs in."""
    user = User(stamp=_new_stamp(), password_hash=password_hash, language=language)
    _set_name(user, name)
    user.email = _free_email(session, email, user) if email else None
    session.add(user)
    session.flush()
    return user


def claim_user(session: Session, user: User, *, name: str, email: str, password_hash: str) -> User:
    """Make somebody whom an organizer wrote down the owner of what stands there."""
    _set_name(user, name)
    user.email = _free_email(session, email, user)
    set_password(session, user, password_hash)
    return user


def update_user(user: User, *, name: str, language: str, expected_version: int | None) -> None:
    """Change a person's own name and language."""
    check_version(user, expected_version or 0)
    _set_name(user, name)
    set_language(user, language)


def change_sign_in(
    session: Session,
    user: User,
    *,
    email: str,
    password_hash: str | None,
    expected_version: int | None,
) -> None:
    """Change the address, and the password where a new one is given.

    Either changes the stamp: letters with links may lie in the old mailbox.
    """
    check_version(user, expected_version or 0)
    address = _free_email(session, email, user)
    if address != user.email:
        user.email, user.stamp = address, _new_stamp()
    if password_hash is not None:
        set_password(session, user, password_hash)
    session.flush()


def set_language(user: User, language: str) -> None:
    """Let pages and letters speak a person's language."""
    if language and language not in LANGUAGES:
        raise InvalidValue("language_unknown", field="language")
    user.language = language


def set_password(session: Session, user: User, password_hash: str) -> None:
    """Store a new password; links made before die with the old stamp."""
    user.password_hash = password_hash
    user.stamp = _new_stamp()
    session.flush()


def _set_name(user: User, name: str) -> None:
    user.name = check_name(name)
    user.name_folded = fold(user.name)[: limits.NAME * 2]


def _free_email(session: Session, email: str, user: User) -> str:
    address = check_email(email)
    with session.no_autoflush:
        holder = session.scalar(select(User).where(User.email == address))
    if holder is not None and holder is not user:
        raise InvalidValue("email_taken", field="email")
    return address


def _new_stamp() -> str:
    return secrets.token_hex(16)
