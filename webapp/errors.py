"""Named errors as values: a code and what the sentence will name.

A service raises; the page, the letter or the command line words the code in
the reader's language (:mod:`webapp.wording`). ``status`` is what the web says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar


class CampfireError(Exception):
    """What a person may not or cannot do, as a code with parameters."""

    status: ClassVar[int] = 400

    def __init__(self, code: str, **params: Any) -> None:
        self.code = code
        self.params: Mapping[str, Any] = params
        super().__init__(code, params)


class NotFound(CampfireError):
    """There is no such thing, or not for this person."""

    status = 404


class NotAllowed(CampfireError):
    """It exists, and this person may not do it."""

    status = 403


class NotPossible(CampfireError):
    """The rules or today's state stand against it."""

    status = 409


class ChangedMeanwhile(NotPossible):
    """Somebody else was quicker: the row is no longer what the page showed."""


class InvalidValue(CampfireError):
    """What was given breaks a rule; ``field`` names where."""

    status = 422

    def __init__(self, code: str, *, field: str = "", **params: Any) -> None:
        super().__init__(code, **params)
        self.field = field


class TooMany(CampfireError):
    """Too often, for now."""

    status = 429
