"""Letters about changes, kept up with the plan while nobody has corrected them."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from webapp.enums import LetterState
from webapp.models import Edition, Release, User
from webapp.services import releases, since_told
from webapp.services.releases import LetterWriter


def keep_up(
    session: Session, edition: Edition, *, actor: User, writer: Callable[[], LetterWriter]
) -> Release | None:
    """Draft what people who were told have to hear now; nothing goes out.

    Letters that somebody corrected are left as they are: the page says that the
    list has changed since, and whoever corrected them writes them again. Before
    people are told for the first time, nothing is drafted here.
    """
    draft = releases.get_draft(session, edition)
    if draft is not None and is_corrected(draft):
        return None
    if since_told.list_called_off(session, edition):
        return releases.open_release(session, edition, actor=actor, write=writer())
    if draft is not None and not releases.list_news(session, edition):
        releases.discard_release(session, draft)
    return None


def is_corrected(draft: Release) -> bool:
    """Say whether a person has changed, or passed on, one of the letters."""
    return any(
        letter.version > 1 or letter.state is not LetterState.HELD for letter in draft.letters
    )
