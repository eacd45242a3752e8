"""What a word of the trade is taken for: the phrase around it tells, not the word alone."""

from __future__ import annotations

import pytest

from matcher.channels.concepts import ConceptVectors

# A sentence and all that it speaks of.
SPOKEN_OF = [
    ("She freezes in front of the camera", "technique.non-professionals"),
    ("Перед камерой она замолкает", "technique.non-professionals"),
    ("Камера қосылса, үндемей қалады", "technique.non-professionals"),
    ("Камера күйсө эле унчукпай калат", "technique.non-professionals"),
    ("She spent ten years behind the camera", ""),
    ("The camera mic was all we had", "problem.sound-poor"),
    ("We do not know where to put the camera", "technique.cinematography"),
    ("I know many commissioning editors", "industry.broadcaster"),
    ("Я скрипт-доктор", "craft.script-consultant role.story-editor"),
    ("I represent performers", "technique.working-with-actors"),
    ("We have two ideas in the pipeline", ""),
    ("Two of our protagonists left", "need.ethics technique.characters"),
    ("The film has two protagonists",
     "need.ethics problem.too-many-characters technique.characters"),
    ("Күтүүсүз болду", ""),
    ("Она играла в главной роли", "technique.working-with-actors"),
    ("Башкы ролдо өзү ойнойт", "technique.working-with-actors"),
    ("Басты рөлге ізде", "problem.casting-lead technique.working-with-actors"),
    ("Мы всё время ссоримся", "problem.team-conflict"),
    ("Ұрысып қалдық", "problem.team-conflict"),
    ("Тил табыша албай жатабыз", "problem.team-conflict"),
    ("They have stopped talking to each other", "problem.team-conflict"),
    ("I offer mediation", "problem.team-conflict"),
    ("There is no conflict", "problem.no-conflict"),
    ("Конфликты бывают разные", ""),
    ("Viewpoints shift, the chronology is lost", "technique.chronology"),
    ("Флешбеки путают", "technique.chronology"),
    ("Убакыт аралашып кетти", "technique.chronology"),
    ("Уақыт ауысып кетеді", "technique.chronology"),
    ("Аба ырайы кыйын, кантип жеткиребиз?", "problem.logistics"),
    ("Ауа райы жаман", "problem.logistics"),
    ("In it things happen to him, nobody is rooting for him", "problem.passive-protagonist"),
    ("They never signed", "problem.rights-trouble"),
    ("Prosthetics and a creature", "technique.practical-effects"),
    ("I make it frame by frame", "technique.animation"),
    ("Апамдан уруксат сурадым", "technique.ethics"),
    ("Отбасымнан рұқсат алмадым", "technique.ethics theme.family"),
    ("Переводчик", "role.translator"),
    ("Мен котормочумун", "role.translator"),
    ("Педагог по актёрскому", "role.acting-coach technique.working-with-actors"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "concepts"), SPOKEN_OF)
def test_a_sentence_speaks_of_this_and_nothing_else(text: str, concepts: str) -> None:
    assert sorted({concept for concept, _, _ in ConceptVectors().places(text)}) == concepts.split()


def test_an_interpreter_alone_makes_no_subtitles() -> None:
    rows = ConceptVectors().fit([]).transform(["Переводчик", "fixer", "cutter", "субтитры"])
    likeness = (rows @ rows.T).toarray()
    assert likeness[0, 1] == pytest.approx(1.0)
    assert likeness[0, 2:].tolist() == [0.0, 0.0]
