"""The texts that figures stand on: complete, parted, and typed plainly where asked."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.texts import HALVES, NEED_LANGUAGES, load_half


@pytest.mark.parametrize("name", HALVES)
def test_each_topic_has_four_needs_and_two_answers_or_four(name: str) -> None:
    half = load_half(name)
    asked, answered = Counter[str](), Counter[str]()
    for (side, own_id), topic in half.topic.items():
        (asked if side == "project" else answered)[topic] += 1
        assert own_id == f"{topic}-{half.language[side, own_id]}"
    assert set(asked.values()) == {4}
    assert set(answered) == set(asked)
    assert Counter(answered.values()) == {2: 21, 4: 11}
    assert [len(half.needs(language)) for language in NEED_LANGUAGES] == [32] * 4
    assert [len(half.answers(language)) for language in NEED_LANGUAGES] == [32, 32, 11, 11]


def test_the_halves_share_no_topic_and_no_text() -> None:
    first, second = (load_half(name) for name in HALVES)
    assert set(first.topic.values()) & set(second.topic.values()) == set()
    texts = [
        text
        for half in (first, second)
        for text in (
            *(project.difficulties for project in half.projects),
            *(mentor.bio for mentor in half.mentors),
        )
    ]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("language", ["kk", "ky"])
def test_typed_plainly_leaves_no_special_letter_and_the_same_words(language: str) -> None:
    half = load_half("choosing")
    written, typed = half.needs(language), half.needs(language, typed_plainly=True)
    assert [each.id for each in typed] == [each.id for each in written]
    for before, after in zip(written, typed, strict=True):
        said = f"{after.title} {after.logline} {after.difficulties}"
        assert not set(said.casefold()) & set("әғқңөұүһі")
        assert len(after.difficulties) == len(before.difficulties)
    assert typed != written


def test_the_right_pairs_are_those_of_one_topic() -> None:
    half = load_half("choosing")
    projects = half.needs("kk")
    assert half.gold(projects, half.answers("en")) == [
        (f"{half.topic['project', one.id]}-kk", f"{half.topic['project', one.id]}-en")
        for one in projects
    ]
