"""The order of ids, which decides every tie."""

from __future__ import annotations

import re

import numpy as np

from matcher.constraints import IntArray

_DIGITS = re.compile(r"([0-9]+)")


def id_order(ids: tuple[str, ...]) -> IntArray:
    """Give the positions of the ids from low to high, numbers in them as a person counts.

    Parameters
    ----------
    ids : tuple of str

    Returns
    -------
    int64 array, shape (len(ids),)

    Examples
    --------
    >>> id_order(("p10", "p2", "p1")).tolist()
    [2, 1, 0]
    """
    keys = [_key(one) for one in ids]
    return np.array(sorted(range(len(ids)), key=keys.__getitem__), dtype=np.int64)


def _key(one: str) -> tuple[list[str | tuple[int, str]], str]:
    # Splitting on digits alternates words and numbers, so keys compare.
    parts: list[str | tuple[int, str]] = list(_DIGITS.split(one))
    for index in range(1, len(parts), 2):
        digits = str(parts[index]).lstrip("0")
        parts[index] = len(digits), digits
    return parts, one
