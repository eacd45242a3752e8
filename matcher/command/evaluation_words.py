"""What an evaluation tells a tired organizer, and a program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from matcher.command.concerns import section, without_encoder
from matcher.command.plan_json import encoder_json
from matcher.command.terminal import clean, clip, columns, wrap
from matcher.command.wording import counted
from matcher.errors import Note
from matcher.evaluation import Figures, LanguageShare, Measured, RankingReport

_MOST_NAMED = 12
_PLACE_NAMES = {1: "right mentor first", 3: "among the first 3", 5: "among the first 5"}


def evaluation_summary(
    report: RankingReport,
    plain: RankingReport,
    left_out: Sequence[str],
    note: Note | None = None,
) -> str:
    """Give the whole summary.

    Parameters
    ----------
    report, plain : RankingReport
        Of our affinities and of plain word overlap, on the same people.
    left_out : sequence of str
        Ids of projects for which nobody is named as right.
    note : Note, optional
        Why the encoder that was asked for did not read the texts.

    Returns
    -------
    str
        Lines of at most 92 columns, without a line end at the end.
    """
    parts = [
        _headline(report, left_out),
        section("HOW OFTEN THE RIGHT MENTOR COMES FIRST", _overall(report, plain)),
        section("BY LANGUAGE", _by_language(report.by_language)),
        section("WHOSE MENTORS GET THE PLACES", _shares(report.shares)),
        section("GRADES", _loss(report, plain)),
        without_encoder(note),
    ]
    return "\n\n".join(part for part in parts if part)


def _headline(report: RankingReport, left_out: Sequence[str]) -> str:
    overall = report.overall
    lines = wrap(
        f"{counted(overall.n_projects, 'project')} with a right mentor named, each put in order "
        f"against {counted(overall.n_mentors, 'mentor')}.",
        0,
    )
    if left_out:
        named = ", ".join(clip(clean(one), 24) for one in left_out[:_MOST_NAMED])
        more = len(left_out) - _MOST_NAMED
        lines += wrap(
            f"Left out, since nobody is named for them: {named}"
            f"{f' and {more} more' if more > 0 else ''}.",
            0,
        )
    return "\n".join(lines)


def _overall(report: RankingReport, plain: RankingReport) -> list[str]:
    ours, theirs = report.overall, plain.overall
    rows = [
        ["", "Campfire", "plain TF-IDF", "chance"],
        [
            "mean reciprocal rank",
            str(ours.mean_reciprocal_rank),
            str(theirs.mean_reciprocal_rank),
            f"{ours.chance:.2f}",
        ],
    ]
    rows += [
        [name, str(ours.hits[n]), str(theirs.hits[n]), f"{ours.chance_hits[n]:.2f}"]
        for n, name in _PLACE_NAMES.items()
    ]
    return [
        columns(rows),
        *wrap(
            "1 is always, 0 never; a reciprocal rank is 1 in the first place, 0.5 in the second. "
            "In brackets: where 95 of 100 means would lie over as many such projects.",
            2,
            first="  ",
        ),
    ]


def _by_language(groups: Sequence[Figures]) -> list[str]:
    if len(groups) < 2:
        return []
    rows = [["projects", "mentors", "how many", "mean reciprocal rank", "chance"]]
    rows += [
        [
            clip(clean(one.project_language), 16),
            clip(clean(one.mentor_language), 16),
            f"{one.n_projects} x {one.n_mentors}",
            str(one.mean_reciprocal_rank),
            f"{one.chance:.2f}",
        ]
        for one in groups
    ]
    return [columns(rows)]


def _shares(shares: Sequence[LanguageShare]) -> list[str]:
    if not shares:
        return []
    rows = [["projects", "mentors", "of all mentors", "of the right", "first place", "first 5"]]
    rows += [
        [
            clip(clean(one.project_language), 16),
            clip(clean(one.mentor_language), 16),
            f"{one.in_pool:.2f}",
            f"{one.among_right:.2f}",
            str(one.top[1]),
            str(one.top[5]),
        ]
        for one in shares
    ]
    return [
        columns(rows),
        *wrap("Where nobody is preferred for a language, the last two are near the third.", 2),
    ]


def _loss(report: RankingReport, plain: RankingReport) -> list[str]:
    if report.loss is None or plain.loss is None:
        return []
    told = (
        f"Of two mentors with different grades the worse one stands first in {report.loss} "
        f"of the cases, weighed by how far the grades lie apart; plain TF-IDF {plain.loss}, "
        "chance 0.50."
    )
    return wrap(told, 2, first="  ")


def evaluation_json(
    report: RankingReport,
    plain: RankingReport,
    left_out: Sequence[str],
    note: Note | None = None,
) -> str:
    """Give the evaluation as one JSON object.

    Keys: ``campfire`` and ``plain_tfidf``, each with ``overall``,
    ``by_language``, ``shares`` and ``loss``; ``left_out``; ``without_encoder``. A measured figure
    is ``{"value", "low", "high"}``.
    """
    told = {
        "campfire": _report(report),
        "plain_tfidf": _report(plain),
        "left_out": list(left_out),
        "without_encoder": encoder_json(note),
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _report(report: RankingReport) -> dict[str, Any]:
    return {
        "overall": _figures(report.overall),
        "by_language": [_figures(one) for one in report.by_language],
        "shares": [
            {
                "project_language": one.project_language,
                "mentor_language": one.mentor_language,
                "n_projects": one.n_projects,
                "in_pool": one.in_pool,
                "among_right": one.among_right,
                "top": {str(n): _measured(share) for n, share in one.top.items()},
            }
            for one in report.shares
        ],
        "loss": None if report.loss is None else _measured(report.loss),
    }


def _figures(one: Figures) -> dict[str, Any]:
    return {
        "project_language": one.project_language,
        "mentor_language": one.mentor_language,
        "n_projects": one.n_projects,
        "n_mentors": one.n_mentors,
        "mean_reciprocal_rank": _measured(one.mean_reciprocal_rank),
        "hits": {str(n): _measured(hit) for n, hit in one.hits.items()},
        "chance": one.chance,
        "chance_hits": {str(n): hit for n, hit in one.chance_hits.items()},
    }


def _measured(one: Measured) -> dict[str, float]:
    return one._asdict()
