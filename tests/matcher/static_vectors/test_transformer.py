from __future__ import annotations

import os
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.base import clone

from matcher.static_vectors import StaticVectors, read_table

SOAK_ROUNDS = int(os.environ.get("CAMPFIRE_SOAK_ROUNDS", "60"))
NEED = {
    "en": "I do not know how to end the film, the rough cut is too long.",
    "ru": "Не знаю, как закончить фильм, черновой монтаж слишком длинный.",
    "kk": "Фильмді қалай аяқтарымды білмеймін, алғашқы монтаж тым ұзақ.",
    "ky": "Тасманы кантип бүтүрөрүмдү билбейм, биринчи монтаж өтө узун.",
}
MONEY = {
    "en": "We look for a co-producer and money from a fund.",
    "ru": "Ищем копродюсера и деньги фонда.",
    "kk": "Бірлескен продюсер мен қордың қаражатын іздейміз.",
    "ky": "Копродюсер жана фонддун каражатын издейбиз.",
}
STRANGE = [
    "",
    " \t\n",
    "\0",
    "film\0editing",
    "\ufdfa" * 50,
    "🎬🎥👩‍👩‍👧‍👦🏳️‍🌈",
    "مونتاژ فیلم עריכה",
    "монтаж editing құрылым مونتاژ 剪辑",
    "\ud800",
    "\u202efilm\u202c",
    "а\u0301" * 300,
    "剪辑" * 3_000,
    "word " * 40_000,
    "x" * 100_000,
    "1234 5678",
    "!!! ??? ---",
]


def bare(text: str) -> str:
    return text.translate(str.maketrans("әғқңөұүһіёӘҒҚҢӨҰҮҺІЁ", "агкноуухиеАГКНОУУХИЕ"))


def lengths(rows: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.linalg.norm(rows.astype(np.float64), axis=1)


def holds(rows: NDArray[np.float32]) -> bool:
    """Say whether all rows are finite and of length 1 or 0."""
    found = lengths(rows)
    return bool(np.isfinite(rows).all() and ((found == 0) | (abs(found - 1) < 1e-5)).all())


def test_translations_are_nearer_than_another_need() -> None:
    vectors = StaticVectors()
    need, money = (vectors.transform(list(texts.values())) for texts in (NEED, MONEY))
    assert (need @ need.T).min() > (need @ money.T).max()


@pytest.mark.parametrize("text", [*NEED.values(), *MONEY.values()])
def test_a_text_typed_without_special_letters_has_the_same_vector(text: str) -> None:
    raw, folded = StaticVectors().transform([text, bare(text)])
    assert np.array_equal(raw, folded)


@pytest.mark.parametrize(
    ("one", "other"),
    [("o‘zbek kinosi", "oʻzbek kinosi"), ("забони тоҷикӣ", "забони точики"), ("ещё ёж", "еще еж")],
)
def test_uzbek_tajik_and_russian_spellings_are_one(one: str, other: str) -> None:
    raw, folded = StaticVectors().transform([one, other])
    assert np.array_equal(raw, folded)


@pytest.mark.parametrize("language", NEED)
def test_the_language_of_a_sentence_is_found(language: str) -> None:
    vectors = StaticVectors()
    texts = [NEED[language], MONEY[language], bare(NEED[language]), NEED[language].upper()]
    assert vectors.languages_of(texts) == [language] * 4


def test_a_text_without_words_belongs_to_no_language_more_than_another() -> None:
    shares = StaticVectors().language_shares(["", "🎬"])
    assert np.allclose(shares, 1 / shares.shape[1])


def test_what_is_in_one_language_is_not_near_for_that() -> None:
    vectors = StaticVectors()
    need, money = (vectors.transform(list(texts.values())) for texts in (NEED, MONEY))
    same = np.diag(need @ money.T)
    different = (need @ money.T)[~np.eye(len(NEED), dtype=bool)]
    assert abs(same.mean() - different.mean()) < 0.1


def test_a_named_language_is_believed_and_an_unknown_one_found_out() -> None:
    vectors = StaticVectors()
    text = NEED["ru"]
    found, unknown, as_english = vectors.transform([text] * 3, ["ru", "xx", "en"])
    assert np.array_equal(found, vectors.transform([text], ["ru"])[0])
    assert np.array_equal(unknown, vectors.transform([text])[0])
    assert not np.array_equal(found, as_english)
    assert found @ unknown > found @ as_english


def test_without_centring_the_mean_is_left_in() -> None:
    raw = StaticVectors(centred=False).transform([NEED["ru"]])
    vectors = StaticVectors()
    taken_off = raw - vectors.means[vectors.languages.index("ru")]
    centred = vectors.transform([NEED["ru"]], ["ru"])
    assert np.allclose(taken_off / lengths(taken_off)[:, None], centred, atol=1e-6)


def test_small_words_hardly_move_a_text() -> None:
    vectors = StaticVectors()
    plain, wordy = vectors.transform(["editing documentary", "the editing of a documentary and"])
    assert plain @ wordy > 0.9


def test_saying_a_word_often_gains_little() -> None:
    vectors = StaticVectors()
    once, often, wanted = vectors.transform(
        ["editor, festivals, sound", "editor, festivals, sound " + "sound " * 50, "sound"]
    )
    assert often @ wanted < 2 * (once @ wanted)


def test_languages_of_another_number_than_texts_are_refused() -> None:
    with pytest.raises(ValueError, match="1 languages for 2 texts"):
        StaticVectors().transform(["one", "two"], ["en"])


def test_one_text_alone_is_taken_as_one() -> None:
    assert StaticVectors().transform("film").shape[0] == 1


def test_no_text_gives_no_row() -> None:
    assert StaticVectors().transform([]).shape == (0, read_table().n_dimensions)


def test_strange_texts_give_whole_vectors() -> None:
    rows = StaticVectors().transform(STRANGE)
    assert rows.dtype == np.float32
    assert holds(rows)
    assert not lengths(rows)[:3].any()


def test_a_text_has_the_same_vector_in_any_company() -> None:
    vectors = StaticVectors()
    many = vectors.transform([*STRANGE, *NEED.values()] * 3)
    alone = np.vstack([vectors.transform([text]) for text in NEED.values()])
    assert np.allclose(many[-4:], alone, atol=1e-6)


_ANYTHING = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("әғқңөұүһіёқўҳӣӯoʻ’‘абвfilm \0\ufdfa🎬\u200d\u0301\u202eא字"),
    ),
    max_size=60,
)


@settings(max_examples=SOAK_ROUNDS, deadline=None)
@given(st.lists(_ANYTHING, max_size=4))
def test_any_texts_give_whole_vectors_and_the_same_again(texts: list[str]) -> None:
    vectors = StaticVectors()
    rows = vectors.transform(texts)
    assert holds(rows)
    assert np.array_equal(rows, vectors.transform(texts))
    assert np.allclose(vectors.language_shares(texts).sum(axis=1), 1.0)


def test_it_is_cloned_and_packed_without_its_table() -> None:
    vectors = StaticVectors(centred=False).fit(["film"])
    assert clone(vectors).get_params() == {"centred": False, "path": None}
    packed = pickle.dumps(vectors)
    assert len(packed) < 1_000
    assert np.array_equal(pickle.loads(packed).transform(["film"]), vectors.transform(["film"]))
