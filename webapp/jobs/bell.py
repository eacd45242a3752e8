"""A bell that a waiting worker hears, rung from threads and signal handlers alike."""

from __future__ import annotations

import os
import select


class Bell:
    """Rung once or ten times, it wakes once.

    A pipe, because `threading.Event` can lock up when a signal handler sets it
    in the middle of a wait.
    """

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        os.set_blocking(self._read, False)
        os.set_blocking(self._write, False)

    def ring(self) -> None:
        """Wake whoever waits, or the next who does."""
        try:
            os.write(self._write, b"!")
        except BlockingIOError:
            # Full of rings that nobody has heard yet: one is enough.
            return

    def wait(self, seconds: float) -> bool:
        """Wait for the bell; False when it stayed quiet."""
        heard, _, _ = select.select([self._read], [], [], seconds)
        if heard:
            os.read(self._read, 4096)
        return bool(heard)

    def close(self) -> None:
        """Put it away."""
        os.close(self._read)
        os.close(self._write)
