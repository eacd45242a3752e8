"""The one next thing in each of a person's places, as a sentence and a button."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from webapp.services.next_steps import Place

# A step without a button asks nothing.
STEPS: dict[str, tuple[LazyString, LazyString | None]] = {
    "helper": (_("You help here. The organizers tell you what is needed."), None),
    "make_edition": (_("Set up the first year: dates, place, languages."), _("Set up a year")),
    "organize_preparing": (_("Invite filmmakers and mentors."), _("See what is next")),
    "organize_collecting": (
        _("Films and mentors are coming in. See who is still missing."),
        _("See what is next"),
    ),
    "organize_matching": (_("Find who works with whom."), _("See what is next")),
    "organize_released": (_("Everyone has been told who works with whom."), _("Open")),
    "organize_running": (_("The lab is under way."), _("Open")),
    "film_none": (_("Tell us about your film: six questions, ten minutes."), _("Begin")),
    "film_draft": (
        _("“%(title)s” is a draft. A few answers, then send it in."),
        _("Go on with your film"),
    ),
    "film_returned": (
        _("The organizers have a question about “%(title)s”."),
        _("Read and answer"),
    ),
    "film_submitted": (
        _("“%(title)s” is with the organizers. You need not do anything now."),
        _("Open your film"),
    ),
    "film_selected": (_("Your mentors are waiting for “%(title)s”."), _("Meet your mentors")),
    "film_waiting_list": (_("“%(title)s” is on the waiting list."), _("Open your film")),
    "film_not_this_time": (
        _("“%(title)s”: in this round it did not work out."),
        _("Open your film"),
    ),
    "mentor_check": (
        _("The organizers have filled in for you. Is it right?"),
        _("Look and say yes"),
    ),
    "mentor_profile": (_("Say what people come to you for."), _("Write your page")),
    "mentor_wait": (
        _("Everything is here. You will hear from the organizers."),
        _("Open your page"),
    ),
    "mentor_told": (_("Your films are here."), _("See your films")),
    "guest": (_("You are invited as a guest. You need not do anything."), None),
    "over": (_("This year is over. You can still read everything."), _("Open")),
}
UNTITLED = _("your film")


def word_step(place: Place) -> str:
    """Give the sentence that says what is next."""
    sentence = str(STEPS[place.step][0])
    if place.film is None:
        return sentence
    return sentence % {"title": place.film.title or str(UNTITLED)}


def word_button(place: Place) -> str:
    """Give the words of the button; none where nothing is asked."""
    button = STEPS[place.step][1]
    return str(button) if button else ""
