"""What a choice would change in today's plan.

Everything that need not move stays. What both sides know already, and what an
organizer keeps, never moves; what has an organizer's yes moves only where a
film would lose a mentor otherwise, and is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from matcher.counterfactuals import Consequence as Exchange
from matcher.counterfactuals import StandingPlan
from matcher.errors import MatcherError
from webapp.enums import PairPlace
from webapp.services.matching import first_needs
from webapp.services.matching.consequences import (
    Consequence,
    FilmEffect,
    MentorEffect,
    Pair,
    Refusal,
)
from webapp.services.matching.today import Today, name
from webapp.services.plan_lines import Line

N, P, C, A = PairPlace.NONE, PairPlace.PROPOSED, PairPlace.CONFIRMED, PairPlace.SET_ASIDE


def choosing(
    today: Today, project_id: int, mentors: Iterable[int], *, instead_of: int | None = None
) -> dict[int, Consequence]:
    """Say of each mentor what choosing them for a film would change.

    Parameters
    ----------
    today : Today
    project_id : int
        A selected film.
    mentors : iterable of int
        Mentors whom it does not have.
    instead_of : int, optional
        The film's mentor who is set aside for it; they have room then.
    """
    gone = [] if instead_of is None else [(project_id, instead_of)]
    asked = [(project_id, mentor) for mentor in mentors]
    for pair in gone:
        stays = _fixed(today, pair)
        if stays is not None:
            return {mentor: Consequence((project_id, mentor), refusal=stays) for _, mentor in asked}
    inside = [pair for pair in asked if today.has(pair)]
    if not today.rows or not inside:
        return {}
    gentle = today.plan(inside, without=gone, keep_yes=True)
    bold = today.plan(inside, without=gone, keep_yes=False)
    return {pair[1]: _choosing(today, pair, gone, gentle, bold) for pair in inside}


def dropping(today: Today, pair: Pair) -> Consequence:
    """Say what setting a pair aside, with nobody instead, would change."""
    refusal = _fixed(today, pair)
    if refusal is not None:
        return Consequence(pair, refusal=refusal)
    return _outcome(today, pair, [Line(*pair, today.state.place(pair), A)])


def swapping(today: Today, pair: Pair, other: Pair) -> Consequence:
    """Say what it would change if two films swapped these mentors.

    Each film's pair keeps its standing: a yes stays a yes.
    """
    crossed = [(pair[0], other[1]), (other[0], pair[1])]
    for each in (pair, other):
        refusal = _fixed(today, each)
        if refusal is not None:
            return Consequence(pair, refusal=refusal)
    for each in crossed:
        if today.is_forbidden(each):
            return Consequence(pair, refusal=Refusal("pair_forbidden", each))
        if each in today.held:
            return Consequence(pair, refusal=Refusal("pair_on_list", each))
    lines = [Line(*each, today.state.place(each), N) for each in (pair, other)]
    for each, standing in zip(crossed, (pair, other), strict=True):
        lines.append(_gained(today, each, today.state.place(standing)))
    return _outcome(today, pair, lines)


def _choosing(
    today: Today, pair: Pair, gone: list[Pair], gentle: StandingPlan, bold: StandingPlan
) -> Consequence:
    if today.is_forbidden(pair):
        return Consequence(pair, refusal=Refusal("pair_forbidden", pair))
    exchange = _exchange(gentle, pair)
    if exchange is None or exchange.pairs_lost >= 0:
        # Somebody would lose a place: it may be gentler to move a yes.
        other = _exchange(bold, pair)
        if other is not None and (exchange is None or other.pairs_lost < exchange.pairs_lost):
            exchange = other
    if exchange is None:
        return Consequence(pair, refusal=_nobody_gives_way(today, pair, gone))
    lines = [Line(*each, today.state.place(each), A) for each in gone]
    lines += [
        Line(*each, today.state.place(each), N)
        for each in ((int(lost.project), int(lost.mentor)) for lost in exchange.lost)
    ]
    lines += [
        _gained(today, each, C if each == pair else P)
        for each in ((int(gained.project), int(gained.mentor)) for gained in exchange.gained)
    ]
    return _outcome(today, pair, lines)


def _exchange(plan: StandingPlan, pair: Pair) -> Exchange | None:
    try:
        return plan.choosing(name(pair[0]), name(pair[1]))
    except MatcherError:
        return None


def _fixed(today: Today, pair: Pair) -> Refusal | None:
    """Say why a pair stays where it is."""
    if today.is_told(pair):
        return Refusal("pair_told", pair)
    return Refusal("pair_is_kept", pair) if today.state.is_kept(pair) else None


def _nobody_gives_way(today: Today, pair: Pair, gone: list[Pair]) -> Refusal:
    films, mentors = today.n_held
    most = today.film_range(pair[0])[1]
    if films[pair[0]] - len(gone) >= most:
        return Refusal("film_full", pair, most=most)
    with_mentor = sorted(film for film, mentor in today.held if mentor == pair[1])
    told = tuple(film for film in with_mentor if today.is_told((film, pair[1])))
    kept = tuple(
        film for film in with_mentor if film not in told and today.state.is_kept((film, pair[1]))
    )
    high = today.mentor_range(pair[1])[1]
    return Refusal("nobody_gives_way", pair, told, kept, mentors[pair[1]] if high is None else high)


def _gained(today: Today, pair: Pair, place: PairPlace) -> Line:
    fit = today.fit(pair)
    proposal = today.state.proposals.get(pair)
    facts = {}
    if fit is not None and (proposal is None or proposal.affinity is None):
        facts = {"affinity": fit[0], "known_share": fit[1]}
    return Line(*pair, today.state.place(pair), place, facts=facts)


# -- what follows ------------------------------------------------------------
def _outcome(today: Today, asked: Pair, lines: list[Line]) -> Consequence:
    """Say what lines do to films and mentors."""
    held = (N, A)
    lost = [line.pair for line in lines if line.after in held and line.before not in held]
    gained = [line.pair for line in lines if line.after not in held and line.before in held]
    films = {pair[0] for pair in (*lost, *gained)}
    agreed = {line.project_id for line in lines if line.after is C and line.before != C}
    return Consequence(
        asked=asked,
        lines=tuple(lines),
        films=tuple(
            replace(_film_effect(today, film, lost, gained), has_yes=film in agreed)
            for film in sorted(films, key=lambda film: (film != asked[0], film))
        ),
        mentors=_mentor_effects(today, lost, gained),
    )


def _film_effect(today: Today, film: int, lost: list[Pair], gained: list[Pair]) -> FilmEffect:
    goes = tuple(mentor for one, mentor in lost if one == film)
    comes = tuple(mentor for one, mentor in gained if one == film)
    before = today.mentors_of(film)
    after = [mentor for mentor in (*before, *comes) if mentor not in goes]
    low = today.film_range(film)[0]
    missing = max(0, low - len(after))
    was = [fit[0] for mentor in goes if (fit := today.fit((film, mentor)))]
    now = [fit[0] for mentor in comes if (fit := today.fit((film, mentor)))]
    people, project = today.state.mentors, today.state.projects[film]
    is_need_lost = first_needs.is_lost(
        project, [people[one] for one in before], [people[one] for one in after], today.terms
    )
    return FilmEffect(
        project_id=film,
        lost=goes,
        gained=comes,
        word_before=today.word((film, goes[0])) if goes else "",
        word_after=today.word((film, comes[0])) if comes else "",
        choice=today.choice((film, comes[0])) if comes else 0,
        is_worse=bool(was and now) and sum(now) < sum(was),
        n_short=missing if missing > max(0, low - len(before)) else 0,
        need_lost=first_needs.first_need(project) if is_need_lost else "",
        had_yes=any(today.state.place((film, mentor)) is C for mentor in goes),
    )


def _mentor_effects(today: Today, lost: list[Pair], gained: list[Pair]) -> tuple[MentorEffect, ...]:
    effects = []
    for mentor in sorted({mentor for _, mentor in (*lost, *gained)}):
        if mentor not in today.columns:
            continue
        before = today.n_held[1][mentor]
        change = sum(one == mentor for _, one in gained) - sum(one == mentor for _, one in lost)
        low = today.mentor_range(mentor)[0]
        missing = max(0, low - before - change)
        if missing > max(0, low - before):
            effects.append(MentorEffect(mentor, missing))
    return tuple(effects)
