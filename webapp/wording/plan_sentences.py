"""Why a plan, a run, a release or a letter cannot be so.

One clear sentence a code, with the remedy; parameters as ``%(name)s``. A sentence
that counts is a function of the parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from webapp.wording.sentence import Sentence


def _nobody_gives_way(params: Mapping[str, Any]) -> str:
    said = [
        gettext(
            "%(mentor)s has no place left: %(most)s at most.",
            mentor=params["mentor"],
            most=params["most"],
        )
    ]
    if params["told"]:
        films = _quoted(params["told"])
        said.append(gettext("Told already, so it stays: %(films)s.", films=films))
    if params["kept"]:
        said.append(gettext("Kept: %(films)s.", films=_quoted(params["kept"])))
    return " ".join(said)


def _quoted(titles: Iterable[str]) -> str:
    return ", ".join(gettext("“%(title)s”", title=title) for title in titles)


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
    "pair_told": _(
        "%(mentor)s and “%(project)s” know of each other already, so nothing moves here by itself. "
        "Speak with both, then take the pair off the list."
    ),
    "pair_on_list": _("%(mentor)s and “%(project)s” are on the list already."),
    "nobody_gives_way": _nobody_gives_way,
    "consequence_changed": _(
        "The list has changed since, and so has what follows from this. "
        "Here is how it is now: look once more, then decide."
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

# What a run says of the sentence encoder it was to use, and could not.
READING: dict[str, Sentence] = {
    "encoder_missing": _(
        "The sentence encoder isn't installed here; texts were compared without it."
    ),
    "encoder_without_wheel": _(
        "There is no sentence encoder for this kind of machine; texts were compared without it."
    ),
    "encoder_needs_library": _(
        "The sentence encoder “%(name)s” isn't installed here; texts were compared without it."
    ),
    "encoder_unknown": _(
        "No sentence encoder is called “%(name)s”; texts were compared without one."
    ),
    "encoder_failed": _(
        "The sentence encoder broke down; texts were compared without it. "
        "Whoever looks after this Campfire may want to know: %(reason)s"
    ),
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
