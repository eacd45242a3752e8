"""The post round: every letter whose time has come, one after the other."""

from __future__ import annotations

from pathlib import Path

from webapp import mail
from webapp.enums import LetterState
from webapp.jobs.place import Place, Report
from webapp.models import Job, Letter
from webapp.services import outbox


def work(place: Place, _job: Job, report: Report) -> None:
    """Send the letters that are due.

    Each is marked *sending*, and that is kept, before the mail server hears of
    it: a letter that may have gone out is never sent again by itself.
    """
    settings = mail.MailSettings.from_config(place.config)
    n_done = 0
    with mail.Post(settings) as post:
        while letter := _take(place):
            outcome = post.send(letter) if settings.host else _put_aside(place, letter, settings)
            with place.sessions.writing() as session:
                outbox.settle_letter(session, letter.id, *outcome)
            n_done += 1
            if not report(n_done, 0, "letters"):
                return


def give_up(_place: Place, _job: Job, _error: dict[str, object]) -> None:
    """Nothing to mend: each letter carries its own state, and the clock calls again."""


def _take(place: Place) -> Letter | None:
    with place.sessions.writing() as session:
        return outbox.claim_letter(session)


def _put_aside(place: Place, letter: Letter, settings: mail.MailSettings) -> mail.Outcome:
    """Keep a letter as a file to be passed on by hand: there is no mail server."""
    try:
        mail.write_file(letter, settings, Path(place.config["OUTBOX_FOLDER"]))
    except ValueError:
        return mail.Outcome(LetterState.FAILED, outbox.REFUSED)
    return mail.Outcome(LetterState.HELD, outbox.NO_MAIL)
