"""A program: choices, and the lines that they keep to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array, vstack

from matcher.constraints import BoolArray, IntArray

Floats = NDArray[np.float64]
# What a line may be broken by: the solver forgives a millionth of its own.
FORGIVEN = 1e-6


@dataclass(frozen=True, eq=False, slots=True)
class Program:
    """Choices between bounds, and lines that sums of them keep to.

    Attributes
    ----------
    lines : sparse float64 array, shape (n_lines, n_choices)
    low, high : float64 array, shape (n_lines,)
        The bounds of each line's sum; infinite where there is none.
    least, most : float64 array, shape (n_choices,)
        The bounds of each choice; finite.
    whole : bool array, shape (n_choices,)
        Choices that must be whole numbers.
    """

    lines: csr_array
    low: Floats
    high: Floats
    least: Floats
    most: Floats
    whole: BoolArray

    def with_line(self, entries: Floats, low: float, high: float) -> Program:
        """Give the program with one line more.

        Parameters
        ----------
        entries : float64 array, shape (n_choices,)
        low, high : float
        """
        return replace(
            self,
            lines=csr_array(vstack([self.lines, csr_array(entries[None, :])], format="csr")),
            low=np.append(self.low, low),
            high=np.append(self.high, high),
        )

    def kept_by(self, choices: Floats) -> bool:
        """Tell whether some choices keep all bounds and lines."""
        sums = self.lines @ choices
        return bool(
            (choices >= self.least - FORGIVEN).all()
            and (choices <= self.most + FORGIVEN).all()
            and (sums >= self.low - FORGIVEN).all()
            and (sums <= self.high + FORGIVEN).all()
        )


@dataclass(slots=True)
class Drafting:
    """A program while it is being written, part by part.

    Examples
    --------
    >>> draft = Drafting()
    >>> two = draft.choices(2)
    >>> draft.lines([0, 0], two, 1.0, high=[1])
    >>> draft.finished().lines.toarray().tolist()
    [[1.0, 1.0]]
    """

    _least: list[Floats] = field(default_factory=list)
    _most: list[Floats] = field(default_factory=list)
    _whole: list[BoolArray] = field(default_factory=list)
    _rows: list[IntArray] = field(default_factory=list)
    _columns: list[IntArray] = field(default_factory=list)
    _entries: list[Floats] = field(default_factory=list)
    _low: list[Floats] = field(default_factory=list)
    _high: list[Floats] = field(default_factory=list)
    n_choices: int = 0
    n_lines: int = 0

    def choices(
        self, count: int, *, least: ArrayLike = 0.0, most: ArrayLike = 1.0, whole: bool = True
    ) -> IntArray:
        """Add choices and give their columns, shape (count,)."""
        self._least.append(_wide(least, count))
        self._most.append(_wide(most, count))
        self._whole.append(np.full(count, whole))
        columns = np.arange(self.n_choices, self.n_choices + count, dtype=np.int64)
        self.n_choices += count
        return columns

    def lines(
        self,
        rows: ArrayLike,
        columns: ArrayLike,
        entries: ArrayLike,
        *,
        low: ArrayLike = -np.inf,
        high: ArrayLike = np.inf,
    ) -> None:
        """Begin new lines: how many, their bounds' lengths say.

        Parameters
        ----------
        rows : int array, shape (n_entries,)
            0 is the first of the new lines.
        columns : int array, shape (n_entries,)
        entries : float or float array, shape (n_entries,)
        low, high : float array, shape (n_new_lines,)
            At least one of them an array.
        """
        count = next(len(one) for one in map(np.asarray, (low, high)) if one.ndim)
        self._low.append(_wide(low, count))
        self._high.append(_wide(high, count))
        self.n_lines += count
        self.more(self.n_lines - count + np.asarray(rows, dtype=np.int64), columns, entries)

    def more(self, rows: ArrayLike, columns: ArrayLike, entries: ArrayLike) -> None:
        """Add entries to lines that there are already, by their numbers in the program."""
        where = np.asarray(rows, dtype=np.int64)
        self._rows.append(where)
        self._columns.append(np.asarray(columns, dtype=np.int64))
        self._entries.append(_wide(entries, len(where)))

    def finished(self) -> Program:
        """Give the program."""
        none, nowhere = np.zeros(0), np.zeros(0, dtype=np.int64)
        rows = np.concatenate([nowhere, *self._rows])
        columns = np.concatenate([nowhere, *self._columns])
        return Program(
            lines=csr_array(
                (np.concatenate([none, *self._entries]), (rows, columns)),
                shape=(self.n_lines, self.n_choices),
            ),
            low=np.concatenate([none, *self._low]),
            high=np.concatenate([none, *self._high]),
            least=np.concatenate([none, *self._least]),
            most=np.concatenate([none, *self._most]),
            whole=np.concatenate([np.zeros(0, dtype=np.bool_), *self._whole]),
        )


def _wide(values: ArrayLike, count: int) -> Floats:
    return np.broadcast_to(np.asarray(values, dtype=np.float64), (count,)).copy()
