"""How a page saves: once, and with everything typed kept when it cannot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from webapp import db
from webapp.errors import CampfireError, ChangedMeanwhile, InvalidValue
from webapp.forms.base import CampfireForm
from webapp.models import Versioned
from webapp.wording.errors import word_error

Change = Callable[[int], Any]


def save(
    form: CampfireForm,
    row: Versioned,
    change: Change,
    *,
    content: Callable[[], Any],
    then: Callable[[], Any] | None = None,
) -> int:
    """Change a row and commit; 0 when it is kept, else the page's status.

    ``change`` takes the version that the page showed. The same form sent twice
    finds another version the second time: as long as it would change nothing
    (``content`` stays the same), it counts as kept.
    """
    try:
        change(form.expected_version.data or 0)
        if then is not None:
            then()
        db.commit()
    except (ChangedMeanwhile, db.StaleRow):
        if _came_twice(row, change, content):
            return 0
        return show_refusal(form, row, ChangedMeanwhile("changed_meanwhile"))
    except CampfireError as error:
        return show_refusal(form, row, error)
    return 0


def _came_twice(row: Versioned, change: Change, content: Callable[[], Any]) -> bool:
    db.rollback()
    try:
        before = content()
        change(row.version)
        return bool(content() == before)
    except CampfireError:
        return False
    finally:
        db.rollback()


def show_refusal(form: CampfireForm, row: Versioned, error: CampfireError) -> int:
    """Put an error's sentence into the form, and give the page's status."""
    db.rollback()
    form.add_error(error.field if isinstance(error, InvalidValue) else "", word_error(error))
    # Saving again is a decision: it is made over what stands there now.
    form.show_version(row.version)
    return error.status
