"""The trade's words: recognised however somebody writes them."""

from collections import defaultdict

import pytest

from matcher.folding import fold
from matcher.vocabulary import KINDS, LANGUAGES, Concept, Kind, Vocabulary, term_key

WORDS = Vocabulary.load()

EXPECTED_ORDER = {
    "need": "story-script structure directing-actors visual-concept editing sound-music producing "
    "financing pitching festival-strategy sales-distribution audience-impact legal-rights ethics "
    "post-production career",
    "craft": "director writer producer script-consultant editor cinematographer sound-designer "
    "composer designer animator casting festival-programmer sales-agent distributor "
    "commissioning-editor fund-representative post-supervisor impact-producer critic lawyer",
    "form": "fiction-feature documentary creative-documentary observational-documentary essay "
    "archive animation hybrid experimental short series immersive",
    "genre": "drama comedy thriller-crime horror scifi-fantasy western-road historical-war "
    "coming-of-age family romance musical social-issue portrait music-arts nature-environment "
    "sport",
    "stage": "idea research treatment script-draft advanced-script financing pre-production "
    "production assembly rough-cut fine-cut picture-lock finished",
    "conflict_kind": "works-on-project same-company relative-partner teacher-student "
    "decides-on-it other organizer",
}


def id_of(text: str, kind: Kind | None = None) -> str | None:
    concept = WORDS.recognise(text, kind)
    return concept.id if concept else None


@pytest.mark.parametrize(("kind", "codes"), EXPECTED_ORDER.items())
def test_lists_stand_in_the_order_of_a_form(kind: Kind, codes: str) -> None:
    assert [concept.code for concept in WORDS.concepts(kind)] == codes.split()


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_concepts_of_a_kind_share_a_spelling(kind: Kind) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for concept in WORDS.concepts(kind):
        for _, words in concept.spellings:
            owners[term_key(words)].add(concept.id)
            owners[" ".join(sorted(fold(words).split()))].add(concept.id)
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_every_concept_has_a_label_in_every_language(kind: Kind) -> None:
    lacking = [
        (concept.id, lang)
        for concept in WORDS.concepts(kind)
        for lang in LANGUAGES
        if not concept.labels.get(lang)
    ]
    assert lacking == []


def test_every_spelling_of_every_concept_is_recognised() -> None:
    lost = [
        (concept.id, words)
        for kind in KINDS
        for concept in WORDS.concepts(kind)
        for _, words in concept.spellings
        for typed in (words, words.upper(), fold(words), f"  {words} ")
        if id_of(typed, kind) != concept.id
    ]
    assert lost == []


def test_ids_are_unique_and_begin_with_their_list() -> None:
    ids = [concept.id for kind in KINDS for concept in WORDS.concepts(kind)]
    assert len(ids) == len(set(ids))
    assert {each.partition(".")[0] for each in ids} == {
        "need", "craft", "form", "genre", "stage", "country", "lang", "conflict"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "kind", "concept_id"),
    [
        ("need.editing", None, "need.editing"),
        ("rough-cut", "stage", "stage.rough-cut"),
        ("ROUGH_CUT", "stage", "stage.rough-cut"),
        ("roughcut", "stage", "stage.rough-cut"),
        ("Story and script", "need", "need.story-script"),
        ("Legal, Rights & Clearances", "need", "need.legal-rights"),
        ("Сценарий и история", "need", "need.story-script"),
        ("монтаж", "need", "need.editing"),
        ("Питчинг", "need", "need.pitching"),
        ("crime", "genre", "genre.thriller-crime"),
        ("thriller", "genre", "genre.thriller-crime"),
        ("Криминал", "genre", "genre.thriller-crime"),
        ("ҷиноӣ", "genre", "genre.thriller-crime"),
        ("sci fi", "genre", "genre.scifi-fantasy"),
        ("деректи фильм", "form", "form.documentary"),
        ("кыска метраждуу тасма", "form", "form.short"),
        ("kirgizstan", "country", "country.kg"),
        ("Кыргызстан", "country", "country.kg"),
        ("Казакстан", "country", "country.kz"),
        ("Бурятия", "country", "country.ru-bu"),
        ("Yakutia", "country", "country.ru-sa"),
        ("Каракалпакстан", "country", "country.uz-qr"),
        ("казак тили", "language", "lang.kk"),
        ("o'zbek", "language", "lang.uz"),
        ("o`zbek", "language", "lang.uz"),
        ("oʻzbek", "language", "lang.uz"),
        ("ўзбек", "language", "lang.uz"),
        ("ky", "language", "lang.ky"),
        ("забони тоҷикӣ", "language", "lang.tg"),
        ("relative", "conflict_kind", "conflict.relative-partner"),
    ],
)
def test_people_are_understood(typed: str, kind: Kind | None, concept_id: str) -> None:
    assert id_of(typed, kind) == concept_id


def test_a_kind_keeps_to_its_own_list() -> None:
    assert id_of("editing", "need") == "need.editing"
    assert id_of("editing", "country") is None
    assert id_of("need.editing", "stage") is None
    assert id_of("Editor") == "craft.editor"


@pytest.mark.parametrize("text", ["", "  ", "&", "🎬", "\u202eabc", "somebody to talk to"])
def test_what_is_no_term_is_not_recognised(text: str) -> None:
    assert [id_of(text, kind) for kind in KINDS] == [None] * len(KINDS)


def test_nearest_names_what_somebody_may_have_meant_in_their_language() -> None:
    assert WORDS.nearest("editting", "need")[0] == "Editing & rough cut"
    assert WORDS.nearest("сценарии", "need")[0] == "История и сценарий"
    assert WORDS.nearest("Kirgistan", "country", n=1) == ["Kyrgyzstan"]
    assert WORDS.nearest("I can read your script closely", "need", 1) == ["Story & script"]
    assert WORDS.nearest("zzzzzz", "need") == []
    assert WORDS.nearest("", "need") == []


def test_crafts_meet_needs() -> None:
    assert WORDS.needs_met_by("craft.editor") == ("need.editing", "need.structure")
    assert WORDS.needs_met_by("craft.script-consultant") == ("need.story-script", "need.structure")
    assert WORDS.needs_met_by("need.ethics") == ("need.ethics",)
    assert WORDS.needs_met_by("genre.drama") == ()
    assert WORDS.needs_met_by("craft.nobody") == ()


def test_every_craft_meets_needs_that_exist() -> None:
    needs = {concept.id for concept in WORDS.concepts("need")}
    met = [set(concept.meets) for concept in WORDS.concepts("craft")]
    assert all(met)
    assert set().union(*met) == needs - {"need.career"}


def test_labels_fall_back_to_a_language_the_reader_knows() -> None:
    concept = Concept("need.x", "need", {"en": "Ease", "ru": "Лёгкость"})
    assert [concept.label(lang) for lang in ("en", "ky", "uz_Cyrl", "de")] == [
        "Ease",
        "Лёгкость",
        "Лёгкость",
        "Ease",
    ]
    assert WORDS.label("stage.rough-cut", "ru") == "Черновой монтаж"
    assert WORDS.label("stage.unheard-of", "ru") == "stage.unheard-of"


def test_the_vocabulary_is_read_once() -> None:
    assert Vocabulary.load() is WORDS
    assert WORDS.get("genre.drama") is WORDS.recognise("Drama", "genre")
