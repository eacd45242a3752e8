"""``python -m matcher``: four commands over files, with summaries a person can read."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from matcher.command.arguments import Asked, BadArguments, parse
from matcher.command.commands import Outcome, run_affinity, run_assign, run_propose
from matcher.command.evaluating import run_evaluate
from matcher.errors import MatcherError

DONE, FAULT, BAD_INPUT, PARTIAL = 0, 1, 2, 3

COMMANDS: dict[str, Callable[[Asked], Outcome]] = {
    "propose": run_propose,
    "affinity": run_affinity,
    "assign": run_assign,
    "evaluate": run_evaluate,
}


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks and give the exit code.

    Parameters
    ----------
    arguments : list of str, optional
        Without the program's name; by default those of this process.

    Returns
    -------
    int
        0 plan written (also a partial one), 2 bad input and nothing written,
        3 a partial plan written under ``--strict``; 1 a fault of ours.
    """
    output, messages = _utf8(sys.stdout), _utf8(sys.stderr)
    try:
        return _run(parse(arguments), output, messages)
    except (BadArguments, MatcherError) as error:
        _say(messages, str(error))
        return BAD_INPUT
    except KeyboardInterrupt:
        _say(messages, "Stopped; nothing was written.")
        return 130
    except MemoryError:
        _say(messages, "There is not enough memory for files of this size: try smaller ones.")
        return BAD_INPUT
    except Exception as error:
        if os.environ.get("CAMPFIRE_TRACEBACK"):
            raise
        _say(
            messages,
            f"This is a fault in Campfire, not in your files ({type(error).__name__}: {error}). "
            "Set CAMPFIRE_TRACEBACK=1 to see where.",
        )
        return FAULT


def _run(asked: Asked, output: TextIO | None, messages: TextIO | None) -> int:
    _spare_inputs(asked)
    outcome = COMMANDS[asked.command](asked)
    summary = f"{outcome.json() if asked.json else outcome.summary()}\n"
    if asked.output == "-":
        table = io.StringIO(newline="")
        outcome.write(table)
        _deliver(output, table.getvalue())
        with contextlib.suppress(MatcherError):
            _deliver(messages, summary)
    elif asked.output:
        outcome.write(asked.output)
        # The plan stands in its file, whatever becomes of the summary.
        with contextlib.suppress(MatcherError):
            _deliver(output, summary if asked.json else f"{summary}\nWritten to {asked.output}\n")
    else:
        _deliver(output, summary)
    return PARTIAL if asked.strict and not outcome.complete else DONE


def _deliver(stream: TextIO | None, text: str) -> None:
    """Write to a stream; a reader who stops early (``| head``) has seen enough."""
    if stream is None:
        raise MatcherError("stream_unwritable")
    try:
        stream.write(text)
        stream.flush()
    except (OSError, ValueError) as error:
        with contextlib.suppress(OSError, ValueError):
            # What is left in the buffer would complain again at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if not isinstance(error, BrokenPipeError):
            raise MatcherError("stream_unwritable") from None


def _spare_inputs(asked: Asked) -> None:
    """Refuse to write the plan over a file that is read."""
    for file in asked.inputs:
        same = asked.output == file
        with contextlib.suppress(OSError, ValueError):
            same = same or Path(asked.output or "").samefile(file)
        if asked.output and same:
            raise MatcherError("output_is_input", file=file)


def _utf8(stream: TextIO | None) -> TextIO | None:
    """Give a stream that writes UTF-8 whatever the locale says."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    return stream


def _say(messages: TextIO | None, sentence: str) -> None:
    with contextlib.suppress(MatcherError):
        _deliver(messages, f"{' '.join(sentence.split())}\n")
