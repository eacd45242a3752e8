"""The steps of a plan's history in words: what moved, who did it, what is in the way."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import pgettext

from webapp.enums import ChangeSource, LineAspect, PairPlace, Said
from webapp.models import PlanLine
from webapp.services.plan_history import Step
from webapp.services.plan_return import Hindrance
from webapp.wording.errors import word_error
from webapp.wording.times import day_and_time


def word_place(place: str) -> str:
    """Give the word for where a pair stands."""
    return {
        PairPlace.NONE: pgettext("place", "not on the list"),
        PairPlace.PROPOSED: pgettext("place", "waits for a word"),
        PairPlace.CONFIRMED: pgettext("place", "yes"),
        PairPlace.SET_ASIDE: pgettext("place", "set aside"),
    }[PairPlace(place)]


def word_what(line: PlanLine) -> str:
    """Say what one line changed, from and to."""
    if line.aspect is LineAspect.PLACE:
        names = {"before": word_place(line.before), "after": word_place(line.after)}
        return _("%(before)s → %(after)s", **names)
    if line.aspect is LineAspect.LOCK:
        return _("“Keep” said") if line.after == Said.YES else _("“Keep” taken away")
    if line.after == Said.YES:
        return _("“Do not put together” said")
    return _("“Do not put together” taken away")


def word_source(step: Step) -> str:
    """Say by what a step was made."""
    source, other = step.change.source, step.other_revision
    if source is ChangeSource.SOLVER:
        if step.run_number is None:
            return _("from a suggestion")
        return _("from suggestion %(number)s", number=step.run_number)
    if source is ChangeSource.UNDO:
        return _("step %(number)s taken back", number=other) if other else _("taken back")
    if source is ChangeSource.RETURN:
        if other is None:
            return _("back to the very beginning")
        return _("back to how it stood after step %(number)s", number=other)
    return _("from a file") if source is ChangeSource.BULK_FILE else _("by hand")


def word_hindrance(found: Hindrance, zone: str) -> str:
    """Say what is in the way, and by whose step."""
    sentence = word_error(found)
    if found.by is None:
        return sentence
    name = found.by.actor.name if found.by.actor else _("Campfire")
    by = _(
        "That was step %(number)s: %(name)s, %(when)s.",
        number=found.by.revision,
        name=name,
        when=day_and_time(found.by.at, zone),
    )
    return f"{sentence} {by}"
