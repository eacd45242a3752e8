"""A sentence for each error: what is wrong, and what to do about it.

The sentences stand in the modules beside this one, by what they speak of.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from webapp.wording.access_sentences import ACCOUNTS, GENERAL, INVITATIONS, PROGRAMS
from webapp.wording.film_sentences import EDITIONS, PEOPLE, PROFILES, SELECTION, STANDINGS
from webapp.wording.history_sentences import HISTORY
from webapp.wording.plan_sentences import LETTERS, PLAN, READING, RELEASES, RUNS
from webapp.wording.sentence import Sentence
from webapp.wording.weights import LEARNING


class NamedError(Protocol):
    """An error as a value, from a service or from the matcher."""

    code: str
    params: Mapping[str, Any]


SENTENCES: dict[str, Sentence] = {
    **PROFILES,
    **GENERAL,
    **ACCOUNTS,
    **PROGRAMS,
    **INVITATIONS,
    **PLAN,
    **HISTORY,
    **RUNS,
    **READING,
    **LEARNING,
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
