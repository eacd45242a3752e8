"""Reasons and affinities in English, for the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matcher.certainty import AffinityWord
from matcher.command.terminal import clean, clip
from matcher.files.cells import written_number
from matcher.reason_values import Reason
from matcher.vocabulary import Vocabulary

AFFINITY_WORDS: dict[AffinityWord, str] = {
    "strong": "strong",
    "good": "good",
    "stretch": "a stretch",
    "unknown": "we know too little",
}
# What each feature is called when somebody left it blank.
FIELDS = {
    "needs": "needs",
    "words": "texts",
    "characters": "texts",
    "concepts": "texts",
    "vectors": "texts",
    "form": "form",
    "genre": "genre",
    "stage": "stage",
    "language": "languages",
}
# Where a mentor names what a project needs.
_SOURCES = {
    "expertise": "people come to this mentor for it",
    "offers": "this mentor offers it",
    "bio": "the biography speaks of it",
    "credits": "the credits show it",
}
_ORDINALS = {1: "first", 2: "second", 3: "third"}
# What a reader must hear even where only one reason is told.
CAUTIONS = frozenset({"first_need_unmet", "no_shared_language"})
_LONGEST_WORDS = 48
_LONGEST_NAME = 60
# Which reason to tell where there is room for one.
_TELLING = {"need_met": 0, "language_shared": 2}


def counted(number: int, one: str, many: str = "") -> str:
    """Give "1 project", "2 projects".

    >>> counted(1, "pair"), counted(0, "project is", "projects are")
    ('1 pair', '0 projects are')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"


def figure(value: float) -> str:
    """Give a number as short as it can be told apart: 0.71, 1e-09, 1000000000000000.5."""
    if 0.01 <= abs(value) < 1e6 or value == 0:
        return f"{value:.2f}"
    return f"{value:.6g}" if abs(value) < 1e6 else written_number(value)


def short_figure(value: float) -> str:
    """Give a difference to three digits: 0.00697, 12.3, 1e-09."""
    return f"{value:.3g}" if abs(value) < 1e6 else written_number(value)


def total_figure(total: float) -> str:
    """Give a sum short, but with every digit where ten would not tell it from others."""
    return f"{total:.10g}" if abs(total) < 1e6 else written_number(total)


def named(name: str, one: str) -> str:
    """Give somebody's name with the id behind it."""
    shown, own = clip(clean(name), _LONGEST_NAME), clip(clean(one), _LONGEST_NAME)
    return shown if shown == own else f"{shown} ({own})"


def term_name(key: object) -> str:
    """Give a concept's English name, or a person's own words in quotes."""
    text = str(key)
    vocabulary = Vocabulary.load()
    concept = vocabulary.get(text)
    if concept:
        label = concept.label("en")
        return label[:1].lower() + label[1:] if not label[:2].isupper() else label
    return f'"{clip(clean(text), _LONGEST_WORDS)}"'


def language_name(code: object) -> str:
    """Give a language's English name, or its code where it is not known."""
    concept = Vocabulary.load().recognise(str(code), "language")
    return concept.label("en") if concept else clip(clean(str(code)), _LONGEST_WORDS)


