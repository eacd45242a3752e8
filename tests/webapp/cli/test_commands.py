"""The command line's smaller acts, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from webapp.cli import server
from webapp.cli.grammar import main
from webapp.cli.instance import CannotStart


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMPFIRE_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.delenv("CAMPFIRE_DATABASE_URL", raising=False)


def test_migrate_makes_the_folder_and_its_database_for_this_account_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["migrate"]) == 0
    assert "up to date" in capsys.readouterr().out
    kept = tmp_path / "instance"
    assert (kept.stat().st_mode & 0o777, (kept / "campfire.db").stat().st_mode & 0o777) == (
        0o700,
        0o600,
    )


def test_the_demo_lab_is_loaded_once_and_a_link_is_made(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["demo"]) == 0
    assert main(["demo"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "The demo lab is loaded.",
        "The demo lab is already there; it was kept.",
    ]
    assert main(["link", "Tamta@example.org"]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("http://127.0.0.1:8000/enter/")
    assert "Tamta Chkhenkeli" in printed.err


def test_a_link_for_nobody_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["link", "nobody@example.org"]) == 2
    assert capsys.readouterr().err == (
        "Nobody here has the address or number 'nobody@example.org'.\n"
    )


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "camp.example.org"])
def test_the_demo_stays_on_this_machine(host: str) -> None:
    with pytest.raises(CannotStart, match="only served on this machine"):
        server.check(server.Place(host, 8000, 1, 4), demo=True)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_is_a_number_in_range(port: int) -> None:
    with pytest.raises(CannotStart, match="is not a port"):
        server.check(server.Place("127.0.0.1", port, 1, 4), demo=False)


def test_an_address_of_another_machine_is_named() -> None:
    with pytest.raises(CannotStart, match="is not an address of this machine"):
        server.check(server.Place("192.0.2.77", 8000, 1, 4), demo=False)


def test_addresses_are_written_as_browsers_want_them() -> None:
    assert server.Place("::1", 8000, 1, 4).address == "http://[::1]:8000"
    assert server.Place("localhost", 8001, 1, 4).address == "http://localhost:8001"
