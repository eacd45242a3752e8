"""``evaluate`` from files to what an organizer, a program and a spreadsheet read."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.command.program import main

HEADER = [
    "project",
    "project_language",
    "right_mentor",
    "mentor_language",
    "place",
    "reciprocal_rank",
    "first_mentor",
]
Run = Callable[..., tuple[int, str, str]]
FILES = {
    "projects.csv": "id,title,difficulties\n"
    "p1,Salt,I cannot find the ending in the edit of my film\n"
    "p2,Wind,Не знаю где искать музыку для финала и кто её напишет\n"
    "p3,Empty,Nothing to say about it\n",
    "mentors.csv": "id,name,bio,language\n"
    'm1,Ben,"Editor. I look for the ending in the edit, with you.",\n'
    'm2,Асель,"Композитор. Пишу музыку для кино, помогаю с финалом.",\n'
    'm3,Kim,"Cook for large crews, anywhere in the mountains.",tlh\n',
    "gold.csv": "project,mentor\np1,m1\np2,m2\n",
}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command among a few small files; gives exit code, output and messages."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def run_it(*arguments: str, gold: str = "") -> tuple[int, str, str]:
        if gold:
            (tmp_path / "gold.csv").write_text(gold, encoding="utf-8")
        code = main(["evaluate", "projects.csv", "mentors.csv", "gold.csv", *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_it


def test_the_summary_says_how_high_the_right_ones_stand(run: Run) -> None:
    code, said, messages = run()
    assert (code, messages) == (0, "")
    assert said.startswith(
        "2 projects with a right mentor named, each put in order against 3 mentors.\n"
        "Left out, since nobody is named for them: p3.\n\n"
        "HOW OFTEN THE RIGHT MENTOR COMES FIRST\n"
    )
    assert "  mean reciprocal rank  1.00 (1.00-1.00)  1.00 (1.00-1.00)  0.61\n" in said
    groups = said.split("BY LANGUAGE\n")[1].split("\n\nWHOSE MENTORS GET THE PLACES\n")[0]
    # Nobody who writes tlh is right for anyone.
    assert [line.split()[:2] for line in groups.splitlines()[1:]] == [["en", "en"], ["ru", "ru"]]
    assert max(map(len, said.splitlines())) <= 92


def test_the_table_has_a_row_for_each_project(run: Run) -> None:
    code, table, messages = run("-o", "-")
    assert code == 0
    assert messages.startswith("2 projects with a right mentor named")
    assert list(csv.reader(io.StringIO(table))) == [
        HEADER,
        ["p1", "en", "m1", "en", "1", "1.000000", "m1"],
        ["p2", "ru", "m2", "ru", "1", "1.000000", "m2"],
        ["p3", "en", "", "", "", "", table.strip().rsplit(",", 1)[1]],
    ]


def test_a_program_reads_the_same_numbers(run: Run) -> None:
    code, said, _ = run("--json", gold="project,mentor,grade\np1,m3,1\np1,m1,2\np2,m2,1\n")
    told = json.loads(said)
    assert code == 0
    assert list(told) == ["campfire", "plain_tfidf", "left_out", "without_encoder"]
    assert told["left_out"] == ["p3"]
    ours = told["campfire"]
    assert ours["overall"]["mean_reciprocal_rank"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    # Two right ones of three mentors, and one of three.
    two, one = 2 / 3 + 1 / 3 / 2, (1 + 1 / 2 + 1 / 3) / 3
    assert ours["overall"]["chance"] == pytest.approx((two + one) / 2)
    assert ours["loss"] == {"value": 0.0, "low": 0.0, "high": 0.0}
    pairs = [(each["project_language"], each["mentor_language"]) for each in ours["by_language"]]
    assert pairs == [("en", "en"), ("en", "tlh"), ("ru", "ru")]


def test_the_gold_may_name_the_languages(run: Run) -> None:
    gold = "project,mentor,project_language,mentor_language\np1,m1,ky,sah\np2,m2,,\n"
    told = json.loads(run("--json", gold=gold)[1])["campfire"]
    pairs = [(each["project_language"], each["mentor_language"]) for each in told["by_language"]]
    assert pairs == [("ky", "sah"), ("ru", "ru")]


@pytest.mark.parametrize(
    ("gold", "sentence"),
    [
        (
            "project,mentor\np9,m1\n",
            "“gold.csv”, row 2, column project: nobody has the id “p9”: did you mean “p3”?\n",
        ),
        (
            "project,mentor\n",
            "Nobody is named as right for any of the projects: give at least one pair.\n",
        ),
        (
            "project,mentor,grade\np1,m1,0\n",
            "Nobody is named as right for any of the projects: give at least one pair.\n",
        ),
        (
            f"project,mentor\n{' ' * 99}\0",
            "“gold.csv”, line 2: the text holds a NUL character, which no table has",
        ),
    ],
)
def test_bad_gold_is_one_sentence(run: Run, gold: str, sentence: str) -> None:
    code, said, messages = run("-o", "out.csv", gold=gold)
    assert (code, said) == (2, "")
    assert messages.startswith(sentence)
    assert messages.count("\n") == 1
    assert not Path("out.csv").exists()


def test_the_files_it_reads_are_not_written_over(run: Run) -> None:
    code, _, messages = run("-o", "gold.csv")
    assert (code, messages.count("\n")) == (2, 1)
    assert Path("gold.csv").read_text(encoding="utf-8") == FILES["gold.csv"]


def test_a_missing_file_and_a_missing_argument(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "projects.csv", "mentors.csv", "nowhere.csv"]) == 2
    assert capsys.readouterr().err == (
        "There is no file “nowhere.csv”: check its name and folder.\n"
    )
    assert main(["evaluate", "projects.csv", "mentors.csv"]) == 2
    assert capsys.readouterr().err == (
        "The following arguments are required: GOLD: see `python -m matcher evaluate --help`.\n"
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_people_may_come_through_a_pipe(run: Run) -> None:
    text = Path("projects.csv").read_text(encoding="utf-8")
    Path("projects.csv").unlink()
    os.mkfifo("projects.csv")
    writer = threading.Thread(
        target=lambda: Path("projects.csv").write_text(text, encoding="utf-8"), daemon=True
    )
    writer.start()
    code, said, _ = run()
    writer.join(timeout=10)
    assert code == 0
    assert said.startswith("2 projects with a right mentor named")


def test_it_runs_as_a_program(run: Run) -> None:
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-m", "matcher", "evaluate", "projects.csv", "mentors.csv", "gold.csv"],
        env={**os.environ, "PYTHONPATH": str(root), "LC_ALL": "C"},
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode("utf-8").startswith("2 projects with a right mentor named")
