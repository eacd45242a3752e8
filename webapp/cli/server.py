"""Starting the web server and the worker: what must be right first, and how each is called."""

from __future__ import annotations

import errno
import ipaddress
import json
import os
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from webapp.cli import instance
from webapp.cli.instance import CannotStart

WATCH = Path(__file__).with_name("watch.py")
GRACE_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Place:
    """Where the pages are served, and by how many hands."""

    host: str
    port: int
    n_workers: int
    n_threads: int

    @property
    def is_open(self) -> bool:
        """Whether the whole network may come, by any address of this machine."""
        return self.host in {"0.0.0.0", "::"}

    @property
    def here(self) -> str:
        """The host as this machine calls itself."""
        return "127.0.0.1" if self.is_open else self.host

    @property
    def address(self) -> str:
        """Where to point a browser."""
        host = _network_host() if self.is_open else self.host
        return f"http://{_bracketed(host)}:{self.port}"


def check(place: Place, *, demo: bool) -> None:
    """Refuse what cannot work, in a sentence that says what to do instead."""
    if demo and not _is_loopback(place.host):
        raise CannotStart(
            f"The demo lab prints sign-in links for everybody, so it is only served on this "
            f"machine and not on {place.host}. Leave out --demo, or leave out --host."
        )
    if not 1 <= place.port <= 65535:
        raise CannotStart(f"{place.port} is not a port: choose a number from 1024 to 65535.")
    try:
        family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((place.host, place.port))
    except PermissionError:
        raise CannotStart(
            f"This account may not open port {place.port}: choose one from 1024 up, "
            "for example with `make run PORT=8001`."
        ) from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotStart(
                f"Port {place.port} is taken by another program, perhaps by a Campfire that still "
                f"runs. Stop that one, or choose another port: `make run PORT={place.port + 1}`."
            ) from None
        raise CannotStart(
            f"{place.host} is not an address of this machine ({error.strerror})."
        ) from None


def set_environment(place: Place, *, demo: bool) -> None:
    """Tell the processes to come what this start is like."""
    os.environ["CAMPFIRE_INSTANCE"] = str(instance.folder())
    os.environ.setdefault("CAMPFIRE_PUBLIC_URL", place.address)
    os.environ["CAMPFIRE_DEMO"] = "1" if demo else ""


def watch(place: Place, lines: Sequence[str]) -> NoReturn:
    """Become the watch: a process of a few megabytes that imports nothing of ours."""
    logs = instance.folder() / "log"
    logs.mkdir(exist_ok=True)
    plan = {
        "children": {
            "web server": {"command": _web_command(place), "log": str(logs / "web.log")},
            "worker": {
                "command": [sys.executable, "-m", "webapp", "worker"],
                "log": str(logs / "worker.log"),
            },
        },
        "host": place.here,
        "port": place.port,
        "address": place.address,
        "lines": list(lines),
        "folder": instance.short(instance.folder()),
    }
    sys.stdout.flush()
    environment = {**os.environ, "CAMPFIRE_WATCH": json.dumps(plan)}
    os.execve(sys.executable, [sys.executable, "-P", str(WATCH)], environment)


def _web_command(place: Place) -> list[str]:
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "webapp.cli.web:app",
        f"--bind={_bracketed(place.host)}:{place.port}",
        "--worker-class=gthread",
        f"--workers={place.n_workers}",
        f"--threads={place.n_threads}",
        f"--graceful-timeout={GRACE_SECONDS}",
        "--timeout=60",
        "--log-level=warning",
        # Its default lies in the home folder, where two instances would collide.
        "--no-control-socket",
    ]


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _network_host() -> str:
    """Give this machine's address in its network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        try:
            # An address reserved for documentation: only the route to it is looked up.
            line.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        found: str = line.getsockname()[0]
        return found


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
