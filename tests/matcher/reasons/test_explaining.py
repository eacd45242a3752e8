import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from matcher.affinity import AffinityModel
from matcher.profiles import LanguageSkill, MentorProfile, ProjectProfile, Term
from matcher.reasons import Place, Reason, explain, explain_pairs
from tests.matcher.test_affinity import MENTORS, PROJECTS

EDITING = Term("Editing", "need.editing")
SOUND = Term("Sound & music", "need.sound-music")
FILM = ProjectProfile(
    id="p",
    difficulties="Мне снится ферма. I cannot finish the ROUGH cut of the harbour",
    needs=(EDITING, SOUND),
    forms=(Term("Short", "form.short"),),
    genres=(Term("drama", "genre.drama"), Term("horror", "genre.horror")),
    stages=(Term("rough cut", "stage.rough-cut"),),
    languages=(LanguageSkill("en", "B1"), LanguageSkill("ru", "native")),
)
MENTOR = MentorProfile(
    id="m",
    bio="I am a musician",
    expertise=(EDITING,),
    credits=("A house", "The Harbour (short): editor, rough cuts"),
    forms=(Term("short film", "form.short"),),
    genres=(Term("drama", "genre.drama"),),
    stages=(Term("fine cut", "stage.fine-cut"), Term("idea", "stage.idea")),
    languages=(LanguageSkill("en", "native"),),
)
# Words weigh as much here as they do where nothing else reads texts.
WRITTEN = {"words": 2.0, "characters": 1.0}
TOTAL = 4 + 2 + 1 + 3 + 2
OTHERS = [
    MentorProfile(id=f"m{n}", bio=f"I am a lawyer of {word} and the sea")
    for n, word in enumerate(("glaciers", "horses", "valleys", "trains"))
]


def _explained(film, mentor, weights=None):
    model = AffinityModel(weights or WRITTEN, channels=("words", "characters"))
    mentors = [mentor, *OTHERS]
    features = model.fit_features([film], mentors)
    reasons = explain(film, mentor, features.values[0, 0], features.known[0, 0], None, model)
    return reasons, model, features


def _by_code(reasons):
    return {reason.code: reason for reason in reasons}


def _written(profile, place):
    name, _, rest = place.field.partition("[")
    value = getattr(profile, name)
    if rest:
        value = value[int(rest.rstrip("]"))]
    return getattr(value, "text", value)[place.start : place.end]


def test_reasons_are_what_carried_the_pair_best_first():
    reasons, _, _ = _explained(FILM, MENTOR)
    assert [(reason.code, dict(reason.params)) for reason in reasons] == [
        ("need_met", {"need": "need.editing", "rank": 1, "source": "expertise"}),
        ("text_shared", {"words": ("harbour", "ROUGH cut")}),
        ("language_shared", {"language": "en", "level": "B1"}),
        ("form_shared", {"terms": ("form.short",)}),
        ("genre_shared", {"terms": ("genre.drama",)}),
        ("stage_shared", {"terms": ("stage.rough-cut",), "near": ("stage.fine-cut",)}),
    ]
    weights = [reason.weight for reason in reasons]
    assert weights == sorted(weights, reverse=True)


def test_places_are_in_the_text_as_written():
    found = _by_code(_explained(FILM, MENTOR)[0])
    sides = {"project": FILM, "mentor": MENTOR}
    written = [(p.side, p.field, _written(sides[p.side], p)) for p in found["text_shared"].places]
    assert written == [
        ("project", "difficulties", "harbour"),
        ("mentor", "credits[1]", "Harbour"),
        ("project", "difficulties", "ROUGH cut"),
        ("mentor", "credits[1]", "rough cuts"),
    ]
    assert found["need_met"].places == (
        Place("project", "needs[0]", 0, 7),
        Place("mentor", "expertise[0]", 0, 7),
    )
    assert [p.field for p in found["stage_shared"].places] == ["stages[0]", "stages[0]"]


def test_weights_of_ticked_reasons_are_their_contributions():
    reasons, model, features = _explained(FILM, MENTOR)
    carried = dict(zip(features.names, model.contributions(features)[0, 0], strict=True))
    found = _by_code(reasons)
    for feature in ("form", "genre", "stage", "language"):
        assert found[f"{feature}_shared"].weight == pytest.approx(carried[feature])
    assert found["need_met"].weight == pytest.approx(carried["needs"])


def test_taking_out_the_shared_words_lowers_the_affinity_by_what_they_said():
    reasons, model, features = _explained(FILM, MENTOR)
    said = _by_code(reasons)["text_shared"].weight
    without = replace(FILM, difficulties="Мне снится ферма. I cannot finish the   of the ")
    later = model.features([without], [MENTOR, *OTHERS])
    lost = model.affinity(features)[0, 0] - model.affinity(later)[0, 0]
    assert lost == pytest.approx(said)
    assert lost > 0.05


def test_weights_in_use_may_differ_from_the_models():
    model = AffinityModel()
    features = model.fit_features([FILM], [MENTOR])
    row = features.values[0, 0], features.known[0, 0]
    reasons = explain(FILM, MENTOR, *row, {"language": 0.0}, model)
    assert "language_shared" not in _by_code(reasons)


