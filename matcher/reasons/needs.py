"""Reasons in what a project needs and a mentor gives."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.needs import Need
from matcher.offerings import Met, meets
from matcher.profiles import MentorProfile
from matcher.reason_values import Parameter, Place, Reason
from matcher.text import CharacterVectors

MOST_NEEDS = 3


def need_reasons(
    needs: Sequence[Need],
    mentor: MentorProfile,
    given: dict[str, Met],
    characters: CharacterVectors,
    share: float,
) -> list[Reason]:
    """Name the needs that a mentor meets, and what is missing.

    Parameters
    ----------
    needs : sequence of Need
        The project's.
    mentor : MentorProfile
    given : dict of str to Met
        What :func:`matcher.offerings.gives` says of this mentor.
    characters : CharacterVectors
        Fitted; compares terms that the vocabulary does not know.
    share : float
        The needs' part of all weights.

    Returns
    -------
    list of Reason
    """
    met: list[Reason] = []
    unmet: list[Reason] = []
    for need in needs:
        here = Place("project", need.field, need.start, need.end)
        name = need.term.concept or need.term.text
        found = meets(need.term, mentor, given, characters)
        if found is not None:
            there = Place("mentor", found.field, found.start, found.end)
            params: dict[str, Parameter] = {
                "need": name,
                "rank": need.rank,
                "source": found.source,
            }
            weight = share * need.share * found.credit
            met.append(Reason("need_met", weight, params, (here, there)))
        elif need.rank == 1:
            unmet.append(Reason("first_need_unmet", -share * need.share, {"need": name}, (here,)))
    if not met and not unmet:
        named = tuple(need.term.concept or need.term.text for need in needs)
        places = tuple(Place("project", need.field, need.start, need.end) for need in needs)
        return [Reason("no_need_met", -share, {"needs": named}, places)]
    return sorted(met, key=lambda reason: -reason.weight)[:MOST_NEEDS] + unmet
