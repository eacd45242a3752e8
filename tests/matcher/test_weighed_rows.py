from __future__ import annotations

import pytest
from sklearn.feature_extraction.text import TfidfTransformer

from matcher.datasets import load_demo
from matcher.item_pairs import ItemSets
from matcher.items import project_items
from matcher.text import CharacterVectors, StemVectors, count_words

LAB = load_demo()
PROJECTS, MENTORS = LAB.projects.profiles, LAB.mentors.profiles


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