def and_list(names: Sequence[str], joint: str = "and") -> str:
    """Give "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"


def word_reason(reason: Reason) -> str:
    """Give one reason as a short English clause; nothing for what is not worth a word."""
    wording = _WORDINGS.get(reason.code)
    return wording(reason) if wording else ""


def word_reasons(reasons: Sequence[Reason]) -> str:
    """Give all reasons of a pair as one line, best first."""
    return "; ".join(filter(None, map(word_reason, reasons)))


def lead_reason(reasons: Sequence[Reason], *, first_need_met: bool = False) -> str:
    """Give the best reason, and what speaks against the pair if anything does.

    A met need tells more than a shared form, and both tell more than a shared
    language, whatever each adds to the number.

    Parameters
    ----------
    reasons : sequence of Reason
        Best first.
    first_need_met : bool, default False
        Whether another of the project's mentors meets its first need: nobody
        has to worry then that this one does not.
    """
    told = [reason for reason in reasons if reason.weight > 0 and word_reason(reason)]
    best = min(told, key=lambda reason: _TELLING.get(reason.code, 1), default=None)
    cautions = CAUTIONS - {"first_need_unmet"} if first_need_met else CAUTIONS
    against = [reason for reason in reasons if reason.code in cautions]
    thin = [reason for reason in reasons if reason.code in {"project_too_thin", "mentor_too_thin"}]
    said = "; but ".join(
        filter(None, [word_reason(best) if best else "", and_list([*map(word_reason, against)])])
    )
    return said or and_list([*map(word_reason, thin)]) or "nothing that both wrote speaks for it"


def _terms(reason: Reason, name: str) -> list[str]:
    value = reason.params.get(name, ())
    return [str(one) for one in value] if isinstance(value, tuple) else [str(value)]


def _need_met(reason: Reason) -> str:
    source = _SOURCES.get(str(reason.params.get("source")), "this mentor gives it")
    return f"{_which_need(reason)}, {term_name(reason.params['need'])}: {source}"


def _which_need(reason: Reason) -> str:
    """A need that was named, in its order; else one that was read out of a text."""
    ours = [place.field for place in reason.places if place.side == "project"]
    if ours and not ours[0].startswith("needs"):
        return "a need their text speaks of"
    rank = reason.params.get("rank")
    if not rank or not isinstance(rank, int):
        return "one of their needs"
    return f"{_ORDINALS.get(rank, 'further')} need"


def _first_need_unmet(reason: Reason) -> str:
    return f"the first need, {term_name(reason.params['need'])}, is not met"


def _text_shared(reason: Reason) -> str:
    words = [f'"{clip(clean(word), _LONGEST_WORDS)}"' for word in _terms(reason, "words")]
    return f"both write of {and_list(words)}"


def _quoted(reason: Reason, side: str) -> str:
    return f'"{clip(clean(str(reason.params[side])), _LONGEST_WORDS)}"'


def _concept_shared(reason: Reason) -> str:
    said = f"{_quoted(reason, 'ours')} and {_quoted(reason, 'theirs')}"
    return f"both speak of {term_name(reason.params['concept'])}: {said}"


def _concept_near(reason: Reason) -> str:
    ours, theirs = term_name(reason.params["from"]), term_name(reason.params["to"])
    return f"{_quoted(reason, 'ours')} ({ours}) is close to {_quoted(reason, 'theirs')} ({theirs})"


def _text_near(reason: Reason) -> str:
    return f"{_quoted(reason, 'ours')} comes close to {_quoted(reason, 'theirs')}"


def _terms_shared(what: str) -> Callable[[Reason], str]:
    def worded(reason: Reason) -> str:
        shared = and_list([term_name(term) for term in _terms(reason, "terms")])
        if "near" in reason.params:
            near = and_list([term_name(term) for term in _terms(reason, "near")])
            return f"{what} close by: {shared} beside {near}"
        return f"same {what}: {shared}"

    return worded


def _language_shared(reason: Reason) -> str:
    level = str(reason.params.get("level") or "")
    known = {"": "", "native": ""}.get(level, f" (level {level})")
    return f"both speak {language_name(reason.params['language'])}{known}"


def _wished(reason: Reason) -> str:
    ours, theirs = int(str(reason.params["by_project"])), int(str(reason.params["by_mentor"]))
    told = [
        f"the {side} wished for the {other} ({_ORDINALS.get(rank, f'{rank}th')} wish)"
        for side, other, rank in (("project", "mentor", ours), ("mentor", "project", theirs))
        if rank
    ]
    return and_list(told)


def _always(clause: str) -> Callable[[Reason], str]:
    return lambda _reason: clause


def _not_said(reason: Reason) -> str:
    fields = dict.fromkeys(FIELDS.get(field, field) for field in _terms(reason, "missing"))
    return f"the {reason.params['side']} left blank: {', '.join(fields)}"


_WORDINGS: dict[str, Callable[[Reason], str]] = {
    "need_met": _need_met,
    "first_need_unmet": _first_need_unmet,
    "text_shared": _text_shared,
    "concept_shared": _concept_shared,
    "concept_near": _concept_near,
    "text_near": _text_near,
    "form_shared": _terms_shared("form"),
    "genre_shared": _terms_shared("genre"),
    "stage_shared": _terms_shared("stage"),
    "language_shared": _language_shared,
    "craft_shared": _terms_shared("craft"),
    "territory_shared": _terms_shared("country"),
    "wished": _wished,
    "met_before": _always("they have worked together before"),
    "no_shared_language": _always("they share no language"),
    "project_too_thin": _always("the project has told us too little"),
    "mentor_too_thin": _always("the mentor has told us too little"),
    "not_said": _not_said,
}
