"""What a choice changes, in sentences; names stay as they are in every language."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from webapp.languages import language
from webapp.services.matching.consequences import Consequence, FilmEffect
from webapp.services.matching.today import Today
from webapp.services.plan_choices import refused
from webapp.services.terms import label
from webapp.wording.errors import word_error


def word_choice(consequence: Consequence, today: Today) -> list[str]:
    """Say beside a mentor what choosing them changes."""
    if consequence.refusal is not None:
        return [word_error(refused(today, consequence.refusal))]
    others = word_effects(consequence, today)
    if consequence.harm == 0:
        return [_("Has room: nobody else moves."), *others]
    return [_("Has no place left, so somebody gives way:"), *others]


def word_effects(consequence: Consequence, today: Today, *, with_asked: bool = False) -> list[str]:
    """Say what a choice changes, a sentence each; ``with_asked`` names the asked film's move."""
    said = []
    for film in consequence.films:
        if with_asked or film.project_id != consequence.asked[0]:
            said.append(_move(film, today))
            if film.had_yes and film.has_yes:
                title = today.state.title(film.project_id)
                said.append(_("“%(film)s” keeps its yes.", film=title))
        said += _harm(film, today)
    for effect in consequence.mentors:
        said.append(
            ngettext(
                "%(mentor)s then has %(num)d film fewer than the least agreed.",
                "%(mentor)s then has %(num)d films fewer than the least agreed.",
                effect.n_short,
                mentor=today.state.name(effect.mentor_id),
            )
        )
    return said


def word_drop(consequence: Consequence, today: Today) -> list[str]:
    """Say what it changes to set a pair aside with nobody instead."""
    if consequence.refusal is not None:
        return [word_error(refused(today, consequence.refusal))]
    return word_effects(consequence, today) or [_("The film keeps as many mentors as it asks for.")]


def word_taken_back(consequence: Consequence, today: Today) -> list[str]:
    """Name each yes that goes."""
    return [
        _(
            "You have said yes to %(mentor)s for “%(film)s”. That yes goes; "
            "whoever comes instead waits for your word.",
            mentor=today.state.name(mentor),
            film=today.state.title(film),
        )
        for film, mentor in consequence.taken_back
    ]


def _move(film: FilmEffect, today: Today) -> str:
    names = {
        "film": today.state.title(film.project_id),
        "before": ", ".join(today.state.name(mentor) for mentor in film.lost),
        "after": ", ".join(today.state.name(mentor) for mentor in film.gained),
    }
    if not film.gained:
        return _("“%(film)s” loses %(before)s: nobody can take the place.", **names)
    if not film.lost:
        return _("“%(film)s” gets %(after)s.", **names)
    if film.choice == 1:
        return _("“%(film)s”: %(before)s → %(after)s, its first choice.", **names)
    if film.choice == 2:
        return _("“%(film)s”: %(before)s → %(after)s, its second choice.", **names)
    if film.choice == 3:
        return _("“%(film)s”: %(before)s → %(after)s, its third choice.", **names)
    if film.word_before and film.word_after:
        return _(
            "“%(film)s”: %(before)s (%(was)s) → %(after)s (%(becomes)s).",
            **names,
            was=_affinity(film.word_before),
            becomes=_affinity(film.word_after),
        )
    return _("“%(film)s”: %(before)s → %(after)s.", **names)


def _harm(film: FilmEffect, today: Today) -> list[str]:
    title = today.state.title(film.project_id)
    said = []
    if film.n_short:
        said.append(
            ngettext(
                "“%(film)s” is then %(num)d mentor short.",
                "“%(film)s” is then %(num)d mentors short.",
                film.n_short,
                film=title,
            )
        )
    if film.need_lost:
        said.append(
            _(
                "“%(film)s” then has nobody for what it needs most: %(need)s.",
                film=title,
                need=label(today.terms, film.need_lost, language()),
            )
        )
    return said


def _affinity(word: str) -> str:
    return {
        "strong": pgettext("affinity", "strong"),
        "good": pgettext("affinity", "good"),
        "stretch": pgettext("affinity", "a stretch"),
    }.get(word, pgettext("affinity", "we know too little"))
