from __future__ import annotations

from matcher.command.group_planning import spoken_languages
from matcher.profiles import LanguageSkill, MentorProfile, ProjectProfile


def test_a_language_counts_from_b1_or_where_the_level_is_not_said() -> None:
    skills = (
        LanguageSkill("en", "A2"),
        LanguageSkill("kk", "B1"),
        LanguageSkill("ky", None),
        LanguageSkill("ru", "native"),
    )
    found = spoken_languages(
        [ProjectProfile(id="p", languages=skills)],
        [MentorProfile(id="m", languages=(LanguageSkill("en", "C1"),))],
    )
    assert found.codes == ("en", "kk", "ky", "ru")
    assert found.projects.tolist() == [[False, True, True, True]]
    assert found.mentors.tolist() == [[True, False, False, False]]


def test_who_names_no_language_hinders_no_group() -> None:
    found = spoken_languages(
        [ProjectProfile(id="p")], [MentorProfile(id="m", languages=(LanguageSkill("en", None),))]
    )
    assert (found.codes, found.projects.tolist()) == (("en",), [[True]])


def test_without_any_language_there_is_none_to_look_at() -> None:
    found = spoken_languages([ProjectProfile(id="p")], [MentorProfile(id="m")])
    assert (found.codes, found.projects.shape, found.mentors.shape) == ((), (1, 0), (1, 0))
