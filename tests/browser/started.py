"""A Campfire that runs, started and stopped as a person does it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parents[2]
OURS = re.compile(r"^CAMPFIRE_")


class Campfire:
    """Web server and worker on an instance folder of their own."""

    def __init__(self, instance: Path, *options: str) -> None:
        self.instance = instance
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        # Whatever is set for a Campfire of this machine's owner is not for this one.
        self._environment = {k: v for k, v in os.environ.items() if not OURS.match(k)}
        self._environment |= {
            "CAMPFIRE_INSTANCE": str(instance),
            "CAMPFIRE_PUBLIC_URL": self.address,
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "webapp", "serve", "--port", str(port), *options],
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = self._listen_until("Ctrl-C")
        self.links = dict(re.findall(r"^ +(\w+) +(http://\S+/enter/\S+)$", self.said, re.M))
        self._first_state = instance.parent / f"{instance.name}-first.db"
        _copy_database(self._database, self._first_state)

    @property
    def _database(self) -> Path:
        return self.instance / "campfire.db"

    def _listen_until(self, word: str) -> str:
        said = ""
        for line in self._process.stdout or ():
            said += line
            if line.startswith(word):
                return said
        raise AssertionError(f"Campfire did not start:\n{said}{self._logs()}")

    def begin_again(self) -> None:
        """Put every row back as it was when the links were printed; they work again."""
        _copy_database(self._first_state, self._database)

    def link(self, person: str) -> str:
        """Make one more sign-in link, as a person at the keyboard does."""
        done = subprocess.run(
            [sys.executable, "-m", "webapp", "link", person],
            cwd=ROOT,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return done.stdout.strip()

    def stop(self) -> None:
        """Press Ctrl-C; it must end well and leave no trace of trouble."""
        self._process.send_signal(signal.SIGINT)
        try:
            said, _ = self._process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise
        assert self._process.returncode == 0, said + self._logs()
        assert "Campfire has stopped" in said
        assert "Traceback" not in self._logs(), self._logs()
        shutil.rmtree(self.instance)

    def _logs(self) -> str:
        logs = sorted((self.instance / "log").glob("*.log"))
        return "\n".join(f"== {log.name}\n{log.read_text()[-4000:]}" for log in logs)


def _copy_database(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as rows, closing(sqlite3.connect(target)) as copy:
        rows.backup(copy)
