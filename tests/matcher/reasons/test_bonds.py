"""Reasons in craft, ground, wishes and work done together, as values and in English."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.affinity import AffinityModel
from matcher.command.wording import word_reason
from matcher.profiles import MentorProfile, ProjectProfile, TeamMember, Term
from matcher.reason_values import Place, Reason
from matcher.reasons import explain

KYRGYZSTAN = Term("Kyrgyzstan", "country.kg")
FILM = ProjectProfile(
    id="p",
    title="Harbour",
    team=(TeamMember("Aida", "director / editor"), TeamMember("Bek", "producer")),
    countries=(Term("Chile", "country.cl"), KYRGYZSTAN),
    wishes=("x", "m"),
    past=("m",),
)
MENTOR = MentorProfile(
    id="m",
    bio="Lighthouses",
    expertise=(Term("Sound & music", "need.sound-music"), Term("", "craft.editor")),
    offers=(Term("Film editor", "craft.editor"),),
    territories=(KYRGYZSTAN,),
    wishes=("p",),
)
CODES = ("craft_shared", "territory_shared", "wished", "met_before")


def reasons_of(film: ProjectProfile, mentor: MentorProfile) -> tuple[dict[str, Reason], float]:
    """The pair's reasons by code, and what these features carried."""
    weights = {"craft": 1.0, "territory": 1.0, "wishes": 1.0, "past": 1.0}
    model = AffinityModel(weights)
    features = model.fit_features([film], [mentor])
    row = features.values[0, 0], features.known[0, 0]
    told = {each.code: each for each in explain(film, mentor, *row, None, model)}
    carried = dict(zip(features.names, model.contributions(features)[0, 0], strict=True))
    return told, sum(float(carried[name]) for name in weights)


def test_each_says_what_it_adds() -> None:
    told, carried = reasons_of(FILM, MENTOR)
    assert told["craft_shared"].params == {"terms": ("craft.editor",)}
    assert told["territory_shared"].params == {"terms": ("country.kg",)}
    assert told["wished"].params == {"by_project": 2, "by_mentor": 1}
    assert told["met_before"].params == {}
    assert sum(told[code].weight for code in CODES) == pytest.approx(carried)


def test_they_point_at_what_is_written_and_never_at_nothing() -> None:
    told, _ = reasons_of(FILM, MENTOR)
    assert told["craft_shared"].places == (Place("mentor", "offers[0]", 0, 11),)
    assert told["territory_shared"].places == (
        Place("project", "countries[1]", 0, 10),
        Place("mentor", "territories[0]", 0, 10),
    )


def test_a_ticked_need_without_words_has_no_place() -> None:
    need = Term("", "need.sound-music")
    told, _ = reasons_of(replace(FILM, needs=(need,)), MENTOR)
    assert told["need_met"].places == (Place("mentor", "expertise[0]", 0, 13),)
    assert word_reason(told["need_met"]).startswith("first need, sound & music")


def test_what_is_not_there_is_no_reason() -> None:
    film = replace(FILM, team=(), countries=(Term("Chile", "country.cl"),), wishes=(), past=())
    told, _ = reasons_of(film, replace(MENTOR, wishes=()))
    assert set(CODES).isdisjoint(told)


@pytest.mark.parametrize(
    ("code", "params", "clause"),
    [
        ("craft_shared", {"terms": ("craft.editor",)}, "same craft: editor"),
        ("territory_shared", {"terms": ("country.kg",)}, "same country: kyrgyzstan"),
        (
            "wished",
            {"by_project": 2, "by_mentor": 0},
            "the project wished for the mentor (second wish)",
        ),
        (
            "wished",
            {"by_project": 1, "by_mentor": 11},
            "the project wished for the mentor (first wish) and "
            "the mentor wished for the project (11th wish)",
        ),
        ("met_before", {}, "they have worked together before"),
    ],
)
def test_each_is_worded_for_the_command_line(
    code: str, params: dict[str, object], clause: str
) -> None:
    assert word_reason(Reason(code, 0.1, params)) == clause  # type: ignore[arg-type]
