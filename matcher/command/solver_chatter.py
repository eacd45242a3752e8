"""Standard output kept for the answer, whatever a solver prints."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator

OUTPUT, MESSAGES = 1, 2


@contextlib.contextmanager
def chatter_to_messages() -> Iterator[None]:
    """Send what compiled code prints to standard output to standard error, while inside.

    A solver's stray line would otherwise stand in the middle of a table. The
    whole process is meant: for a command, not for a server of several threads.

    Examples
    --------
    >>> with chatter_to_messages():
    ...     plan = "made while a solver may talk"
    """
    with contextlib.ExitStack() as closing:
        messages = _opened_messages(closing)
        try:
            kept = os.dup(OUTPUT)
        except OSError:
            # Standard output is closed: there is nothing to keep clean.
            yield
            return
        closing.callback(os.close, kept)
        _flush_compiled()
        os.dup2(messages, OUTPUT)
        try:
            yield
        finally:
            # What was printed waits in a buffer of C's, and would follow later.
            _flush_compiled()
            os.dup2(kept, OUTPUT)


def _opened_messages(closing: contextlib.ExitStack) -> int:
    """Standard error, or nowhere if it is closed."""
    try:
        os.fstat(MESSAGES)
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        closing.callback(os.close, nowhere)
        return nowhere
    return MESSAGES


def _flush_compiled() -> None:
    """Have C write what it still holds back."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("ucrtbase" if sys.platform == "win32" else None).fflush(None)
