import pytest

from matcher.affinity import AffinityModel
from matcher.overlaps import craft_values, language_values, territory_values
from matcher.profiles import LanguageSkill, MentorProfile, ProjectProfile, TeamMember, Term
from matcher.wishes import past_values, wish_values


def test_wishes_count_by_rank_on_both_sides() -> None:
    films = [ProjectProfile(id="p1", wishes=("m2", "x", "m1")), ProjectProfile(id="p2")]
    people = [MentorProfile(id="m1", wishes=("p2", "p1")), MentorProfile(id="m2")]
    values, known = wish_values(films, people)
    assert values.tolist() == [[pytest.approx((1 / 3 + 1 / 2) / 2), 0.5], [0.5, 0.0]]
    assert known.tolist() == [[True, True], [True, False]]


def test_past_pairs_are_those_that_either_side_names() -> None:
    films = [ProjectProfile(id="p1", past=("m2",)), ProjectProfile(id="p2")]
    people = [MentorProfile(id="m1", past=("p2",)), MentorProfile(id="m2")]
    assert past_values(films, people)[0].tolist() == [[0.0, 1.0], [1.0, 0.0]]


def test_a_wish_lifts_its_pair_and_no_wish_changes_nothing() -> None:
    film = ProjectProfile(id="p", difficulties="The ending of the edit")
    people = [MentorProfile(id="m1", bio="Editor."), MentorProfile(id="m2", bio="Lawyer.")]
    model = AffinityModel()
    plain = model.affinity(model.fit_features([film], people))[0]
    wishing = ProjectProfile(id="p", difficulties=film.difficulties, wishes=("m2",))
    wished = model.affinity(model.fit_features([wishing], people))[0]
    assert wished[0] == plain[0]
    assert wished[1] > plain[1]


def test_territory_is_the_ground_a_mentor_knows_and_not_where_they_come_from() -> None:
    here, there = Term("Kyrgyzstan", "country.KG"), Term("France", "country.FR")
    film = ProjectProfile(id="p", countries=(here, there))
    people = [
        MentorProfile(id="a", territories=(here,)),
        MentorProfile(id="b", territories=(Term("x", "country.US"),)),
        MentorProfile(id="c", countries=(here,)),
    ]
    values, known = territory_values([film], people)
    assert values.tolist() == [[0.5, 0.0, 0.0]]
    assert known.tolist() == [[True, True, False]]


def test_crafts_of_the_team_meet_those_of_the_mentor() -> None:
    film = ProjectProfile(id="p", team=(TeamMember("A", "director, editor"), TeamMember("B", "?")))
    editor = MentorProfile(id="a", expertise=(Term("Editor", "craft.editor"),))
    silent = MentorProfile(id="b", expertise=(Term("Editing", "need.editing"),))
    values, known = craft_values([film], [editor, silent])
    assert values.tolist() == [[0.5, 0.0]]
    assert known.tolist() == [[True, False]]


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [((), (), 1.0), (("ru",), (), 1.0), (("ky",), (), 0.8), (("ky",), ("en",), 0.64)],
)
def test_a_talk_goes_less_well_in_a_language_nobody_wishes(
    ours: tuple[str, ...], theirs: tuple[str, ...], expected: float
) -> None:
    russian = (LanguageSkill("ru", "C1"),)
    film = ProjectProfile(id="p", languages=russian, talk_in=ours)
    mentor = MentorProfile(id="m", languages=russian, talk_in=theirs)
    assert language_values([film], [mentor])[0].tolist() == [[pytest.approx(expected)]]


def test_whoever_wishes_to_talk_in_a_language_speaks_it() -> None:
    film = ProjectProfile(id="p", talk_in=("ky",))
    mentor = MentorProfile(id="m", languages=(LanguageSkill("ky", "native"),))
    values, known = language_values([film], [mentor])
    assert (values.tolist(), known.tolist()) == ([[0.8]], [[True]])
