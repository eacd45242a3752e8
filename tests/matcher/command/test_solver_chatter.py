"""A solver that prints from compiled code does not print into the answer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.matcher.command.asking import FILES, table

# Prints as compiled code does, past Python's own stream: at once and held back.
TALKING = """
import ctypes, os, sys
from matcher.command.solver_chatter import chatter_to_messages

def talk(words):
    os.write(1, f"{words} at once\\n".encode())
    ctypes.CDLL(None).printf(f"{words} held back\\n".encode())

try:
    with chatter_to_messages():
        try:
            talk("inside")
        except OSError:
            pass
        if "fault" in sys.argv:
            raise ValueError
except ValueError:
    pass
print("project,mentor", flush=True)
open("reached", "w").close()
"""
# The command in a process where something else prints as it reads the matrix.
TALKING_COMMAND = """
import os, sys
from matcher.command.program import main

def talk(event, arguments):
    if event == "open" and str(arguments[0]) == "lab.csv":
        os.write(1, b"inside at once\\n")

sys.addaudithook(talk)
sys.exit(main())
"""
HEARD = "inside at once\ninside held back\n"
ANSWER = "project,mentor\n"


def shell(folder: Path, line: str) -> tuple[int, str, str]:
    """Run a line in which TALK is the program that talks, and MATCHER a command that does."""
    (folder / "talking.py").write_text(TALKING, encoding="utf-8")
    (folder / "command.py").write_text(TALKING_COMMAND, encoding="utf-8")
    line = line.replace("TALK", f"{sys.executable} talking.py")
    # Unbuffered, C would hold nothing back.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    done = subprocess.run(
        ["bash", "-c", line.replace("MATCHER", f"{sys.executable} command.py")],
        cwd=folder,
        env={**environment, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("asked", ["TALK", "TALK fault", "TALK | cat"])
def test_what_is_printed_meanwhile_goes_to_standard_error(tmp_path: Path, asked: str) -> None:
    assert shell(tmp_path, asked) == (0, ANSWER, HEARD)


def test_an_output_file_holds_the_answer_only(tmp_path: Path) -> None:
    assert shell(tmp_path, "TALK > answer.csv") == (0, "", HEARD)
    assert (tmp_path / "answer.csv").read_text(encoding="utf-8") == ANSWER


def test_without_standard_error_it_goes_nowhere(tmp_path: Path) -> None:
    assert shell(tmp_path, "TALK 2>&-") == (0, ANSWER, "")


@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-"])
def test_without_standard_output_the_work_is_done_all_the_same(tmp_path: Path, closed: str) -> None:
    assert shell(tmp_path, f"TALK {closed}") == (0, "", "")
    assert (tmp_path / "reached").exists()


def test_a_fair_plan_on_standard_output_is_a_table_only(tmp_path: Path) -> None:
    (tmp_path / "lab.csv").write_text(FILES["lab.csv"], encoding="utf-8")
    code, out, err = shell(
        tmp_path, "MATCHER assign lab.csv --max-load 2 --fairness weakest-first -o -"
    )
    assert code == 0
    assert out.splitlines()[0] == "project,mentor,affinity,rank"
    assert [row["project"] for row in table(out)] == ["p", "q", "r", "s"]
    assert err.startswith("inside at once\n")
    assert "All affinities together" in err


@pytest.mark.parametrize("output", ["-o /dev/stdout", "-o - --json"])
def test_a_plan_is_written_where_standard_output_was(tmp_path: Path, output: str) -> None:
    (tmp_path / "lab.csv").write_text(FILES["lab.csv"], encoding="utf-8")
    code, out, err = shell(tmp_path, f"MATCHER assign lab.csv {output} | head -5")
    assert (code, len(table(out))) == (0, 4)
    assert err.startswith("inside at once\n")
