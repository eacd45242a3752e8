from __future__ import annotations

from pathlib import Path

import pytest

from tests.matcher.command.asking import Ask, table

PROJECTS = (
    "id,title,needs,languages,demand\n"
    "1,Salt,editing,ru,1\n2,Dust,sound & music,ru;en:A2,1\n"
    "3,Ice,editing,en,1\n4,Wind,sound & music,en,2\n"
)
MENTORS = (
    "id,name,expertise,languages,max_load\n"
    "m1,Asel,editing; sound & music,ru;en:A1,3\n"
    "m2,Ben,editing; sound & music,en,2\nm3,Cem,sound & music,en,2\n"
)


@pytest.fixture
def people() -> None:
    Path("projects.csv").write_text(PROJECTS, encoding="utf-8")
    Path("mentors.csv").write_text(MENTORS, encoding="utf-8")


def test_a_group_has_a_tutor_and_a_language_that_all_of_it_speak(ask: Ask, people: None) -> None:
    told = ask("propose", "projects.csv", "mentors.csv", "--groups", "2")
    assert told.out.startswith("4 projects in 2 groups of 2, each with a tutor.\n")
    said = told.section("WHO IN WHICH GROUP")
    assert said.startswith("Group 1: Asel (m1), in Russian * Salt (1) - ")
    assert " Group 2: Ben (m2), in English * Ice (3) - " in said
    assert said.endswith("Without a group: Cem (m3).")
    assert max(map(len, told.out.splitlines())) <= 92


def test_each_row_has_the_number_of_its_group(ask: Ask, people: None) -> None:
    told = ask("propose", "projects.csv", "mentors.csv", "--groups", "2", "-o", "-")
    assert told.out.startswith("project,mentor,affinity,rank,reasons,group\n")
    rows = [(row["project"], row["mentor"], row["rank"], row["group"]) for row in table(told.out)]
    assert rows == [
        ("1", "m1", "1", "1"),
        ("2", "m1", "1", "1"),
        ("3", "m2", "1", "2"),
        ("4", "m2", "1", "2"),
    ]


def test_single_pairs_stand_beside_the_groups_and_are_never_with_the_own_tutor(ask: Ask) -> None:
    told = ask("assign", "lab.csv", "--groups", "2", "--pairs-beside", "--max-load", "3", "-o", "-")
    rows = table(told.out)
    by_project = {one: [row for row in rows if row["project"] == one] for one in "pqrs"}
    assert [len(found) for found in by_project.values()] == [2, 2, 2, 2]
    assert all(len({row["mentor"] for row in found}) == 2 for found in by_project.values())
    assert sorted(row["group"] for row in rows) == ["", "", "", "", "1", "1", "2", "2"]
    assert "4 single pairs beside them. Everybody has what they asked for." in " ".join(
        told.err.split()
    )


def test_who_is_short_of_single_pairs_is_said(ask: Ask) -> None:
    told = ask(
        *("assign", "lab.csv", "--groups", "2", "--pairs-beside", "--max-load", "1", "--strict")
    )
    assert told.code == 3
    assert "see WHO IS SHORT" in " ".join(told.out.split())
    assert "missing" in told.section("WHO IS SHORT")


def test_locks_and_conflicts_hold_in_groups(ask: Ask) -> None:
    told = ask(
        *("assign", "lab.csv", "--groups", "2", "-o", "-"),
        *("--locks", "locks.csv", "--conflicts", "never.csv"),
    )
    pairs = {(row["project"], row["mentor"]) for row in table(told.out)}
    assert ("p", "b") in pairs
    assert ("q", "a") not in pairs


def test_the_json_has_the_groups(ask: Ask) -> None:
    groups = ask("assign", "lab.csv", "--groups", "2", "--json").json["groups"]
    assert [(one["number"], one["tutor"], one["language"]) for one in groups["groups"]] == [
        (1, "a", None),
        (2, "b", None),
    ]
    assert sorted(project for one in groups["groups"] for project in one["projects"]) == [*"pqrs"]
    assert (groups["order"], groups["gap"]) == ("groups only", pytest.approx(0, abs=1e-6))


REFUSED = {
    "--groups 5": "Group sizes 1-1 with 5 groups need at least 5 projects and there are 4: allow "
    "fewer groups or smaller ones.",
    "--groups 4": "4 groups need 4 tutors and co-tutors, the mentors who can be one have places "
    "for 3: name more tutors, or let one lead several groups.",
    "--groups 2 --demand 1": "--demand is for single pairs: add --pairs-beside to --groups, or "
    "leave it out.",
    "--groups 2 --min-load 1": "--min-load is for single pairs: add --pairs-beside to --groups, "
    "or leave it out.",
    "--pairs-beside": "--pairs-beside needs --groups: say how many groups.",
}


@pytest.mark.parametrize("arguments", REFUSED)
def test_groups_that_cannot_be_get_one_sentence_and_nothing_is_written(
    ask: Ask, arguments: str
) -> None:
    told = ask("assign", "lab.csv", *arguments.split(), "-o", "plan.csv")
    assert (told.code, told.out, told.err) == (2, "", f"{REFUSED[arguments]}\n")
    assert not Path("plan.csv").exists()
