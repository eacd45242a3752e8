"""Each field's limits, declared once: forms show them, services check again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

NAME: Final = 200
EMAIL: Final = 254
PASSWORD_MIN: Final = 10
PASSWORD_MAX: Final = 256
TITLE: Final = 200
SHORT_TEXT: Final = 500
LOGLINE: Final = 1_000
LONG_TEXT: Final = 20_000
NOTE: Final = 2_000
CREDIT: Final = 300
N_CREDITS: Final = 60
N_NEEDS: Final = 5
N_TERMS: Final = 30
N_TEAM: Final = 30
N_LANGUAGES: Final = 10
N_WINDOWS: Final = 60
MAX_LOAD: Final = 500
MAX_DEMAND: Final = 50

# Beyond these years a date is a slip of the finger, and clocks stop counting.
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
CAMP_DAYS: Final = 366

# The last number a row can have, in every database that is spoken to.
LAST_ROW: Final = 2**31 - 1

# Words a form suggests; beyond them it says so kindly and still saves.
LOGLINE_WORDS: Final = 60
SYNOPSIS_WORDS: Final = 1_500

UPLOAD_BYTES: Final = 15 * 1024 * 1024
UPLOADS_PER_PROJECT: Final = 10
# A pasted novel is refused with a sentence, so the server has to read it first.
FORM_BYTES: Final = 24 * 1024 * 1024
REQUEST_BYTES: Final = UPLOAD_BYTES + FORM_BYTES
FORM_PARTS: Final = 2_000

INVITATION_DAYS: Final = 30
RESET_HOURS: Final = 2
SIGN_IN_LINK_HOURS: Final = 24
SESSION_DAYS: Final = 30
LOCKOUT_TRIES: Final = 10
LOCKOUT_MINUTES: Final = 15


@dataclass(frozen=True, slots=True)
class TextLimit:
    """At most ``characters``; ``words`` is advice, None where there is none."""

    characters: int
    words: int | None = None


PROJECT_TEXTS: Final[dict[str, TextLimit]] = {
    "title": TextLimit(TITLE),
    "title_original": TextLimit(TITLE),
    "title_outside": TextLimit(TITLE),
    "logline": TextLimit(LOGLINE, LOGLINE_WORDS),
    "pasted": TextLimit(LONG_TEXT),
    "difficulties": TextLimit(LONG_TEXT),
    "synopsis": TextLimit(LONG_TEXT, SYNOPSIS_WORDS),
    "statement": TextLimit(LONG_TEXT),
    "goals": TextLimit(LONG_TEXT),
    "reading": TextLimit(LONG_TEXT),
    "company": TextLimit(SHORT_TEXT),
    "place": TextLimit(SHORT_TEXT),
}

MENTOR_TEXTS: Final[dict[str, TextLimit]] = {
    "bio": TextLimit(LONG_TEXT),
    "offers_text": TextLimit(LONG_TEXT),
    "company": TextLimit(SHORT_TEXT),
    "place": TextLimit(SHORT_TEXT),
}
