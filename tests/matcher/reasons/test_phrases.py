"""The phrases that reasons stand on: where they are, and what they may claim."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.texts import load_half
from matcher.affinity import AffinityModel
from matcher.channels.concepts import ConceptVectors
from matcher.datasets import load_demo
from matcher.profiles import MentorProfile, ProjectProfile, Term
from matcher.reason_values import Place, Reason
from matcher.reasons import explain_pairs, without
from matcher.reasons.places import joined, touch
from tests.matcher.test_affinity import MENTORS, PROJECTS

OTHERS = [MentorProfile(id=f"o{n}", bio=text) for n, text in enumerate(("Юрист", "Horses", "Ат"))]


def reasons_of(film: ProjectProfile, mentor: MentorProfile) -> list[Reason]:
    model = AffinityModel()
    features = model.fit_features([film], [mentor, *OTHERS])
    found = explain_pairs([film], [mentor, *OTHERS], features, None, [(0, 0)], model=model)
    return list(found[0, 0])


def quoted(film: ProjectProfile, mentor: MentorProfile, code: str) -> list[tuple[str, str]]:
    return [
        (str(reason.params["ours"]), str(reason.params["theirs"]))
        for reason in reasons_of(film, mentor)
        if reason.code == code
    ]


@pytest.mark.parametrize(
    ("difficulties", "credit", "quotes"),
    [
        ("Черновой монтаж готов, дальше не знаю", "Rough cut of Harbour", "Черновой монтаж"),
        ("Резиденция керек, бирок тапкан жокмун", "Helped with residencies", "Резиденция"),
    ],
)
def test_a_concept_is_pointed_out_in_both_languages(
    difficulties: str, credit: str, quotes: str
) -> None:
    film = ProjectProfile(id="p", difficulties=difficulties)
    mentor = MentorProfile(id="m", credits=(credit,))
    assert quotes in [ours for ours, _ in quoted(film, mentor, "concept_shared")]


def test_phrases_that_come_close_are_quoted_as_written() -> None:
    film = ProjectProfile(id="p", difficulties="Замылился глаз, уже ничего не понимаю")
    mentor = MentorProfile(id="m", offers=(Term("watching your cut with fresh eyes"),))
    (reason,) = [each for each in reasons_of(film, mentor) if each.code == "text_near"]
    here, there = reason.places
    assert (here.side, there.side) == ("project", "mentor")
    assert film.difficulties[here.start : here.end] == reason.params["ours"]
    assert mentor.offers[0].text[there.start : there.end] == reason.params["theirs"]
    assert "глаз" in str(reason.params["ours"])
    assert "eyes" in str(reason.params["theirs"])


@pytest.mark.parametrize("shared", ["eleven", "nobody", "months"])
def test_what_anybody_says_of_anything_is_no_reason(shared: str) -> None:
    film = ProjectProfile(id="p", difficulties=f"We had {shared} on the glacier")
    mentor = MentorProfile(id="m", bio=f"Cook. There were {shared} in the kitchen")
    assert {reason.code for reason in reasons_of(film, mentor)} <= {"not_said"}


def test_a_concept_that_a_mentor_denies_is_no_reason() -> None:
    film = ProjectProfile(id="p", difficulties="Звук фильма плохой")
    mentor = MentorProfile(id="m", bio="I know nothing about sound. Painter")
    assert quoted(film, mentor, "concept_shared") == []


LAB = load_demo()
NEEDS = load_half("choosing")
OF_TEXTS = {"text_shared", "concept_shared", "concept_near", "text_near"}
BOTH = [*NEEDS.answers("en"), *NEEDS.answers("ru")]


@pytest.mark.parametrize(
    ("films", "people"),
    [
        (LAB.projects.profiles, LAB.mentors.profiles),
        (NEEDS.needs("en"), BOTH),
        (NEEDS.needs("ru"), BOTH),
    ],
    ids=["demo", "en", "ru"],
)
def test_no_two_reasons_of_texts_stand_on_one_word(
    films: Sequence[ProjectProfile], people: Sequence[MentorProfile]
) -> None:
    model = AffinityModel()
    features = model.fit_features(films, people)
    best = np.argsort(-model.affinity(features), axis=1, kind="stable")[:, :4].tolist()
    pairs = [(row, column) for row, own in enumerate(best) for column in own]
    found = explain_pairs(films, people, features, None, pairs, model=model)
    told = [[each for each in own if each.code in OF_TEXTS] for own in found.values()]
    assert sum(len(own) > 1 for own in told) >= 5
    for own in told:
        for n, one in enumerate(own):
            assert not any(touch(one.places, other.places) for other in own[n + 1 :])


@pytest.mark.parametrize(
    ("difficulties", "statement", "bio", "named"),
    [
        ("", "I am a film director from the harbour", "Director, lighthouses", []),
        ("I need a director for the second unit", "", "Director, lighthouses", []),
        ("", "I am an editor from the harbour", "Editor, lighthouses", []),
        ("We look for an editor", "", "Editor, lighthouses", [("editor", "Editor")]),
    ],
)
def test_ones_own_trade_is_no_reason_unless_the_film_asks_for_it(
    difficulties: str, statement: str, bio: str, named: list[tuple[str, str]]
) -> None:
    film = ProjectProfile(id="p", difficulties=difficulties, statement=statement)
    assert quoted(film, MentorProfile(id="m", bio=bio), "concept_shared") == named


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Line producer", "technique.budget"),
        ("Ищем переводчика", "technique.subtitles"),
        ("Our translator", "technique.subtitles"),
        ("They cook in the kitchen", "place.house"),
    ],
)
def test_a_phrase_is_not_read_as_what_it_only_resembles(text: str, concept: str) -> None:
    assert concept not in [each for each, _, _ in ConceptVectors().fit([text]).places(text)]


def test_a_need_stands_for_the_words_that_only_say_it_again() -> None:
    film = ProjectProfile(
        id="p", difficulties="Монтаж не идёт", needs=(Term("Editing", "need.editing"),)
    )
    mentor = MentorProfile(id="m", expertise=(Term("Editing", "need.editing"),))
    (need,) = [each for each in reasons_of(film, mentor) if each.weight > 0]
    assert need.code == "need_met"
    assert Place("project", "difficulties", 0, 6) in need.places


def test_a_ticked_term_stays_ticked_without_its_words() -> None:
    mentor = MentorProfile(id="m", offers=(Term("Editing", "need.editing"),))
    cut = without(mentor, [Place("mentor", "offers[0]", 0, 7), Place("project", "title", 0, 1)])
    assert cut.offers == (Term(" " * 7, "need.editing"),)


PLACES = st.lists(
    st.builds(
        lambda side, start, length: Place(side, "bio", start, start + length),
        st.sampled_from(["project", "mentor"]),
        st.integers(0, 30),
        st.integers(1, 8),
    ),
    max_size=6,
)


@given(PLACES)
def test_joined_places_cover_the_same_letters_and_never_meet(places: list[Place]) -> None:
    def letters(some: tuple[Place, ...] | list[Place]) -> set[tuple[str, int]]:
        return {(each.side, n) for each in some for n in range(each.start, each.end)}

    whole = joined(places)
    assert letters(whole) == letters(places)
    assert not any(touch([one], whole[n + 1 :]) for n, one in enumerate(whole))


WILD = st.sampled_from(
    ["\ufdfa" * 50, "\x00монтаж\x00", "🎬🎞 edit 🎬", "مونتاج film", "a\u0301" * 300, "é" * 5000]
)


@settings(max_examples=40, deadline=None)
@given(PROJECTS, MENTORS, WILD, WILD)
def test_wild_texts_are_explained_with_places_inside_them(
    projects: list[ProjectProfile], mentors: list[MentorProfile], ours: str, theirs: str
) -> None:
    film = ProjectProfile(id="w", difficulties=f"{ours} монтаж {theirs}", logline=ours)
    mentor = MentorProfile(id="w", bio=f"{theirs} rough cut {ours}", credits=(ours, theirs))
    films, people = [*projects, film], [*mentors, mentor]
    model = AffinityModel()
    features = model.fit_features(films, people)
    pairs = [(len(films) - 1, column) for column in range(len(people))]
    for (row, column), reasons in explain_pairs(
        films, people, features, None, pairs, model=model
    ).items():
        for reason in reasons:
            for side, profile in (("project", films[row]), ("mentor", people[column])):
                own = [place for place in reason.places if place.side == side]
                assert all(0 <= place.start < place.end for place in own)
                without(profile, own)  # every place is in a field


def test_words_that_begin_alike_are_quoted_where_they_are_not_denied() -> None:
    film = ProjectProfile(id="p", difficulties="Палеонтологиялық " * 3)
    mentor = MentorProfile(id="m", bio="Я не палеонтологист. Но был палеонтологистом!")
    (reason,) = [each for each in reasons_of(film, mentor) if each.code == "text_shared"]
    there = next(place for place in reason.places if place.side == "mentor")
    assert mentor.bio[there.start : there.end] == "палеонтологистом"


def test_a_word_denied_eight_thousand_times_is_no_reason() -> None:
    film = ProjectProfile(id="p", difficulties="Палеонтологиялық " * 7_000)
    mentor = MentorProfile(id="m", bio="не палеонтологист. " * 6_000)
    assert [each for each in reasons_of(film, mentor) if each.code == "text_shared"] == []
