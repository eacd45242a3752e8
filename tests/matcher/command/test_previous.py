from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.matcher.command.asking import ROOM, Ask, table

TITLE = "WHAT CHANGES IN THE PLAN THAT STANDS"


def test_a_dear_change_leaves_the_plan_as_it_stands(ask: Ask) -> None:
    Path("standing.csv").write_text("project,mentor\nx,b\ny,a\n", encoding="utf-8")
    asked = ("assign", "unfair.csv", "--max-load", "1", "--previous", "standing.csv")
    told = ask(*asked, "--change-price", "0.1")
    assert told.section(TITLE) == "2 of 2 pairs stay; nothing changes."
    assert "All affinities together: 0.9, the most there is where each change must bring 0.1." in (
        told.out
    )
    told = ask(*asked, "--change-price", "0.04")
    assert told.section(TITLE) == (
        "0 of 2 pairs stay; 2 places go to another mentor. "
        "All changes together bring +0.1: from 0.9 to 1. What hangs together is to be taken or "
        "left as one. * Together +0.1: - x: a instead of b, +0.5. - y: b instead of a, -0.4."
    )


def test_each_row_says_whether_it_stays_moves_or_is_new(ask: Ask) -> None:
    Path("standing.csv").write_text("project,mentor\nx,b\n", encoding="utf-8")
    told = ask(
        *("assign", "unfair.csv", "--max-load", "1", "--previous", "standing.csv"),
        *("--change-price", "0", "-o", "-"),
    )
    rows = [list(row.values()) for row in table(told.out)]
    assert told.out.startswith("project,mentor,affinity,rank,change,instead_of\n")
    assert rows == [["x", "a", "0.9", "1", "moves", "b"], ["y", "b", "0.1", "1", "new", ""]]
    told = ask(
        *("assign", "unfair.csv", "--max-load", "1", "--previous", "standing.csv"),
        *("--change-price", "1", "-o", "-"),
    )
    rows = [list(row.values()) for row in table(told.out)]
    assert rows == [["x", "b", "0.4", "1", "stays", ""], ["y", "a", "0.5", "1", "new", ""]]


def test_a_plan_of_this_command_is_a_standing_plan(ask: Ask) -> None:
    ask("assign", "lab.csv", *ROOM, "-o", "plan.csv")
    told = ask(
        "assign", "lab.csv", *ROOM, "--previous", "plan.csv", "--change-price", "0", "-o", "next"
    )
    assert told.section(TITLE) == "4 of 4 pairs stay; nothing changes."
    again = ask(
        "assign", "lab.csv", *ROOM, "--previous", "next", "--change-price", "inf", "-o", "-"
    )
    assert again.out == Path("next").read_text(encoding="utf-8")


def test_a_place_that_was_empty_is_filled_whatever_changes_cost(ask: Ask) -> None:
    Path("standing.csv").write_text("project,mentor\ny,a\n", encoding="utf-8")
    asked = ("assign", "unfair.csv", "--max-load", "1", "--previous", "standing.csv")
    assert ask(*asked, "--change-price", "inf").section(TITLE) == (
        "1 of 1 pair stays; 1 pair is new. All changes together bring +0.4: from 0.5 to 0.9. What "
        "hangs together is to be taken or left as one. * x: also b, +0.4."
    )
    said = ask(*asked, "--change-price", "0").section(TITLE)
    assert "* Together +0.5; it fills an empty place: - x: also a, +0.9. - y: b instead" in said


def test_what_must_go_is_named_with_the_reason(ask: Ask) -> None:
    told = ask(
        *("assign", "lab.csv", *ROOM, "--previous", "standing.csv", "--change-price", "inf"),
        *("--conflicts", "never.csv", "--locks", "locks.csv"),
    )
    said = told.section(TITLE)
    assert "q with a cannot stay: the two have a conflict that forbids it." in said
    assert "it cannot be left out" in said
    assert "the most there is with as few changes as can be." in told.out


def test_a_pair_given_up_for_nobody_is_told_and_is_no_row(ask: Ask) -> None:
    Path("standing.csv").write_text("project,mentor\nx,a\nx,b\ny,b\n", encoding="utf-8")
    asked = ("assign", "unfair.csv", "--max-load", "1", "--previous", "standing.csv")
    told = ask(*asked, "--change-price", "0")
    assert "1 pair is given up" in told.section(TITLE)
    assert "x: no longer b, -0.4" in told.section(TITLE)
    values = ask(*asked, "--change-price", "0", "--json").json["changes"]
    assert [(line["kind"], line["project"], line["mentor"]) for line in values["lines"]] == [
        *[("stays", "x", "a"), ("lost", "x", "b"), ("stays", "y", "b")]
    ]
    assert (values["n_lost"], values["n_gained"], values["n_changes"]) == (1, 0, 1)


def test_the_json_has_the_lines_and_the_exchanges(ask: Ask) -> None:
    Path("standing.csv").write_text("project,mentor\nx,b\ny,a\n", encoding="utf-8")
    values = ask(
        *("assign", "unfair.csv", "--max-load", "1", "--previous", "standing.csv"),
        *("--change-price", "0", "--json"),
    ).json["changes"]
    assert values["gain"] == pytest.approx(0.1)
    assert values["exchanges"] == [
        {
            "number": 0,
            "lost": [["y", "a"], ["x", "b"]],
            "gained": [["x", "a"], ["y", "b"]],
            "gain": pytest.approx(0.1),
            "n_changes": 2,
            "needed": False,
        }
    ]
    assert values["lines"][0] == {
        "kind": "moves",
        "project": "x",
        "mentor": "a",
        "instead_of": "b",
        "gain": 0.5,
        "exchange": 0,
    }


def test_numbers_name_the_rows_of_a_numpy_matrix(ask: Ask) -> None:
    np.save("lab.npy", np.array([[9, 4], [5, 1]]))
    Path("standing.csv").write_text("project,mentor\n0,1\n1,0\n", encoding="utf-8")
    told = ask(
        *("assign", "lab.npy", "--max-load", "1", "--previous", "standing.csv"),
        *("--change-price", "0.5", "-o", "-"),
    )
    assert [row["change"] for row in table(told.out)] == ["stays", "stays"]


def test_people_who_are_gone_are_named_by_row(ask: Ask) -> None:
    Path("standing.csv").write_text("project,mentor\nx,a\nx,zoe\n", encoding="utf-8")
    told = ask(
        "assign", "unfair.csv", "--previous", "standing.csv", "--change-price", "0", "-o", "plan"
    )
    assert (told.code, told.out) == (2, "")
    assert told.err == (
        "“standing.csv”, row 3, column mentor: nobody has the id “zoe”: remove the row if they "
        "are gone, or did you mean “b”?\n"
    )
    assert not Path("plan").exists()
