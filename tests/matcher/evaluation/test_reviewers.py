"""The reviewers' gold standard, read from a small copy of its layout."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.reviewers import losses_of, read_expertise, read_pool, reviewers_table

PAPERS = {
    "bees": ("Bees", "How bees dance to tell of flowers and pollen."),
    "stars": ("Stars", "The spectra of distant stars and galaxies."),
    "ships": ("Ships", "Steel hulls in heavy seas."),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    drawing = tmp_path / "evaluation_datasets" / "d_20_1"
    (drawing / "archives").mkdir(parents=True)
    (tmp_path / "data").mkdir()
    submissions = {
        name: {"id": name, "content": {"title": title, "abstract": abstract, "year": 2020}}
        for name, (title, abstract) in PAPERS.items()
    }
    (drawing / "submissions.json").write_text(json.dumps(submissions), encoding="utf-8")
    own = [
        {"id": "x", "content": {"title": "Honey", "abstract": "Bees, pollen and flowers."}},
        {"id": "y", "content": {"title": "Wax", "abstract": "The dance of bees."}},
    ]
    lines = "".join(f"{json.dumps(each)}\n" for each in own)
    (drawing / "archives" / "~17.jsonl").write_text(lines, encoding="utf-8")
    heads = [f"{kind}{n}" for kind in ("Paper", "Expertise") for n in range(1, 11)]
    papers, said = ["bees", "stars", "nowhere", "ships"], ["5.0", "1.0", "2.0", "1.0"]
    rows = [["17", *papers, *[""] * 6, *said, *[""] * 6], ["99", "bees", *[""] * 9, "4.0"]]
    table = ["\t".join(["ParticipantID", *heads]), *("\t".join(row) for row in rows)]
    (tmp_path / "data" / "evaluations.csv").write_text("\n".join(table), encoding="utf-8")
    return tmp_path


def test_papers_reviewers_and_what_they_said(copy: Path) -> None:
    pool = read_pool(copy / "evaluation_datasets" / "d_20_1")
    assert [paper.id for paper in pool[0]] == ["bees", "ships", "stars"]
    assert [(one.id, len(one.credits)) for one in pool[1]] == [("17", 2)]
    expertise = read_expertise(copy / "data" / "evaluations.csv", pool)
    np.testing.assert_array_equal(expertise, [[5.0, 1.0, 1.0]])


def test_who_writes_of_bees_is_put_before_stars(copy: Path) -> None:
    assert losses_of(copy) == {"Campfire": [0.0], "sklearn TfidfVectorizer": [0.0]}
    assert "| Campfire                | 0.000 | 0.000-0.000   | 1        |" in reviewers_table(copy)
