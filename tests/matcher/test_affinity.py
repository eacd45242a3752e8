import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from matcher.affinity import (
    DEFAULT_NEUTRAL,
    AffinityModel,
)
from matcher.certainty import affinity_word, too_little_known
from matcher.errors import MatcherError
from matcher.feature_names import FEATURE_NAMES, LIFTING, OPTIONAL
from matcher.features import PairFeatures
from matcher.profiles import LanguageSkill, MentorProfile, ProjectProfile, Term

N_FEATURES = len(FEATURE_NAMES)
EDITING = Term("Editing", "need.editing")
FILM = ProjectProfile(
    id="p",
    difficulties="I cannot find the ending in the edit",
    needs=(EDITING,),
    languages=(LanguageSkill("en", "C1"),),
)
EDITOR = MentorProfile(
    id="m",
    bio="I am an editor and look for endings",
    expertise=(EDITING,),
    languages=(LanguageSkill("en", "C1"),),
)
BLANK = MentorProfile(id="blank")
STRANGER = MentorProfile(
    id="far",
    bio="I am a lawyer of the sea and of ships",
    expertise=(Term("Legal", "need.legal"),),
    languages=(LanguageSkill("fr", "C1"),),
)

TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", "не и", "\x00", "\ufdfa" * 50, "🎬", "שלום עולם טוב", "edit монтаж", "\ud800"]
    ),
)
TERMS = st.lists(
    st.builds(Term, TEXTS, st.sampled_from([None, "need.editing", "stage.idea", "no.such"])),
    max_size=3,
).map(tuple)
LANGUAGES = st.lists(
    st.builds(
        LanguageSkill,
        st.sampled_from(["en", "ru", "ky", ""]),
        st.sampled_from([None, "A1", "native"]),
    ),
    max_size=3,
).map(tuple)
PROJECTS = st.lists(
    st.builds(
        ProjectProfile,
        id=st.just("p"),
        title=TEXTS,
        difficulties=TEXTS,
        synopsis=TEXTS,
        needs=TERMS,
        needs_ordered=st.booleans(),
        stages=TERMS,
        forms=TERMS,
        genres=TERMS,
        languages=LANGUAGES,
    ),
    max_size=3,
)
MENTORS = st.lists(
    st.builds(
        MentorProfile,
        id=st.just("m"),
        bio=TEXTS,
        offers=TERMS,
        expertise=TERMS,
        credits=st.lists(TEXTS, max_size=3).map(tuple),
        stages=TERMS,
        forms=TERMS,
        genres=TERMS,
        languages=LANGUAGES,
    ),
    max_size=3,
)


@settings(max_examples=60, deadline=None)
@given(PROJECTS, MENTORS)
def test_any_profiles_give_affinities_that_add_up(projects, mentors):
    model = AffinityModel()
    features = model.fit_features(projects, mentors)
    affinity = model.affinity(features)
    assert affinity.shape == (len(projects), len(mentors))
    assert features.names == FEATURE_NAMES
    assert np.isfinite(features.values).all()
    assert ((features.values >= 0) & (features.values <= 1)).all()
    assert ((affinity >= 0) & (affinity <= 1 + 1e-12)).all()
    assert (model.contributions(features).sum(axis=2) == affinity).all()
    later = AffinityModel().fit(projects, mentors).features(projects, mentors)
    np.testing.assert_array_equal(later.values, features.values)
    np.testing.assert_array_equal(later.known, features.known)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.floats(0, 1), min_size=N_FEATURES, max_size=N_FEATURES),
    st.lists(st.booleans(), min_size=N_FEATURES, max_size=N_FEATURES),
    st.integers(0, N_FEATURES - 1),
    st.floats(0, 1),
    st.lists(st.floats(0, 1e300), min_size=N_FEATURES, max_size=N_FEATURES).filter(
        # A model without an encoder does not weigh it.
        lambda weights: any(weights[:5]) or any(weights[6:])
    ),
)
def test_more_of_a_feature_never_lowers_the_affinity(values, known, place, more, weights):
    model = AffinityModel(dict(zip(FEATURE_NAMES, weights, strict=True)))
    better = list(values)
    better[place] = max(better[place], more)

    def affinity(row):
        array = np.array(row).reshape(1, 1, -1)
        known_row = np.array(known).reshape(1, 1, -1)
        return model.affinity(PairFeatures(FEATURE_NAMES, array, known_row))

    assert affinity(better)[0, 0] >= affinity(values)[0, 0] - 1e-12


def test_a_blank_is_between_a_match_and_a_mismatch():
    model = AffinityModel()
    near, blank, far = model.affinity(model.fit_features([FILM], [EDITOR, BLANK, STRANGER]))[0]
    assert near > blank > far


def test_a_blank_pair_is_worth_the_neutral_values():
    model = AffinityModel()
    features = model.fit_features([ProjectProfile(id="p")], [BLANK])
    assert not features.known.any()
    weights = AffinityModel().used_weights()
    always = [name for name in FEATURE_NAMES if name not in (*OPTIONAL, *LIFTING)]
    total = sum(weights[name] for name in always)
    expected = sum(weights[name] * DEFAULT_NEUTRAL[name] for name in always) / total
    assert math.isclose(model.affinity(features)[0, 0], expected)
    assert model.known_share(features)[0, 0] == 0.0


