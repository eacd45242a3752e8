"""Texts as concepts: recognised in four languages, near across them, and steady."""

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from matcher.channels.concepts import ConceptVectors
from matcher.folding import fold

ODD = st.one_of(
    st.text(max_size=80),
    st.sampled_from(
        ["", " ", "\x00", "сценарий\x00монтаж", "\ufdfa" * 50, "🎬🎞️", "סרט תיעודי", "\u202eedit"]
    ),
)
# What people write, and what it speaks of among other things.
SENTENCES = [
    ("The second act of my film is weak and I don't know how to end it",
     "problem.weak-second-act problem.unclear-ending"),
    ("My protagonist is passive, she has no motivation", "problem.passive-protagonist"),
    ("Our rough cut is four hours long", "stage.rough-cut problem.cut-too-long"),
    ("We have no money for the sound mix", "problem.no-money technique.sound-design"),
    ("Casting children for a road movie in the mountains",
     "technique.casting-children genre.western-road place.mountains"),
    ("I want to use old newsreels and home movies of my family", "technique.archive-footage"),
    ("A shepherd and his daughter wait in a yurt", "figure.shepherd place.yurt"),
    ("Who owns the rights to the song my mother sings?", "technique.music-rights theme.mother"),
    ("Looking for a co-producer in Europe", "technique.co-production place.europe"),
    ("I cut documentaries; observational, patient films",
     "role.film-editor technique.documentary technique.observation"),
    ("Нужен свежий взгляд на монтаж: материал не складывается",
     "problem.fresh-eye problem.structure-in-edit"),
    ("Слишком много персонажей, не понимаю, чья это история", "problem.too-many-characters"),
    ("Героиня отказалась сниматься, доступ потерян", "problem.no-access"),
    ("Боюсь питча, не умею выступать", "problem.pitch-fear"),
    ("На какой фестиваль подавать дебют?", "problem.which-festival problem.first-film"),
    ("Непрофессиональные актёры наигрывают",
     "technique.non-professionals problem.actors-unconvincing"),
    ("Мама уехала на заработки в Москву, внук остался с бабушкой",
     "theme.labour-migration theme.left-behind place.abroad"),
    ("Фильм о краже невест", "theme.bride-kidnapping"),
    ("Смету и график не могу составить, нет продюсера", "problem.no-producer"),
    ("Хроника и авторские права на архив", "technique.archive-rights"),
    ("Экинчи акт бош, каарман аракет кылбайт",
     "problem.weak-second-act problem.passive-protagonist"),
    ("Финалды кантип бүтүрөрүмдү билбейм", "problem.unclear-ending"),
    ("Кесипкөй эмес актёрлор менен иштегим келет", "technique.non-professionals"),
    ("Материал чогулбай жатат, монтажда адашып калдым", "problem.structure-in-edit"),
    ("Энем Россияда иштейт, мен айылда чоң энемдин колунда чоңойдум",
     "theme.labour-migration place.village theme.grandparents"),
    ("Кыз ала качуу жөнүндө тасма", "theme.bride-kidnapping"),
    ("Жайлоодогу чабандардын турмушу", "place.summer-pasture figure.shepherd"),
    ("Каржы издеп жатабыз, чет өлкөлүк өнөктөш керек",
     "technique.financing technique.co-production"),
    ("Музыкага укук алуу керек", "technique.music-rights"),
    ("Эне тилин унуткан бала", "theme.language-loss"),
    ("Фильмнің соңы түсініксіз, қалай аяқтарымды білмеймін", "problem.unclear-ending"),
    ("Екінші актіде сценарий әлсіз", "problem.weak-script"),
    ("Кейіпкерім енжар болып қалды", "problem.passive-protagonist"),
    ("Көшпенділер мен дала туралы деректі фильм",
     "theme.nomads place.steppe technique.documentary"),
    ("Ашаршылық пен қуғын-сүргін", "theme.famine theme.repression"),
    ("Ақша жоқ, бірлескен өндіріс керек", "problem.no-money technique.co-production"),
    ("Мұрағат түсірілімдерін қалай пайдаланамын", "technique.archive-footage"),
    ("Балалармен жұмыс істеу қиын", "technique.casting-children"),
    ("Әжем ауылда жалғыз тұрады", "theme.grandparents place.village"),
    ("Дыбыс сапасыз жазылған", "problem.sound-poor"),
    ("Питчингке таныстырылым дайындау керек", "technique.pitch-deck industry.pitching-forum"),
]  # fmt: skip

NEEDS_AND_MENTORS = [
    ("Экинчи акт бош болуп жатат", "Script consultant: structure and story"),
    ("Материал не складывается в фильм", "Film editor of creative documentaries"),
    ("Ақша жоқ, серіктес іздейміз: копродукция", "Producer of international co-productions"),
    ("Музыкага укукту кантип алабыз", "Media lawyer: contracts and music rights"),
    ("На какой фестиваль подавать фильм", "Festival programmer, premiere strategy"),
    ("Кейіпкер түсуден бас тартты", "Ethics of documentary and consent of protagonists"),
    ("Актёрлор ишенимсиз ойнойт", "Acting coach, I rehearse with actors"),
    ("Звук с площадки плохой", "Sound designer"),
]


