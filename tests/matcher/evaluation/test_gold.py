"""A file of right pairs, read with its grades and languages or refused in one sentence."""

from __future__ import annotations

import io

import numpy as np
import pytest

from matcher.errors import MatcherError
from matcher.evaluation.gold import Gold, read_gold

PEOPLE = {"project_ids": ["p1", "p2"], "mentor_ids": ["m1", "m2", "m3"]}


def read(text: str) -> Gold:
    return read_gold(io.StringIO(text), **PEOPLE)


def test_pairs_grades_and_languages() -> None:
    gold = read(
        "project,mentor,grade,project_language,note\n"
        "p1,m2,,KY,x\np1,m3,0.5,,\np1,m3,0.5,ky,again\np2,m1,0,,\n"
    )
    assert gold.grades == {("p1", "m2"): 1.0, ("p1", "m3"): 0.5, ("p2", "m1"): 0.0}
    assert (gold.project_languages, gold.mentor_languages) == ({"p1": "ky"}, {})
    np.testing.assert_array_equal(
        gold.matrix(*PEOPLE.values()), [[np.nan, 1.0, 0.5], [0.0, np.nan, np.nan]]
    )


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("project,mentor\np1,m9\n", "row 2, column mentor: nobody has the id “m9”: did you mean"),
        ("project,mentor\n,m1\n", "row 2, column project: the cell is empty"),
        ("project,mentor,grade\np1,m1,good\n", "“good” is no grade: write a number of 0 or more"),
        ("project,mentor,grade\np1,m1,nan\n", "“nan” is no grade"),
        ("project,mentor,grade\np1,m1,-1\n", "“-1” is no grade"),
        ("project,mentor,grade\np1,m1,inf\n", "“inf” is no grade"),
        ('project,mentor,grade\np1,m1,"0,5"\n', "“0,5” is no grade"),
        (
            "project,mentor,grade\np1,m1,2\np1,m1,3\n",
            "have the grade 3.0 here and 2.0 in row 2: keep one.",
        ),
        (
            "project,mentor,mentor_language\np1,m1,en\np2,m1,ru\n",
            "row 3, column mentor_language: “m1” writes “ru” here and “en” in row 2: keep one.",
        ),
        ("project,who\np1,m1\n", "has no column “mentor”"),
        ("", "is empty"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(rows: str, sentence: str) -> None:
    with pytest.raises(MatcherError) as caught:
        read(rows)
    assert sentence in str(caught.value)


def test_nobody_to_name() -> None:
    with pytest.raises(MatcherError, match="nobody has the id"):
        read_gold(io.StringIO("project,mentor\np1,m1\n"), project_ids=[], mentor_ids=[])
