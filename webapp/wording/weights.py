"""What counts when a film and a mentor are compared, in words."""

from __future__ import annotations

from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _

from webapp.wording.sentence import Sentence

# One for each feature; the ways of comparing texts go under one name.
SIDES: dict[str, LazyString] = {
    "needs": _("What the film needs, and the mentor gives"),
    "texts": _("What the texts say"),
    "form": _("The same form"),
    "genre": _("The same genre"),
    "stage": _("The same stage of work"),
    "language": _("A language in common"),
    "craft": _("The same craft"),
    "territory": _("The same part of the world"),
    "wishes": _("Somebody’s wish"),
    "past": _("Having worked together before"),
}

LEARNING: dict[str, Sentence] = {
    "no_weights_offered": _(
        "Nothing new is offered any more. Look at the page once more: it shows what counts now."
    ),
    "no_weights_to_reset": _("What counts was set back already."),
}

# What became of an offer, in its history.
ACTS: dict[str, LazyString] = {
    "learned_weights_used": _("used what was learned"),
    "learned_weights_refused": _("said: not now"),
    "learned_weights_reset": _("went back to the old weights"),
}

_MUCH = 1.5
_LITTLE = 1.1


def word_side(name: str) -> str:
    """Give the words for one thing that counts."""
    return str(SIDES[name])


def word_act(verb: str) -> str:
    """Give the words for what somebody did about learned weights."""
    return str(ACTS[verb])


def word_change(before: float, after: float) -> str:
    """Give the word for how much more or less something counts than before."""
    if after < 0.5 <= before:
        return str(lazy_pgettext("weight", "no longer counts"))
    if before < 0.5 <= after:
        return str(lazy_pgettext("weight", "counts now"))
    if max(before, after) <= _LITTLE * min(before, after) or max(before, after) < 0.5:
        return str(lazy_pgettext("weight", "as before"))
    if after > before:
        much = after > _MUCH * before
        return str(
            lazy_pgettext("weight", "much more") if much else lazy_pgettext("weight", "more")
        )
    much = before > _MUCH * after
    return str(lazy_pgettext("weight", "much less") if much else lazy_pgettext("weight", "less"))
