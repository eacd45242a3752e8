"""How far the work is, and whether to go on with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from matcher.whole_matrix.passes import Heard

Stage = Literal["candidates", "plan", "pricing"]


class Cancelled(Exception):
    """The caller asked for no more."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work has come.

    Attributes
    ----------
    stage : str
        ``candidates`` are looked for, a ``plan`` is made of them, or all pairs
        are compared with its prices (``pricing``).
    round : int
        0 while the first candidates are looked for, then from 1; each round
        makes a plan and compares all pairs.
    rows_done, n_rows : int
        Projects looked at in this stage.
    n_found : int
        Pairs found in this stage that a plan should also have.
    n_candidates : int
        Pairs the last plan was chosen from.
    """

    stage: Stage
    round: int
    rows_done: int
    n_rows: int
    n_found: int
    n_candidates: int


class Watch:
    """Tells the caller how far the work is, and asks whether to go on."""

    def __init__(
        self,
        n_rows: int,
        progress: Callable[[Progress], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self.n_rows = n_rows
        self.round = 0
        self.n_candidates = 0
        self._progress = progress
        self._cancelled = cancelled

    def stop(self) -> None:
        """Raise :class:`Cancelled` if the caller asks for no more."""
        if self._cancelled is not None and self._cancelled():
            raise Cancelled

    def tell(self, stage: Stage, rows_done: int, n_found: int) -> None:
        """Tell the caller, unless there is to be no more."""
        self.stop()
        if self._progress is not None:
            self._progress(
                Progress(stage, self.round, rows_done, self.n_rows, n_found, self.n_candidates)
            )

    def during(self, stage: Stage) -> Heard:
        """Give what a look at all pairs reports its rows to."""
        return lambda rows_done, n_found: self.tell(stage, rows_done, n_found)