def ids_in(text: str) -> set[str]:
    return {concept for concept, _, _ in ConceptVectors().places(text)}


@pytest.mark.parametrize(("text", "concepts"), SENTENCES)
def test_a_sentence_is_understood(text: str, concepts: str) -> None:
    assert set(concepts.split()) - ids_in(text) == set()


@pytest.mark.parametrize("text", [text for text, _ in SENTENCES])
def test_special_letters_do_not_matter(text: str) -> None:
    typed = text.translate(str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮІё", "агкноуухиАГКНОУУИе"))
    assert fold(typed) == fold(text)
    assert ids_in(typed) == ids_in(text)


def test_a_need_finds_the_mentor_who_speaks_another_language() -> None:
    needs, mentors = zip(*NEEDS_AND_MENTORS, strict=True)
    channel = ConceptVectors().fit([])
    likeness = (channel.transform(needs) @ channel.transform(mentors).T).toarray()
    assert likeness.argmax(axis=1).tolist() == list(range(len(needs)))


def test_places_are_words_of_the_text_in_its_order() -> None:
    text = "У меня слабый сценарий. Бабушка — в юрте, ковёр кочевников"
    found = [(concept, text[start:end]) for concept, start, end in ConceptVectors().places(text)]
    assert found == [
        ("problem.weak-script", "слабый сценарий"),
        ("technique.screenwriting", "сценарий"),
        ("theme.grandparents", "Бабушка"),
        ("place.yurt", "юрте"),
        ("theme.crafts", "ковёр"),
        ("theme.nomads", "кочевников"),
    ]


def test_of_a_kind_the_longest_phrase_wins_and_a_sentence_ends_it() -> None:
    assert "theme.wedding" in ids_in("bride")
    assert ids_in("bride kidnapping") == {"theme.bride-kidnapping"}
    assert {"stage.rough-cut", "need.editing", "technique.editing"} <= ids_in("rough cut")
    assert "theme.bride-kidnapping" not in ids_in("the bride. Kidnapping of a dog")


def test_an_editor_of_something_else_is_no_film_editor() -> None:
    assert {"role.film-editor", "craft.editor"} <= ids_in("film editor")
    assert "role.film-editor" not in ids_in("commissioning editor")
    assert "country.cm" not in ids_in("камерадан")


def test_repeating_a_word_gains_little() -> None:
    once, often = ConceptVectors().fit_transform(["yurt and desert", "yurt " * 50 + "desert"])
    assert (once @ often.T)[0, 0] > 0.75


def test_rows_have_length_one_or_none() -> None:
    rows = ConceptVectors().fit_transform(["дала және киіз үй", "hmm", "", "lawyer"])
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    assert lengths == pytest.approx([1.0, 0.0, 0.0, 1.0])


def test_what_is_near_counts_about_half() -> None:
    channel = ConceptVectors().fit([])
    (row,) = channel.transform(["yurt"]).toarray()
    heavy = dict(zip(channel.concepts_, row / channel.idf_, strict=True))
    assert heavy["theme.nomads"] == pytest.approx(0.5 * heavy["place.yurt"])
    assert heavy["theme.divorce"] == 0.0
    alone = ConceptVectors(nearness=0.0).fit([]).transform(["yurt"])
    assert alone.nnz == 1


def test_one_unrelated_profile_hardly_moves_the_others() -> None:
    pool = [text for text, _ in SENTENCES[:12]]
    before = ConceptVectors().fit_transform(pool)
    after = ConceptVectors().fit([*pool, "A football coach; a football match; football"])
    kept = np.asarray(before.multiply(after.transform(pool)).sum(axis=1)).ravel()
    assert kept.min() > 0.9999


def test_a_pool_of_one_subject_slowly_weighs_it_less() -> None:
    few = ConceptVectors().fit([])
    many = ConceptVectors().fit(["A yurt"] * 500)
    yurt = few.concepts_.index("place.yurt")
    assert many.idf_[yurt] < 0.5 * few.idf_[yurt]
    assert many.n_texts_ == 500


def test_it_keeps_the_estimator_contract() -> None:
    channel = ConceptVectors(nearness=0.25)
    assert clone(channel).get_params() == {"nearness": 0.25, "background": 1000.0}
    with pytest.raises(NotFittedError):
        channel.transform(["yurt"])
    first = channel.fit_transform(["yurt", "монтаж"])
    assert (first != channel.transform(["yurt", "монтаж"])).nnz == 0
    again = pickle.loads(pickle.dumps(channel)).transform(["yurt", "монтаж"])
    assert (first != again).nnz == 0
    assert channel.fit_transform([]).shape == (0, len(channel.concepts_))


@settings(max_examples=60, deadline=None)
@given(st.lists(ODD, max_size=5), ODD)
def test_it_takes_any_text(pool: list[str], text: str) -> None:
    channel = ConceptVectors().fit(pool)
    row = channel.transform([text])
    assert np.isfinite(row.data).all()
    for _, start, end in channel.places(text):
        assert 0 <= start < end <= len(text)


def test_of_a_huge_text_the_beginning_is_read() -> None:
    places = ConceptVectors().places("юрта степь " * 100_000)
    assert len(places) == 2 * 20_000 // 11
    assert places[-1][2] <= 20_000
