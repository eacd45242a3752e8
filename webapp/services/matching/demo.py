"""The invented lab's files, read for the web application as they were typed."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files

import matcher

DATASETS = files(matcher).joinpath("datasets")

_LEVEL = re.compile(r"^(?P<name>.+?)(?::\s*(?P<after>\w+)|\s*\((?P<within>\w+)\))?$")
_MEMBER = re.compile(r"^(?P<name>.+?)\s*(?:\((?P<role>[^()]*)\))?$")


def read_rows(name: str) -> list[dict[str, str]]:
    """Give the rows of one of the lab's files: projects, mentors, conflicts, locks."""
    text = DATASETS.joinpath(f"demo_{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(keepends=True)))


def entries(cell: str) -> list[str]:
    """Give the entries of a cell, which are parted by ``;``."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def languages(cell: str) -> list[dict[str, str | None]]:
    """Give languages with the level somebody wrote: ``ru:C1``, ``en (B2)``, ``ky``."""
    found = (_parts(_LEVEL, part) for part in entries(cell))
    return [{"code": part["name"], "level": part["after"] or part["within"]} for part in found]


def team(cell: str) -> list[dict[str, str]]:
    """Give a film's people: ``Name (role)``."""
    found = (_parts(_MEMBER, part) for part in entries(cell))
    return [{"name": part["name"] or "", "role": part["role"] or ""} for part in found]


def demand(cell: str) -> tuple[int | None, int | None]:
    """Give how many mentors a film asks for: ``2``, ``2-3``, or nothing said."""
    numbers = [int(part) for part in cell.split("-") if part.strip()]
    return (numbers[0], numbers[-1]) if numbers else (None, None)


def number(cell: str) -> int | None:
    """Give a number, or None for an empty cell."""
    return int(cell) if cell.strip() else None


def windows(cell: str) -> list[tuple[datetime, datetime]]:
    """Give stretches of time, both ends with their offset."""
    pairs = (part.split("/") for part in entries(cell))
    return [(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in pairs]


def _parts(pattern: re.Pattern[str], text: str) -> Mapping[str, str | None]:
    found = pattern.match(text)
    assert found is not None, text
    return found.groupdict()
