"""The command line: start Campfire, migrate, load the demo lab, make a sign-in link."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from webapp.cli import commands
from webapp.cli.instance import CannotStart


def parser() -> argparse.ArgumentParser:
    """Give the command line's grammar."""
    grammar = argparse.ArgumentParser(prog="python -m webapp", description=__doc__)
    acts = grammar.add_subparsers(required=True, metavar="COMMAND")

    serve = acts.add_parser("serve", help="start the web server and the worker together")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    serve.add_argument("--port", type=int, default=8000, help="port (%(default)s)")
    serve.add_argument("--demo", action="store_true", help="with the demo lab, on this machine")
    serve.add_argument("--workers", type=int, default=1, help="web processes (%(default)s)")
    serve.add_argument("--threads", type=int, default=4, help="threads in each (%(default)s)")
    serve.set_defaults(act=commands.serve)

    worker = acts.add_parser("worker", help="work on runs and letters until stopped")
    worker.set_defaults(act=commands.work)

    migrate = acts.add_parser("migrate", help="bring the database up to date")
    migrate.set_defaults(act=commands.migrate)

    demo = acts.add_parser("demo", help="load the demo lab, if it is not there")
    demo.set_defaults(act=commands.load_demo)

    link = acts.add_parser("link", help="make a sign-in link that works once")
    link.add_argument("person", help="an e-mail address, or a person's number")
    link.set_defaults(act=commands.link)
    return grammar


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; give the exit code."""
    wanted = parser().parse_args(arguments)
    # What an instance keeps is its own account's business.
    os.umask(0o077)
    try:
        code: int = wanted.act(wanted)
    except CannotStart as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return code
