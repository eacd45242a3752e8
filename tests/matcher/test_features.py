import numpy as np
import pytest

from matcher.feature_names import FEATURE_NAMES
from matcher.features import PairFeatures
from matcher.needs import mentions, needs_of
from matcher.offerings import gives, needs_values
from matcher.overlaps import language_values, neighbours, term_values
from matcher.profiles import LanguageSkill, MentorProfile, ProjectProfile, Term
from matcher.text import CharacterVectors

EDITING = Term("Editing & rough cut", "need.editing")
SOUND = Term("Sound & music", "need.sound-music")
LEGAL = Term("Legal", "need.legal")


def _needs(film, *mentors):
    characters = CharacterVectors().fit(["animatic", "аниматик", "storyboard", "budget table"])
    values, known = needs_values([film], mentors, characters)
    return values[0].round(3).tolist(), known[0].tolist()


def test_the_first_named_need_counts_most():
    film = ProjectProfile(id="p", needs=(EDITING, SOUND, LEGAL))
    values, known = _needs(
        film,
        MentorProfile(id="a", expertise=(EDITING,)),
        MentorProfile(id="b", expertise=(SOUND,)),
        MentorProfile(id="c", expertise=(LEGAL,)),
        MentorProfile(id="d", expertise=(EDITING, SOUND, LEGAL)),
        MentorProfile(id="e"),
    )
    assert values == [0.545, 0.273, 0.182, 1.0, 0.0]
    assert known == [True, True, True, True, False]


def test_needs_without_order_count_alike():
    film = ProjectProfile(id="p", needs=(EDITING, SOUND), needs_ordered=False)
    assert [(need.share, need.rank) for need in needs_of(film)] == [(0.5, 0), (0.5, 0)]


def test_expertise_meets_a_need_more_than_an_offer_a_craft_or_a_biography():
    film = ProjectProfile(id="p", needs=(EDITING,))
    values, _ = _needs(
        film,
        MentorProfile(id="a", expertise=(EDITING,)),
        MentorProfile(id="b", offers=(EDITING,)),
        MentorProfile(id="c", expertise=(Term("Editor", "craft.editor"),)),
        MentorProfile(id="d", offers=(Term("help with the rough cut"),)),
        MentorProfile(id="e", bio="Twenty years of editing. I know nothing about sound."),
        MentorProfile(id="f", expertise=(SOUND,), bio="Twenty years of editing."),
    )
    assert values == [1.0, 0.9, 0.8, 0.72, 0.5, 0.0]


def test_a_denied_need_is_not_given():
    mentor = MentorProfile(
        id="m", bio="I do editing. I know nothing about sound, please do not ask."
    )
    assert list(gives(mentor)) == ["need.editing"]


def test_unknown_needs_are_compared_by_their_letters():
    film = ProjectProfile(id="p", needs=(Term("Animatics"),))
    values, known = _needs(
        film,
        MentorProfile(id="a", expertise=(Term("animatic"),)),
        MentorProfile(id="b", expertise=(Term("budget table"),)),
    )
    assert values[0] > 0.5
    assert values[1] == 0.0
    assert known == [True, True]


def test_a_project_that_named_no_need_is_read_for_one():
    film = ProjectProfile(id="p", difficulties="Не могу закончить черновой монтаж")
    found = needs_of(film)
    assert [need.term.concept for need in found] == ["need.editing"]
    need = found[0]
    assert film.difficulties[need.start : need.end] in ("монтаж", "черновой монтаж")
    private = ProjectProfile(id="p", reading="Не могу закончить черновой монтаж")
    assert needs_of(private) == []


@pytest.mark.parametrize("text", ["editing", "монтажа", "MONTAGE and editing"])
def test_a_need_is_found_inside_a_text(text):
    assert "need.editing" in [found.need for found in mentions(text)]


def _terms(kind, ours, theirs):
    film = ProjectProfile(id="p", **{kind: tuple(Term(t, t) for t in ours)})
    mentor = MentorProfile(id="m", **{kind: tuple(Term(t, t) for t in theirs)})
    values, known = term_values([film], [mentor], kind)
    return float(values[0, 0]), bool(known[0, 0])


@pytest.mark.parametrize(
    ("kind", "ours", "theirs", "expected"),
    [
        ("genres", ["genre.drama", "genre.comedy"], ["genre.drama"], (0.5, True)),
        ("genres", ["genre.drama"], ["genre.drama", "genre.horror"], (1.0, True)),
        ("genres", ["genre.drama"], [], (0.0, False)),
        ("genres", [], ["genre.drama"], (0.0, False)),
        ("stages", ["stage.rough-cut"], ["stage.fine-cut"], (0.5, True)),
        ("stages", ["stage.rough-cut"], ["stage.picture-lock"], (0.0, True)),
        ("stages", ["stage.rough-cut"], ["stage.rough-cut", "stage.fine-cut"], (1.0, True)),
        ("forms", ["form.essay"], ["form.archive"], (0.5, True)),
        ("forms", ["form.essay"], ["form.animation"], (0.0, True)),
    ],
)
def test_overlap_is_the_share_of_the_projects_terms(kind, ours, theirs, expected):
    assert _terms(kind, ours, theirs) == expected


def test_unknown_terms_meet_by_their_folded_words():
    film = ProjectProfile(id="p", genres=(Term("Қара-комедия"),))
    mentor = MentorProfile(id="m", genres=(Term("кара комедия"),))
    assert term_values([film], [mentor], "genres")[0].tolist() == [[1.0]]


def test_the_first_and_last_stage_have_one_neighbour():
    assert neighbours("stage.idea") == ["stage.research"]
    assert neighbours("stage.finished") == ["stage.picture-lock"]
    assert neighbours("something else") == []


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ([("ru", "native")], [("ru", "B2")], (1.0, True)),
        ([("ru", "native")], [("ru", "B1")], (0.6, True)),
        ([("ru", "A2"), ("en", "C1")], [("ru", "native"), ("en", "A1")], (0.3, True)),
        ([("ru", None)], [("ru", "C2")], (0.8, True)),
        ([("ru", None)], [("en", "C2")], (0.0, True)),
        ([], [("en", "C2")], (0.0, False)),
        ([("ru", None)], [], (0.0, False)),
    ],
)
def test_language_is_as_good_as_the_weaker_speaker(ours, theirs, expected):
    film = ProjectProfile(id="p", languages=tuple(LanguageSkill(*each) for each in ours))
    mentor = MentorProfile(id="m", languages=tuple(LanguageSkill(*each) for each in theirs))
    values, known = language_values([film], [mentor])
    assert (float(values[0, 0]), bool(known[0, 0])) == expected


def test_features_hold_one_shape():
    known = np.ones((2, 3, len(FEATURE_NAMES)), dtype=bool)
    made = PairFeatures(FEATURE_NAMES, known.astype(float), known)
    assert made.column("form").shape == (2, 3)
    with pytest.raises(ValueError, match="14 features need arrays"):
        PairFeatures(FEATURE_NAMES, np.ones((2, 3, 6)), known)
