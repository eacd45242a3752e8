"""What lists offer on both sides' forms, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from webapp.enums import TermKind
from webapp.languages import language
from webapp.models import Term
from webapp.services.matching import words
from webapp.services.terms import label

# As somebody says it of themself.
LEVELS: dict[str, LazyString] = {
    "": _("not said"),
    "A1": _("a few words"),
    "A2": _("a little"),
    "B1": _("I get by"),
    "B2": _("well enough"),
    "C1": _("very well"),
    "C2": _("almost native"),
    "native": _("native"),
}


def profile_choices(terms: Mapping[str, Term]) -> dict[str, list[tuple[str, str]]]:
    """Give the choices of each list, by what it is a list of."""
    now = language()
    choices = {
        kind.value: [
            (term.key, label(terms, term.key, now))
            for term in terms.values()
            if term.kind is kind and term.is_offered
        ]
        for kind in TermKind
    }
    choices["language"] = [
        (concept.code, words.label(concept.id, now)) for concept in words.concepts("language")
    ]
    choices["level"] = [(code, str(said)) for code, said in LEVELS.items()]
    return choices
