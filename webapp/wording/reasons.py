"""Reasons into sentences, in the reader's language.

Organizers and filmmakers read of the mentor by name; a mentor reads "you".
No sentence has a gendered past tense.
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


def _need_you_meet(params: Mapping[str, Any], terms: Terms, _mentor: str) -> str:
    need = label(terms, params["need"], language())
    first = params["rank"] == 1
    if params["source"] == "offers":
        if first:
            return _("%(need)s: needed most, and offered here by you.", need=need)
        return _("%(need)s: needed, and offered here by you.", need=need)
    if params["source"] == "expertise":
        if first:
            return _("%(need)s: needed most, and what people come to you for.", need=need)
        return _("%(need)s: needed, and what people come to you for.", need=need)
    if first:
        return _("%(need)s: needed most, and part of what you do.", need=need)
    return _("%(need)s: needed, and part of what you do.", need=need)


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


def _quotes(params: Mapping[str, Any]) -> dict[str, str]:
    return {"ours": str(params["ours"]), "theirs": str(params["theirs"])}


def _concept_shared(params: Mapping[str, Any], terms: Terms, _mentor: str) -> str:
    return _(
        "Both speak of one thing, %(concept)s: “%(ours)s” – “%(theirs)s”.",
        concept=label(terms, params["concept"], language()),
        **_quotes(params),
    )


def _concept_near(params: Mapping[str, Any], terms: Terms, _mentor: str) -> str:
    return _(
        "“%(ours)s” and “%(theirs)s” lie close together: %(one)s, %(other)s.",
        one=label(terms, params["from"], language()),
        other=label(terms, params["to"], language()),
        **_quotes(params),
    )


def _text_near(params: Mapping[str, Any], _terms: Terms, _mentor: str) -> str:
    return _("“%(ours)s” comes close to “%(theirs)s”.", **_quotes(params))


def _your_text_near(params: Mapping[str, Any], _terms: Terms, _mentor: str) -> str:
    return _("Your “%(theirs)s” comes close to “%(ours)s” in the film.", **_quotes(params))


def _listed(params: Mapping[str, Any], terms: Terms) -> str:
    return ", ".join(labels(terms, params["terms"], language()))


def _form_shared(params: Mapping[str, Any], terms: Terms, mentor: str) -> str:
    if params.get("near"):
        return _("%(mentor)s knows a form close to this one.", mentor=mentor)
    return _("A form both know: %(terms)s.", terms=_listed(params, terms))


def _your_form(params: Mapping[str, Any], terms: Terms, _mentor: str) -> str:
    if params.get("near"):
        return _("You know a form close to this one.")
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


def _your_stage(params: Mapping[str, Any], terms: Terms, _mentor: str) -> str:
    if params.get("near"):
        return _("You help most at a stage close to this one.")
    return _("You help most at this stage: %(terms)s.", terms=_listed(params, terms))


def _craft_shared(params: Mapping[str, Any], terms: Terms, mentor: str) -> str:
    return _(
        "A craft that the team and %(mentor)s share: %(terms)s.",
        mentor=mentor,
        terms=_listed(params, terms),
    )


def _your_craft(params: Mapping[str, Any], terms: Terms, _mentor: str) -> str:
    return _("A craft that the team and you share: %(terms)s.", terms=_listed(params, terms))


def _territory_shared(params: Mapping[str, Any], terms: Terms, mentor: str) -> str:
    return _(
        "Ground that %(mentor)s knows: %(terms)s.", mentor=mentor, terms=_listed(params, terms)
    )


def _your_territory(params: Mapping[str, Any], terms: Terms, _mentor: str) -> str:
    return _("Ground that you know: %(terms)s.", terms=_listed(params, terms))


def _wished(params: Mapping[str, Any], _terms: Terms, mentor: str) -> str:
    ours, theirs = params["by_project"], params["by_mentor"]
    if ours and theirs:
        return _("A wish of both sides: the film’s people and %(mentor)s.", mentor=mentor)
    if ours:
        return _(
            "A wish of the film’s people: %(mentor)s is number %(rank)s on their list.",
            mentor=mentor,
            rank=ours,
        )
    return _(
        "A wish of %(mentor)s: this film is number %(rank)s on the list.",
        mentor=mentor,
        rank=theirs,
    )


def _met_before(_params: Mapping[str, Any], _terms: Terms, mentor: str) -> str:
    return _("Somebody of the team knows %(mentor)s from an earlier year.", mentor=mentor)


def _met_you_before(_params: Mapping[str, Any], _terms: Terms, _mentor: str) -> str:
    return _("Somebody of the team knows you from an earlier year.")


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
    "concept_shared": _concept_shared,
    "concept_near": _concept_near,
    "text_near": _text_near,
    "form_shared": _form_shared,
    "genre_shared": _genre_shared,
    "stage_shared": _stage_shared,
    "language_shared": _language_shared,
    "craft_shared": _craft_shared,
    "territory_shared": _territory_shared,
    "wished": _wished,
    "met_before": _met_before,
    "no_shared_language": _no_shared_language,
    "project_too_thin": _project_too_thin,
    "mentor_too_thin": _mentor_too_thin,
}
# What a mentor reads of themselves.
TO_MENTOR: Mapping[str, Words] = {
    **WORDED,
    "need_met": _need_you_meet,
    "text_near": _your_text_near,
    "form_shared": _your_form,
    "stage_shared": _your_stage,
    "craft_shared": _your_craft,
    "territory_shared": _your_territory,
    "met_before": _met_you_before,
}
# What each side told the organizers alone: whom they would like to work with.
PRIVATE = frozenset({"wished"})
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


def word_reason(reason: Reason, terms: Terms, *, mentor: str, to_mentor: bool = False) -> str:
    """Give one reason as a sentence; empty for one that is not said aloud."""
    worded = (TO_MENTOR if to_mentor else WORDED).get(reason["code"])
    return worded(reason["params"], terms, mentor) if worded else ""


def word_pair(
    reasons: Sequence[Reason],
    terms: Terms,
    *,
    mentor: str,
    to_mentor: bool = False,
    to_organizers: bool = False,
) -> str:
    """Give the one sentence that says best why this pair; empty when there is none.

    A common language is what talk needs, not why these two should talk: it is
    said alone only where there is nothing else to say. Wishes are told to
    organizers alone.
    """
    last = sorted(reasons, key=lambda reason: reason["code"] == "language_shared")
    told = word_reasons_for(
        last, terms, mentor=mentor, to_mentor=to_mentor, to_organizers=to_organizers
    )
    return told[0] if told else ""


def word_reasons_for(
    reasons: Sequence[Reason],
    terms: Terms,
    *,
    mentor: str,
    to_mentor: bool = False,
    to_organizers: bool = False,
) -> list[str]:
    """Give every sentence that speaks for a pair, best first; wishes to organizers alone."""
    untold = AGAINST if to_organizers else AGAINST | PRIVATE
    spoken = (
        word_reason(reason, terms, mentor=mentor, to_mentor=to_mentor)
        for reason in reasons
        if reason["code"] not in untold
    )
    return [sentence for sentence in spoken if sentence]


def word_doubts(reasons: Sequence[Reason], terms: Terms, *, mentor: str) -> list[str]:
    """Give every sentence that speaks against a pair, for the organizers."""
    spoken = (
        word_reason(reason, terms, mentor=mentor) for reason in reasons if reason["code"] in AGAINST
    )
    return [sentence for sentence in spoken if sentence]
