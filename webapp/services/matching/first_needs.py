"""Whether a mentor meets what a film needs most, by the lists alone.

No text is read here: a page asks this of many pairs, and what the lists do not
say is said to be unknown rather than guessed.
"""

from __future__ import annotations

from collections.abc import Iterable

from matcher.vocabulary import Vocabulary
from webapp.models import Participation, Project
from webapp.services.matching.profiles import TermsByKey


def first_need(project: Project) -> str:
    """Give the key of what a film needs most; empty where it named nothing in order."""
    return project.needs[0] if project.needs and project.needs_ordered else ""


def meets(need: str, mentor: Participation, terms: TermsByKey) -> bool | None:
    """Say whether people come to a mentor for this; None where the lists do not tell.

    A need is met by its own name, and by the crafts that usually meet it.
    """
    named = [*mentor.expertise, *mentor.offers]
    if not named:
        return None
    if need in named:
        return True
    concepts = [_concept(key, terms) for key in named]
    wanted = _concept(need, terms)
    if wanted and any(wanted in Vocabulary.load().needs_met_by(each) for each in concepts if each):
        return True
    # A word of one's own may mean the same.
    return False if wanted and all(concepts) else None


def is_lost(
    project: Project,
    before: Iterable[Participation],
    after: Iterable[Participation],
    terms: TermsByKey,
) -> bool:
    """Say whether a film's first need was surely met, and surely is no longer."""
    need = first_need(project)
    if not need:
        return False
    met = [meets(need, mentor, terms) for mentor in before]
    left = [meets(need, mentor, terms) for mentor in after]
    return True in met and bool(left) and all(each is False for each in left)


def _concept(key: str, terms: TermsByKey) -> str | None:
    term = terms.get(key)
    return term.concept_id if term is not None else None
