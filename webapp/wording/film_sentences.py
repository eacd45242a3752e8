"""What is wrong with a profile, a year's settings, a choice of films.

One clear sentence a code, with the remedy; parameters as ``%(name)s``. A sentence
that counts is a function of the parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from webapp.wording.sentence import Sentence


def _has_mentors(params: Mapping[str, Any]) -> str:
    return ngettext(
        "“%(project)s” has a mentor already. Take that yes back on the list first.",
        "“%(project)s” has %(num)d mentors already. Take those back on the list first.",
        params["n"],
        project=params["project"],
    )


EDITIONS: dict[str, Sentence] = {
    "no_such_edition": _("There is no such year, or it is not for you."),
    "edition_cannot_move": _("From here the year cannot go there. Open the overview again."),
    "required": _("Fill this in."),
    "text_too_long": _(
        "This is too long: it has %(length)s characters, and at most %(most)s fit. Shorten it."
    ),
    "no_such_timezone": _("“%(value)s” is no time zone we know. Choose one from the list."),
    "year_out_of_range": _("The year %(year)s cannot be meant. Check the date."),
    "camp_too_long": _("From the first to the last day it is more than a year. Check both dates."),
    "end_before_start": _("The last day is before the first. Check both dates."),
    "no_such_language": _("Choose at least one of the languages offered."),
    "number_out_of_range": _("%(value)s does not fit here: give a number from 0 to %(most)s."),
    "low_above_high": _(
        "At least %(low)s and at most %(high)s contradict each other: "
        "lower the first number or raise the second."
    ),
}

PEOPLE: dict[str, Sentence] = {
    "person_has_account": _("%(name)s has an account: name and address are theirs to change."),
}

SELECTION: dict[str, Sentence] = {
    "project_not_submitted": _(
        "“%(project)s” has not been sent in, or was withdrawn: it can be selected once it is in."
    ),
    "project_has_mentors": _has_mentors,
}

STANDINGS: dict[str, Sentence] = {
    "conflict_on_kept_pair": _(
        "%(mentor)s is kept with “%(project)s”. Take “Keep” away on the list first, "
        "or say “ask first” or “only tell” instead of “never”."
    ),
    "no_such_conflict": _("This was taken back already, or there is no such entry."),
}

PROFILES: dict[str, Sentence] = {
    "no_such_film": _("There is no such film, or it is not yours."),
    "no_such_project": _("There is no such film, or it is not yours."),
    "no_such_person": _("There is no such person in this year."),
    "no_such_file": _("There is no such file any more."),
    "edition_archived": _("This year is over: everything can be read, nothing can be changed."),
    "edition_released": _(
        "Everyone has been told who works with whom, so the film can no longer be changed here. "
        "Write to the organizers."
    ),
    "withdraw_with_organizers": _(
        "A mentor may already count on this film. Write to the organizers: they take it out "
        "and tell everybody."
    ),
    "already_withdrawn": _("This is withdrawn already."),
    "already_submitted": _("This film is sent in already."),
    "title_missing": _("To send it in, give your film a title. A working title will do."),
    "nothing_to_match": _(
        "To send it in, write a few words about the film, or choose what you need most."
    ),
    "too_many_entries": _("At most %(limit)s fit here, and there are %(count)s. Take some out."),
    "unknown_level": _("Choose from the list how well you speak the language."),
    "window_ends_before_start": _(
        "Time %(row)s ends before it begins. Change from or to; for the night give two times."
    ),
    "hour_does_not_exist": _(
        "Time %(row)s: on %(time)s the clocks of %(timezone)s skip an hour. Choose another hour."
    ),
    "day_outside_camp": _(
        "Time %(row)s: %(day)s is not a day of the camp, which is from %(first)s to %(last)s. "
        "Check the date, or choose online."
    ),
    "unknown_zone": _("Time %(row)s: choose by whose clocks, from the list."),
    "file_missing": _("Choose a PDF file first."),
    "file_too_big": _("This file is larger than %(most)s. Make it smaller, then try again."),
    "file_not_pdf": _("This is not a PDF. Save it as PDF, then try again."),
    "pdf_locked": _("This PDF is locked by a password. Take the password off, then try again."),
    "pdf_broken": _("This PDF cannot be opened. Save it as PDF once more, then try again."),
    "too_many_files": _("At most %(most)s files fit. Remove one first."),
}
