"""Choosing, dropping and swapping: weighed first, then done as one unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from webapp.enums import PairPlace
from webapp.errors import ChangedMeanwhile, NotFound, NotPossible
from webapp.models import Edition, Participation, PlanChange, Project, User
from webapp.services import plan
from webapp.services.matching import asking
from webapp.services.matching.consequences import Consequence, Pair, Refusal
from webapp.services.matching.today import Today, read_today
from webapp.services.plan_state import load_state


@dataclass(frozen=True)
class Weighed:
    """A choice and what follows from it, against today's plan."""

    today: Today
    consequence: Consequence


@dataclass(frozen=True)
class SwapPartner:
    """A pair with whom another could swap mentors, and what follows from it."""

    project: Project
    mentor: Participation
    consequence: Consequence
    # By how much the two films fit better together; below zero, worse.
    gain: float


def weigh_choice(
    session: Session,
    edition: Edition,
    project_id: int,
    mentor_id: int,
    *,
    instead_of: int | None = None,
    seen: str | None = None,
) -> Weighed:
    """Say what choosing a mentor for a film changes.

    Parameters
    ----------
    instead_of : int, optional
        The film's mentor who is set aside for it; ``seen`` is where the page
        showed that pair.

    Raises
    ------
    NotFound
        There is no such mentor.
    ChangedMeanwhile
        The film has this mentor already, or no longer the one to set aside.
    NotPossible
        A conflict, a film with all its mentors, nobody who could give way.
    """
    today = _today(session, edition)
    pair = (project_id, mentor_id)
    _check_here(today, pair)
    if pair in today.held:
        raise _changed(today, pair)
    if instead_of is not None:
        _check_seen(today, (project_id, instead_of), seen)
    most = today.film_range(project_id)[1]
    if len(today.mentors_of(project_id)) - (instead_of is not None) >= most:
        raise NotPossible("project_full", project=today.state.title(project_id), most=most)
    told = asking.choosing(today, project_id, [mentor_id], instead_of=instead_of)
    return _possible(today, told[mentor_id])


def weigh_drop(session: Session, edition: Edition, pair: Pair, *, seen: str) -> Weighed:
    """Say what setting a pair aside changes, with nobody instead."""
    today = _today(session, edition)
    _check_here(today, pair)
    _check_seen(today, pair, seen)
    return _possible(today, asking.dropping(today, pair))


def weigh_swap(
    session: Session, edition: Edition, pair: Pair, other: Pair, *, seen: tuple[str, str]
) -> Weighed:
    """Say what it changes when two films swap these mentors; ``seen`` as for a choice."""
    today = _today(session, edition)
    for each, place in zip((pair, other), seen, strict=True):
        _check_here(today, each)
        _check_seen(today, each, place)
    return _possible(today, asking.swapping(today, pair, other))


def list_swap_partners(
    session: Session, edition: Edition, pair: Pair
) -> tuple[Weighed, list[SwapPartner]]:
    """List the pairs with whom a pair could swap mentors, most gain first.

    The first value says whether the pair itself may move at all.

    Raises
    ------
    NotFound
        There is no such film or mentor, or the two are not on the list.
    """
    today = _today(session, edition)
    _check_here(today, pair)
    if pair not in today.held:
        raise NotFound("no_such_pair")
    own = Weighed(today, asking.dropping(today, pair))
    if own.consequence.refusal is not None:
        return own, []
    partners = [
        SwapPartner(
            project=today.state.projects[other[0]],
            mentor=today.state.mentors[other[1]],
            consequence=told,
            gain=_gain(today, pair, other),
        )
        for other in today.held
        if other[0] != pair[0] and other[1] != pair[1] and today.has(other)
        for told in (asking.swapping(today, pair, other),)
        if told.refusal is None
    ]
    partners.sort(key=lambda each: (-each.gain, each.project.id, each.mentor.id))
    return own, partners


def decide(
    session: Session,
    edition: Edition,
    weighed: Weighed,
    *,
    actor: User | None,
    expected_version: int | None,
    reason: str = "",
) -> PlanChange:
    """Do what was weighed, as one unit that can be undone as one."""
    lines = [
        replace(line, reason=reason) if line.after == PairPlace.SET_ASIDE else line
        for line in weighed.consequence.lines
    ]
    return plan.apply_lines(session, edition, lines, actor=actor, expected_version=expected_version)


def _today(session: Session, edition: Edition) -> Today:
    return read_today(session, edition, load_state(session, edition))


def _gain(today: Today, pair: Pair, other: Pair) -> float:
    def fit(*pairs: Pair) -> float:
        return sum(float(today.affinity[today.cell(each)]) for each in pairs)

    return fit((pair[0], other[1]), (other[0], pair[1])) - fit(pair, other)


def _check_here(today: Today, pair: Pair) -> None:
    if today.has(pair):
        return
    state = today.state
    if pair[0] not in state.projects or pair[1] not in state.mentors:
        raise NotFound("no_such_pair")
    names = {"project": state.title(pair[0]), "mentor": state.name(pair[1])}
    if pair[0] not in today.rows:
        raise NotPossible("project_not_selected", **names)
    if state.mentors[pair[1]].withdrawn_at is not None:
        raise NotPossible("mentor_withdrew", **names)
    raise NotFound("no_such_pair")


def _check_seen(today: Today, pair: Pair, seen: str | None) -> None:
    if pair not in today.held or (seen is not None and today.state.place(pair) != seen):
        raise _changed(today, pair)


def _changed(today: Today, pair: Pair) -> ChangedMeanwhile:
    return ChangedMeanwhile(
        "pair_changed_meanwhile",
        project=today.state.title(pair[0]),
        mentor=today.state.name(pair[1]),
    )


def _possible(today: Today, consequence: Consequence) -> Weighed:
    if consequence.refusal is not None:
        raise refused(today, consequence.refusal)
    return Weighed(today, consequence)


def refused(today: Today, refusal: Refusal) -> NotPossible:
    """Give a refusal as the error that names its people and films."""
    state = today.state
    names = {"project": state.title(refusal.pair[0]), "mentor": state.name(refusal.pair[1])}
    if refusal.code == "film_full":
        return NotPossible("project_full", **names, most=refusal.most)
    if refusal.code == "nobody_gives_way":
        return NotPossible(
            "nobody_gives_way",
            **names,
            most=refusal.most,
            told=_titles(today, refusal.told),
            kept=_titles(today, refusal.kept),
        )
    return NotPossible(refusal.code, **names)


def _titles(today: Today, films: Iterable[int]) -> list[str]:
    return [today.state.title(film) for film in films]
