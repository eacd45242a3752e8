from __future__ import annotations

from tests.matcher.command.asking import Ask

SHORT = ("assign", "unfair.csv", "--max-load", "1", "--demand", "1-2")


def test_who_blocks_and_what_mends_it_is_said_and_each_was_tried(ask: Ask) -> None:
    short = ("assign", "lab.csv", "--max-load", "1")
    told = ask(*short, "--explain-shortage")
    said = "These 4 projects need 4 places, and the 3 mentors they can have offer 3: 1 missing."
    assert said in told.section("WHY")
    assert "1. Let a take 2 projects instead of 1. Then nobody is short; total 3 (+0.8)." in (
        told.section("WHAT WOULD MEND IT, THE BEST FIRST; EACH WAS TRIED")
    )
    assert "To mend it:" not in told.out
    assert "--explain-shortage says who blocks whom" in ask(*short).out


def test_the_json_has_blockages_and_repairs(ask: Ask) -> None:
    values = ask("assign", "lab.csv", "--max-load", "1", "--explain-shortage", "--json").json
    shortage = values["shortage"]
    assert (shortage["complete"], shortage["missing"]) == (False, 1)
    assert shortage["blockages"][0]["mentor_ids"] == ["a", "b", "c"]
    assert shortage["repairs"][0]["acts"] == [
        {"kind": "raise_load", "project": "", "mentor": "a", "before": 1, "after": 2}
    ]


def test_where_nobody_is_short_it_says_so(ask: Ask) -> None:
    told = ask("assign", "lab.csv", "--explain-shortage")
    assert told.section("WHO IS SHORT") == "Nobody is: everybody has what they asked for."


def test_it_goes_with_a_fair_plan_and_with_a_standing_one(ask: Ask) -> None:
    short = ("assign", "lab.csv", "--max-load", "1", "--explain-shortage", "--json")
    plain = ask(*short).json["shortage"]
    assert ask(*short, "--fairness", "nobody-behind").json["shortage"] == plain
    standing = ask(*short, "--previous", "standing.csv", "--change-price", "0").json
    assert standing["shortage"] == plain


def test_it_needs_no_pairs_at_all(ask: Ask) -> None:
    told = ask(*SHORT, "--max-load", "0", "--explain-shortage", "--strict")
    assert told.code == 3
    assert told.err == ""


def test_a_mentor_may_be_promised_more_projects_than_there_are(ask: Ask) -> None:
    told = ask("assign", "unfair.csv", "--min-load", "5", "--explain-shortage")
    assert (told.code, told.err) == (0, "")
    assert "Promise a 4 projects instead of 5." in told.section(
        "WHAT WOULD MEND IT, THE BEST FIRST; EACH WAS TRIED"
    )
