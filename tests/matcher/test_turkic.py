import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.folding import fold
from matcher.turkic import turkic_stem
from matcher.words import telling_words


@pytest.mark.parametrize(
    "forms",
    [
        "монтаж монтажды монтаждын монтаждаймын монтаждап монтажга",
        "құрылым құрылымы құрылымын құрылымдық курылымнын",
        "кейіпкер кейіпкерім кейіпкерлерін кейіпкердің кейипкерлер",
        "каарман каармандар каармандын каармандары",
        "көрүүчү көрүүчүлөр көрүүчүгө коруучулор",
        "дыбыс дыбысты дыбыспен дыбыстын",
        "бюджет бюджетті бюджеттин бюджетке",
        "ауыл ауылда ауылдан ауылдар",
        "тарых тарыхы тарыхты тарыхым",
    ],
)
def test_forms_of_a_word_keep_one_beginning(forms):
    assert len({turkic_stem(fold(form)) for form in forms.split()}) == 1


@given(st.text(alphabet="абвгдежзиклмнопрстуыэюя", min_size=1, max_size=30))
def test_a_stem_begins_its_word_and_keeps_something(word):
    stem = turkic_stem(word)
    assert word.startswith(stem)
    assert len(stem) >= min(len(word), 3)


def test_a_word_loses_the_endings_of_the_language_around_it():
    russian = dict(telling_words("Я не могу закончить монтажа, и эта команда"))
    assert (russian["монтажа"], russian["команда"]) == ("монтаж", "команд")
    kyrgyz = dict(telling_words("Мен монтажды эмне үчүн бүтүрө албайм, каармандар жок"))
    assert (kyrgyz["монтажды"], kyrgyz["каармандар"]) == ("монтаж", "каарман")
    typed = dict(telling_words("Мен монтажды эмне учун бутуро албайм, каармандар жок"))
    assert typed["каармандар"] == "каарман"


def test_letters_tell_where_no_small_word_does():
    assert telling_words("Құрылымның")[0][1] == "курыл"
