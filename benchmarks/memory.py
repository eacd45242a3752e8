"""The demo lab's memory on one core: ``python -m benchmarks.memory``.

Starts ``webapp serve --demo`` in a folder of its own, pinned to one core, asks
for a run as the organizer's page does, and adds up every process. Each may take
at most a gigabyte of its own (``RLIMIT_DATA``). *Own and shared* (PSS) counts a
page that three processes share as a third in each; *resident* (RSS) counts it
three times and is the upper bound.
"""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from benchmarks.markdown import markdown_table
from webapp.db import Sessions, make_engine
from webapp.enums import RunState
from webapp.models import Edition, Run, User
from webapp.services import runs

LIMIT = 1024**3
WANTED = {"Pss": "own and shared", "Rss": "resident"}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        print(memory_table(Path(folder)))


def memory_table(folder: Path) -> str:
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "webapp", "serve", "--demo", "--port", str(free_port())],
        env={**os.environ, "CAMPFIRE_INSTANCE": str(folder)},
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=limit,  # noqa: PLW1509
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("Ctrl-C"):
                break
        rows = [row(f"ready after {time.monotonic() - started:.1f} s", measure(process.pid))]
        seconds, peak = work_out_a_run(folder, process.pid)
        rows.append(row(f"most while a run works ({seconds:.1f} s)", peak))
        rows.append(row("after the run", measure(process.pid)))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()
    return markdown_table("Memory of the demo lab, one core", ["when", *WANTED.values()], rows)


def limit() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    resource.setrlimit(resource.RLIMIT_DATA, (LIMIT, LIMIT))


def work_out_a_run(folder: Path, pid: int) -> tuple[float, dict[str, int]]:
    engine = make_engine(f"sqlite:///{folder / 'campfire.db'}")
    sessions = Sessions(engine)
    started = time.monotonic()
    with sessions.writing() as session:
        edition = session.scalars(select(Edition)).one()
        owner = session.scalars(select(User).where(User.email == "organizer@example.org")).one()
        run_id = runs.queue_run(session, edition, actor=owner).id
    peak = measure(pid)
    while True:
        with sessions.to_read() as session:
            run = session.get_one(Run, run_id)
        now = measure(pid)
        peak = {name: max(peak[name], now[name]) for name in peak}
        if run.state not in {RunState.QUEUED, RunState.RUNNING}:
            break
        time.sleep(0.02)
    engine.dispose()
    assert run.state is RunState.DRAFT, run.error
    return time.monotonic() - started, peak


def measure(pid: int) -> dict[str, int]:
    """Give the tree's kilobytes."""
    total = dict.fromkeys(WANTED, 0)
    for each in tree(pid):
        for line in Path(f"/proc/{each}/smaps_rollup").read_text().splitlines():
            name, _, rest = line.partition(":")
            if name in total:
                total[name] += int(rest.split()[0])
    return total


def tree(pid: int) -> Iterator[int]:
    yield pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield from tree(int(child))


def row(when: str, kilobytes: dict[str, int]) -> list[str]:
    return [when, *(f"{kilobytes[name] / 1024:.0f} MB" for name in WANTED)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
