"""What cannot be asked, or not together: one sentence each, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.matcher.command.asking import FILES, Ask

HELP = ": see `python -m matcher assign --help`."
REFUSED = {
    "--fairness kind": "Argument --fairness: “kind” is no aim, there are best, nobody-behind, "
    f"own-best, weakest-first, compare{HELP}",
    "--previous standing.csv": "--previous needs --change-price: say how much a change must bring "
    "to be made, such as 0.05, or 0 for anything at all.",
    "--change-price 0.1": "--change-price needs --previous: name the CSV file of the plan that "
    "stands.",
    "--previous standing.csv --change-price 0,05": "Argument --change-price: “0,05” is no number "
    f"of 0 or more with a decimal point, such as 0.05, and not inf{HELP}",
    "--previous standing.csv --change-price nan": "Argument --change-price: “nan” is no number "
    f"of 0 or more with a decimal point, such as 0.05, and not inf{HELP}",
    "--previous standing.csv --change-price 0 --fairness own-best": "--fairness and --previous "
    "each ask for another plan: leave one of the two out.",
    "--fairness compare --groups 2": "--fairness and --groups each ask for another plan: leave "
    "one of the two out.",
    "--options 0": f"Argument --options: “0” is no whole number from 1 to 1000000{HELP}",
    "--groups two": f"Argument --groups: “two” is no whole number from 1 to 1000000{HELP}",
    "--prices p.csv --fairness nobody-behind": "--prices is about the plan that is best overall, "
    "and --fairness asks for another: leave one of the two out.",
    "--options 2 --previous standing.csv --change-price 0": "--options is about the plan that is "
    "best overall, and --previous asks for another: leave one of the two out.",
    "--groups 2 --explain-shortage": "--explain-shortage is about single pairs, not groups: leave "
    "one of the two out.",
    "--prices -": "--prices needs the name of a file: only -o can be - for standard output.",
    "--prices lab.csv": "“lab.csv” is read and would be written over: give --prices another name.",
    "--prices ./standing.csv --previous standing.csv --change-price 0": "--prices is about the "
    "plan that is best overall, and --previous asks for another: leave one of the two out.",
    "-o standing.csv --previous ./standing.csv --change-price 0": "“./standing.csv” is read and "
    "would be written over: give -o another name.",
    "-o p.csv --prices ./p.csv": "“./p.csv” cannot hold both the plan and the prices: give "
    "--prices another name than -o.",
    "--previous nowhere.csv --change-price 0": "There is no file “nowhere.csv”: check its name "
    "and folder.",
    "--previous lab.csv --change-price 0": "“lab.csv” has no column “project” among its columns "
    "“a”, “b”, “c”: add it to the first row.",
}


@pytest.mark.parametrize("arguments", REFUSED)
def test_what_cannot_be_asked_gets_one_sentence(ask: Ask, arguments: str) -> None:
    told = ask("assign", "lab.csv", *arguments.split())
    assert (told.code, told.out, told.err) == (2, "", f"{REFUSED[arguments]}\n")
    left = {path.name: path.read_text(encoding="utf-8") for path in Path().iterdir()}
    assert left == FILES


def test_words_of_an_aim_may_be_joined_by_an_underscore(ask: Ask) -> None:
    told = ask("assign", "unfair.csv", "--fairness", "Nobody_Behind", "--json")
    assert told.json["fairness"]["aim"] == "nobody-behind"


def test_affinity_takes_none_of_it(ask: Ask) -> None:
    told = ask("affinity", "p.csv", "m.csv", "--options", "2")
    assert told.code == 2
    assert "Unrecognized arguments: --options 2" in told.err
