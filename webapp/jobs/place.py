"""Where a worker works: its database, its settings, and a way to say how far it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from webapp.db import Sessions

# (done, total, step) -> False when the job was cancelled and should stop.
Report = Callable[[int, int, str], bool]


@dataclass(frozen=True, slots=True)
class Place:
    """What every handler is given."""

    sessions: Sessions
    config: Mapping[str, Any]
