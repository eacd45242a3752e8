"""The shipped words: complete, spelled in their own letters, and no strangers among them."""

import re
from collections import Counter, defaultdict

import pytest

from matcher.folding import fold
from matcher.stopwords import STOP_WORDS
from matcher.vocabulary import KINDS, LANGUAGES, SPOKEN_KINDS, Kind, Vocabulary, term_key
from matcher.vocabulary.concept import PREFIXES
from matcher.vocabulary.phrases import shipped_phrases

WORDS = Vocabulary.load()
ALL_KINDS = (*KINDS, *SPOKEN_KINDS)
# Kyrgyz lacks these letters of Kazakh, and Kazakh writes no vowel twice.
ONLY_KAZAKH = re.compile("[әғқұһі]", re.IGNORECASE)
LONG_VOWELS = re.compile("аа|(?<!кин)оо|өө|уу|үү|ээ", re.IGNORECASE)
OF_KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)
OF_KYRGYZ = re.compile("[ңөү]|аа|оо|уу|ээ", re.IGNORECASE)

# Of many lists of everyday words: none of them speaks of anything in the vocabulary.
STRANGERS = """
    migraine familiar gorgeous demonstrate operation operate direction edition activity customer
    hospitality secretary trainer conservative product productive grade relatively
    artificial minor spirit design shortly clinical arrest presented
    страховка долго дорогая дорого дерево секретарь заводить искусственный учение
    натуральный палатка поездить другой другая каждый место простой снова карта груз комитет
    степень карл брать материал семьдесят приезжает катары катар кол колдо
    труднее прямо вернее просто нормально
    шаршау жақсы үлкен кішкентай жұмыстану жазғытұры чоң кичине жакшы бүгүн эртең
""".split()  # noqa: SIM905


@pytest.mark.parametrize(
    ("kind", "n_concepts"),
    [
        ("theme", 123),
        ("place", 51),
        ("figure", 40),
        ("problem", 43),
        ("technique", 58),
        ("industry", 36),
        ("role", 14),
        ("style", 16),
        ("audience", 12),
    ],
)
def test_there_are_words_for_what_films_speak_of(kind: Kind, n_concepts: int) -> None:
    assert len(WORDS.concepts(kind)) == n_concepts


def test_more_than_four_hundred_concepts_are_no_country_and_no_language() -> None:
    counts = Counter(each.kind for kind in ALL_KINDS for each in WORDS.concepts(kind))
    assert sum(counts.values()) - counts["country"] - counts["language"] > 450


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_no_two_concepts_of_a_kind_share_a_word_or_a_beginning(kind: Kind) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for concept in WORDS.concepts(kind):
        for _, words in (*concept.spellings, *concept.beginnings):
            star = "*" if words.endswith("*") else ""
            owners[term_key(words) + star].add(concept.id)
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("kind", SPOKEN_KINDS)
def test_every_concept_has_a_label_in_every_language_and_an_id_of_its_kind(kind: Kind) -> None:
    for concept in WORDS.concepts(kind):
        assert list(concept.labels) == list(LANGUAGES)
        assert concept.id.startswith(PREFIXES.get(kind, kind) + ".")


@pytest.mark.parametrize("kind", SPOKEN_KINDS)
def test_kazakh_and_kyrgyz_are_not_written_in_each_others_letters(kind: Kind) -> None:
    concepts = WORDS.concepts(kind)
    kyrgyz = " ".join(words for each in concepts for words in _written(each, "ky"))
    assert ONLY_KAZAKH.findall(kyrgyz) == []
    kazakh = " ".join(words for each in concepts for words in _written(each, "kk"))
    assert LONG_VOWELS.findall(kazakh) == []


def test_kazakh_and_kyrgyz_are_written_in_their_own_letters() -> None:
    concepts = [each for kind in SPOKEN_KINDS for each in WORDS.concepts(kind)]
    for lang, letters, share in (("kk", OF_KAZAKH, 0.85), ("ky", OF_KYRGYZ, 0.65)):
        own = [each for each in concepts if letters.search(" ".join(_written(each, lang)))]
        assert len(own) > share * len(concepts)
    same = [each.id for each in concepts if each.labels["kk"] == each.labels["ky"]]
    assert len(same) < 0.15 * len(concepts)


def _written(concept, lang: str) -> list[str]:
    both = (*concept.spellings, *concept.beginnings)
    return [words for of, words in both if of == lang]


def test_no_word_is_written_in_two_alphabets() -> None:
    mixed = [
        (concept.id, word)
        for kind in SPOKEN_KINDS
        for concept in WORDS.concepts(kind)
        for lang in LANGUAGES
        for words in _written(concept, lang)
        for word in words.split()
        if re.search("[a-z]", word, re.I) and re.search("[\u0400-\u052f]", word)
    ]
    assert mixed == []


def test_a_beginning_alone_is_long_enough_and_begins_no_small_word() -> None:
    alone = {
        fold(words)[:-1]
        for kind in ALL_KINDS
        for concept in WORDS.concepts(kind)
        for _, words in concept.beginnings
        if len(fold(words).split()) == 1
    }
    assert min(map(len, alone)) == 4
    caught = {(word, begun) for word in STOP_WORDS for begun in alone if word.startswith(begun)}
    assert caught == set()


def test_everyday_words_speak_of_nothing() -> None:
    found = {word: shipped_phrases().find(word) for word in STRANGERS}
    assert {word for word, phrases in found.items() if phrases} == set()


def test_what_texts_speak_of_changes_no_list_of_a_form() -> None:
    assert KINDS == (
        "need", "craft", "form", "genre", "stage", "country", "language", "conflict_kind"
    )  # fmt: skip
    assert WORDS.recognise("Bride kidnapping") is None
    assert WORDS.recognise("theme.bride-kidnapping") is None
    found = WORDS.recognise("Bride kidnapping", "theme")
    assert found is WORDS.get("theme.bride-kidnapping")


def test_most_concepts_have_neighbours() -> None:
    named = {near for kind in ALL_KINDS for each in WORDS.concepts(kind) for near in each.near}
    lonely = [
        each.id
        for kind in SPOKEN_KINDS
        for each in WORDS.concepts(kind)
        if not each.near and each.id not in named
    ]
    assert len(lonely) <= 30
    assert all(each.near for each in WORDS.concepts("problem"))