def test_an_unknown_value_says_nothing_whatever_it_holds():
    model = AffinityModel()
    known = np.zeros((1, 1, N_FEATURES), dtype=bool)
    blank = [model.affinity(PairFeatures(FEATURE_NAMES, known + x, known)) for x in (0.0, 1.0)]
    assert blank[0] == blank[1]
    features = model.fit_features([ProjectProfile(id="p")], [BLANK])
    assert features.values[0, 0].tolist() == list(DEFAULT_NEUTRAL.values())


def test_weights_move_the_affinity():
    model = AffinityModel(dict.fromkeys(FEATURE_NAMES, 0.0) | {"language": 3})
    affinity = model.affinity(model.fit_features([FILM], [EDITOR, STRANGER]))
    assert affinity.tolist() == [[1.0, 0.0]]


def test_the_model_keeps_the_estimator_contract():
    weights = {"needs": 1.0}
    model = AffinityModel(weights)
    assert model.get_params() == {
        "weights": weights,
        "neutral": None,
        "channels": None,
        "encoder": None,
    }
    assert clone(model).get_params() == model.get_params()
    with pytest.raises(NotFittedError):
        model.features([FILM], [EDITOR])


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ({"neds": 1}, "There is no feature “neds” to weigh: did you mean “needs”?"),
        ({"needs": -1}, "The weight of “needs” is -1: give a number of 0 or more."),
        ({"needs": math.nan}, "The weight of “needs” is nan: give a number of 0 or more."),
        ({"needs": math.inf}, "The weight of “needs” is inf: give a number of 0 or more."),
        ({"needs": "much"}, "The weight of “needs” is much: give a number of 0 or more."),
        ({"needs": True}, "The weight of “needs” is True: give a number of 0 or more."),
        (
            dict.fromkeys(FEATURE_NAMES, 0),
            "Every weight is 0, so no pair is better than another: give at least one of needs, "
            "words, characters, concepts, vectors, encoder, form, genre, stage, language, craft, "
            "territory, wishes, past a weight above 0.",
        ),
    ],
)
def test_weights_that_cannot_be_used_are_named(weights, sentence):
    with pytest.raises(MatcherError) as raised:
        AffinityModel(weights).fit([FILM], [EDITOR])
    assert str(raised.value) == sentence


@pytest.mark.parametrize(
    "neutral", [{"needs": 1.5}, {"needs": -0.1}, {"words": math.nan}, {"x": 0}]
)
def test_neutral_values_stay_in_range(neutral):
    with pytest.raises(MatcherError) as raised:
        AffinityModel(neutral=neutral).fit([FILM], [EDITOR])
    assert raised.value.code in ("neutral_not_usable", "neutral_unknown")


@pytest.mark.parametrize(
    ("profile", "thin"),
    [
        (ProjectProfile(id="p"), True),
        (ProjectProfile(id="p", title="Glacier", languages=(LanguageSkill("ru"),)), True),
        (ProjectProfile(id="p", logline="🎬 и не"), True),
        (ProjectProfile(id="p", genres=(Term(" "),)), True),
        (ProjectProfile(id="p", logline="Two brothers"), False),
        (ProjectProfile(id="p", stages=(Term("idea", "stage.idea"),)), False),
        (MentorProfile(id="m", name="Aigul"), True),
        (MentorProfile(id="m", credits=("The Plum Tax",)), False),
        (MentorProfile(id="m", offers=(EDITING,)), False),
    ],
)
def test_a_profile_without_a_word_or_term_is_too_thin(profile, thin):
    assert too_little_known(profile) is thin


def test_words_for_people():
    affinities = (1.0, 0.58, 0.57, 0.42, 0.41, 0.0, math.nan)
    words = [affinity_word(each) for each in affinities]
    assert words == ["strong", "strong", "good", "good", "stretch", "stretch", "unknown"]
    assert affinity_word(0.9, known_share=0.29) == "unknown"


def test_kazakh_needs_reach_mentors_who_write_english():
    film = ProjectProfile(
        id="p",
        difficulties="мен финалды қалай аяқтарымды білмеймін",
        needs=(Term("Монтаж", "need.editing"),),
        languages=(LanguageSkill("kk", "native"),),
    )
    speaker = MentorProfile(
        id="kk", bio="Мен ақынмын және әнші емеспін", expertise=(Term("x", "need.legal"),)
    )
    same = MentorProfile(id="m", bio=EDITOR.bio, expertise=EDITOR.expertise)
    model = AffinityModel()
    editor, poet = model.affinity(model.fit_features([film], [same, speaker]))[0]
    assert editor > poet


def test_a_paste_of_ten_megabytes_stays_fast():
    film = ProjectProfile(
        id="p", synopsis="харбор word " * 900_000, needs=(Term("a" * 10_000_000),)
    )
    mentor = MentorProfile(id="m", bio="monta" * 2_000_000, credits=("x y",) * 100_000)
    model = AffinityModel()
    started = time.process_time()
    model.affinity(model.fit_features([film], [mentor]))
    assert time.process_time() - started < 5.0


def test_a_pair_known_only_by_its_met_need_is_known_enough():
    film = ProjectProfile(id="p", needs=(EDITING,))
    model = AffinityModel()
    features = model.fit_features([film], [MentorProfile(id="m", expertise=(EDITING,))])
    affinity, known = model.affinity(features)[0, 0], model.known_share(features)[0, 0]
    assert affinity_word(float(affinity), float(known)) == "good"
