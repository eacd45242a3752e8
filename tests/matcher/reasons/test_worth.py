"""What a reason says it is worth, beside what the affinity loses without its words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from benchmarks.texts import load_half
from matcher.affinity import AffinityModel
from matcher.datasets import load_demo
from matcher.feature_names import TEXT_CHANNELS
from matcher.features import PairFeatures
from matcher.mixing import mixed
from matcher.profiles import MentorProfile, ProjectProfile
from matcher.reason_values import Reason
from matcher.reasons import explain_pairs, without

LAB = load_demo()
HALF = load_half("choosing")
OF_TEXTS = {"text_shared", "concept_shared", "concept_near", "text_near"}
# How far a weight may lie from what the affinity loses: where a text loses a
# word, another phrase in it or its language may be read anew.
NEARLY, AT_MOST = 0.001, 0.02


def pool(language: str) -> tuple[Sequence[ProjectProfile], Sequence[MentorProfile]]:
    """The demo lab, or needs of one language with mentors of two."""
    if language == "demo":
        return LAB.projects.profiles, LAB.mentors.profiles
    return HALF.needs(language)[::2], [*HALF.answers("en")[::2], *HALF.answers("ru")[::2]]


def lost_with(
    model: AffinityModel,
    features: PairFeatures,
    pair: tuple[ProjectProfile, MentorProfile],
    reason: Reason,
) -> float:
    """What the texts of a pair lose when a reason's places are cut out of both."""
    project, mentor = (without(side, reason.places) for side in pair)
    later = model.features([project], [mentor])
    values, known = features.values.copy(), features.known.copy()
    for place, name in enumerate(features.names):
        if name in TEXT_CHANNELS:
            values[0, 0, place] = later.values[0, 0, place]
            known[0, 0, place] = later.known[0, 0, place]
    weights, neutral = model.used_weights(), model.used_neutral()
    before, after = (
        mixed(PairFeatures(features.names, *each), weights, neutral).contributions.sum()
        for each in ((features.values, features.known), (values, known))
    )
    return float(before - after)


@pytest.mark.parametrize("language", ["demo", "en", "ru", "kk", "ky"])
def test_without_its_words_a_pair_loses_what_a_reason_said(language: str) -> None:
    projects, mentors = pool(language)
    model = AffinityModel()
    features = model.fit_features(projects, mentors)
    affinity = model.affinity(features)
    pairs = [
        (row, int(column))
        for row in range(len(projects))
        for column in np.argsort(-affinity[row], kind="stable")[:2]
    ]
    found = explain_pairs(projects, mentors, features, None, pairs, model=model)
    off: list[float] = []
    for (row, column), reasons in found.items():
        weights = [reason.weight for reason in reasons if reason.weight]
        assert weights == sorted(weights, reverse=True)
        alone = PairFeatures(
            features.names,
            features.values[row : row + 1, column : column + 1],
            features.known[row : row + 1, column : column + 1],
        )
        for reason in reasons:
            if reason.code in OF_TEXTS:
                lost = lost_with(model, alone, (projects[row], mentors[column]), reason)
                assert reason.weight > 0
                assert lost > 0
                off.append(abs(lost - reason.weight))
    assert len(off) >= 10
    assert max(off) <= AT_MOST
    assert float(np.mean(off)) <= NEARLY
