"""Files to be written, checked before anything is worked out."""

from __future__ import annotations

import contextlib
from pathlib import Path

from matcher.command.arguments import Asked
from matcher.errors import MatcherError


def check_outputs(asked: Asked) -> None:
    """Refuse to write over a file that is read, or two tables into one file.

    Raises
    ------
    MatcherError
    """
    targets = {"-o": asked.output, "--prices": asked.prices}
    for flag, target in targets.items():
        for file in asked.inputs:
            if target and _same(target, file):
                raise MatcherError("output_is_input", file=file, flag=flag)
    if asked.output and asked.prices and _same(asked.output, asked.prices):
        raise MatcherError("outputs_alike", file=asked.prices)


def _same(one: str, other: str) -> bool:
    """Whether two names mean one file, also where it does not exist yet."""
    if one == other:
        return True
    with contextlib.suppress(OSError, ValueError):
        return Path(one).samefile(other)
    with contextlib.suppress(OSError, ValueError, RuntimeError):
        return Path(one).resolve() == Path(other).resolve()
    return False
