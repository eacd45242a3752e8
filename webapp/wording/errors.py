"""A sentence for each error: what is wrong, and what to do about it.

Add the codes you raise to the group of your service. A sentence names its
parameters as ``%(name)s``; one that counts is a function of the parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from flask_babel import LazyString, ngettext
from flask_babel import lazy_gettext as _

Sentence = LazyString | Callable[[Mapping[str, Any]], str]


class NamedError(Protocol):
    """An error as a value, from a service or from the matcher."""

    code: str
    params: Mapping[str, Any]


def _wait(params: Mapping[str, Any]) -> str:
    return ngettext(
        "That was tried too often. Wait %(num)d minute, or ask for a new password.",
        "That was tried too often. Wait %(num)d minutes, or ask for a new password.",
        params["minutes"],
    )


def _has_mentors(params: Mapping[str, Any]) -> str:
    return ngettext(
        "“%(project)s” has a mentor already. Take that yes back on the list first.",
        "“%(project)s” has %(num)d mentors already. Take those back on the list first.",
        params["n"],
        project=params["project"],
    )


GENERAL: dict[str, Sentence] = {
    "changed_meanwhile": _(
        "Somebody changed this while you were writing. Your text is still here: "
        "look at it once more, then save again."
    ),
    "already_done": _("This was already saved: it came twice."),
    "form_incomplete": _("A part of the form was missing. Open the page again."),
    "too_long": _(
        "This is too long: it has %(length)s characters, and at most %(limit)s fit. Shorten it."
    ),
    "not_found": _("There is no such page, or it is not for you."),
    "not_allowed": _("This is not yours to do. Ask the organizers."),
}

ACCOUNTS: dict[str, Sentence] = {
    "name_missing": _("Write your name."),
    "email_invalid": _("This is not an e-mail address: check it for a slip."),
    "email_taken": _(
        "This address cannot be used for a new account. If it is yours, sign in with it "
        "first, then open this page again."
    ),
    "password_short": _("The password is too short: use at least %(least)s characters."),
    "password_long": _("The password is too long: use at most %(most)s characters."),
    "password_wrong": _("The present password is not right."),
    "sign_in_failed": _("Address and password do not fit together. Check both and try again."),
    "sign_in_locked": _wait,
    "language_unknown": _("This language is not offered. Choose one from the list."),
    "person_unknown": _("There is no such person any more."),
    "session_unknown": _("This sign-in has already ended."),
    "link_unknown": _("This link is not complete. Copy all of it, or ask for a new one."),
    "link_spent": _("This link has been used. Ask for a new one."),
    "link_ended": _("This link is no longer valid. Ask for a new one."),
    "not_first": _("Campfire is already set up here. Sign in instead."),
}

PROGRAMS: dict[str, Sentence] = {
    "program_unknown": _("There is no such lab, or it is not for you."),
    "program_name_missing": _("Give the lab its name."),
    "last_owner": _(
        "You are the last one who looks after this lab. Make somebody else its owner first."
    ),
    "member_unknown": _("This person does not work for the lab."),
}

INVITATIONS: dict[str, Sentence] = {
    "invitation_unknown": _(
        "This invitation link is not complete. Copy all of it, or ask the organizers."
    ),
    "invitation_expired": _("This invitation has expired. Ask the organizers for a new one."),
    "invitation_revoked": _(
        "The organizers took this invitation back. Ask them if that is a mistake."
    ),
    "invitation_taken": _(
        "This invitation has been taken up already. If that was you, sign in; "
        "else ask the organizers for one of your own."
    ),
    "invitation_for_other": _(
        "This invitation is for %(name)s. Sign out, then open it again as that person."
    ),
    "invitation_needs_edition": _("Say for which year the invitation is."),
    "already_taking_part": _("You already take part as that."),
}

PLAN: dict[str, Sentence] = {
    "nothing_to_change": _("Nothing waits for your word here."),
    "nothing_chosen": _("Nothing is ticked. Tick at least one change, or drop the suggestion."),
    "film_changed_meanwhile": _(
        "Somebody changed who is with “%(project)s” since you opened this page. "
        "Here is how it stands now: look once more, then decide."
    ),
    "pair_changed_meanwhile": _(
        "Somebody was quicker: %(mentor)s and “%(project)s” stand differently by now. "
        "Nothing of yours was changed; here is how it stands."
    ),
    "pair_forbidden": _(
        "%(mentor)s and “%(project)s” are not to be put together. "
        "If that is no longer so, say it on “Do not put together” first."
    ),
    "project_not_selected": _("“%(project)s” is not selected: select it first."),
    "mentor_withdrew": _("%(mentor)s no longer takes part."),
    "mentor_full": _(
        "%(mentor)s has no place left: %(most)s at most. "
        "Take another film away first, or ask %(mentor)s to take one more."
    ),
    "project_full": _(
        "“%(project)s” takes %(most)s at most, and has that many. Take one away first."
    ),
    "pair_is_kept": _("%(mentor)s stays with “%(project)s”: take “Keep” away first."),
    "pair_still_planned": _(
        "%(mentor)s and “%(project)s” are on the list: take them off it first."
    ),
    "no_such_pair": _("There is no such film or mentor in this edition."),
    "no_such_change": _("There is no such change to take back."),
    "edition_archived": _("This year is over and kept to read: nothing can be changed in it."),
}

RUNS: dict[str, Sentence] = {
    "no_such_run": _("There is no such suggestion."),
    "run_under_way": _("A suggestion is being worked out already. Wait for it, or stop it."),
    "run_finished": _("It is finished already."),
    "run_not_a_draft": _("This suggestion was taken over or dropped already."),
    "no_selected_projects": _("No film is selected yet: select at least one."),
    "no_mentors": _("There is no mentor yet: invite one, or fill in for somebody."),
    "kept_pair_forbidden": _(
        "%(mentor)s is kept with “%(project)s”, and the two must not be put together. "
        "Take “Keep” away, or take back what stands against it."
    ),
    "worker_lost": _("The work was interrupted several times. Ask for a new suggestion."),
}

RELEASES: dict[str, Sentence] = {
    "nothing_to_tell": _("There is nothing to tell yet: say yes to pairs on the list first."),
    "release_over": _("These letters were sent or dropped already."),
    "plan_changed_since_letters": _(
        "The list has changed since the letters were written, so nothing was sent. "
        "Write them again, read them, then tell everyone."
    ),
}

LETTERS: dict[str, Sentence] = {
    "work_finished": _("This is finished already: there is nothing left to stop."),
    "no_such_letter": _("There is no such letter."),
    "letter_gone": _("This letter is on its way, or was dealt with already."),
    # What a letter keeps about itself.
    "no_address": _(
        "We know no address: copy the text, pass it on yourself, then mark it as sent by hand."
    ),
    "no_mail_set_up": _(
        "No mail server is set up here: copy the text, pass it on yourself, "
        "then mark it as sent by hand."
    ),
    "refused": _("The mail server refused it. Check the address, then send it again."),
    "try_later": _("The mail server was busy or out of reach. It is tried again by itself."),
    "fate_unknown": _(
        "The line broke while it was being sent: it may have arrived or not. "
        "Ask the person; then send it again, or mark it as sent by hand."
    ),
}

EDITIONS: dict[str, Sentence] = {
    "no_such_edition": _("There is no such year, or it is not for you."),
    "edition_cannot_move": _("From here the year cannot go there. Open the overview again."),
    "required": _("Fill this in."),
    "text_too_long": _(
        "This is too long: it has %(length)s characters, and at most %(most)s fit. Shorten it."
    ),
    "no_such_timezone": _("“%(value)s” is no time zone we know. Choose one from the list."),
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

SENTENCES: dict[str, Sentence] = {
    **PROFILES,
    **GENERAL,
    **ACCOUNTS,
    **PROGRAMS,
    **INVITATIONS,
    **PLAN,
    **RUNS,
    **RELEASES,
    **LETTERS,
    **EDITIONS,
    **PEOPLE,
    **SELECTION,
    **STANDINGS,
}


def word_error(error: NamedError) -> str:
    """Give the sentence for an error, in the reader's language."""
    sentence = SENTENCES[error.code]
    if isinstance(sentence, LazyString):
        # Through gettext only once the language is known.
        return str(sentence) % error.params if error.params else str(sentence)
    return sentence(error.params)


def word_stored_error(stored: Mapping[str, Any] | None, names: Mapping[str, str]) -> str:
    """Give the sentence for an error that a run or a job kept.

    What is kept holds ids; ``names`` are what the page calls them.
    """
    sentence = SENTENCES.get((stored or {}).get("code", ""))
    if stored is None or sentence is None:
        return str(_("It did not work out, and we do not know why. Try once more."))
    params = {**(stored.get("params") or {}), **names}
    if isinstance(sentence, LazyString):
        return str(sentence) % params if params else str(sentence)
    return sentence(params)
