"""Prices and further options, held to what forcing a pair by a lock really gives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.matcher.command.asking import ROOM, Ask, Told, table

COLUMNS = [
    *("project", "mentor", "price", "chosen", "pairs_lost", "minimums_missed"),
    *("drop_price", "drop_pairs_lost", "drop_minimums_missed"),
]
DATASETS = Path(__file__).parents[3] / "matcher" / "datasets"
DEMO = [
    *(str(DATASETS / "demo_projects.csv"), str(DATASETS / "demo_mentors.csv"), "--demand", "2"),
    *("--conflicts", str(DATASETS / "demo_conflicts.csv")),
]


def prices(file: str = "prices.csv") -> list[dict[str, str]]:
    return table(Path(file).read_text(encoding="utf-8"))


def missed(told: Told) -> int:
    return sum(one["missing"] for one in told.json["short_projects"] + told.json["short_mentors"])


def lock(*pairs: tuple[str, str]) -> None:
    rows = "".join(f"{project},{mentor}\n" for project, mentor in pairs)
    Path("held.csv").write_text(f"project,mentor\n{rows}", encoding="utf-8")


def test_the_columns_are_those_that_were_promised_and_every_pair_has_a_row(ask: Ask) -> None:
    ask("assign", "lab.csv", *ROOM, "--prices", "prices.csv")
    lines = Path("prices.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].split(",") == COLUMNS
    pairs = [(project, mentor) for project in "pqrs" for mentor in "abc"]
    assert [(row["project"], row["mentor"]) for row in prices()] == pairs


@pytest.mark.parametrize(
    ("limits", "locked"),
    [
        (ROOM, []),
        (("--demand", "2", "--max-load", "3", "--min-load", "2"), []),
        ((*ROOM, "--conflicts", "never.csv", "--locks", "locks.csv"), [("p", "b")]),
        (("--demand", "1-2", "--max-load", "1"), []),
        (("--demand", "2", "--max-load", "2", "--locks", "locks.csv"), [("p", "b")]),
    ],
)
def test_forcing_a_pair_costs_exactly_its_price(
    ask: Ask, limits: tuple[str, ...], locked: list[tuple[str, str]]
) -> None:
    best = ask("assign", "lab.csv", *limits, "--prices", "prices.csv", "--json")
    rows = prices()
    chosen = {(row["project"], row["mentor"]) for row in rows if row["chosen"] == "1"}
    assert chosen == {(pair["project"], pair["mentor"]) for pair in best.json["pairs"]}
    unlocked = [
        one for at, one in enumerate(limits) if "--locks" not in limits[max(0, at - 1) : at + 1]
    ]
    for row in rows:
        pair = (row["project"], row["mentor"])
        lock(*{*locked, pair})
        forced = ask("assign", "lab.csv", *unlocked, "--locks", "held.csv", "--json")
        if not row["price"]:
            assert forced.code == 2
            continue
        assert forced.json["total"] == pytest.approx(best.json["total"] - float(row["price"]))
        assert forced.json["n_pairs"] == best.json["n_pairs"] - int(row["pairs_lost"])
        assert missed(forced) == missed(best) + int(row["minimums_missed"])
        if pair in chosen:
            assert (row["price"], row["pairs_lost"], row["minimums_missed"]) == ("0", "0", "0")


def test_dropping_a_pair_costs_exactly_its_drop_price(ask: Ask) -> None:
    best = ask("assign", "lab.csv", "--demand", "2", *ROOM, "--prices", "prices.csv", "--json")
    for row in prices():
        if row["chosen"] == "0":
            assert row["drop_price"] == row["drop_pairs_lost"] == row["drop_minimums_missed"] == ""
            continue
        never = f"project,mentor\n{row['project']},{row['mentor']}\n"
        Path("dropped.csv").write_text(never, encoding="utf-8")
        after = ask(
            "assign", "lab.csv", "--demand", "2", *ROOM, "--conflicts", "dropped.csv", "--json"
        ).json
        price = float(row["drop_price"])
        assert after["total"] == pytest.approx(best.json["total"] - price)
        assert after["n_pairs"] == best.json["n_pairs"] - int(row["drop_pairs_lost"])


def test_a_numpy_matrix_has_prices_by_row_and_column_numbers(ask: Ask) -> None:
    np.save("lab.npy", np.array([[1e15, 3.0], [5.0, 1e15]]))
    ask("assign", "lab.npy", "--max-load", "1", "--prices", "prices.csv")
    told = [(row["project"], row["mentor"], row["price"], row["chosen"]) for row in prices()]
    assert [one[:2] + one[3:] for one in told] == [
        *[("0", "0", "1"), ("0", "1", "0"), ("1", "0", "0"), ("1", "1", "1")]
    ]
    assert [float(one[2]) for one in told] == pytest.approx([0, 2e15 - 8, 2e15 - 8, 0])


def test_the_demo_told_twice_is_told_alike_and_a_forced_pair_costs_its_price(ask: Ask) -> None:
    asked = ("propose", *DEMO, "--options", "2", "--json")
    best = ask(*asked, "--prices", "prices.csv")
    rows = prices()
    assert len(rows) == 18 * 8
    dearest = max(
        (row for row in rows if row["price"] and row["pairs_lost"] == "0"),
        key=lambda row: float(row["price"]),
    )
    lock((dearest["project"], dearest["mentor"]))
    again = ask(*asked, "--prices", "again.csv", "--locks", "held.csv")
    assert again.json["total"] == pytest.approx(best.json["total"] - float(dearest["price"]))
    by_pair = {(row["project"], row["mentor"]): row["price"] for row in rows}
    for project in best.json["options"]:
        found = [(project["project"], one["mentor"], one["price"]) for one in project["next"]]
        listed = [float(by_pair[one[:2]]) for one in found]
        assert [price for _, _, price in found] == pytest.approx(listed)
        assert len(found) == 2


def test_the_next_mentors_are_named_with_what_they_cost_and_who_makes_room(ask: Ask) -> None:
    told = ask("assign", "unfair.csv", "--max-load", "1", "--options", "1")
    title = "WHO ELSE: EACH PROJECT'S NEXT 1 MENTOR, AND WHAT THEY COST"
    assert told.section(title) == (
        "The number is what the whole plan loses, the rest of it making room as well as it can. "
        "x 0.1 b instead of a; 1 other project changes "
        "y 0.1 a instead of b; 1 other project changes"
    )
    values = ask("assign", "unfair.csv", "--max-load", "1", "--options", "1", "--json").json
    assert values["options"][0] == {
        "project": "x",
        "next": [
            {
                "mentor": "b",
                "price": pytest.approx(0.1),
                "pairs_lost": 0,
                "minimums_missed": 0,
                "total": 0.9,
                "lost": [["y", "b"], ["x", "a"]],
                "gained": [["x", "b"], ["y", "a"]],
            }
        ],
    }


def test_where_a_pair_or_a_minimum_is_lost_it_is_said(ask: Ask) -> None:
    Path("one.csv").write_text(",a,b\nx,5,1\ny,4,2\n", encoding="utf-8")
    Path("never.csv").write_text("project,mentor\nx,b\n", encoding="utf-8")
    told = ask(
        *("assign", "one.csv", "--max-load", "1", "--min-load", "1"),
        *("--conflicts", "never.csv", "--options", "3"),
    )
    title = "WHO ELSE: EACH PROJECT'S NEXT 3 MENTORS, AND WHAT THEY COST"
    assert told.section(title).endswith(
        "x nobody else could be given "
        "y 3 a instead of b; 1 other project changes; 1 pair fewer in all; 2 places more missing "
        "to somebody's minimum"
    )


def test_prices_and_plan_are_written_both_or_not_at_all(ask: Ask) -> None:
    told = ask("assign", "lab.csv", "-o", "plan.csv", "--prices", "prices.csv")
    assert told.out.endswith("\nWritten to plan.csv\nPrices written to prices.csv\n")
    refused = ask("assign", "lab.csv", "-o", "no/plan.csv", "--prices", "other.csv")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("“no/plan.csv” cannot be written")
    assert not Path("other.csv").exists()
    refused = ask("assign", "lab.csv", "-o", "other.csv", "--prices", "no/prices.csv")
    assert refused.err.startswith("“no/prices.csv” cannot be written")
    assert not Path("other.csv").exists()


def test_a_dash_for_the_plan_leaves_the_prices_in_their_file(ask: Ask) -> None:
    told = ask("assign", "unfair.csv", "-o", "-", "--prices", "prices.csv", "--max-load", "1")
    assert told.out == "project,mentor,affinity,rank\nx,a,0.9,1\ny,b,0.1,1\n"
    assert len(prices()) == 4
