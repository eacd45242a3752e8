import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from snowballstemmer.english_stemmer import EnglishStemmer
from snowballstemmer.russian_stemmer import RussianStemmer

from matcher.channels.background import shipped
from matcher.channels.scale import Scale
from matcher.item_pairs import ItemSets, language_bits, text_values
from matcher.items import MAX_ITEMS, Item, mentor_items, project_items
from matcher.profiles import MentorProfile, ProjectProfile, Term
from matcher.stopwords import languages_of
from matcher.text import CharacterVectors, StemVectors, saturate
from matcher.words import (
    MAX_CHARACTERS,
    content_words,
    folded_words,
    says_something,
    stem_of,
    telling_words,
)

CHANNELS = [StemVectors, CharacterVectors]
ODD = st.one_of(
    st.text(max_size=80),
    st.sampled_from(
        [
            "",
            " ",
            "\x00",
            "a\x00b",
            "\ufdfa" * 50,
            "🎬🎞️",
            "שלום עולם",
            "не и в",
            "\u202eabc",
            "é" * 90,
        ]
    ),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Не знаю, Финалы!", [("финалы", "финал")]),
        ("The o‘zbek EDIT, 2019", [("ozbek", "ozbek"), ("edit", "edit")]),
        ("кино\u00adнун", [("кинонун", "кинонун")]),
        ("Құрылым", [("курылым", "курыл")]),
        ("I don't know the film", []),
        ("комедии\u0306", [("комедий", "комед")]),
    ],
)
def test_words_are_folded_and_stemmed_and_small_ones_left_out(text, found):
    assert telling_words(text) == found


@given(ODD)
def test_places_point_at_the_text_as_written(text):
    found = content_words(text)
    assert [(word.folded, word.stem) for word in found] == telling_words(text)
    assert says_something(text) == bool(telling_words(text))
    for word in found:
        assert set(folded_words(text[word.start : word.end])) >= {word.folded}


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("I do not know how to end it", {"en"}),
        ("Я не могу закончить, потому что монтаж", {"ru"}),
        ("Менин тасмам жөнүндө: финалды эмне үчүн жана кантип бүтүрөм", {"ky"}),
        ("Біз фильмді аяқтай алмай жүрміз және не үшін екенін білмейміз", {"kk"}),
        ("Men filmni tugata olmayapman chunki tuzilish yoq va rejissyor", {"latin"}),
        ("Дала үні", set()),
        ("", set()),
    ],
)
def test_small_words_show_the_language(text, languages):
    assert languages_of(folded_words(text)) == languages


def test_a_title_takes_the_language_of_its_profile():
    bio = Item("bio", "I have been a producer of it and the others")
    assert len(set(language_bits([bio, Item("credits[0]", "Snow for Sale")]))) == 1
    assert language_bits([bio, Item("credits[0]", "Дала үні")])[1] == 0


@pytest.mark.parametrize("channel", CHANNELS)
def test_channels_keep_the_estimator_contract(channel):
    made = channel()
    assert clone(made).get_params() == made.get_params()
    with pytest.raises(NotFittedError):
        made.transform(["edit"])
    texts = ["We edit at night", "Ночной монтаж", "не и в", ""]
    first = made.fit_transform(texts)
    assert (first != made.transform(texts)).nnz == 0
    assert (first != channel().fit(texts).transform(texts)).nnz == 0
    norms = np.sqrt(np.asarray(first.multiply(first).sum(axis=1)).ravel())
    np.testing.assert_allclose(norms, [1, 1, 0, 0])


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("pool", [[], [""], ["не и в", "the of"]])
def test_channels_fit_a_pool_without_words(channel, pool):
    made = channel()
    assert made.fit_transform(pool).nnz == 0
    assert made.transform(["edit", ""]).shape[0] == 2
    assert made.transform([]).shape[0] == 0


@settings(max_examples=40, deadline=None)
@given(st.lists(ODD, max_size=6), st.lists(ODD, max_size=3))
def test_channels_take_any_text(pool, later):
    for channel in CHANNELS:
        made = channel().fit(pool)
        rows = made.transform(later)
        assert rows.shape[0] == len(later)
        assert np.isfinite(rows.data).all()


def test_kazakh_typed_without_its_letters_is_the_same():
    rows = CharacterVectors().fit_transform(["құрылым әңгімесі", "курылым ангимеси", "дыбыс"])
    assert (rows @ rows.T).toarray()[0].round(6).tolist() == [1.0, 1.0, 0.0]


def test_character_grams_of_a_word_never_cross_into_the_next():
    rows = CharacterVectors().fit_transform(["rough cut", "ughcut"])
    spelled = CharacterVectors().fit(["rough cut"]).spell(["ab", "rough"]).toarray()
    assert spelled.sum(axis=1).tolist() == [0.0, 5 + 4 + 3]
    assert (rows @ rows.T)[0, 1] < 0.5


def test_repeating_a_word_gains_little():
    stems = StemVectors(longest_phrase=1)
    rows = stems.fit_transform(["montage sound", "montage " * 50 + "sound", "sound"])
    assert (rows @ rows.T)[0, 1] > 0.85


