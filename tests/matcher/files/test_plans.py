"""A plan as a file, written whole or not at all."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.errors import MatcherError
from matcher.files.plans import PlanRow, write_plan

ROWS = [
    PlanRow("p1", "m1", 0.75, 1, "needs editing, and she edits"),
    PlanRow("=p2", "-m", -2.5, 2, "=HYPERLINK()\nснова"),
]
EXPECTED = (
    "project,mentor,affinity,rank,reasons\n"
    'p1,m1,0.75,1,"needs editing, and she edits"\n'
    "'=p2,'-m,-2.5,2,\"'=HYPERLINK()\nснова\"\n"
)


def test_a_plan_with_and_without_reasons(tmp_path: Path) -> None:
    for target in (tmp_path / "plan.csv", str(tmp_path / "plan.csv")):
        write_plan(target, ROWS)
        assert (tmp_path / "plan.csv").read_bytes() == EXPECTED.encode()
    opened = io.StringIO(newline="")
    write_plan(opened, ROWS[:1], reasons=False)
    assert opened.getvalue() == "project,mentor,affinity,rank\np1,m1,0.75,1\n"


def test_an_empty_plan_still_names_its_columns() -> None:
    opened = io.StringIO(newline="")
    write_plan(opened, [])
    assert opened.getvalue() == "project,mentor,affinity,rank,reasons\n"


def test_a_plan_that_breaks_off_leaves_the_old_file(tmp_path: Path) -> None:
    def broken() -> Iterator[PlanRow]:
        yield ROWS[0]
        raise MatcherError("file_empty", file="x", column="id")

    path = tmp_path / "plan.csv"
    path.write_text("the old plan")
    with pytest.raises(MatcherError):
        write_plan(path, broken())
    assert path.read_text() == "the old plan"
    assert [each.name for each in tmp_path.iterdir()] == ["plan.csv"]


def test_nothing_is_left_beside_the_plan(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    write_plan(path, ROWS)
    write_plan(path, ROWS)
    assert [each.name for each in tmp_path.iterdir()] == ["plan.csv"]
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old")
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "real.csv")
    write_plan(link, ROWS)
    assert link.is_symlink()
    assert (tmp_path / "real.csv").read_text() == EXPECTED


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_plan(pipe, ROWS)
        assert os.read(reader, 65536).decode() == EXPECTED
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_place_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "none" / "plan.csv", tmp_path, tmp_path / "file" / "x", "a\0b"):
        with pytest.raises(MatcherError) as caught:
            write_plan(path, ROWS)
        assert caught.value.code == "output_unwritable"
        assert str(caught.value).startswith("“")
