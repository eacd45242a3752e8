"""The command's small files, and what one run of it told."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# The best plan is x-a and y-b, 1.0; the fairest x-b and y-a, 0.9.
FILES = {
    "unfair.csv": ",a,b\nx,0.9,0.4\ny,0.5,0.1\n",
    # Four projects, three mentors, ties and negatives among them.
    "lab.csv": ",a,b,c\np,0.9,0.5,0.5\nq,0.8,0.7,-0.2\nr,0.3,0.7,0.1\ns,0.4,0,0.6\n",
    "standing.csv": "project,mentor\np,b\nq,a\nr,c\ns,c\n",
    "never.csv": "project,mentor\nq,a\n",
    "locks.csv": "project,mentor\np,b\n",
}
ROOM = ("--max-load", "2")


@dataclass(frozen=True)
class Told:
    """What one run of the command gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def section(self, title: str) -> str:
        """The lines under a title, up to the next empty line, as one line."""
        return " ".join(self.out.split(f"\n{title}\n")[1].split("\n\n")[0].split())


Ask = Callable[..., Told]


def table(text: str) -> list[dict[str, str]]:
    """The rows of a CSV text by column."""
    return list(csv.DictReader(io.StringIO(text)))
