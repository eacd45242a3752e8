from __future__ import annotations

import pytest
from sklearn.feature_extraction.text import TfidfTransformer

from matcher.affinity import AffinityModel
from matcher.channels.scale import SCALES
from matcher.datasets import load_demo
from matcher.item_pairs import ItemSets, text_values
from matcher.items import mentor_items, project_items
from matcher.phrase_worth import carried_by, stems_said
from matcher.shared_words import Side, shared_phrases
from matcher.text import CharacterVectors, StemVectors, count_words
from matcher.words import content_words

LAB = load_demo()
PROJECTS, MENTORS = LAB.projects.profiles, LAB.mentors.profiles
MODEL = AffinityModel().fit(PROJECTS, MENTORS)
NEUTRAL = MODEL.used_neutral()


def value(name: str, channel: object, ours: list[str], project: ItemSets, mentor: Side) -> float:
    """One channel of one pair, read from the texts anew."""
    theirs = channel.transform([item.text for item in mentor.items])
    rows = channel.transform(ours)
    values, _ = text_values(
        project, mentor.sets, rows, theirs, scale=SCALES[name], neutral=NEUTRAL[name]
    )
    return float(values[0, 0])


def without(text: str, gone: set[str]) -> str:
    """The text with blanks where the words stood."""
    for word in content_words(text):
        if word.stem in gone:
            text = f"{text[: word.start]}{' ' * (word.end - word.start)}{text[word.end :]}"
    return text


@pytest.mark.parametrize("row", range(len(PROJECTS)))
def test_a_phrases_worth_is_what_the_text_without_it_would_lose(row: int) -> None:
    stems, characters = MODEL.stems_, MODEL.characters_
    ours = Side.of(project_items(PROJECTS[row]), stems, characters)
    for mentor in MENTORS:
        theirs = Side.of(mentor_items(mentor), stems, characters)
        phrases = shared_phrases(ours, theirs, stems, 3)
        if not phrases:
            continue
        lost = carried_by(
            phrases, ours, theirs, stems=stems, characters=characters, neutral=NEUTRAL
        )
        gone = stems_said(phrases, ours)
        texts = [item.text for item in ours.items]
        for name, channel in (("words", stems), ("characters", characters)):
            before = value(name, channel, texts, ours.sets, theirs)
            less = [without(text, gone) for text in texts]
            after = value(name, channel, less, ours.sets, theirs)
            assert lost[name] == pytest.approx(max(before - after, 0.0), abs=1e-12)


@pytest.mark.parametrize(
    "vectors",
    [
        StemVectors(background=False),
        StemVectors(sublinear=False, background=False),
        CharacterVectors(background=False),
    ],
)
def test_rows_are_weighed_as_sklearn_weighs_them(vectors: StemVectors | CharacterVectors) -> None:
    texts = [mentor.bio for mentor in MENTORS] + ["", "nothing known here: qqq"]
    fitted = vectors.fit_transform(texts)
    again = vectors.transform(texts)
    assert abs(fitted - again).max() < 1e-15
    if isinstance(vectors, CharacterVectors):
        words, counts = count_words(texts)
        counts = counts @ vectors.spell(words)
        known = TfidfTransformer(sublinear_tf=True).fit(counts)
        assert abs(known.transform(counts.copy()) - again).max() < 1e-15


def test_a_pool_can_be_laid_out_several_times_over() -> None:
    sets = ItemSets.of([project_items(project) for project in PROJECTS[:3]])
    twice = sets.repeated(2)
    assert len(twice) == 6
    assert twice.starts.tolist() == [*sets.starts, *(sets.starts[1:] + sets.starts[-1])]
    assert twice.texts == sets.texts * 2
    assert twice.weights.tolist() == sets.weights.tolist() * 2
    assert twice.languages.tolist() == sets.languages.tolist() * 2