def test_saturation_rises_and_keeps_its_ends():
    curve = saturate(np.linspace(0, 1, 50), half_at=0.1)
    assert curve[0] == 0
    assert curve[-1] == 1
    assert (np.diff(curve) > 0).all()


def test_long_texts_are_cut_and_long_lists_too():
    huge = MentorProfile(id="m", bio="word " * 2_000_000, credits=("montage",) * 5_000)
    items = mentor_items(huge)
    assert len(items) == MAX_ITEMS
    assert max(len(item.text) for item in items) == MAX_CHARACTERS
    assert len(telling_words("montage " * 2_000_000)) == MAX_CHARACTERS // 8


def test_a_project_is_its_texts_and_its_unknown_needs():
    film = ProjectProfile(
        id="p",
        title="Glacier",
        synopsis="и не",
        difficulties="no ending",
        needs=(Term("animatic"), Term("editing", "need.editing")),
    )
    fields = [item.field for item in project_items(film)]
    assert fields == ["difficulties", "title", "needs[0]"]


SCALE = Scale(0.1, within=True)


def _values(ours, theirs, neutral=0.2):
    sides = [
        ItemSets.of([[Item("x", t) for t in profile] for profile in s]) for s in (ours, theirs)
    ]
    stems = StemVectors().fit([text for side in sides for text in side.texts])
    rows = [stems.transform(side.texts) for side in sides]
    return text_values(*sides, *rows, scale=SCALE, neutral=neutral)


def test_texts_in_two_languages_are_unknown_not_bad():
    film = ["I do not know how the harbour ends"]
    russian = ["Я монтажёр и не только, живу у моря"]
    mixed = ["Я монтажёр и не только: harbour"]
    values, known = _values([film], [russian, mixed, ["I was in a desert"], []])
    assert known.tolist() == [[False, True, True, False]]
    assert values[0, 0] == values[0, 3] == 0.2
    shared = _values([film], [russian, mixed, ["I was in a desert"], []], neutral=0.0)[0][0, 1]
    assert shared > 0.0
    assert values[0, 1] == pytest.approx(0.2 + 0.8 * shared)
    assert values[0, 2] == 0.0


def test_a_mentors_best_items_count_by_rank_and_a_projects_by_weight():
    values, _ = _values([["harbour ferry"]], [["harbour ferry", "desert sand"], ["harbour ferry"]])
    item_by_item, as_wholes = 1 / 1.7, 1 / np.sqrt(2)
    mean = np.array([(item_by_item + as_wholes) / 2])
    assert values.tolist() == [[pytest.approx(SCALE.value_of(mean)[0]), 1.0]]
    items = [Item("difficulties", "harbour ferry", 1.0), Item("title", "desert sand", 0.2)]
    ours, theirs = ItemSets.of([items]), ItemSets.of([[Item("bio", "harbour ferry")]])
    stems = StemVectors().fit(ours.texts)
    rows = stems.transform(ours.texts), stems.transform(theirs.texts)
    weighted, _ = text_values(ours, theirs, *rows, scale=SCALE, neutral=0.2)
    item_by_item, as_wholes = 1.0 / 1.2, 1.0 / np.sqrt(1.0 + 0.2**2)
    mean = np.array([(item_by_item + as_wholes) / 2])
    assert weighted.tolist() == [[pytest.approx(SCALE.value_of(mean)[0])]]


def test_a_long_list_of_vague_credits_does_not_beat_one_that_fits():
    film = ["the harbour at night and a ferryman"]
    short = ["the ferryman of the harbour"]
    long = ["a harbour, the sea, " + word for word in ("alpha", "bravo", "charlie", "delta")]
    values, _ = _values([film], [short, long])
    assert values[0, 0] > values[0, 1]


def test_stuffing_a_biography_does_not_help():
    needs = ["editing of the rough cut", "sound of the desert", "budget and the schedule"]
    honest = ["I do editing and the rough cut"]
    stuffed = [" ".join(needs + ["colour casting lawyer festival pitch sales animation"] * 3)]
    values, _ = _values([needs[:1]], [honest, stuffed])
    assert values[0, 0] > values[0, 1]


def test_many_projects_are_worked_through_in_blocks(monkeypatch):
    ours = [[f"the harbour {n}", "a ferryman and the sea"] for n in range(7)] + [[]]
    theirs = [["the ferryman"], ["a harbour and the sea"], []]
    whole = _values(ours, theirs)
    monkeypatch.setattr("matcher.item_pairs.CELLS_AT_A_TIME", 1)
    blocks = _values(ours, theirs)
    np.testing.assert_allclose(whole[0], blocks[0])
    assert (whole[1] == blocks[1]).all()


def test_the_quick_stemmer_and_the_plain_one_agree_on_every_word_that_ships() -> None:
    english, russian = EnglishStemmer(), RussianStemmer()
    for word in shipped().words:
        plain = english if "a" <= word[0] <= "z" else russian
        assert stem_of(word) == plain.stemWord(word)
