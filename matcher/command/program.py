"""``python -m matcher``: four commands over files, with summaries a person can read."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable
from typing import TextIO

from matcher.command.arguments import Asked, BadArguments, parse
from matcher.command.commands import Outcome, run_affinity, run_assign, run_propose
from matcher.command.evaluating import run_evaluate
from matcher.command.outputs import check_outputs
from matcher.command.solver_chatter import chatter_to_messages
from matcher.errors import MatcherError
from matcher.files.saving import check_writable

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
    check_outputs(asked)
    with chatter_to_messages():
        outcome = COMMANDS[asked.command](asked)
        summary = f"{outcome.json() if asked.json else outcome.summary()}\n"
    written = _write_beside(outcome, plan=asked.output)
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
            said = f"{summary}\nWritten to {asked.output}\n{written}"
            _deliver(output, summary if asked.json else said)
    else:
        _deliver(output, summary if asked.json or not written else f"{summary}\n{written}")
    return PARTIAL if asked.strict and not outcome.complete else DONE


def _write_beside(outcome: Outcome, *, plan: str | None) -> str:
    """Write the further files, and give what is to be said of them."""
    if plan not in {None, "-"} and outcome.beside:
        # Either all files are written or none.
        check_writable(str(plan))
    for _, path, write in outcome.beside:
        write(path)
    return "".join(f"{what} written to {path}\n" for what, path, _ in outcome.beside)


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


def _utf8(stream: TextIO | None) -> TextIO | None:
    """Give a stream that writes UTF-8 whatever the locale says."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    return stream


def _say(messages: TextIO | None, sentence: str) -> None:
    with contextlib.suppress(MatcherError):
        _deliver(messages, f"{' '.join(sentence.split())}\n")
