"""Campfire as a person starts it: two processes, three links, one Ctrl-C."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children_of(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(each) for each in found]


def is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


class Started:
    """A Campfire that runs, and what it printed until it was ready."""

    def __init__(self, instance: Path, port: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "webapp", "serve", "--demo", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, "CAMPFIRE_INSTANCE": str(instance)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout is not None
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if line.startswith("Ctrl-C"):
                break
        assert self.process.poll() is None or "Ctrl-C" in self.said, self.said
        self.children = children_of(self.process.pid)
        self.links = dict(re.findall(r"^ +(\w+) +(http://\S+/enter/\S+)$", self.said, re.M))

    def stop(self, number: int) -> int:
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        said, _ = self.process.communicate(timeout=30)
        self.said += said
        return self.process.returncode


@contextmanager
def campfire(instance: Path, port: int) -> Iterator[Started]:
    started = Started(instance, port)
    try:
        yield started
    finally:
        if started.process.poll() is None:
            started.stop(signal.SIGTERM)


class Browser:
    """Just enough of a browser: keeps cookies, sends a page's form."""

    def __init__(self) -> None:
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def get(self, address: str) -> str:
        with self.opener.open(address, timeout=20) as answer:
            assert answer.status == 200
            return str(answer.read().decode())

    def send_form(self, address: str, page: str) -> str:
        hidden = dict(re.findall(r'type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
        hidden |= dict(re.findall(r'name="([^"]+)"[^>]*type="hidden"[^>]*value="([^"]*)"', page))
        body = urllib.parse.urlencode(hidden).encode()
        with self.opener.open(address, data=body, timeout=20) as answer:
            assert answer.status == 200
            return str(answer.read().decode())


@pytest.mark.processes
def test_start_sign_in_stop_and_start_again(tmp_path: Path) -> None:
    instance, port = tmp_path / "instance", free_port()
    browser = Browser()
    with campfire(instance, port) as first:
        assert list(first.links) == ["organizer", "mentor", "filmmaker"]
        link = first.links["organizer"]
        page = browser.get(link)
        assert "Meerim Asanova" in page
        assert "Ak-Suu Film Camp" in browser.send_form(link, page)
        assert first.stop(signal.SIGINT) == 0
    assert len(first.children) == 2
    assert [is_alive(pid) for pid in first.children] == [False, False]
    assert "Traceback" not in first.said
    with campfire(instance, port) as second:
        # Signed in before, still signed in: rows and key were kept.
        assert "Ak-Suu Film Camp" in browser.get(f"http://127.0.0.1:{port}/")
        assert not set(second.links.values()) & set(first.links.values())
        os.kill(second.children[-1], signal.SIGKILL)
        assert second.wait() == 1
    assert [is_alive(pid) for pid in second.children] == [False, False]
    assert "stopped by itself" in second.said


def run(*words: str, instance: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "webapp", *words],
        cwd=ROOT,
        env={**os.environ, "CAMPFIRE_INSTANCE": str(instance)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_taken_port_is_named_with_a_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = run("serve", "--port", str(port), instance=tmp_path / "instance")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"Port {port} is taken by another program, perhaps by a Campfire that still runs. "
        f"Stop that one, or choose another port: `make run PORT={port + 1}`.\n"
    )
    assert not (tmp_path / "instance").exists()