def test_what_is_missing_is_said_with_its_price():
    film = replace(FILM, needs=(SOUND, EDITING), languages=(LanguageSkill("ky"),))
    found = _by_code(_explained(film, MENTOR)[0])
    assert found["first_need_unmet"].params == {"need": "need.sound-music"}
    assert found["first_need_unmet"].weight == pytest.approx(-4 / TOTAL * 2 / 3)
    assert found["no_shared_language"].params == {"project": ("ky",), "mentor": ("en",)}
    assert found["no_shared_language"].weight == pytest.approx(-2 / TOTAL)


def test_needs_without_order_have_no_first_one():
    film = replace(FILM, needs=(SOUND, EDITING), needs_ordered=False)
    reasons = _explained(film, MENTOR)[0]
    assert "first_need_unmet" not in _by_code(reasons)
    assert _by_code(reasons)["need_met"].params["rank"] == 0


def test_of_needs_without_order_none_may_be_met():
    film = replace(FILM, needs=(SOUND, Term("animatic")), needs_ordered=False)
    none = _by_code(_explained(film, MENTOR)[0])["no_need_met"]
    assert none.params == {"needs": ("need.sound-music", "animatic")}
    assert none.weight == pytest.approx(-4 / TOTAL)


def test_what_is_not_known_is_named_by_side():
    reasons = _explained(replace(FILM, genres=()), replace(MENTOR, languages=(), genres=()))[0]
    unknown = [(reason.code, dict(reason.params)) for reason in reasons if reason.weight == 0]
    assert unknown == [
        ("not_said", {"side": "project", "missing": ("genre",)}),
        ("not_said", {"side": "mentor", "missing": ("genre", "language")}),
    ]


def test_a_thin_side_is_named():
    reasons = _explained(ProjectProfile(id="p", title="Ice"), MentorProfile(id="m", name="Ada"))[0]
    assert [reason.code for reason in reasons] == ["project_too_thin", "mentor_too_thin"]


def test_a_sentence_that_says_no_is_no_reason():
    film = ProjectProfile(
        id="p", difficulties="The sound of the harbour, the ferryman, two glaciers"
    )
    mentor = MentorProfile(
        id="m", bio="I know nothing about sound. I lived in a harbour as a ferryman"
    )
    found = _by_code(_explained(film, mentor)[0])
    assert found["text_shared"].params["words"] == ("ferryman", "harbour")


def test_the_organizers_private_reading_is_never_shown():
    film = ProjectProfile(id="p", logline="A ferryman", reading="Needs editing of the harbour")
    mentor = MentorProfile(id="m", bio="I do editing and live in a harbour")
    reasons = _explained(film, mentor)[0]
    assert [place for reason in reasons for place in reason.places] == []
    assert {reason.code for reason in reasons} <= {"not_said"}


def test_words_that_carry_next_to_nothing_are_no_reason():
    weights = {"words": 0.1, "characters": 0.0}
    assert "text_shared" not in _by_code(_explained(FILM, MENTOR, weights)[0])


def test_words_that_begin_alike_are_shared_where_no_stem_is():
    film = ProjectProfile(id="p", difficulties="Эжемдин кинокамерасынан чыккан үн")
    mentor = MentorProfile(id="m", bio="Кинокамерага байланыштуу устамын")
    model = AffinityModel()
    others = [MentorProfile(id="x", bio="Жылкы баккан чабанмын")]
    features = model.fit_features([film], [mentor, *others])
    row = features.values[0, 0], features.known[0, 0]
    found = _by_code(explain(film, mentor, *row, None, model))
    assert found["text_shared"].params["words"] == ("кинокамерасынан",)
    assert _written(mentor, found["text_shared"].places[1]) == "Кинокамерага"


def test_a_need_met_only_by_the_biography_points_into_it():
    mentor = MentorProfile(id="m", bio="Живу у моря. Монтаж люблю больше всего")
    found = _by_code(_explained(FILM, mentor)[0])
    need = found["need_met"]
    assert need.params["source"] == "bio"
    assert _written(mentor, need.places[1]) == "Монтаж"


@settings(max_examples=40, deadline=None)
@given(PROJECTS, MENTORS)
def test_any_pair_can_be_explained_and_kept(projects, mentors):
    model = AffinityModel()
    features = model.fit_features(projects, mentors)
    pairs = [(row, column) for row in range(len(projects)) for column in range(len(mentors))]
    found = explain_pairs(projects, mentors, features, None, pairs, model=model)
    assert list(found) == pairs
    affinity = model.affinity(features)
    for (row, column), reasons in found.items():
        alone = explain(
            projects[row],
            mentors[column],
            features.values[row, column],
            features.known[row, column],
            None,
            model,
        )
        assert alone == reasons
        assert sum(max(reason.weight, 0) for reason in reasons) <= affinity[row, column] + 1e-9
        sides = {"project": projects[row], "mentor": mentors[column]}
        for reason in reasons:
            kept = json.loads(json.dumps(reason.to_dict()))
            assert Reason.from_dict(kept) == reason
            for place in reason.places:
                assert len(_written(sides[place.side], place)) == place.end - place.start
