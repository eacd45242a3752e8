from __future__ import annotations

from pathlib import Path

import pytest

from tests.matcher.command.asking import Ask, table

ONE_EACH = ("--max-load", "1")


def test_nobody_behind_says_what_it_brings_what_it_costs_and_to_whom(ask: Ask) -> None:
    told = ask("assign", "unfair.csv", *ONE_EACH, "--fairness", "nobody-behind")
    assert "All affinities together: 0.9, which is 0.1 (10 %) less than in the best plan" in (
        " ".join(told.out.split())
    )
    assert "WHAT IT BRINGS AND COSTS TO LEAVE NOBODY BEHIND\n" in told.out
    assert told.section("WHAT IT BRINGS AND COSTS TO LEAVE NOBODY BEHIND") == (
        "The project that fares worst has 0.40 a mentor; in the best plan overall it is 0.10."
    )
    assert "  Better off than in the best plan overall:\n    y  0.10 -> 0.50\n" in told.out
    assert "  Worse off than in the best plan overall:\n    x  0.90 -> 0.40\n" in told.out


def test_own_best_is_told_in_shares(ask: Ask) -> None:
    told = ask("assign", "unfair.csv", *ONE_EACH, "--fairness", "own-best")
    title = "WHAT IT BRINGS AND COSTS TO KEEP EVERYONE CLOSE TO THEIR OWN BEST"
    assert told.section(title) == (
        "Every project has at least 44.4 % of what it could have were it alone; in the best plan "
        "overall the least is 20.0 %."
    )
    assert "    y  20.0 % -> 100.0 %\n" in told.out


def test_the_weakest_first_goes_on_to_the_next(ask: Ask) -> None:
    told = ask("assign", "unfair.csv", *ONE_EACH, "--fairness", "weakest-first")
    assert "Then the next weakest is served as well as can be" in " ".join(told.out.split())


def test_the_plan_that_is_written_is_the_fair_one(ask: Ask) -> None:
    told = ask("assign", "unfair.csv", *ONE_EACH, "--fairness", "nobody-behind", "-o", "-")
    assert [(row["project"], row["mentor"]) for row in table(told.out)] == [("x", "b"), ("y", "a")]
    assert (
        ask("assign", "unfair.csv", *ONE_EACH, "--fairness", "best", "-o", "-").out
        == ask("assign", "unfair.csv", *ONE_EACH, "-o", "-").out
    )


def test_a_fair_plan_keeps_locks_and_conflicts(ask: Ask) -> None:
    told = ask(
        *("assign", "lab.csv", "--max-load", "2", "--fairness", "nobody-behind", "-o", "-"),
        *("--locks", "locks.csv", "--conflicts", "never.csv"),
    )
    pairs = {(row["project"], row["mentor"]) for row in table(told.out)}
    assert ("p", "b") in pairs
    assert ("q", "a") not in pairs


def test_the_json_has_both_plans_figures(ask: Ask) -> None:
    values = ask("assign", "unfair.csv", *ONE_EACH, "--fairness", "nobody-behind", "--json").json
    fair = values["fairness"]
    assert {key: fair[key] for key in ("aim", "floor", "proven", "poorest", "left_out")} == {
        "aim": "nobody-behind",
        "floor": 0.4,
        "proven": True,
        "poorest": ["x"],
        "left_out": [],
    }
    assert fair["price"] == pytest.approx(0.1)
    assert values["best_overall"]["aim"] == "best"
    assert [one["value"] for one in values["best_overall"]["projects"]] == [0.9, 0.1]
    assert "aims" not in values


def test_comparing_keeps_the_best_plan_and_prices_every_aim(ask: Ask) -> None:
    told = ask("assign", "unfair.csv", *ONE_EACH, "--fairness", "compare")
    assert (
        "  --fairness     all together          less  worst-off  of its best  better  worse\n"
        "  best                      1             -       0.10         20 %       0      0\n"
        "  nobody-behind           0.9  0.1 (10 %)       0.40         44 %       1      1\n"
    ).replace(" ", "") in told.out.replace(" ", "")
    values = ask("assign", "unfair.csv", *ONE_EACH, "--fairness", "compare", "--json").json
    aims = ["best", "nobody-behind", "own-best", "weakest-first"]
    assert [one["aim"] for one in values["aims"]] == aims
    assert values["total"] == 1.0


def test_a_price_of_nothing_is_said(ask: Ask) -> None:
    told = ask("assign", "unfair.csv", "--fairness", "nobody-behind")
    assert "It costs nothing: the total is that of the best plan overall." in told.out
    assert "Better off" not in told.out


def test_a_project_that_nobody_can_have_is_named(ask: Ask) -> None:
    Path("all_of_q.csv").write_text("project,mentor\nq,a\nq,b\nq,c\n", encoding="utf-8")
    told = ask(
        *("assign", "lab.csv", "--max-load", "2", "--fairness", "nobody-behind"),
        *("--conflicts", "all_of_q.csv", "--strict"),
    )
    assert told.code == 3
    assert "Not compared, since no best plan gives them anybody: q." in told.out
