"""Say what this machine lacks, and the one line that brings it. Standard library only.

``venv`` looks for what running needs; ``test`` for a browser too, and installs
it where that can be done without asking: as root, on a system with apt-get.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys

OLDEST_PYTHON = (3, 11)
# Pages in Kazakh and Kyrgyz need letters that a bare system cannot draw.
BROWSER_PACKAGES = ["chromium", "fonts-noto-core"]


def browser() -> str | None:
    """Give the browser's path: ``CAMPFIRE_BROWSER``, else Debian's chromium."""
    return shutil.which(os.environ.get("CAMPFIRE_BROWSER") or "chromium")


def browser_works() -> bool:
    """Tell whether there is a browser that starts; Ubuntu's ``chromium`` may be a stub."""
    path = browser()
    if path is None:
        return False
    try:
        found = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return found.returncode == 0


def install_line(packages: list[str]) -> list[str]:
    """Give the command that installs Debian packages."""
    return ["apt-get", "install", "-y", "--no-install-recommends", *packages]


def install_browser() -> None:
    """Install a browser where no password stands before it."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None or browser() is not None:
        return
    print("The browser tests need chromium; installing it.", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], install_line(BROWSER_PACKAGES)):
        done = subprocess.run(command, env=environment, capture_output=True, check=False)
        if done.returncode != 0:
            sys.stderr.buffer.write(done.stdout + done.stderr)
            return


def missing(need: str) -> list[tuple[str, list[str]]]:
    """List (what is missing, Debian packages) for one of: venv, test."""
    found: list[tuple[str, list[str]]] = []
    if importlib.util.find_spec("ensurepip") is None:
        found.append(("Python's venv module", ["python3-venv"]))
    if need == "test":
        install_browser()
        if not browser_works():
            found.append(("a browser that starts (chromium) for its tests", BROWSER_PACKAGES))
    return found


def main() -> int:
    """Print one sentence for each missing piece; exit 1 if there is any."""
    if sys.version_info < OLDEST_PYTHON:
        here = ".".join(map(str, sys.version_info[:2]))
        print(f"Campfire needs Python 3.11 or newer; this is {here}.", file=sys.stderr)
        return 1
    need = sys.argv[1] if len(sys.argv) > 1 else "venv"
    lacking = missing(need)
    for what, _ in lacking:
        print(f"Campfire needs {what}, which is not on this machine.", file=sys.stderr)
    if lacking:
        packages = [package for _, wanted in lacking for package in wanted]
        line = " ".join(["sudo", *install_line(packages)])
        print(f"This line brings it:\n    {line}", file=sys.stderr)
    if any("chromium" in wanted for _, wanted in lacking):
        print(
            "Where chromium is only a snap (Ubuntu), install another Chromium or Chrome "
            "and name it: CAMPFIRE_BROWSER=/path/to/it make test",
            file=sys.stderr,
        )
    return 1 if lacking else 0


if __name__ == "__main__":
    raise SystemExit(main())
