"""What keeps somebody out, or stops them on the way in.

One clear sentence a code, with the remedy; parameters as ``%(name)s``. A sentence
that counts is a function of the parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from webapp.wording.sentence import Sentence


def _wait(params: Mapping[str, Any]) -> str:
    return ngettext(
        "That was tried too often. Wait %(num)d minute, or ask for a new password.",
        "That was tried too often. Wait %(num)d minutes, or ask for a new password.",
        params["minutes"],
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
