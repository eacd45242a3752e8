"""What the command does with pipes, closed streams and odd names."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

MATRIX = "project,a,b\nx,1,2\ny,3,1\n"
PLAN = "project,mentor,affinity,rank\nx,b,2,1\ny,a,3,1\n"


def shell(folder: Path, line: str) -> tuple[int, str, str]:
    """Run a line in which MATCHER is the command, as a person types it."""
    (folder / "matrix.csv").write_text(MATRIX, encoding="utf-8")
    command = f"{sys.executable} -m matcher"
    done = subprocess.run(
        ["bash", "-c", line.replace("MATCHER", command)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_a_matrix_is_read_from_a_pipe(tmp_path: Path) -> None:
    code, out, _ = shell(tmp_path, "cat matrix.csv | MATCHER assign /dev/stdin -o -")
    assert (code, out) == (0, PLAN)


def test_a_pipe_as_output_file_is_written_into(tmp_path: Path) -> None:
    code, out, err = shell(tmp_path, "MATCHER assign matrix.csv -o /dev/stdout | head -3")
    assert (code, out, err) == (0, PLAN, "")


@pytest.mark.parametrize("redirected", [">&-", "> /dev/full", "-o - >&-", "-o - > /dev/full"])
def test_output_that_cannot_be_written_is_said_in_one_sentence(
    tmp_path: Path, redirected: str
) -> None:
    code, _, err = shell(tmp_path, f"MATCHER assign matrix.csv {redirected}")
    said = "Standard output cannot be written: it is closed, or its disk is full.\n"
    assert (code, err) == (2, said)


@pytest.mark.parametrize("redirected", [">&-", "> /dev/full", "2>&-"])
def test_a_written_plan_counts_even_where_nobody_hears_of_it(
    tmp_path: Path, redirected: str
) -> None:
    code, _, err = shell(tmp_path, f"MATCHER assign matrix.csv -o plan.csv {redirected}")
    assert (code, err) == (0, "")
    assert (tmp_path / "plan.csv").read_text(encoding="utf-8") == PLAN


def test_bad_input_is_2_even_where_nobody_hears_of_it(tmp_path: Path) -> None:
    assert shell(tmp_path, "MATCHER assign nowhere.csv 2>&-") == (2, "", "")


def test_strict_tells_a_reader_who_stops_early(tmp_path: Path) -> None:
    line = "MATCHER assign matrix.csv --demand 3 --strict | true; exit ${PIPESTATUS[0]}"
    assert shell(tmp_path, line) == (3, "", "")


def test_an_answer_is_the_same_whatever_the_process(tmp_path: Path) -> None:
    asked = "--max-load 2 --options 2 --prices p.csv -o plan.csv --json"
    line = f"MATCHER assign matrix.csv {asked}; cat p.csv plan.csv"
    one, other = (shell(tmp_path, f"PYTHONHASHSEED={seed} {line}") for seed in (1, 2))
    assert one == other
    assert one[0] == 0
