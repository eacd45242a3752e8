"""The channels that compare what is meant, and what all channels promise together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from matcher.affinity import AffinityModel
from matcher.channels.background import PSEUDO_TEXTS, shipped
from matcher.channels.making import chosen_channels, make_channels
from matcher.channels.scale import Scale
from matcher.channels.vectors import MeaningVectors
from matcher.datasets import load_demo
from matcher.errors import MatcherError
from matcher.feature_names import TEXT_CHANNELS
from matcher.profiles import MentorProfile, ProjectProfile, Term
from matcher.vocabulary import Vocabulary
from matcher.words import telling_words

LAB = load_demo()
CHANNELS = ("words", "characters", "concepts", "vectors")
NEEDS = (
    "I cannot find the ending in the edit, every cut is three hours long",
    "The sound of the wind on location is unusable and we have no money for a mix",
    "Nobody answers our letters to festivals and sales agents abroad",
)
HONEST = (
    "Editor of first features. I help to find the ending in the cut",
    "Sound designer, re-recording mixer. I save location sound and mix for little money",
    "Sales agent. I write letters to festivals and place first films abroad",
)


class _Lengths:
    """An encoder that knows two things about a text."""

    name = "lengths"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([[len(text), text.count(" ")] for text in texts], dtype=np.float32)


def _only(channel: str) -> AffinityModel:
    weights = dict.fromkeys(AffinityModel().used_weights(), 0.0) | {channel: 1.0}
    return AffinityModel(weights)


@pytest.mark.parametrize("encoder", [None, _Lengths()])
def test_vectors_keep_the_estimator_contract(encoder: _Lengths | None) -> None:
    made = MeaningVectors(encoder)
    assert clone(made).get_params().keys() == made.get_params().keys()
    with pytest.raises(NotFittedError):
        made.transform(["edit"])
    texts = ["We edit at night", "Ночной монтаж", "Түнкү монтаж", "a film about horses"]
    first = made.fit_transform(texts)
    assert first.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(first, axis=1), 1.0, atol=1e-5)
    np.testing.assert_allclose(first, made.transform(texts), atol=1e-6)
    assert made.transform([]).shape[0] == made.fit_transform([]).shape[0] == 0


@pytest.mark.parametrize("text", ["", "\x00", "\ufdfa" * 50, "🎬", "שלום עולם", "\ud800", "и не"])
@pytest.mark.parametrize("name", CHANNELS)
def test_any_text_is_read_by_every_channel(name: str, text: str) -> None:
    channel = make_channels((name,), None)[name]
    rows = channel.fit_transform([text, "We edit at night"])
    rows = rows if isinstance(rows, np.ndarray) else rows.toarray()
    assert np.isfinite(rows).all()
    assert channel.transform([text]).shape == (1, rows.shape[1])


def test_channels_are_chosen_by_name_and_the_encoder_needs_one() -> None:
    assert chosen_channels(None, None) == CHANNELS
    assert chosen_channels(None, _Lengths()) == TEXT_CHANNELS
    assert chosen_channels(("encoder", "words"), None) == ("words",)
    with pytest.raises(MatcherError) as raised:
        chosen_channels(("word",), None)
    assert str(raised.value).startswith("There is no channel “word” of texts: did you mean “words”")


def test_a_channel_that_is_off_is_unknown_of_every_pair_and_weighs_nothing() -> None:
    model = AffinityModel(channels=("words",), encoder=_Lengths())
    features = model.fit_features(LAB.projects.profiles, LAB.mentors.profiles)
    known = {name: features.known[:, :, n].any() for n, name in enumerate(features.names)}
    assert [name for name in TEXT_CHANNELS if known[name]] == ["words"]
    assert [name for name in TEXT_CHANNELS if model.used_weights()[name]] == ["words"]
    every = AffinityModel(encoder=_Lengths())
    assert every.fit_features(LAB.projects.profiles, LAB.mentors.profiles).known[:, :, 5].all()


def test_a_scale_rises_and_turns_back() -> None:
    scale = Scale(0.1, chance=0.05, base=0.2)
    values = scale.value_of(np.linspace(0.0, 1.0, 30))
    assert (values[0], values[-1]) == (0.2, 1.0)
    assert (np.diff(values) >= 0).all()
    assert scale.value_of(np.array([scale.cosine_of(0.7)]))[0] == pytest.approx(0.7)


def test_the_background_is_stemmed_as_texts_are() -> None:
    background = shipped()
    assert background.n_texts == PSEUDO_TEXTS
    assert max(background.stems.values()) < PSEUDO_TEXTS
    read = [telling_words(word) for word in list(background.words)[:500]]
    assert sum(len(found) == 1 for found in read) > 450


@pytest.mark.parametrize("name", [*CHANNELS, None])
def test_whoever_repeats_every_term_of_the_trade_does_not_beat_honest_ones(
    name: str | None,
) -> None:
    vocabulary = Vocabulary.load()
    kinds = ("need", "craft", "form", "genre", "stage")
    terms = [concept.label("en") for kind in kinds for concept in vocabulary.concepts(kind)]
    films = [ProjectProfile(id=f"p{n}", difficulties=text) for n, text in enumerate(NEEDS)]
    honest = [MentorProfile(id=f"m{n}", bio=text) for n, text in enumerate(HONEST)]
    stuffed = [
        MentorProfile(id="once", bio=". ".join(terms)),
        MentorProfile(id="thrice", bio=". ".join(terms * 3)),
        MentorProfile(id="listed", offers=tuple(Term(text) for text in terms)),
        MentorProfile(
            id="ticked",
            expertise=tuple(
                Term(each.label("en"), each.id) for each in vocabulary.concepts("need")
            ),
        ),
        MentorProfile(id="all", bio=" ".join([*HONEST, *terms])),
    ]
    model = AffinityModel() if name is None else _only(name)
    affinity = model.affinity(model.fit_features(films, [*honest, *stuffed]))
    for row in range(len(NEEDS)):
        assert affinity[row, row] > affinity[row, len(HONEST) :].max()


def test_one_more_profile_hardly_moves_the_others() -> None:
    films, people = LAB.projects.profiles[:7], LAB.mentors.profiles[:5]
    stranger = ProjectProfile(
        id="new",
        title="The Tide Table",
        synopsis="A fisheries inspector in Galicia counts boats that no longer go out. " * 5,
        difficulties="Our drone footage is overexposed and the insurer refuses to pay",
    )
    model = AffinityModel()
    before = model.affinity(model.fit_features(films, people))
    after = model.affinity(model.fit_features([*films, stranger], people))[:-1]
    assert abs(after - before).max() < 0.015
    assert (after.argmax(axis=1) == before.argmax(axis=1)).all()


def test_texts_mean_the_same_typed_without_their_letters() -> None:
    kyrgyz = next(film for film in LAB.projects.profiles if film.id == "p07")
    typed = str.maketrans("өүңӨҮҢ", "оунОУН")
    plain = replace(
        kyrgyz,
        **{
            field: getattr(kyrgyz, field).translate(typed)
            for field in ("title", "logline", "synopsis", "statement", "difficulties", "goals")
        },
    )
    model = AffinityModel()
    found = [
        model.affinity(model.fit_features([film], LAB.mentors.profiles))[0]
        for film in (kyrgyz, plain)
    ]
    assert abs(found[0] - found[1]).max() < 0.01
