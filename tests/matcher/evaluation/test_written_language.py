"""In which language most of a profile is written."""

from __future__ import annotations

import pytest

from benchmarks.texts import load_half, without_special_letters
from matcher.evaluation import mentor_language, project_language
from matcher.evaluation.written_language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We do not know where to end it", "en"),
        ("Не знаю, чем это кончается", "ru"),
        ("Монтажды қалай бітіретінімді білмеймін", "kk"),
        ("Монтажды кантип бүтүрөрүмдү билбейм", "ky"),
        # Typed without the special letters.
        ("Монтажды калай битиретинимди билмеймин, маган кенес керек", "kk"),
        ("Монтажды кантип бутурорумду билбейм, мага кенеш керек, уулум дагы", "ky"),
        # Foreign words inside.
        ("Бул уулум туралы", "ky"),
        ("Снимали на FX3 и Sony, не сходится color grading", "ru"),
        ("", ""),
        ("12 000 !!!", ""),
        ("映画を撮っています", ""),
        ("Vnkrz Qwttl", ""),
    ],
)
def test_a_text_shows_its_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_the_texts_to_choose_by_are_all_known() -> None:
    half = load_half("choosing")
    for project in half.projects:
        language = half.language["project", project.id]
        assert project_language(project) == language, project.id
        assert project_language(without_special_letters(project)) == language, project.id
    for mentor in half.mentors:
        assert mentor_language(mentor) == half.language["mentor", mentor.id], mentor.id
