"""The watch over web server and worker: starts both, says where to look, stops both.

It runs as a script of its own and imports nothing of the application: it stays
as small as Python is, and whatever happens there does not happen here. When one
of the two dies, the other is stopped too: half a Campfire only looks alive.
"""

from __future__ import annotations

import ctypes
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

READY_SECONDS = 60
STOP_SECONDS = 12
LOOK_SECONDS = 0.1
PR_SET_PDEATHSIG = 1


class Watch:
    """The two processes, and whether somebody asked to stop."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        # Where this start's words begin in each log.
        self.log_starts: dict[str, int] = {}
        self.is_stopping = False

    def run(self) -> int:
        """Start, tell, wait, stop; 0 when asked to stop, 1 when something broke."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        try:
            for name, child in self.plan["children"].items():
                log = Path(child["log"])
                self.log_starts[name] = log.stat().st_size if log.exists() else 0
                self.children[name] = _start(child["command"], log)
            if self._wait_until_ready():
                self._tell()
            while not self.is_stopping and not self._dead():
                time.sleep(LOOK_SECONDS)
            broken = [] if self.is_stopping else self._dead()
        finally:
            self._stop_all()
        for name in broken:
            print(f"The {name} stopped by itself. {self._last_words(name)}", file=sys.stderr)
        if not broken:
            print(f"\nCampfire has stopped. Everything is kept in {self.plan['folder']}/.")
        return 1 if broken else 0

    def _ask_to_stop(self, _number: int, _frame: object) -> None:
        self.is_stopping = True

    def _dead(self) -> list[str]:
        return [name for name, child in self.children.items() if child.poll() is not None]

    def _wait_until_ready(self) -> bool:
        deadline = time.monotonic() + READY_SECONDS
        while not self.is_stopping and not self._dead():
            if self._answers():
                return True
            if time.monotonic() > deadline:
                print("The pages are slow to come; Campfire keeps trying.", file=sys.stderr)
                deadline = float("inf")
            time.sleep(LOOK_SECONDS)
        return False

    def _answers(self) -> bool:
        line = http.client.HTTPConnection(self.plan["host"], self.plan["port"], timeout=5)
        try:
            line.request("GET", "/")
            return line.getresponse().status < 500
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()

    def _tell(self) -> None:
        print(f"\nCampfire is here: {self.plan['address']}\n")
        for line in self.plan["lines"]:
            print(f"  {line}")
        if self.plan["lines"]:
            print()
        print(f"Ctrl-C stops it; everything is kept in {self.plan['folder']}/.", flush=True)

    def _stop_all(self) -> None:
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children.values():
            try:
                child.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()

    def _last_words(self, name: str) -> str:
        path = Path(self.plan["children"][name]["log"])
        said_now = path.read_bytes()[self.log_starts[name] :].decode("utf-8", "replace")
        words = said_now.strip().splitlines()[-1:]
        said = f"Its last words were: {words[0]}\n" if words else ""
        return f"{said}More is in {self.plan['folder']}/log/{path.name}."


def _start(command: list[str], log: Path) -> subprocess.Popen[bytes]:
    """Start a child in a group of its own: a terminal's Ctrl-C comes to the watch alone."""
    with log.open("ab") as file:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            process_group=0,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509
        )


def _die_with_parent() -> None:
    """Ask Linux to stop this child should the watch be killed outright."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


if __name__ == "__main__":
    raise SystemExit(Watch(json.loads(os.environ.pop("CAMPFIRE_WATCH"))).run())
