"""Files that are either written whole or not at all."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from matcher.errors import MatcherError

Target = str | Path | TextIO


def save_rows(target: Target, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    r"""Write a CSV file: UTF-8 without BOM, lines ended by ``\n``.

    Parameters
    ----------
    target : path or text file
        A file is replaced as a whole, after every row is known; whoever opens
        a text file sees to its encoding.
    header : sequence of str
        The columns' names.
    rows : iterable of sequence of str
        Cells, guarded already where they hold somebody's words.

    Raises
    ------
    MatcherError
        When the file cannot be written there; nothing has changed then.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    if isinstance(target, str | Path):
        _replace(Path(target), written.getvalue().encode("utf-8", "replace"))
    else:
        target.write(written.getvalue())


def check_writable(target: str) -> None:
    """Refuse a file that could not be written, before anything is.

    Raises
    ------
    MatcherError
        When its folder does not exist or may not be written in.
    """
    path = Path(target)
    try:
        folder = path.resolve().parent
        refused = path.is_dir() or not folder.is_dir() or not os.access(folder, os.W_OK)
        special = path.exists() and not path.is_file() and not path.is_dir()
        refused = not os.access(path, os.W_OK) if special else refused
    except (OSError, ValueError, RuntimeError):
        refused = True
    if refused:
        raise MatcherError("output_unwritable", file=target)


def _replace(path: Path, content: bytes) -> None:
    try:
        if path.exists() and not path.is_file():
            # A device or a pipe, such as /dev/null or /dev/stdout, stays what it is.
            path.write_bytes(content)
            return
        whole = path.resolve()
        beside = whole.with_name(f".{whole.name[:100]}.{secrets.token_hex(6)}")
        try:
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as f:
                f.write(content)
            beside.replace(whole)
        except OSError:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise
    except (OSError, ValueError, RuntimeError):
        raise MatcherError("output_unwritable", file=str(path)) from None
