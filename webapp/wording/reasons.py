"""Reasons into sentences, in the reader's language.

The sentences suit all three readers: they speak of the film and name the
mentor, never of "you", and have no gendered past tense.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.languages import language
from webapp.models import Term
from webapp.services.terms import label, labels, language_label

Reason = Mapping[str, Any]
Terms = Mapping[str, Term]
Words = Callable[[Mapping[str, Any], Terms, str], str]


def _need_met(params: Mapping[str, Any], terms: Terms, mentor: str) -> str:
    names = {"need": label(terms, params["need"], language()), "mentor": mentor}
    first = params["rank"] == 1
    if params["source"] == "offers":
        if first:
            return _("%(need)s: needed most, and offered here by %(mentor)s.", **names)
        return _("%(need)s: needed, and offered here by %(mentor)s.", **names)
    if params["source"] == "expertise":
        if first:
            return _("%(need)s: needed most, and what people come to %(mentor)s for.", **names)
        return _("%(need)s: needed, and what people come to %(mentor)s for.", **names)
    if first:
        return _("%(need)s: needed most, and part of what %(mentor)s does.", **names)
    return _("%(need)s: needed, and part of what %(mentor)s does.", **names)


def _first_need_unmet(params: Mapping[str, Any], terms: Terms, mentor: str) -> str:
    return _(
        "What the film needs most, %(need)s, is not what people come to %(mentor)s for.",
        need=label(terms, params["need"], language()),
        mentor=mentor,
    )


def _no_need_met(_params: Mapping[str, Any], _terms: Terms, mentor: str) -> str:
    return _("Nothing the film needs is what people come to %(mentor)s for.", mentor=mentor)


def _text_shared(params: Mapping[str, Any], _terms: Terms, _mentor: str) -> str:
    words = ", ".join(_("“%(word)s”", word=word) for word in params["words"])
    return ngettext(
        "The same word on both sides: %(words)s.",
        "The same words on both sides: %(words)s.",
        len(params["words"]),
        words=words,
    )


def _listed(params: Mapping[str, Any], terms: Terms) -> str:
    return ", ".join(labels(terms, params["terms"], language()))


def _form_shared(params: Mapping[str, Any], terms: Terms, mentor: str) -> str:
    if params.get("near"):
        return _("%(mentor)s knows a form close to this one.", mentor=mentor)
    return _("A form both know: %(terms)s.", terms=_listed(params, terms))


def _genre_shared(params: Mapping[str, Any], terms: Terms, _mentor: str) -> str:
    return _("A genre both know: %(terms)s.", terms=_listed(params, terms))


def _stage_shared(params: Mapping[str, Any], terms: Terms, mentor: str) -> str:
    if params.get("near"):
        return _("%(mentor)s helps most at a stage close to this one.", mentor=mentor)
    return _(
        "%(mentor)s helps most at this stage: %(terms)s.",
        mentor=mentor,
        terms=_listed(params, terms),
    )


def _language_shared(params: Mapping[str, Any], _terms: Terms, _mentor: str) -> str:
    return _("A language in common: %(name)s.", name=language_label(params["language"], language()))


def _no_shared_language(_params: Mapping[str, Any], _terms: Terms, _mentor: str) -> str:
    return _("No language in common: somebody has to interpret.")


def _project_too_thin(_params: Mapping[str, Any], _terms: Terms, _mentor: str) -> str:
    return _("We know too little of this film yet.")


def _mentor_too_thin(_params: Mapping[str, Any], _terms: Terms, mentor: str) -> str:
    return _("We know too little of %(mentor)s yet.", mentor=mentor)


WORDED: Mapping[str, Words] = {
    "need_met": _need_met,
    "first_need_unmet": _first_need_unmet,
    "no_need_met": _no_need_met,
    "text_shared": _text_shared,
    "form_shared": _form_shared,
    "genre_shared": _genre_shared,
    "stage_shared": _stage_shared,
    "language_shared": _language_shared,
    "no_shared_language": _no_shared_language,
    "project_too_thin": _project_too_thin,
    "mentor_too_thin": _mentor_too_thin,
}
# What speaks against a pair; only organizers read it.
AGAINST = frozenset(
    {
        "first_need_unmet",
        "no_need_met",
        "no_shared_language",
        "project_too_thin",
        "mentor_too_thin",
    }
)


def word_reason(reason: Reason, terms: Terms, *, mentor: str) -> str:
    """Give one reason as a sentence; empty for one that is not said aloud."""
    worded = WORDED.get(reason["code"])
    return worded(reason["params"], terms, mentor) if worded else ""


def word_pair(reasons: Sequence[Reason], terms: Terms, *, mentor: str) -> str:
    """Give the one sentence that says best why this pair; empty when there is none.

    A common language is what talk needs, not why these two should talk: it is
    said alone only where there is nothing else to say.
    """
    for reason in sorted(reasons, key=lambda reason: reason["code"] == "language_shared"):
        if reason["code"] not in AGAINST:
            sentence = word_reason(reason, terms, mentor=mentor)
            if sentence:
                return sentence
    return ""


def word_reasons_for(reasons: Sequence[Reason], terms: Terms, *, mentor: str) -> list[str]:
    """Give every sentence that speaks for a pair, best first."""
    spoken = (
        word_reason(reason, terms, mentor=mentor)
        for reason in reasons
        if reason["code"] not in AGAINST
    )
    return [sentence for sentence in spoken if sentence]


def word_doubts(reasons: Sequence[Reason], terms: Terms, *, mentor: str) -> list[str]:
    """Give every sentence that speaks against a pair, for the organizers."""
    spoken = (
        word_reason(reason, terms, mentor=mentor) for reason in reasons if reason["code"] in AGAINST
    )
    return [sentence for sentence in spoken if sentence]
