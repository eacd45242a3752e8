"""Every question about a plan, asked of matrices at the edge of what there is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from matcher.command.terminal import PAGE_WIDTH, width
from tests.matcher.command.asking import Ask

MATRICES = {
    "nobody at all": "project,a,b\n",
    "no mentors": "project\nx\n",
    "one of each": ",a\nx,1\n",
    "negative": ",a,b\nx,-1,-2\ny,-3,-4\n",
    "huge": ",a,b\nx,1e299,2e299\ny,3,-4e299\n",
    "tiny": ",a,b\nx,1e-12,2e-12\ny,3e-12,0\n",
    "all alike": ",a,b,c\nx,1,1,1\ny,1,1,1\nz,1,1,1\nw,1,1,1\n",
    "long ids": f",{'m' * 70},=cmd\n{'ш' * 80},1,2\n{'漢字' * 30},3,4\n",
}
QUESTIONS = [
    "--fairness nobody-behind",
    "--fairness own-best",
    "--fairness weakest-first",
    "--fairness compare",
    "--previous none.csv --change-price 0",
    "--previous none.csv --change-price inf",
    "--prices prices.csv --options 2",
    "--explain-shortage",
]
LIMITS = ["--max-load 1 --demand 2", "--min-load 3"]


@pytest.mark.parametrize("name", MATRICES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_an_odd_matrix_is_answered_on_a_page_and_in_values(
    ask: Ask, name: str, question: str
) -> None:
    Path("odd.csv").write_text(MATRICES[name], encoding="utf-8")
    Path("none.csv").write_text("project,mentor\n", encoding="utf-8")
    for limits in LIMITS:
        asked = ("assign", "odd.csv", *question.split(), *limits.split())
        told = ask(*asked)
        assert (told.code, told.err) == (0, "")
        assert max(map(width, told.out.splitlines())) <= PAGE_WIDTH
        values = ask(*asked, "--json")
        assert json.loads(values.out)["n_pairs"] >= 0


@pytest.mark.parametrize("name", MATRICES)
def test_an_odd_matrix_is_grouped_or_refused_in_one_sentence(ask: Ask, name: str) -> None:
    Path("odd.csv").write_text(MATRICES[name], encoding="utf-8")
    for question in ("--groups 1", "--groups 2 --pairs-beside"):
        told = ask("assign", "odd.csv", *question.split())
        assert told.code in {0, 2}
        assert told.err.count("\n") == (told.code == 2)
        assert "fault" not in told.err
